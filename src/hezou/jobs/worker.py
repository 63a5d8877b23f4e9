"""The loop of a worker process: claim, run, heartbeat, give back at a stop."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

from hezou.jobs import actions
from hezou.jobs.models import Job
from hezou.jobs.rules import HEARTBEAT
from hezou.kernel.ids import NIL

log = logging.getLogger(__name__)
BATCH = 20
IDLE = 0.3
"""Seconds between two looks at an empty queue."""
_RECLAIM_EVERY = 10.0


class Worker:
    """Runs jobs one after the other until `stop` is called."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid4().hex[:8]}"
        self.held: list[UUID] = []
        self._stop = threading.Event()
        self._agency = NIL
        self._reclaimed = 0.0

    def stop(self) -> None:
        """Finish the job under way, give back what was not begun, and end."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped."""
        heart = threading.Thread(target=self._beat, daemon=True)
        heart.start()
        try:
            while not self._stop.is_set():
                close_old_connections()
                if not self.round():
                    self._stop.wait(IDLE)
        finally:
            self._stop.set()
            actions.release(self.name, self.held)
            connections.close_all()

    def round(self) -> int:
        """Claim one batch and run it; how many jobs were run."""
        if time.monotonic() - self._reclaimed > _RECLAIM_EVERY:
            self._reclaimed = time.monotonic()
            actions.reclaim()
        jobs = actions.claim(self.name, self._agency, BATCH)
        if not jobs:
            self._agency = NIL
            return 0
        self._agency = jobs[0].agency_id
        self.held = [job.pk for job in jobs]
        done = 0
        for job in jobs:
            if self._stop.is_set():
                break
            self._one(job)
            self.held.remove(job.pk)
            done += 1
        return done

    def _one(self, job: Job) -> None:
        try:
            task: Callable[..., object] = import_string(job.task)
            task(*job.args, **job.kwargs)
        except Exception as error:
            # The class only: an exception's words may quote a text.
            log.warning(
                "job failed", extra={"job": str(job.pk), "task": job.task, "error": type(error).__name__}
            )
            actions.fail(job, self.name, type(error).__name__)
        else:
            if not actions.finish(job, self.name):
                log.warning("lease lost", extra={"job": str(job.pk), "task": job.task})

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT.total_seconds()):
            held = list(self.held)
            if held:
                actions.renew(self.name, held)
            connections.close_all()
