"""Who must act next, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Label, Rulebook
from hezou.people.models import Absence
from hezou.people.queries import rules_of
from hezou.review.models import Seat
from hezou.review.queries import holders_away, next_hands
from hezou.web.people.labels import away_words
from hezou.web.review.labels import role_label
from hezou.web.review.round import Round
from hezou.web.templatetags.words import label


@dataclass(frozen=True)
class Hand:
    """A person, or where several may take the seat their role (and unit); at which step, and since when.

    `away`: in words why the person is not here today, and who stands in.
    """

    who: str
    step: Label | str
    since: datetime | None
    away: str = ""


def hand(rules: Rulebook, seat: Seat, away: Mapping[UUID, Absence]) -> Hand:
    """The hand at an open seat; `away`: person → their absence today."""
    absence = away.get(seat.person_id) if seat.person_id else None
    return Hand(_who(rules, seat), seat.name, seat.opened_at, away_words(absence))


def _who(rules: Rulebook, seat: Seat) -> str:
    if seat.person is not None:
        return seat.person.name
    role = label(role_label(rules, seat.role))
    is_whole_agency = seat.unit.parent_id is None
    return role if is_whole_agency else f"{seat.unit.name} {role}"


def hands_at(whole: Round) -> list[Hand]:
    """Who must act next on one piece, as its page has read it."""
    return [hand(whole.rules, seat, whole.away) for seat in whole.open_seats]


def hands(rules: Rulebook, manuscripts: list[Manuscript]) -> dict[object, list[Hand]]:
    """Manuscript id → its next hands; two queries for a page of pieces."""
    if not manuscripts:
        return {}
    found = next_hands(manuscripts)
    away = holders_away(manuscripts[0].agency, (seat for seats in found.values() for seat in seats))
    return {one.pk: [hand(rules, seat, away) for seat in found.get(one.pk, ())] for one in manuscripts}


def next_words(manuscript: Manuscript) -> str:
    """The next hands of one piece as a list of names."""
    rules, found = rules_of(manuscript.agency), next_hands([manuscript])
    return gettext(", ").join(_who(rules, seat) for seat in found.get(manuscript.pk, ()))
