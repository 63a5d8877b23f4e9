"""How many jobs are asked for and done in a second, on both engines with their ordinary durability.

    python benchmarks/jobs.py

By one asker, each job in a transaction of its own as acts do it, and by one worker: with a task that does
nothing (what the queue itself costs), and with one that leaves a row for good. First verifies that every job
is done, was tried once and left exactly its row; then prints JSON: figure → value, unit, queries (a job, the
task's own among them), command.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "python benchmarks/jobs.py"
ENGINES = ("sqlite", "postgresql")
JOBS = 2000


def main() -> int:
    """Measure one engine in a process of its own, or both."""
    if len(sys.argv) == 1:
        figures: dict[str, Any] = {}
        for name in ENGINES:
            told = subprocess.run(
                [sys.executable, __file__, name], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
            )
            figures.update(json.loads(told.stdout))
        print(json.dumps(figures, indent=2))
        return 0
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.update(HEZOU_TEST_ENGINE=sys.argv[1], DJANGO_SETTINGS_MODULE="tests.support.settings")
    from tests.support import engine  # the path and the engine come first

    engine.OPTIONS = {"listen_addresses": ""}  # not the suite's, with which a crash may cost everything
    engine.start()
    print(json.dumps(_measure(sys.argv[1])))
    return 0


def _measure(engine: str) -> dict[str, Any]:
    import django  # only once the engine runs
    from django.test.utils import setup_databases, teardown_databases  # beside it

    django.setup()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        from hezou.kernel.ids import uuid7  # models stand only after Django's set-up
        from tests.jobs.tasks import leave_row, rest  # beside it

        deeds = [str(uuid7()) for _ in range(JOBS)]
        figures = {
            "jobs asked for": _timed(lambda: [rest.enqueue() for _ in deeds]),
            "jobs done": _timed(_run),
        }
        for deed in deeds:
            leave_row.enqueue(deed)
        figures["jobs done, each leaving a row"] = _timed(_run)
        _verify(deeds)
    finally:
        teardown_databases(made, verbosity=0)
    return {
        f"{name}, {engine}": {
            "value": round(JOBS / seconds),
            "unit": "1/s",
            "queries": round(queries / JOBS, 2),
            "command": COMMAND,
        }
        for name, (seconds, queries) in figures.items()
    }


def _timed(step: Callable[[], object]) -> tuple[float, int]:
    """Seconds and number of statements."""
    from django.db import connection  # Django is set up by now

    statements = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        begun = time.perf_counter()
        step()
        return time.perf_counter() - begun, statements


def _run() -> None:
    from hezou.jobs.worker import Worker  # models stand only after Django's set-up

    worker = Worker()
    while worker.round():
        pass


def _verify(deeds: list[str]) -> None:
    """Raises AssertionError when anything was lost or doubled."""
    from hezou.audit.models import Deed  # models stand only after Django's set-up
    from hezou.jobs.models import Job  # beside it

    stands = list(Job.objects.values_list("outcome", "attempts"))
    assert stands == [("done", 1)] * (2 * JOBS), set(stands)
    assert sorted(str(deed) for deed in Deed.objects.values_list("deed", flat=True)) == sorted(deeds)


if __name__ == "__main__":
    sys.exit(main())
