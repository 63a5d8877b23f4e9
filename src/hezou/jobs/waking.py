"""Waking the idle workers of this machine: a named pipe in the data folder.

A wake that is lost, or a worker on another machine, costs a look's delay and never a job.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress

from django.conf import settings


def ring() -> None:
    """Wake whoever listens; nobody is no error."""
    with suppress(OSError):
        pipe = os.open(settings.WAKE, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(pipe, b"!")
        finally:
            os.close(pipe)


class Bell:
    """The listening end."""

    def __init__(self) -> None:
        settings.WAKE.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.mkfifo(settings.WAKE, mode=0o600)
        # Open for writing as well: the pipe never ends, however many ring and go.
        self._pipe = os.open(settings.WAKE, os.O_RDWR | os.O_NONBLOCK)

    def wait(self, seconds: float) -> None:
        """Returns when somebody rings, at the latest after `seconds`."""
        if select.select([self._pipe], [], [], seconds)[0]:
            with suppress(BlockingIOError):  # another worker took it
                os.read(self._pipe, 4096)

    def close(self) -> None:
        """Listen no more."""
        os.close(self._pipe)
