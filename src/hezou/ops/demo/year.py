"""A year of finished work: who wrote what, who changed it, what came of it; by chance, but always the same.

A piece is decided by its number alone, so that a longer year only adds to a shorter one.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hezou.access.roles import EDITOR, UNIT_HEAD, WRITER
from hezou.audit.actions import act, load_history
from hezou.audit.history import Past
from hezou.manuscripts import history as pieces
from hezou.manuscripts.lifecycle import RETURNED, SENT
from hezou.manuscripts.models import Version
from hezou.manuscripts.rules.classes import PUBLIC, UP, lines_of
from hezou.manuscripts.rules.compare import SUBSTANCE, WORDING
from hezou.ops.demo.texts import Filled, add_substance, fill, plan, reword
from hezou.packs.rules import WORDING_EDIT_CHARACTERS, Step, route_for
from hezou.people.actions import past_numbers
from hezou.people.models import Body, Grant, Journal, Person
from hezou.people.queries import rules_of
from hezou.review.history import Place, Said, Terms, keep_round
from hezou.review.rules import APPROVE, RETURN, Board
from hezou.submissions.actions import Result
from hezou.submissions.history import keep_submissions

SOURCE = "demo"
CHUNK = 500
"""Pieces loaded in one act."""


@dataclass(frozen=True)
class Begun:
    """A piece by its number, and its first hour."""

    index: int
    at: datetime


@dataclass(frozen=True)
class Plan:
    """One piece before it is built: its chance, its first author, its text, its first hour."""

    chance: Random
    author: Person
    filled: Filled
    begun_at: datetime


@dataclass
class Staff:
    """Who writes and who decides, from the roles granted; read once."""

    by: Person
    grants: list[Grant] = field(init=False)

    def __post_init__(self) -> None:
        rows = Grant.objects.filter(agency_id=self.by.agency_id).select_related("person__unit")
        self.grants = list(rows.order_by("person__sort_key", "person_id"))

    @cached_property
    def writers(self) -> list[Person]:
        """Those who write and decide nowhere, in units that have a head."""
        deciding = {grant.person_id for grant in self.grants if grant.role != WRITER}
        headed = {grant.unit_id for grant in self.grants if grant.role == UNIT_HEAD}
        persons = [grant.person for grant in self.grants if grant.role == WRITER]
        return [p for p in persons if p.pk not in deciding and p.unit_id in headed]

    @cached_property
    def colleagues(self) -> dict[Any, list[Person]]:
        """Unit id → its writers."""
        found: dict[Any, list[Person]] = {}
        for person in self.writers:
            found.setdefault(person.unit_id, []).append(person)
        return found

    def hands(self, role: str, scope: str, author: Person) -> tuple[Place, list[Person]]:
        """Where a step falls for a piece of this author, and who may decide there."""
        held = self._held.get((role, author.unit_id)) if scope == "unit" else None
        grants = held or self._held[role, self.by.unit_id]
        persons = [grant.person for grant in grants]
        return Place(grants[0].unit_id, tuple(person.pk for person in persons)), persons

    @cached_property
    def _held(self) -> dict[tuple[str, Any], list[Grant]]:
        found: dict[tuple[str, Any], list[Grant]] = {}
        for grant in self.grants:
            found.setdefault((grant.role, grant.unit_id), []).append(grant)
        return found


class Year:
    """Builds finished pieces and loads them as history, by right of the administrator `by`."""

    def __init__(self, by: Person, now: datetime, forms: Sequence[str], grades: Sequence[str]) -> None:
        self.by, self.now, self.forms, self.grades = by, now, forms, grades
        self.zone = ZoneInfo(by.agency.zone)
        self.staff = Staff(by)
        self.journals: dict[Body, list[Journal]] = {}
        for journal in Journal.objects.filter(agency=by.agency).select_related("body").order_by("name"):
            self.journals.setdefault(journal.body, []).append(journal)
        self._terms: dict[tuple[str, str], Terms] = {}

    def begun(self, indices: range) -> list[Begun]:
        """The pieces of these numbers, in the order in which they were begun."""
        return sorted((Begun(index, self._begin(index)[2]) for index in indices), key=lambda one: one.at)

    def load(self, begun: Sequence[Begun]) -> None:
        """Build and load them, some hundred in an act."""
        for start in range(0, len(begun), CHUNK):
            with _uncollected(), act(self.by):
                self._load(begun[start : start + CHUNK])

    def _load(self, chunk: Sequence[Begun]) -> None:
        past = Past(SOURCE)
        years = [one.at.astimezone(self.zone).year for one in chunk]
        numbers = past_numbers(self.by.agency, "manuscript", years)
        for one, number in zip(chunk, numbers, strict=True):
            _Building(self, past, self._plan(one.index), number).build()
        load_history(by=self.by, past=past)

    def terms(self, kind: str, openness: str) -> Terms:
        """What the rules in force ask of such a piece."""
        if (kind, openness) not in self._terms:
            rules = rules_of(self.by.agency)
            lines = lines_of(rules.kind(kind).lines, PUBLIC, openness)
            most = rules.limit(WORDING_EDIT_CHARACTERS)
            self._terms[kind, openness] = Terms(route_for(rules, kind, lines), lines, most)
        return self._terms[kind, openness]

    def at_work(self, at: datetime, chance: Random) -> datetime:
        """An hour of a working day not before the instant given, and never after the present."""
        local = at.astimezone(self.zone)
        local += timedelta(days=max(0, 7 - local.weekday()) if local.weekday() > 4 else 0)
        if not 8 <= local.hour < 18:
            begin = timedelta(days=local.hour >= 18, minutes=chance.randrange(400))
            local = local.replace(hour=9, minute=0) + begin
        return min(local, self.now)

    def _begin(self, index: int) -> tuple[Random, Person, datetime]:
        chance = Random(f"{self.by.agency.code}-{index}")  # noqa: S311 - a demo, not a secret
        author = chance.choice(self.staff.writers)
        begun_at = self.at_work(self.now - timedelta(days=chance.uniform(30, 365)), chance)
        return chance, author, begun_at

    def _plan(self, index: int) -> Plan:
        chance, author, begun_at = self._begin(index)
        filled = fill(chance.choice(plan()["texts"]), chance, author.unit.name, begun_at)
        return Plan(chance, author, filled, begun_at)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without a search for circles among objects by the hundred thousand that are in none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Building:
    """One piece, act after act, each some time after the one before."""

    def __init__(self, year: Year, past: Past, one: Plan, number: str) -> None:
        self.year, self.past, self.plan, self.chance, self.at = year, past, one, one.chance, one.begun_at
        self.terms = year.terms(one.filled.kind, one.filled.openness)
        self.authors = self._authors()
        self.places: dict[str, Place] = {}
        self.hands: dict[str, Person] = {}
        for _, _, step in self.terms.route.walk():
            self.places[step.code], persons = year.staff.hands(step.role, step.scope, self.authors[0])
            self.hands[step.code] = self.chance.choice(persons)
        self.leaves = UP in self.terms.lines and self.chance.random() > 0.08
        self.manuscript = pieces.keep_piece(
            past,
            agency=year.by.agency,
            number=number,
            labels=pieces.Labels(one.filled.kind, PUBLIC, one.filled.openness),
            state=SENT if self.leaves else RETURNED,
            authors=[(person, person.unit) for person in self.authors],
            begun_at=self.at,
            moved_at=self.at,
        )

    def build(self) -> None:
        """As far as its fate leads: given back for good, or signed and sent, sometimes at a second go."""
        text = self.plan.filled.text
        version = self._version(text, self.authors[0], "import")
        if not self.leaves or self.chance.random() < 0.15:
            self._give_back(version)
            if self.leaves:
                self._later()
                text = add_substance(self.plan.filled, self.chance)
                version = self._version(text, self.authors[0], "keep")
        if self.leaves:
            self._submit(*self._sign(version))
        self.manuscript.moved_at = self.manuscript.touched_at = self.at

    def _authors(self) -> list[Person]:
        first = self.plan.author
        others = [p for p in self.year.staff.colleagues[first.unit_id] if p.pk != first.pk]
        return [first, self.chance.choice(others)] if others and self.chance.random() < 0.2 else [first]

    def _version(self, text: str, by: Person, reason: str) -> Version:
        return pieces.keep_version(
            self.past, manuscript=self.manuscript, text=text, by=by, at=self.at, reason=reason
        )

    def _later(self) -> None:
        """Mostly hours, sometimes days, now and then a piece lies for a week or two."""
        luck = self.chance.random()
        hours = self.chance.uniform(1, 6) if luck < 0.7 else self.chance.uniform(20, 70)
        late = timedelta(days=self.chance.uniform(6, 14) if luck > 0.94 else 0)
        self.at = self.year.at_work(self.at + timedelta(hours=hours) + late, self.chance)

    def _hand_in(self, version: Version) -> datetime:
        self._later()
        pieces.hand_in(self.past, manuscript=self.manuscript, version=version, by=self.authors[0], at=self.at)
        return self.at

    def _give_back(self, version: Version) -> None:
        """A round that ends with a reason, at the first step or the second."""
        handed_in_at = self._hand_in(version)
        steps = [step for _, _, step in self.terms.route.walk()]
        said = [self._approve(step, version) for step in steps[: self.chance.randrange(2)]]
        reason = self.chance.choice(plan()["opinions"]["return"])
        said.append(self._say(steps[len(said)], RETURN, version, reason))
        self._keep_round(version, handed_in_at, said)

    def _sign(self, first: Version) -> tuple[Board, Version]:
        """A round that ends with the signature; after an edit of substance the steps before look again."""
        handed_in_at = self._hand_in(first)
        last, said = first, []
        steps = [step for _, _, step in self.terms.route.walk()]
        for number, step in enumerate(steps):
            text, marked = self._edited(last) if step.role == EDITOR else ("", "")
            said.append(self._approve(step, last, text, marked))
            last = said[-1].after
            if marked == SUBSTANCE:
                said += [self._approve(earlier, last) for earlier in steps[:number]]
        return self._keep_round(first, handed_in_at, said), last

    def _edited(self, version: Version) -> tuple[str, str]:
        """What the editor makes of the text, and what they call it; mostly nothing."""
        luck, text = self.chance.random(), version.text.plain()
        if luck < 0.3 and (worded := reword(text)) != text:
            return worded, WORDING
        return (add_substance(self.plan.filled, self.chance), SUBSTANCE) if luck > 0.88 else ("", "")

    def _approve(self, step: Step, version: Version, text: str = "", marked: str = "") -> Said:
        opinion = self.chance.choice(plan()["opinions"]["approve"])
        return self._say(step, APPROVE, version, opinion, text, marked)

    def _say(
        self, step: Step, verdict: str, version: Version, opinion: str, text: str = "", marked: str = ""
    ) -> Said:
        """One decision, by the same hand whenever the step decides again."""
        self._later()
        by = self.hands[step.code]
        after = self._version(text, by, "decision") if text else version
        return Said(step.code, by, verdict, version, after, self.at, opinion, marked)

    def _keep_round(self, first: Version, handed_in_at: datetime, said: list[Said]) -> Board:
        return keep_round(
            self.past,
            manuscript=self.manuscript,
            authors=self.authors,
            terms=self.terms,
            places=self.places,
            handed_in=first,
            handed_in_at=handed_in_at,
            said=said,
        )

    def _submit(self, judged: Board, version: Version) -> None:
        """To one body or two; a good half of them use it."""
        self._later()
        editing = next(step for _, _, step in self.terms.route.walk() if step.role == EDITOR)
        bodies = self.chance.sample(list(self.year.journals), self.chance.choice((1, 1, 2)))
        keep_submissions(
            self.past,
            manuscript=self.manuscript,
            judged=judged,
            version=version,
            by=self.hands[editing.code],
            at=self.at,
            to={body: self._learned(body) for body in bodies},
            authors=[(person, person.unit) for person in self.authors],
        )

    def _learned(self, body: Body) -> tuple[Result, datetime] | None:
        """What became of it at a body: used some weeks later, or nothing was heard."""
        if self.chance.random() > 0.55:
            return None
        used_at = self.year.at_work(self.at + timedelta(days=self.chance.uniform(2, 25)), self.chance)
        result = Result(
            form=self.chance.choice(self.year.forms),
            evidence=self.chance.choice(self.year.grades),
            adopted_on=used_at.date(),
            journal=self.chance.choice(self.year.journals[body]),
            issue_number=f"第{self.chance.randint(1, 360)}期",
        )
        return result, used_at
