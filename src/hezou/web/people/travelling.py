"""Rows of a sheet between its report and its writing: they travel in the form itself, signed.

Nothing of a sheet is kept on the server before somebody has read what it would do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from django.core import signing

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message, define
from hezou.people.models import Person

R = TypeVar("R")

TOO_OLD = define("web.report_too_old", "The report is from another day or another page. Send the file again.")

ONE_DAY = 24 * 60 * 60


def signed(person: Person, rows: Sequence[Any], salt: str) -> str:
    """The rows as one signed line, for this person alone; `salt` tells kinds of sheets apart."""
    plain = [{**asdict(row), "problems": [[p.code, p.params] for p in row.problems]} for row in rows]
    return signing.dumps([str(person.pk), plain], salt=salt, compress=True)


def unsigned(person: Person, line: str, row: Callable[..., R], salt: str) -> list[R]:
    """The rows again. Raises Refused when they are not what this person was shown within a day."""
    try:
        whose, plain = signing.loads(line, salt=salt, max_age=ONE_DAY)
    except signing.BadSignature:
        raise Refused(TOO_OLD()) from None
    if whose != str(person.pk):
        raise Refused(TOO_OLD())
    return [_row(row, **values) for values in plain]


def _row(row: Callable[..., R], problems: list[Any], **values: Any) -> R:
    return row(problems=tuple(Message(code, params) for code, params in problems), **values)
