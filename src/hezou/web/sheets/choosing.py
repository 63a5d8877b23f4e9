"""Which sheets of a piece can be printed now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from hezou.people.models import Person
from hezou.review.models import Seat
from hezou.review.queries import outstanding
from hezou.web.review.round import Round
from hezou.web.templatetags.words import label

FORMS = {
    "report": gettext_lazy("Approval sheet of a report"),
    "release": gettext_lazy("Review form of a release (with secrecy review)"),
}
"""What the forms of `documents` are called on pages; on paper they bear the office's own heading."""
FORM_OF_LINE = {"up": "report", "in": "report", "out": "release"}
"""Line → the form of sheet that goes with it."""


@dataclass(frozen=True)
class PrintChoice:
    """A sheet for a seat (None: for the file) in words, with the forms (code, heading) that fit the piece."""

    seat: Seat | None
    words: str
    forms: list[tuple[str, str]]


def print_choices(person: Person, whole: Round) -> list[PrintChoice]:
    """Sheets for every step that waits, for signatures owed, and once all is signed for the file."""
    manuscript = whole.manuscript
    if not manuscript.round or not person.has_perm("review.print", manuscript):
        return []
    wanted = dict.fromkeys(FORM_OF_LINE[line] for line in FORM_OF_LINE if line in whole.board.lines)
    forms = [(code, str(FORMS[code])) for code in wanted]
    owed = outstanding(manuscript.agency_id).filter(decision__seat__manuscript=manuscript)
    late = {row.decision.seat_id for row in owed}
    found = [
        PrintChoice(seat, _words(whole, seat, is_late=seat.pk in late), forms)
        for seat in whole.seats
        if seat in whole.open_seats or seat.pk in late
    ]
    return found or [PrintChoice(None, gettext("for the file"), forms)]


def _words(whole: Round, seat: Seat, *, is_late: bool) -> str:
    step = label(seat.name)
    if is_late:
        return gettext("to be signed later at “%(step)s”") % {"step": step}
    return gettext("for “%(step)s”") % {"step": step}
