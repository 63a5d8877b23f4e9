"""What a decision led to, in words: how an edit was classed, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from hezou.manuscripts.lifecycle import SIGNED
from hezou.manuscripts.rules.compare import SUBSTANCE, WORDING
from hezou.packs.rules import WORDING_EDIT_CHARACTERS
from hezou.review.models import Decision, Seat
from hezou.review.rules import RETURN
from hezou.web.review.labels import role_label
from hezou.web.review.round import Round
from hezou.web.templatetags.words import beside, label


def outcome(whole: Round, decision: Decision) -> list[str]:
    """Sentences in order: what was decided, how the edit counts, where the piece is now."""
    return list(_sentences(whole, decision))


def _sentences(whole: Round, decision: Decision) -> Iterator[str]:
    if decision.verdict == RETURN:
        yield gettext("Returned to the writers with your reason.")
        return
    yield gettext("Signed.") if decision.seat.signs else gettext("Approved.")
    if decision.edit_class == WORDING and decision.seat.level == 1:
        yield gettext("Your edit counts as wording only.")
    elif decision.edit_class == WORDING:
        yield gettext("Your edit counts as wording only: the decisions before yours stay valid.")
    if decision.edit_class == SUBSTANCE:
        most = whole.rules.limit(WORDING_EDIT_CHARACTERS)
        yield gettext(
            "Your edit counts as of substance: you marked it so, or it touches a numeral, a quotation, the "
            "title, the class or openness, or more than %(most)s characters."
        ) % {"most": most}
    yield from _whereabouts(whole, decision)


def _whereabouts(whole: Round, decision: Decision) -> Iterator[str]:
    again = [seat for seat in whole.open_seats if seat.level < decision.seat.level]
    if again:
        yield gettext("It goes back to %(hands)s for the difference alone.") % {"hands": hands(whole, again)}
    elif whole.open_seats:
        yield gettext("Next: %(hands)s.") % {"hands": hands(whole, whole.open_seats)}
    elif whole.manuscript.state == SIGNED:
        yield gettext("The piece has passed every step.")


def hands(whole: Round, seats: list[Seat]) -> str:
    """Who sits there and at which step; for an untaken seat its unit and role."""
    return gettext(", ").join(beside(_hand(whole, seat), seat.name) for seat in seats)


def _hand(whole: Round, seat: Seat) -> str:
    return seat.person.name if seat.person else seat.unit.name + label(role_label(whole.rules, seat.role))
