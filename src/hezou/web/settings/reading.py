"""Documents and versions as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from hezou.kernel.errors import NotFound
from hezou.packs.models import PackVersion
from hezou.packs.queries import MAIN, SHIPPED, document_of, in_force, offers, versions_of
from hezou.packs.rules import FAMILIES as ALL
from hezou.packs.rules import Document, Route, Rulebook, objections
from hezou.packs.rules.differences import differences
from hezou.packs.rules.schema import Shape, shapes, tables
from hezou.people.models import Person
from hezou.people.queries import rules_of, today_of
from hezou.web.settings.changes import Shown, in_words
from hezou.web.settings.words import FAMILIES, TABLES, field_words, seat_words, title, value_words
from hezou.web.templatetags.words import label


@dataclass(frozen=True)
class Told:
    """A version with who adopted it, and since or from when: `state` is now, coming or past."""

    version: PackVersion
    who: str
    rests_on: str
    state: str


@dataclass(frozen=True)
class Entry:
    """A document in the list of all rules; `coming` is a version decided for a later day."""

    family: str
    code: str
    name: Any
    purpose: Any
    now: Told
    coming: Told | None
    has_offer: bool


@dataclass(frozen=True)
class Seat:
    """A step of a route as it is read: who, and what is special about it."""

    name: str
    who: str
    marks: list[str]


@dataclass(frozen=True)
class Table:
    """One table of a document: `head` and `rows` of cells, or `routes` with their levels."""

    title: Any
    head: list[Any]
    rows: list[list[tuple[Any, str]]]
    routes: list[tuple[str, list[tuple[str, list[Seat]]]]]


def told(asking: Person, versions: Iterable[PackVersion]) -> list[Told]:
    """Versions with the names of those who adopted them; one query."""
    rows = list(versions)
    today = today_of(asking.agency)
    names = dict(
        Person.objects.filter(
            agency_id=asking.agency_id, pk__in={one.adopted_by for one in rows if one.adopted_by}
        ).values_list("pk", "name")
    )
    held = set(in_force(asking.agency_id, today).values_list("pk", flat=True))
    return [Told(one, _who(one, names), rests_on(one), _state(one, held, today)) for one in rows]


def _who(version: PackVersion, names: dict[UUID, str]) -> str:
    return names.get(version.adopted_by, "") if version.adopted_by else ""


def _state(version: PackVersion, held: set[UUID], today: date) -> str:
    return "now" if version.pk in held else "coming" if version.effective_from > today else "past"


def rests_on(version: PackVersion) -> str:
    """Where a version comes from, in words."""
    if version.source.startswith(SHIPPED):
        name = version.source.removeprefix(SHIPPED)
        return gettext("shipped with the program (%(set)s)") % {"set": name}
    return version.source


def entries(asking: Person) -> list[Entry]:
    """Every document of rules in force, in the order of the families."""
    versions = list(PackVersion.objects.filter(agency_id=asking.agency_id).order_by("-effective_from"))
    found: list[Entry] = []
    offered = offers(asking.agency_id)
    everything = told(asking, versions)
    order = list(ALL)
    now = [one for one in everything if one.state == "now"]
    for one in sorted(now, key=lambda row: (order.index(row.version.family), row.version.code)):
        same = (one.version.family, one.version.code)
        coming = [o for o in everything if o.state == "coming" and (o.version.family, o.version.code) == same]
        name, purpose = FAMILIES[one.version.family]
        is_offered = one.version.code == MAIN and one.version.family in offered
        found.append(Entry(*same, name, purpose, one, coming[-1] if coming else None, is_offered))
    return found


def rules_wait(asking: Person) -> bool:
    """Whether the rules ask for a look: something newer is shipped, or they do not hold together."""
    return bool(offers(asking.agency_id) or objections(rules_of(asking.agency)))


def versions_for(asking: Person, family: str, code: str) -> list[PackVersion]:
    """The versions of a document, the newest first. Raises NotFound where there are none."""
    found = list(versions_of(asking.agency_id, family, code))
    if not found or family not in ALL:
        raise NotFound
    return found


def in_force_of(asking: Person, versions: list[PackVersion]) -> PackVersion:
    """The version in force today; the first one there is, where none is yet."""
    held = set(in_force(asking.agency_id, today_of(asking.agency)).values_list("pk", flat=True))
    return next((one for one in versions if one.pk in held), versions[-1])


def tables_of(document: Document, family: str, rules: Rulebook) -> list[Table]:
    """What a document says, table by table; columns that say nothing are left out."""
    return [_table(shape, getattr(document, shape.name), rules) for shape in tables(family)]


def _table(shape: Shape, rows: tuple[Any, ...], rules: Rulebook) -> Table:
    name = TABLES[shape.name]
    assert shape.row is not None
    if any(one.row is not None for one in shapes(shape.row)):
        return Table(name, [], [], [(title(one), _levels(one, rules)) for one in rows])
    columns = [one for one in shapes(shape.row) if one.is_shown and one.name not in ("label", "year")]
    columns.sort(key=lambda one: one.name == "source")
    said = [[_cell(one, getattr(row, one.name), rules) for one in columns] for row in rows]
    kept = [place for place in range(len(columns)) if any(row[place] for row in said)]
    head = [field_words(shape.row, columns[place])[0] for place in kept]
    cells = [
        [("", title(row)), *((head[at], words[place]) for at, place in enumerate(kept))]
        for row, words in zip(rows, said, strict=True)
    ]
    return Table(name, [gettext("Called"), *head], cells, [])


def _cell(shape: Shape, value: Any, rules: Rulebook) -> str:
    """As `value_words`, of a name only what this reader reads."""
    return label(value) if shape.kind == "label" else value_words(shape, value, rules)


def _levels(route: Route, rules: Rulebook) -> list[tuple[str, list[Seat]]]:
    return [(title(one), [_seat(step, rules) for step in one.steps]) for one in route.levels]


def _seat(step: Any, rules: Rulebook) -> Seat:
    marks = []
    if not step.counts:
        marks.append(gettext("not counted among the signers"))
    if not step.edits:
        marks.append(gettext("does not change the text"))
    if step.secrecy:
        marks.append(gettext("secrecy review"))
    if step.lines:
        lines = gettext(", ").join(title(rules.lines[one]) for one in step.lines if one in rules.lines)
        marks.append(gettext("only for %(lines)s") % {"lines": lines})
    return Seat(title(step), seat_words(step, rules), marks)


def against(asking: Person, version: PackVersion, before: PackVersion | None) -> list[Shown]:
    """What a version changed of the one before it."""
    if before is None:
        return []
    rules = rules_of(asking.agency)
    return in_words(differences(document_of(before), document_of(version)), rules, rules)
