"""What can be recorded, and recording one decision."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from hezou.access.scopes import find_manuscript
from hezou.audit.actions import require
from hezou.kernel.errors import IMPOSSIBLE, Refusal, Refused
from hezou.kernel.ids import parse
from hezou.kernel.text import blocks
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.people.models import Person
from hezou.review.actions import record_decision
from hezou.review.lifecycle import OPEN
from hezou.review.models import CounterSignature
from hezou.review.queries import outstanding
from hezou.review.rules import APPROVE, PAPER, VERDICTS, read_code, why_not_record
from hezou.web.copies import reminder
from hezou.web.forms import refuse
from hezou.web.recording.forms import PLACES, Hand, RecordForm, hands_of
from hezou.web.recording.papers import NOT_A_CODE, keep, papers, sheet_with
from hezou.web.recording.rows import SHOWN_AT_MOST, owed_rows, waiting_rows
from hezou.web.review.forms import OPINIONS
from hezou.web.review.labels import MODE, verdict_label
from hezou.web.review.round import Round, round_of
from hezou.web.review.steps import steps_of
from hezou.web.sheets.choosing import print_choices
from hezou.web.shell import PageRequest, deed, done, page, revision_of, see_other, show
from hezou.web.templatetags.words import day

RIGHT = "review.record"
ROOM = "recording"


@page
@require_safe
def recording(request: PageRequest) -> HttpResponse:
    """Steps that wait, and signatures owed (补签清单); a code leads to its sheet's step."""
    person = request.person
    require(person, RIGHT)
    typed = request.GET.get("code", "")
    if typed.strip():
        try:
            return see_other(_place_of(person, typed))
        except Refused as refusal:
            return _list(request, typed, refusal)
    return _list(request)


def _list(request: PageRequest, typed: str = "", refusal: Refusal | None = None) -> HttpResponse:
    waiting, owed = waiting_rows(request.person), owed_rows(request.person)
    context = {
        "waiting": waiting[:SHOWN_AT_MOST],
        "owed": owed[:SHOWN_AT_MOST],
        "more": SHOWN_AT_MOST if max(len(waiting), len(owed)) > SHOWN_AT_MOST else 0,
        "typed": typed,
        "refusals": refusal.messages if refusal else (),
    }
    status = refusal.status if refusal else 200
    return show(request, "recording/list.html", context, room=ROOM, status=status)


def _place_of(person: Person, typed: str) -> str:
    """Where the sheet with this code is handed in: its step, or the signature owed there."""
    code = read_code(typed)
    if not code:
        raise Refused(NOT_A_CODE(typed=typed.strip()[:20]))
    sheet = sheet_with(person, code)
    manuscript = find_manuscript(person, sheet.manuscript_id)
    owed = outstanding(person.agency_id).filter(decision__seat=sheet.seat_id).first()
    is_open = sheet.seat is not None and sheet.seat.state == OPEN
    if owed is not None and not is_open:
        return f"{reverse('countersigning', args=[owed.pk])}?code={code}"
    seat = f"&seat={sheet.seat_id}" if is_open else ""
    return f"{reverse('record', args=[manuscript.pk])}?code={code}{seat}"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """Enter one decision on a piece. A refusal shows the page again with all that was typed."""
    manuscript = find_manuscript(request.person, manuscript_id)
    require(request.person, RIGHT)
    if request.method == "POST":
        return _record(request, manuscript)
    whole = round_of(manuscript)
    code, seat = read_code(request.GET.get("code", "")), parse(request.GET.get("seat", ""))
    return _page(request, whole, _form(request, whole, code=code, seat=seat), status=200)


def _record(request: PageRequest, manuscript: Manuscript) -> HttpResponse:
    whole = round_of(manuscript)
    form = _form(request, whole, is_posted=True)
    verdict = request.POST.get("verdict", "")
    if verdict not in VERDICTS:
        raise Refused(IMPOSSIBLE())
    if not form.is_valid():
        return _page(request, whole, form)
    given, chosen = form.cleaned_data, form.chosen()
    try:
        sent = papers(request.person, given["picture"], given["code"], is_paper=given["mode"] == PAPER)
        keep(request.person, sent)
        with deed(request) as pressed:
            record_decision(
                by=request.person,
                manuscript=manuscript,
                revision=revision_of(request),
                seat=chosen.seat,
                decider=chosen.person,
                mode=given["mode"],
                verdict=verdict,
                words=given["words"],
                edit=form.edit() if verdict == APPROVE else None,
                edit_basis=given.get("edit_basis", ""),
                sheet=sent.sheet,
                evidence=sent.picture,
                spoken_at=given["spoken_at"],
            )
            pressed.target = reverse("recording")
    except Refusal as refusal:
        whole = round_of(find_manuscript(request.person, manuscript.pk))
        form = _form(request, whole, is_posted=True)
        refuse(form, refusal, PLACES)
        return _page(request, whole, form, status=refusal.status)
    return done(request, pressed.target, _said(chosen, verdict, given["mode"]))


def _said(chosen: Hand, verdict: str, mode: str) -> str:
    """What was entered, and until when it is to be signed on paper."""
    seat = chosen.seat
    said = gettext("Entered: %(who)s, %(verdict)s (%(mode)s).") % {
        "who": chosen.words,
        "verdict": verdict_label(verdict, signs=seat.signs),
        "mode": MODE[mode],
    }
    owed = CounterSignature.objects.filter(agency_id=seat.agency_id, decision__seat=seat, closed_at=None)
    row = owed.select_related("decision").order_by("-decision__at").first() if verdict == APPROVE else None
    if row is None or row.decision.mode != mode:
        return said
    return said + gettext(" To be signed on paper by %(day)s.") % {"day": day(row.due_on)}


def _form(
    request: PageRequest, whole: Round, *, is_posted: bool = False, code: str = "", seat: UUID | None = None
) -> RecordForm:
    return RecordForm(
        request.POST if is_posted else None,
        request.FILES if is_posted else None,
        whole=whole,
        hands=hands_of(request.person, whole),
        current=current_version(whole.manuscript).text.plain(),
        code=code,
        seat=seat,
    )


def _page(request: PageRequest, whole: Round, form: RecordForm, status: int = 422) -> HttpResponse:
    """The page of one piece."""
    context = {
        "manuscript": whole.manuscript,
        "form": form,
        "steps": steps_of(whole),
        "blocks": blocks(form.current),
        "is_signing": bool(form.hands) and all(hand.seat.signs for hand in form.hands.values()),
        "why_not": why_not_record(whole.board, request.person.pk),
        "phrases": OPINIONS,
        "prints": print_choices(request.person, whole),
        "copies": reminder(whole),
    }
    return show(request, "recording/record.html", context, room=ROOM, status=status)
