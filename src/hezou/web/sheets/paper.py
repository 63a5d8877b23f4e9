"""What stands on a printed sheet, in words: the page and the .docx say the same."""

from __future__ import annotations

from io import BytesIO

import segno
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from hezou.documents import rules as documents
from hezou.manuscripts.queries import authors
from hezou.people.queries import rules_of
from hezou.review.models import Decision, Seat, Sheet
from hezou.review.queries import decisions, seats
from hezou.review.rules import QR_PREFIX, grouped
from hezou.web.review.labels import (
    CLASS,
    MODE,
    OPENNESS,
    kind_label,
    role_label,
    verdict_label,
)
from hezou.web.templatetags.words import label, minute

PIXELS_A_MODULE = 8


def square_code(code: str) -> bytes:
    """The code of a sheet as a PNG that a telephone reads."""
    target = BytesIO()
    segno.make(QR_PREFIX + code, error="m").save(target, kind="png", scale=PIXELS_A_MODULE)
    return target.getvalue()


def sheet_words(sheet: Sheet) -> documents.Sheet:
    """The sheet as it was printed: later decisions do not appear on it.

    A form of the office: in the installation's language, whatever its printer reads.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _words(sheet)


def _words(sheet: Sheet) -> documents.Sheet:
    manuscript, version = sheet.manuscript, sheet.version
    rules = rules_of(manuscript.agency)
    said = {one.seat_id: one for one in decisions(manuscript) if one.at <= sheet.printed_at}
    return documents.Sheet(
        heading=documents.HEADINGS[sheet.form],
        agency=manuscript.agency.name,
        number=manuscript.number,
        title=version.text.plain().split("\n", 1)[0],
        kind=label(kind_label(rules, version.kind)),
        content_class=str(CLASS[version.content_class]),
        openness=str(OPENNESS[version.openness]),
        unit=manuscript.unit.name,
        authors=gettext(", ").join(one.person.name for one in authors(manuscript)),
        opinions=tuple(_opinion(sheet, seat, said.get(seat.pk)) for seat in seats(manuscript, sheet.round)),
        seal=version.seal,
        chain_head=sheet.chain_hash,
        chain_number=gettext("entry %(number)s") % {"number": sheet.chain_number},
        code=grouped(sheet.code),
        qr=square_code(sheet.code),
        printed_at=f"{minute(sheet.printed_at)}　{sheet.printed_by.name}",
        facts=(
            (gettext("Version"), str(version.number)),
            (gettext("Characters"), f"{version.text.characters:,}"),
        ),
    )


def _opinion(sheet: Sheet, seat: Seat, decision: Decision | None) -> documents.Opinion:
    """One step of the sheet; the one it was printed for has room for ink."""
    rules = rules_of(sheet.manuscript.agency)
    step = label(seat.name)
    role = label(role_label(rules, seat.role))
    if seat.pk == sheet.seat_id:
        return documents.Opinion(step=step, seat=_room(seat, decision, role))
    if decision is None:
        return documents.Opinion(step=step, seat=_who(seat, role), waits=gettext("on a sheet of its own"))
    return documents.Opinion(
        step=step,
        seat=role,
        verdict=str(verdict_label(decision.verdict, signs=seat.signs)),
        words=decision.opinion,
        person=decision.decided_by.name,
        in_name_of=decision.in_name_of.name if decision.in_name_of else "",
        mode=str(MODE[decision.mode]),
        recorded_by=decision.recorded_by.name if decision.recorded_by else "",
        at=_when(decision, sheet),
    )


def _room(seat: Seat, decision: Decision | None, role: str) -> str:
    """Whose ink belongs here; after a consent given aloud also when and how that was."""
    who = _who(seat, role)
    if decision is None or decision.recorded_by is None:
        return who
    given = gettext("%(mode)s, %(at)s, to be signed on paper")
    return f"{who}\n" + given % {"mode": MODE[decision.mode], "at": minute(decision.given_at)}


def _who(seat: Seat, role: str) -> str:
    return seat.person.name if seat.person else role


def _when(decision: Decision, sheet: Sheet) -> str:
    """The time; for an opinion on another version also which one it was about."""
    about = decision.version_after.number
    if about == sheet.version.number:
        return minute(decision.given_at)
    return gettext("%(at)s, on version %(number)s") % {"at": minute(decision.given_at), "number": about}
