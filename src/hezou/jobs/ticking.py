"""The loop of a clock process: one of them acts, the others stand by."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Sequence

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from hezou.jobs import actions
from hezou.jobs.rules import ACTING, Beat, name_of

log = logging.getLogger(__name__)
TICK = 5.0
"""Seconds between two looks at what is due."""


class Clock:
    """Enqueues periodic tasks until `stop` is called."""

    def __init__(self, beats: Sequence[Beat]) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.beats = beats
        self._stop = threading.Event()

    def stop(self) -> None:
        """End, and let another clock act at once."""
        self._stop.set()

    def run(self) -> None:
        """Tick until stopped; a database that is gone is waited for."""
        try:
            while not self._stop.is_set():
                close_old_connections()
                self._guarded(self.tick)
                self._stop.wait(TICK)
        finally:
            self._guarded(lambda: actions.let_go(ACTING, self.name))
            connections.close_all()

    def tick(self) -> int:
        """Enqueue what is due, if this is the acting clock; how many tasks."""
        if not actions.hold(ACTING, self.name):
            return 0
        return sum([actions.beat(due) for due in self.beats])

    def _guarded(self, step: Callable[[], object]) -> None:
        try:
            step()
        except (OperationalError, InterfaceError) as error:
            log.warning("database gone", extra={"error": name_of(type(error))})
            connections.close_all()
