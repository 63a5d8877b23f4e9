"""Web, worker and clock as processes of one parent: started, started again, stopped together."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
"""Seconds at most before a process that ended is started again; the first time one, then twice as long."""
SOUND = 60.0
"""Seconds after which a process counts as well: its next end is a first one again."""
GRACE = 30.0
"""Seconds that processes have for an orderly stop before they are killed."""
LOOK = 0.2

SUPERVISED = "--supervised"
"""The option by which a process knows that its standard input is the line to its parent."""


@dataclass
class Part:
    """One process: a command of ours with its options."""

    name: str
    words: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = None
    ends: int = 0
    started: float = 0.0
    due: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start it in a group of its own, tied to us by its standard input."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "hezou.ops", self.name, *self.words, SUPERVISED],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def has_ended(self) -> bool:
        """Whether it ended by itself; then plans its next start and sweeps up what it may have left."""
        if self.process is None or self.process.poll() is None:
            return False
        log.warning("process ended", extra={"part": self.name, "status": self.process.returncode})
        self._sweep()
        now = time.monotonic()
        self.ends = 1 if now - self.started > SOUND else self.ends + 1
        self.due = now + wait_after(self.ends)
        self.process = None
        return True

    def ask_to_stop(self) -> None:
        """The first half of an orderly stop."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self, until: float) -> None:
        """The second half: wait until that instant, then kill whatever is left."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.0, until - time.monotonic()))
            self._sweep()
            self.process = None

    def _sweep(self) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        assert self.process.stdin is not None
        self.process.stdin.close()


def wait_after(ends: int) -> float:
    """Seconds before the start that follows a process's n-th end in a row (n from 1)."""
    return min(2.0 ** min(ends - 1, 10), LONGEST_WAIT)


class Supervisor:
    """Keeps parts running until `stop` is called."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._stop = threading.Event()

    def stop(self) -> None:
        """End the parts in order, and then `run`."""
        self._stop.set()

    def run(self, is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
        """Start the parts and those that end; calls `when_ready` once, when `is_ready` first says so."""
        is_told = False
        try:
            while not self._stop.is_set():
                for part in self.parts:
                    part.has_ended()
                    if part.process is None and time.monotonic() >= part.due:
                        part.start()
                if not is_told and is_ready():
                    is_told = True
                    when_ready()
                self._stop.wait(LOOK)
        finally:
            for part in self.parts:
                part.ask_to_stop()
            until = time.monotonic() + GRACE
            for part in self.parts:
                part.stop(until)


def on_stop(stop: Callable[[], None]) -> None:
    """Call `stop` at SIGTERM and SIGINT."""

    def handle(*_: object) -> None:
        # In a thread: the main one may have been interrupted while it held the lock that `stop` needs.
        threading.Thread(target=stop, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)


def end_with_parent() -> None:
    """From now on end in order (SIGTERM) when the parent is gone: the other end of standard input closes."""

    def watch() -> None:
        # Not through `sys.stdin`, whose lock would be held at the end of the process.
        while os.read(0, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
