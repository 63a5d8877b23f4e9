from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from hezou.config.logs import AsJson, WithoutRows


def logged(error: BaseException | None) -> list[str]:
    """The lines of a record about an error, frames apart."""
    told = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("hezou", logging.ERROR, __file__, 1, "failed", (), told)
    lines = WithoutRows("%(message)s").format(record).splitlines()
    return [line for line in lines if not line.startswith("  ")]


def fail(*lines: str) -> None:
    """Raise an error a line, each the cause of the next."""
    cause: Exception | None = None
    for line in lines:
        try:
            raise ValueError(line) from cause
        except ValueError as error:
            cause = error
    assert cause is not None
    raise cause


def test_writes_the_first_line_of_an_exception_only() -> None:
    with pytest.raises(ValueError, match="duplicate") as raised:
        fail("duplicate key\nDETAIL:  Failing row contains (the body)")
    assert logged(raised.value) == ["failed", "ValueError: duplicate key"]


def test_writes_causes_before_what_they_caused() -> None:
    with pytest.raises(ValueError, match="outer") as raised:
        fail("inner", "outer\nsecond")
    assert logged(raised.value) == ["failed", "ValueError: inner", "ValueError: outer"]


def test_cuts_a_long_first_line() -> None:
    assert logged(ValueError("甲" * 5000)) == ["failed", f"ValueError: {'甲' * 200}"]


def test_writes_an_exception_without_words() -> None:
    assert logged(ValueError()) == ["failed", "ValueError: "]


def test_names_the_place() -> None:
    with pytest.raises(ValueError, match="here") as raised:
        fail("here")
    text = WithoutRows().formatException((ValueError, raised.value, raised.value.__traceback__))
    assert [line for line in text.splitlines() if "in fail" in line] != []


def test_writes_a_line_without_exception() -> None:
    assert logged(None) == ["failed"]


def record(**carried: Any) -> logging.LogRecord:
    found = logging.LogRecord("hezou.jobs", logging.WARNING, __file__, 1, "job %s", ("failed",), None)
    found.__dict__.update(carried)
    return found


def test_tells_codes_and_ids_and_nothing_else_that_a_record_carries() -> None:
    line = WithoutRows("%(message)s").format(record(job="0199", attempt=2, text="the body", request=object()))
    assert line == "job failed job=0199 attempt=2"


def test_writes_one_json_object_a_line() -> None:
    line = AsJson().format(record(job="0199", attempt=2, text="the body", created=1_790_000_000.25))
    assert "\n" not in line
    assert json.loads(line) == {
        "at": "2026-09-21T14:13:20.250+00:00",
        "level": "WARNING",
        "logger": "hezou.jobs",
        "message": "job failed",
        "job": "0199",
        "attempt": 2,
    }


def test_writes_the_first_line_of_an_exception_only_in_json_too() -> None:
    with pytest.raises(ValueError, match="duplicate") as raised:
        fail("duplicate key\nDETAIL:  Failing row contains (the body)")
    line = AsJson().format(record(exc_info=(ValueError, raised.value, raised.value.__traceback__)))
    assert json.loads(line)["exception"].splitlines()[-1] == "ValueError: duplicate key"
