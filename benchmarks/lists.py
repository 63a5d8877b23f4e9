"""Time the pages of the navigation, as each demo log-in sees them, on both engines.

    python benchmarks/lists.py

First verifies what the demo built: nothing differs from what the chain proves, and what each person sees in
lists is exactly what they may read. Then prints, for each page, the median of several requests in
milliseconds and the number of queries.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
TIMES = 15


def main() -> int:
    """Measure one engine in a process of its own, or both."""
    if len(sys.argv) == 1:
        return max(_elsewhere(engine) for engine in ENGINES)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.update(HEZOU_TEST_ENGINE=sys.argv[1], DJANGO_SETTINGS_MODULE="tests.support.settings")
    from tests.support import engine  # the path and the engine come first

    engine.start()
    _measure()
    return 0


def _elsewhere(engine: str) -> int:
    print(f"== {engine}", flush=True)
    return subprocess.run([sys.executable, __file__, engine], cwd=ROOT, check=False).returncode


def _measure() -> None:
    import django  # only once the engine runs
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # beside it

    django.setup()
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        accounts = _build_and_verify()
        _print_times(accounts)
    finally:
        teardown_databases(made, verbosity=0)


def _build_and_verify() -> list[str]:
    """Fill the demo agency; the log-in names. Raises AssertionError when anything is not as it must be."""
    from hezou.access.scopes import visible_manuscripts  # models stand only after Django's set-up
    from hezou.manuscripts.models import Manuscript  # beside it
    from hezou.ops.demo.building import Builder, log_ins  # beside it
    from hezou.ops.verifying import differences  # beside it
    from hezou.people.models import Person  # beside it

    agency = Builder().build(300)
    assert list(differences(agency.pk)) == []
    pieces = list(Manuscript.objects.filter(agency=agency))
    for person in Person.objects.filter(agency=agency):
        seen = set(visible_manuscripts(person).values_list("pk", flat=True))
        assert seen == {piece.pk for piece in pieces if person.has_perm("manuscript.read", piece)}
    print(f"{len(pieces)} pieces; nothing differs, and everybody sees what they may read")
    return [name for name, _ in log_ins()]


def _print_times(accounts: list[str]) -> None:
    from django.db import connection  # models stand only after Django's set-up
    from django.test import Client  # beside it
    from django.test.utils import CaptureQueriesContext  # beside it
    from django.urls import reverse  # beside it

    from hezou.people.models import Account  # beside it
    from hezou.web.shell import NAV  # beside it

    print(f"{'page':<16}{'log-in':<22}{'ms':>8}{'queries':>9}")
    for name, _, verb in NAV:
        for username in accounts:
            account = Account.objects.get(username=username)
            if verb is not None and not account.person.has_perm(verb):
                continue
            client = Client()
            client.force_login(account)
            took = []
            for _ in range(TIMES):
                with CaptureQueriesContext(connection) as queries:
                    begun = time.perf_counter()
                    answer = client.get(reverse(name))
                    took.append((time.perf_counter() - begun) * 1000)
                assert answer.status_code == 200, (name, username, answer.status_code)
            print(f"{name:<16}{username:<22}{statistics.median(took):>8.1f}{len(queries):>9}")


if __name__ == "__main__":
    sys.exit(main())
