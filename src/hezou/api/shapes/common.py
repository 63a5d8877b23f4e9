"""Forms that several answers share."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, WithJsonSchema

from hezou.api.rules.frame import LONGEST_PAGE, PAGE
from hezou.kernel.text import why_not_text
from hezou.people.models import Person, Unit

T = TypeVar("T")


def _text(value: str) -> str:
    if why_not_text(value) is not None:
        raise ValueError("not text")
    return value


def as_written(value: Any) -> Any:
    """Days and ids come as words, never as numbers."""
    if not isinstance(value, str):
        raise ValueError("not written as a string")
    return value


Word = Annotated[StrictStr, Field(max_length=200), AfterValidator(_text)]
"""A short string: a code, a name, a number."""
Revision = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
Id = Annotated[UUID, BeforeValidator(as_written), WithJsonSchema({"type": "string", "format": "uuid"})]
Yes = StrictBool
Size = Annotated[int, Field(ge=1, le=LONGEST_PAGE)]
SIZE = PAGE


class Sent(Schema):
    """A request's body: nothing in it that is not known."""

    model_config = ConfigDict(extra="forbid")


class Told(Schema):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid")


class PageOf(Told, Generic[T]):
    """A page of a list; `next` goes into `after` of the next request, and is null on the last page."""

    items: list[T]
    next: str | None


class PersonRef(Told):
    """A person, by id and name."""

    id: UUID
    name: str


class UnitRef(Told):
    """A unit, by id and name."""

    id: UUID
    name: str


class Said(Told):
    """A message: its code, its parameters, and the sentence in the language asked for."""

    type: str
    detail: str
    params: dict[str, Any]


class Wrong(Told):
    """A problem (RFC 9457): the first message, then every one of them in `errors`."""

    type: str
    title: str
    status: int
    detail: str
    params: dict[str, Any]
    errors: list[Said]
    revision: int | None = None


def fields(row: object, *names: str) -> dict[str, Any]:
    """Values of a row that go out under the name they have inside."""
    return {name: getattr(row, name) for name in names}


def person_ref(person: Person) -> PersonRef:
    return PersonRef(id=person.pk, name=person.name)


def unit_ref(unit: Unit) -> UnitRef:
    return UnitRef(id=unit.pk, name=unit.name)
