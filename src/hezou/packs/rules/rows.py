"""The rows a document may hold and the documents of each family: frozen, no unknown key, no loose type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

_T = TypeVar("_T")
_FIELD = re.compile(r"\{(\w*)\}")

Line = Literal["up", "out", "in"]
"""`up` to a body, `out` to the public, `in` the house."""
LINES: tuple[Line, ...] = get_args(Line)

ContentClass = Literal["public", "internal"]
"""The classes of content that may be kept at all; what is a state secret is refused before any write."""
CLASSES: tuple[ContentClass, ...] = get_args(ContentClass)

WRONG_ORDER, OTHER_YEAR, NO_WEEKEND = "wrong_order", "other_year", "no_weekend"
"""What can be wrong with a row as a whole."""

CODE = r"^[a-z][a-z0-9_]{0,39}$"
Code = Annotated[str, StringConstraints(pattern=CODE)]
Words = Annotated[
    str, StringConstraints(max_length=400, pattern=r"^[^\p{Cc}\p{Cf}]*[^\p{Cc}\p{Cf}\s][^\p{Cc}\p{Cf}]*$")
]
"""One visible line: no control or direction marks, not blank."""
Place = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\p{Cc}\p{Cf}]*$")]
"""One end of a printed line; may be empty."""
Amount = Annotated[int, Field(strict=True, ge=0, le=10_000_000)]


REPORT_NAMES = ("unit", "signer", "writer", "telephone")
"""What every report piece names."""
REPORT_FIELDS = (*REPORT_NAMES, "addressee", "issue_date", "number", "title")
"""What the head and foot of a report piece may name, each written `{field}`."""


@dataclass(frozen=True)
class Names:
    """Marks a code that is the code of a row of a table."""

    table: str


@dataclass(frozen=True)
class Given:
    """Marks a value that the product fixes: it is neither asked for nor shown."""


@dataclass(frozen=True)
class Fixed:
    """Marks a table whose codes the product fixes: rows are named and valued, none is added or removed."""


def _distinct(values: tuple[_T, ...]) -> tuple[_T, ...]:
    if len(set(values)) != len(values):
        raise ValueError("stands twice")
    return values


class Row(BaseModel):
    """A part of a document: cannot be changed, refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Row):
    """A name as people read it, in both languages of the product."""

    zh: Words
    en: Words

    def of(self, language: str) -> str:
        """The name for a reader: Chinese for `zh` and its variants, else English."""
        return self.zh if language.lower().startswith("zh") else self.en

    def __str__(self) -> str:
        return self.en


class Coded(Row):
    """A row that others address by its code; `source` is the document's where the row names none."""

    code: Code
    source: Words | None = None


class Named(Coded):
    """A code with its label: a role, a type of unit, a line, a term, a form of adoption."""

    label: Label


class Kind(Named):
    """A kind of manuscript: the lines it may take, the route it goes, the classes it may have.

    `min_characters` and `max_characters` are the usual length (字数), shown as a hint, never enforced.
    """

    lines: Annotated[tuple[Line, ...], Field(min_length=1), AfterValidator(_distinct)]
    route: Annotated[Code, Names("routes")]
    classes: Annotated[tuple[ContentClass, ...], Field(min_length=1), AfterValidator(_distinct)] = CLASSES
    note: Label | None = None
    min_characters: Amount | None = None
    max_characters: Amount | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Kind:
        low, high = self.min_characters, self.max_characters
        if low is not None and high is not None and low > high:
            raise PydanticCustomError(WRONG_ORDER, "min_characters is above max_characters")
        return self


class Step(Row):
    """One seat of a level.

    `role` held in the piece's own unit or anywhere in the agency (`scope`); `counts` towards the signers
    who must all be different persons; `edits`: may change the text as part of deciding; `secrecy`: this
    decision is the secrecy review; `lines`: asked only of pieces that aim at one of these (empty: of all).
    """

    code: Code
    label: Label
    role: Annotated[Code, Names("roles")]
    scope: Literal["unit", "agency"]
    counts: StrictBool = True
    edits: StrictBool = True
    secrecy: StrictBool = False
    lines: Annotated[tuple[Line, ...], AfterValidator(_distinct)] = ()

    def asked_of(self, lines: frozenset[Line]) -> bool:
        """Whether a piece that aims at these lines needs this step."""
        return not self.lines or not lines.isdisjoint(self.lines)


