"""The loop of a worker process: claim, run, heartbeat, give back at a stop."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from uuid import UUID

from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections
from django.utils.module_loading import import_string
from django_tasks.base import Task

from hezou.jobs import actions
from hezou.jobs.models import Job
from hezou.jobs.rules import ALIVE, HEARTBEAT, UnknownTask, name_of
from hezou.jobs.waking import Bell, ring
from hezou.kernel.ids import NIL

log = logging.getLogger(__name__)
BATCH = 20
IDLE = 1.0
"""Seconds between two looks at an empty queue when nobody rings, and at a database that is gone."""
LONGEST = 60 * 60.0
"""Seconds a task may take. A worker that hangs longer ends itself, and its lease runs out."""
_RECLAIM_EVERY = 10.0


class Worker:
    """Runs jobs one after the other until `stop` is called."""

    def __init__(self) -> None:
        self.token = secrets.token_hex(4)
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{self.token}"
        self.held: list[UUID] = []
        self._stop = threading.Event()
        self._agency = NIL
        self._reclaimed = float("-inf")
        self._begun = time.monotonic()

    def stop(self) -> None:
        """Finish the job under way, give back what was not begun, and end."""
        self._stop.set()
        ring()

    def run(self) -> None:
        """Work until stopped; a database that is gone is waited for."""
        bell = Bell()
        heart = threading.Thread(target=self._beat, daemon=True)
        heart.start()
        try:
            while not self._stop.is_set():
                close_old_connections()
                try:
                    if not self.round():
                        bell.wait(IDLE)
                except (OperationalError, InterfaceError) as error:
                    log.warning("database gone", extra={"error": name_of(type(error))})
                    connections.close_all()
                    self._stop.wait(IDLE)
        finally:
            self._stop.set()
            heart.join()
            self._leave()
            bell.close()

    def round(self) -> int:
        """Claim one batch and run it; how many jobs were run."""
        if self.held:  # the last round broke off; what was begun is run again
            actions.release(self.name, self.held)
            self.held = []
        if time.monotonic() - self._reclaimed > _RECLAIM_EVERY:
            actions.reclaim()
            actions.after_setback()
            self._reclaimed = time.monotonic()
        _spare_flushes()
        jobs = actions.claim(self.name, self._agency, BATCH)
        if not jobs:
            self._agency = NIL
            return 0
        self._agency = jobs[0].agency_id
        self._begun = time.monotonic()
        self.held = [job.pk for job in jobs]
        done = 0
        for job in jobs:
            if self._stop.is_set():
                break
            self._begun = time.monotonic()
            self._one(job)
            self.held.remove(job.pk)
            done += 1
        return done

    def _one(self, job: Job) -> None:
        about = {"job": str(job.pk), "task": job.task, "attempt": job.attempts}
        try:
            _task_of(job).call(*job.args, **job.kwargs)
        except (Exception, SystemExit) as error:
            # The class only: an exception's words may quote a text.
            log.warning("job failed", extra={**about, "error": name_of(type(error))})
            actions.fail(job, self.name, name_of(type(error)))
        else:
            if not actions.finish(job, self.name):
                log.warning("lease lost", extra=about)

    def _beat(self) -> None:
        """Show that the worker is alive and keep its leases, until it stops or hangs."""
        while True:
            try:
                actions.hold(f"{ALIVE}{self.token}", self.name)
                if held := list(self.held):
                    actions.renew(self.name, held)
            except (OperationalError, InterfaceError) as error:
                log.warning("no heartbeat", extra={"error": name_of(type(error))})
            finally:
                connections.close_all()
            if self._stop.wait(HEARTBEAT.total_seconds()):
                return
            if self.held and time.monotonic() - self._begun > LONGEST:
                log.error("a task hangs")
                os._exit(os.EX_SOFTWARE)

    def _leave(self) -> None:
        """Give back what was not begun. With the database gone, the leases run out instead."""
        try:
            actions.release(self.name, self.held)
            actions.let_go(f"{ALIVE}{self.token}", self.name)
        except (OperationalError, InterfaceError) as error:
            log.warning("leases left to run out", extra={"error": name_of(type(error))})
        finally:
            connections.close_all()


def _spare_flushes() -> None:
    """On PostgreSQL, do not wait for the disk at each commit (measured: twice to five times the jobs).

    A crash of the machine may then lose the last commits of this connection, but none of them without the
    job's end that came after it: such jobs run again. SQLite under synchronous=NORMAL keeps it likewise.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")


def _task_of(job: Job) -> Task[..., object]:
    """The task of a job, or UnknownTask: of a newer version, of an older one, or no task at all."""
    try:
        found = import_string(job.task)
    except ImportError as error:
        raise UnknownTask from error
    if not isinstance(found, Task):
        raise UnknownTask
    return found
