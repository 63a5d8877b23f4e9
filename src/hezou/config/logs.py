"""Log lines never hold body text (R7): of an exception only its kind and first line are written.

PostgreSQL names the whole failing row in the second line of an error, a form's text included.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

FIRST_LINE_AT_MOST = 200

ABOUT = (
    "job",
    "task",
    "attempt",
    "error",
    "part",
    "status",
    "mail",
    "status_code",
    "budget",
    "page",
    "person",
)
"""What a record may tell besides its message: codes, ids and numbers. What else it carries is left out."""


class WithoutRows(logging.Formatter):
    """Formats like `logging.Formatter`, with exceptions cut to their first line; then what it is about."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        """The line, followed by `name=value` for everything that the record is about."""
        return " ".join([super().formatMessage(record), *(f"{k}={v}" for k, v in about(record).items())])

    def formatException(  # noqa: N802 - the name is the standard library's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The chain of causes, innermost first: frames in full, messages cut."""
        lines: list[str] = []
        exception: BaseException | None = ei[1]
        while exception is not None:
            message = next(iter(str(exception).splitlines()), "")[:FIRST_LINE_AT_MOST]
            lines.insert(0, f"{type(exception).__qualname__}: {message}")
            lines[:0] = [frame.rstrip() for frame in traceback.format_tb(exception.__traceback__)]
            exception = exception.__cause__ or exception.__context__
        return "\n".join(lines)


class AsJson(WithoutRows):
    """One JSON object a line: at, level, logger, message, what it is about, and `exception`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **about(record),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def about(record: logging.LogRecord) -> dict[str, str | int]:
    """The values a record carries under the names of ABOUT."""
    carried = ((name, record.__dict__.get(name)) for name in ABOUT)
    return {name: value for name, value in carried if isinstance(value, str | int)}