class Level(Row):
    """One level of a route; its steps stand side by side."""

    code: Code
    label: Label
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=9)]


class Route(Named):
    """The levels a piece passes, in order; the last one is the signature (签发)."""

    levels: Annotated[tuple[Level, ...], Field(min_length=1, max_length=9)]

    def walk(self) -> Iterator[tuple[int, Level, Step]]:
        """Every step with its level and the level's number, counted from 1."""
        for number, level in enumerate(self.levels, start=1):
            for step in level.steps:
                yield number, level, step

    @property
    def signing(self) -> Step:
        """The step whose approval signs the piece."""
        return self.levels[-1].steps[0]


class ReportForm(Row):
    """How a report piece is headed: the name above, the lines under it, the lines at the foot.

    Of a line one part stands left and one right; each may name `REPORT_FIELDS`.
    """

    masthead: Words
    under: Annotated[tuple[tuple[Place, Place], ...], Field(max_length=9)]
    foot: Annotated[tuple[tuple[Place, Place], ...], Field(max_length=9)]

    def asks(self) -> list[str]:
        """The fields it names, in order, each once."""
        lines = (part for line in (*self.under, *self.foot) for part in line)
        return list(dict.fromkeys(_FIELD.findall("\n".join((self.masthead, *lines)))))


class Nature(Named):
    """A nature of bodies (条线, 属地): `report` is the form in which they want report pieces headed.

    None: the form that `documents` has for any.
    """

    report: ReportForm | None = None


class EvidenceGrade(Named):
    """How sure an adoption is, rows in growing certainty; `books`: from here on merits are booked."""

    books: StrictBool = False


class Number(Coded):
    """A limit: `value` counted in `unit`."""

    value: Amount
    unit: Annotated[Code, Given()]


class Switch(Coded):
    """Something the rules allow or not."""

    on: StrictBool


class CalendarYear(Coded):
    """One year as announced: `off` are the days of holidays (weekend days among them), `work` the Saturdays
    and Sundays worked in exchange (调休)."""

    year: Annotated[int, Field(strict=True, ge=1990, le=2200)]
    off: Annotated[tuple[date, ...], AfterValidator(_distinct)]
    work: Annotated[tuple[date, ...], AfterValidator(_distinct)]

    @model_validator(mode="after")
    def _of_the_year(self) -> CalendarYear:
        if any(day.year != self.year for day in (*self.off, *self.work)):
            raise PydanticCustomError(OTHER_YEAR, "a day of another year")
        if set(self.off) & set(self.work) or any(day.weekday() < 5 for day in self.work):
            raise PydanticCustomError(NO_WEEKEND, "a day worked must be a weekend day that is not off")
        return self


class Document(Row):
    """One TOML text of a family: where it comes from, and tables of rows."""

    source: Words

    def tables(self) -> Iterator[tuple[str, tuple[Coded, ...]]]:
        """Each table's name with its rows, in the order written; every row names its source."""
        for name in type(self).model_fields:
            if name != "source":
                rows: tuple[Coded, ...] = getattr(self, name)
                yield (
                    name,
                    tuple(
                        row if row.source else row.model_copy(update={"source": self.source}) for row in rows
                    ),
                )


class Kinds(Document):
    kinds: tuple[Kind, ...]


class Routes(Document):
    routes: tuple[Route, ...]


class Labels(Document):
    """`unit_types`: the first is the agency's own, the root of its tree."""

    roles: Annotated[tuple[Named, ...], Fixed()]
    unit_types: tuple[Named, ...]
    lines: Annotated[tuple[Named, ...], Fixed()]
    terms: Annotated[tuple[Named, ...], Fixed()]


class Bodies(Document):
    natures: tuple[Nature, ...]
    adoption_forms: tuple[Named, ...]
    evidence_grades: tuple[EvidenceGrade, ...]


class Limits(Document):
    numbers: Annotated[tuple[Number, ...], Fixed()]
    switches: Annotated[tuple[Switch, ...], Fixed()]


class Calendars(Document):
    years: tuple[CalendarYear, ...]
