"""Log lines never hold body text (R7): of an exception only its kind and first line are written.

PostgreSQL names the whole failing row in the second line of an error, a form's text included.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

FIRST_LINE_AT_MOST = 200


class WithoutRows(logging.Formatter):
    """Formats like `logging.Formatter`, with exceptions cut to their first line."""

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
