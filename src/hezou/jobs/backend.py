"""Our backend of the `django-tasks` interface. Results are not kept: a task's answer could hold a text.

@task
def index(manuscript_id: str) -> None: ...          # in a room's jobs.py; may run twice

index.using(agency_id=…, unique_key=f"index:{id}").enqueue(str(id))     # inside the act that wants it
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ParamSpec
from uuid import UUID

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from hezou.jobs import actions
from hezou.jobs.models import Job
from hezou.jobs.rules import DEAD, DONE, READY, RUNNING
from hezou.kernel.ids import NIL, parse

P = ParamSpec("P")

STATUSES = {
    READY: TaskResultStatus.READY,
    RUNNING: TaskResultStatus.RUNNING,
    DONE: TaskResultStatus.SUCCESSFUL,
    DEAD: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, kw_only=True)
class Work(Task[P, None]):
    """A task with what this backend knows besides: whose work it is, and the key that makes it one."""

    agency_id: UUID = NIL
    unique_key: str | None = None

    def using(self, *, agency_id: UUID = NIL, unique_key: str | None = None, **changes: Any) -> Work[P]:
        """The task for an agency, under a key; further changes as django-tasks names them."""
        return replace(self, agency_id=agency_id, unique_key=unique_key, **changes)


def task(function: Callable[P, None]) -> Work[P]:
    """Make a module's function a task. Arguments are JSON: ids and codes, never a text."""
    return Work(func=function)


class Backend(BaseTaskBackend):
    """Jobs in the database: at least once, in the caller's transaction."""

    task_class: type[Task[Any, Any]] = Work
    supports_defer = supports_get_result = supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Write the job, or join the open one of the same key. Raises TypeError for arguments not in JSON."""
        self.validate_task(task)
        job = actions.enqueue(
            task.module_path,
            normalize_json(list(args)),
            normalize_json(kwargs),
            agency_id=getattr(task, "agency_id", NIL),
            unique_key=getattr(task, "unique_key", None),
            run_after=task.run_after,
            priority=task.priority,
        )
        return self._result(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a job stands; TaskResultDoesNotExist for none, or one cleared since."""
        job = Job.objects.filter(pk=parse(result_id) or NIL).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(job, import_string(job.task))

    def _result(self, job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=STATUSES[job.outcome],
            enqueued_at=job.enqueued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.started_at,
            args=job.args,
            kwargs=job.kwargs,
            backend=self.alias,
            errors=[TaskError(exception_class_path=job.error, traceback="")] if job.error else [],
            worker_ids=[job.worker] * job.attempts,
        )
