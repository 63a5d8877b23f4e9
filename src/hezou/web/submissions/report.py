"""The report piece (.docx) in the header form of the body it goes to (R15)."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hezou.access.scopes import find_manuscript
from hezou.audit.actions import require
from hezou.documents.rules import REPORT_FORM, HeaderForm, Report, write_report_piece
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import Message, define
from hezou.manuscripts.lifecycle import MANUSCRIPT
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import authors, current_version
from hezou.manuscripts.rules.classes import UP
from hezou.people.models import Body
from hezou.people.queries import rules_of
from hezou.review.models import Decision
from hezou.review.queries import board, decisions
from hezou.review.rules import APPROVE, why_not_leave
from hezou.submissions.models import Submission
from hezou.submissions.queries import submissions_of
from hezou.web.files.documents import file_part, file_title, pictures_of, taken_away
from hezou.web.shell import PageRequest, page
from hezou.web.templatetags.words import day

NO_TELEPHONE = define(
    "web.no_telephone",
    "The report piece names the telephone number of its writer, and {person} has none here. "
    "The administrator enters it on the page of that person.",
)


@page
@require_safe
def report(request: PageRequest, manuscript_id: UUID, body_id: UUID) -> HttpResponseBase:
    """The version that went to the body, else the present one; refused where it may not leave upward."""
    manuscript = find_manuscript(request.person, manuscript_id)
    require(request.person, "manuscript.submit", manuscript)
    body = Body.objects.filter(agency_id=manuscript.agency_id, pk=body_id).first()
    if body is None:
        raise NotFound
    sent = submissions_of(manuscript).filter(body=body).first()
    version = sent.version if sent else current_version(manuscript)
    Refused.unless_none(why_not_report(manuscript, version))
    with translation.override(settings.LANGUAGE_CODE):  # what the body reads, whatever the sender does
        piece = _piece(manuscript, version, body, sent)
    return taken_away(write_report_piece(piece), f"{file_title(manuscript)}（{file_part(body.name)}）")


def why_not_report(manuscript: Manuscript, version: Version) -> list[Message]:
    """Why there is no report piece of a version: it may not leave upward, or its writer cannot be rung."""
    if reasons := why_not_leave(board(manuscript, version), UP):
        return reasons
    first = authors(manuscript)[0].person
    return [
        *MANUSCRIPT.why_not("submit", manuscript.state, None),
        *([] if first.phone.strip() else [NO_TELEPHONE(person=first.name)]),
    ]


def _piece(manuscript: Manuscript, version: Version, body: Body, sent: Submission | None) -> Report:
    named = list(authors(manuscript))
    at = sent.submitted_at if sent else clock.now()
    return Report(
        text=version.text.plain(),
        unit=manuscript.agency.name,
        signer=_signer(manuscript, version),
        writer=gettext(", ").join(one.person.name for one in named),
        telephone=named[0].person.phone,
        addressee=body.name,
        issue_date=day(at.astimezone(ZoneInfo(manuscript.agency.zone)).date()),
        number=manuscript.number,
        form=_form(manuscript, body),
        pictures=pictures_of(manuscript, version),
        created=at,
    )


def _form(manuscript: Manuscript, body: Body) -> HeaderForm:
    """How bodies of this nature want reports headed, by the rules of today."""
    nature = rules_of(manuscript.agency).natures.get(body.nature)
    wanted = nature.report if nature else None
    return HeaderForm(wanted.masthead, wanted.under, wanted.foot) if wanted else REPORT_FORM


def _signer(manuscript: Manuscript, version: Version) -> str:
    """Who signed the version; a deputy with the name of the person signed for."""
    signed: Decision = (
        decisions(manuscript).filter(seat__signs=True, verdict=APPROVE, version_after=version).reverse()[0]
    )
    if signed.in_name_of is None:
        return signed.decided_by.name
    return gettext("%(person)s (for %(principal)s)") % {
        "person": signed.decided_by.name,
        "principal": signed.in_name_of.name,
    }
