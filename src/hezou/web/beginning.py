"""The first day of an agency: what its administrator does until the first piece is signed.

Nothing is ticked by hand: each step is done when the directory and the rounds say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from hezou.access.roles import WRITER
from hezou.packs.rules import Rulebook
from hezou.packs.rules import Step as RouteStep
from hezou.people.models import Account, Grant, Journal, Person, Unit
from hezou.people.queries import in_force, rules_of, today_of
from hezou.review.lifecycle import PASSED
from hezou.review.models import Seat
from hezou.web.templatetags.words import label

NAMED_AT_MOST = 3
"""Gaps named in one sentence; the others wait until these are filled."""


@dataclass(frozen=True)
class Gap:
    """A role that a unit's pieces will ask for and that nobody holds over it."""

    unit: UUID
    role: str


@dataclass(frozen=True)
class Step:
    """One thing to do. `url` and `verb` are blank where others must do it."""

    title: str
    text: str
    is_done: bool
    url: str = ""
    verb: str = ""


@dataclass(frozen=True)
class Beginning:
    """The steps in their order; `now` is the first that is not done."""

    steps: tuple[Step, ...]

    @property
    def now(self) -> Step:
        return next(step for step in self.steps if not step.is_done)

    @property
    def number(self) -> int:
        """Which step is next, from 1."""
        return self.steps.index(self.now) + 1


def beginning(person: Person) -> Beginning | None:
    """What is left to do before the agency works; None for whoever does not keep it, and once it works."""
    agency_id = person.agency_id
    if not person.has_perm("people.manage"):
        return None
    is_signed = Seat.objects.filter(agency_id=agency_id, state=PASSED, signs=True).exists()
    has_journal = Journal.objects.filter(agency_id=agency_id, retired_at=None).exists()
    if is_signed and has_journal:
        return None
    rules = rules_of(person.agency)
    units = {unit.pk: unit for unit in Unit.objects.filter(agency_id=agency_id, retired_at=None)}
    parents = {unit.pk: unit.parent_id for unit in units.values()}
    grants = Grant.objects.filter(in_force(today_of(person.agency)), agency_id=agency_id)
    held = set(grants.filter(person__retired_at=None).values_list("role", "unit_id"))
    has_writers = any(role == WRITER for role, _ in held)
    has_entered = (
        Account.objects.filter(agency_id=agency_id, person__grants__role=WRITER)
        .exclude(last_login=None)
        .exists()
    )
    steps = (
        _import_step(has_writers),
        _gaps_step(rules, units, gaps(rules, parents, held) if has_writers else None),
        _bodies_step(has_journal),
        _passwords_step(has_entered),
        _piece_step(is_signed),
    )
    return Beginning(steps)


def gaps(rules: Rulebook, parents: Mapping[UUID, UUID | None], held: set[tuple[str, UUID]]) -> list[Gap]:
    """What keeps units with writers from handing in any piece at all, by the route that lacks least.

    `parents`: unit → superior; `held`: (role, unit it is held over). What only authorship would hinder is
    answered at hand-in, by a cross reviewer named in advance (R2).
    """
    routes = [rules.route(code) for code in sorted({kind.route for kind in rules.kinds.values()})]
    found: dict[Gap, None] = {}
    for unit in sorted(unit for role, unit in held if role == WRITER):
        path = list(_upward(unit, parents))
        lacking = [[gap for _, _, step in one.walk() if (gap := _gap(step, path, held))] for one in routes]
        least: list[Gap] = min(lacking, key=len)
        found.update(dict.fromkeys(least))
    return list(found)


def _gap(step: RouteStep, path: list[UUID], held: set[tuple[str, UUID]]) -> Gap | None:
    """What is missing at a step for a piece of the unit that `path` begins with."""
    where = path if step.scope == "unit" else path[-1:]
    return None if any((step.role, one) in held for one in where) else Gap(where[0], step.role)


def _upward(unit: UUID, parents: Mapping[UUID, UUID | None]) -> Iterable[UUID]:
    current: UUID | None = unit
    while current is not None:
        yield current
        current = parents.get(current)


def _import_step(is_done: bool) -> Step:
    return Step(
        gettext("Bring in units and persons"),
        gettext("One spreadsheet with unit, name, role and account name. You see what it would do first."),
        is_done,
        reverse("people_import"),
        gettext("Import a list"),
    )


def _gaps_step(rules: Rulebook, units: Mapping[UUID, Unit], found: list[Gap] | None) -> Step:
    """`found`: None while nobody is here whose pieces could ask for anything."""
    text = gettext("Each step of the review needs somebody, or pieces cannot be handed in.")
    url = reverse("people")
    if found:
        named = [_gap_words(rules, units, gap) for gap in found[:NAMED_AT_MOST]]
        text = gettext("Nobody is named yet: %(gaps)s.") % {"gaps": gettext(", ").join(named)}
        url = f"{url}?unit={found[0].unit}"
    return Step(gettext("Name somebody for every step"), text, found == [], url, gettext("Name the persons"))


def _gap_words(rules: Rulebook, units: Mapping[UUID, Unit], gap: Gap) -> str:
    role = rules.roles.get(gap.role)
    words = label(role.label) if role else gap.role
    return gettext("%(role)s (%(unit)s)") % {"role": words, "unit": units[gap.unit].name}


def _bodies_step(is_done: bool) -> Step:
    return Step(
        gettext("Name whom you report to"),
        gettext("The bodies that your pieces go up to, each with its journals."),
        is_done,
        reverse("settings"),
        gettext("Name the bodies"),
    )


def _passwords_step(is_done: bool) -> Step:
    return Step(
        gettext("Hand out the one-time passwords"),
        gettext(
            "They were shown after the import. One that is lost is made anew on the person's page. "
            "Leaders who sign on paper need none."
        ),
        is_done,
        reverse("people"),
        gettext("To the people"),
    )


def _piece_step(is_done: bool) -> Step:
    return Step(
        gettext("The first piece is signed"),
        gettext(
            "A writer logs in, presses “Write” and pastes a text. From there each desk says what to do next."
        ),
        is_done,
    )
