"""谁能看到: everybody who may see a piece, with every reason; and who could be put on its reader list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from hezou.access.roles import HEADS, OFFICE
from hezou.access.scopes import who_may_see
from hezou.access.standing import standing_of
from hezou.manuscripts.models import Manuscript, Reader
from hezou.manuscripts.queries import Scope
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.packs.rules import Label
from hezou.people.models import Person, Unit
from hezou.people.queries import rules_of
from hezou.review.models import Seat
from hezou.web.manuscripts.people import UnitOfPersons, by_unit, directory
from hezou.web.review.labels import role_label
from hezou.web.templatetags.words import label

SHUT = gettext_lazy("Internal: nobody sees it but those named here.")
OPENED = gettext_lazy("Handed in: the heads over its unit and the office see it beside its writers.")
NOT_HANDED_IN = gettext_lazy("Not handed in yet: its writers alone see it, and whoever they let read it.")
ORDER = ("person", "seat", "head", "office")


@dataclass(frozen=True)
class Seer:
    """Somebody who may see the piece; `reasons` in words, the strongest first."""

    person: Person
    reasons: list[str]


@dataclass(frozen=True)
class Seers:
    """Those whose names the asking person may know, how many more there are, and what opens the piece."""

    named: list[Seer]
    unnamed: int
    rule: Promise | str


class Reasons:
    """What each scope of a person means for one piece, in words."""

    def __init__(self, manuscript: Manuscript) -> None:
        mine = {"agency_id": manuscript.agency_id, "manuscript": manuscript}
        self.manuscript = manuscript
        self.rules = rules_of(manuscript.agency)
        self.authors = set(manuscript.authors.values_list("person_id", flat=True))
        self.steps: dict[UUID, dict[str, Label | str]] = {}
        for seat in Seat.objects.filter(**mine).exclude(person=None).order_by("round", "level"):
            if seat.person_id is not None:
                self.steps.setdefault(seat.person_id, {})[seat.step] = seat.name
        self.units = dict(Unit.objects.filter(agency_id=manuscript.agency_id).values_list("pk", "name"))

    def on_the_page(self) -> set[UUID]:
        """Whose names every reader meets on the piece's own page."""
        return {self.manuscript.creator_id, *self.authors, *self.steps}

    def of(self, person: Person, scope: Scope, names: dict[UUID, str]) -> str:
        """Why this scope of the person opens the piece."""
        kind, scope_id = scope
        if kind == "person":
            return self._named(person)
        if kind == "seat" and scope_id != person.pk:
            return gettext("may sign for %(name)s") % {"name": names.get(scope_id, "")}
        if kind == "seat":
            return self._sits(person)
        if kind == "head":
            over = {"roles": self._roles(person, HEADS), "unit": self.units[scope_id]}
            return gettext("%(roles)s over %(unit)s") % over
        return gettext("%(roles)s: sees what was handed in") % {"roles": self._roles(person, OFFICE)}

    def _named(self, person: Person) -> str:
        if person.pk in self.authors:
            return gettext("author")
        if person.pk == self.manuscript.creator_id:
            return gettext("began the piece")
        return gettext("stands on the reader list")

    def _sits(self, person: Person) -> str:
        steps = self.steps.get(person.pk)
        if not steps:
            return gettext("may take a step of the review")
        named = map(label, steps.values())
        return gettext("reviews it: %(steps)s") % {"steps": gettext(", ").join(named)}

    def _roles(self, person: Person, among: frozenset[str]) -> str:
        held = standing_of(person).roles
        labels: list[Label | str] = [
            role_label(self.rules, role) for role in self.rules.roles if role in among and role in held
        ]
        return gettext(", ").join(label(one) for one in labels)


def seers(asking: Person, manuscript: Manuscript) -> Seers:
    """Who may see the piece and why, for somebody who may see it themselves.

    Whoever may not read the directory gets the names that the piece's own page shows, and a number.
    """
    found = who_may_see(manuscript)
    reasons = Reasons(manuscript)
    names = {person.pk: person.name for person, _ in found} | _names(manuscript, found)
    may_know = asking.has_perm("people.read")
    known = reasons.on_the_page() | {asking.pk}
    rows = [
        Seer(person, [reasons.of(person, scope, names) for scope in sorted(scopes, key=_strength)])
        for person, scopes in sorted(found, key=lambda one: min(map(_strength, one[1])))
        if may_know or person.pk in known
    ]
    return Seers(rows, len(found) - len(rows), _rule(manuscript))


def _rule(manuscript: Manuscript) -> Promise:
    if manuscript.content_class == INTERNAL:
        return SHUT
    return OPENED if manuscript.round else NOT_HANDED_IN


def _strength(scope: Scope) -> int:
    return ORDER.index(scope[0])


def _names(manuscript: Manuscript, found: list[tuple[Person, list[Scope]]]) -> dict[UUID, str]:
    """The names of principals who may not see the piece themselves any more, such as those who left."""
    ids = {scope_id for _, scopes in found for kind, scope_id in scopes if kind == "seat"}
    rows = Person.objects.filter(agency_id=manuscript.agency_id, pk__in=ids)
    return dict(rows.values_list("pk", "name"))


def others(asking: Person, manuscript: Manuscript) -> list[UnitOfPersons]:
    """Everybody who is not on the list as a person yet, unit by unit."""
    listed = Reader.objects.filter(
        agency_id=manuscript.agency_id, manuscript=manuscript, scope_kind="person"
    ).values_list("scope_id", flat=True)
    taken = set(listed)
    everybody = directory(asking)
    return by_unit(asking, everybody, [one for one in everybody if one.pk in taken])
