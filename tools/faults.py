"""Seeded faults: each is put into a copy of the tree, alone, and must turn its named tests red.

`tests/faults.toml` lists them:

    [[fault]]
    name = "guard dropped"                          # what a careless change would do
    file = "src/hezou/review/rules.py"
    find = "if person in authors:"                  # stands exactly once in the file
    replace = "if False:"
    tests = ["tests/review/test_rules.py::test_refuses_an_author"]

A fault whose anchor is gone, or whose tests stay green, fails the build. A run imports our own code
anew; the libraries are loaded already (`warm.py`), which is most of what a short run would wait for.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "faults.toml"
COPIED = ("src", "tests", "tools", "docs", "requirements", "pyproject.toml")
AT_ONCE = 2
SECONDS = 900
"""A fault may make a test run for ever; half the tests named, run once without any fault, must fit too."""
RED, GREEN = 1, 0
"""Pytest's exit status for failed and for passed tests; any other means that the tests did not run."""
PLUGINS = ("-p", "pytest_django.plugin", "-p", "xdist.plugin", "-p", "_hypothesis_pytestplugin")
"""Named, not looked for: pytest would find the libraries that bring plugins loaded too early."""
CONTEXT = get_context("forkserver")


@dataclass(frozen=True)
class Fault:
    """One careless change and the tests that must notice it."""

    name: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]

    def why_not_seeded(self) -> str:
        """Why the fault cannot be put into the tree; empty when it can."""
        path = ROOT / self.file
        if not path.is_file():
            return f"{self.file} is gone"
        times = path.read_text().count(self.find)
        return "" if times == 1 else f"its anchor stands {times} times in {self.file}"


def read(only: str) -> list[Fault]:
    """The faults whose name contains `only`."""
    rows = tomllib.loads(LIST.read_text())["fault"]
    faults = [Fault(**{**row, "tests": tuple(row["tests"])}) for row in rows]
    return [fault for fault in faults if only in fault.name]


def copy_tree(place: Path) -> Path:
    """A copy of what the tests need, compiled; a changed file is known by its hash, never by its time."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, place / name)
    for name in ("src", "tests"):
        compile_dir(place / name, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return place


def warm_up() -> None:
    """Start the server that runs are forked from; it and they find `warm.py` beside this file."""
    os.environ |= {
        "HEZOU_TEST_ENGINE": "sqlite",
        "HEZOU_TEST_KEPT": str(ROOT / ".cache"),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        # What were compiled anew would be known by its time: changed twice within a second, it would stay.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT / "tools"),
    }
    CONTEXT.set_forkserver_preload(["warm"])
    forkserver.ensure_running()


def run_tests(tree: str, tests: Sequence[str], said: str, line: Connection) -> None:
    """In a process of its own: run tests of a copy, what they say in a file; sends pytest's status."""
    import pytest  # loaded in this process alone, as everything that tests may change

    os.setsid()
    with Path(said).open("w") as page:
        os.dup2(page.fileno(), 1)
        os.dup2(page.fileno(), 2)
    os.chdir(tree)
    sys.path[:0] = [tree, f"{tree}/src"]
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
    line.send(int(pytest.main([*PLUGINS, "-x", "--tb=line", "--hypothesis-seed=0", *tests])))


def pytest_status(tree: Path, tests: Sequence[str]) -> tuple[int, str]:
    """Run tests in a copy; pytest's exit status (2 when it never ended) and its last lines."""
    said = tree.parent / f"{tree.name}.said"
    line, its_end = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=run_tests, args=(str(tree), tests, str(said), its_end))
    process.start()
    its_end.close()
    # The status is sent: exit codes of processes that two threads wait for are at times lost.
    try:
        status = int(line.recv()) if line.poll(SECONDS) else None
    except EOFError:
        return 2, "it ended without a word"
    if status is None:
        os.killpg(process.pid or 0, signal.SIGKILL)
        return 2, f"no answer within {SECONDS} seconds"
    return status, "\n".join(said.read_text().splitlines()[-15:])


def why_not_noticed(fault: Fault, tree: Path) -> str:
    """Put the fault in, run its tests, take it out; why nobody noticed, empty when a test turned red."""
    path = tree / fault.file
    sound = path.read_text()
    path.write_text(sound.replace(fault.find, fault.replace))
    try:
        status, said = pytest_status(tree, fault.tests)
    finally:
        path.write_text(sound)
    if status == RED:
        return ""
    return "its tests stay green" if status == GREEN else f"its tests did not run:\n{said}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Every seeded fault must turn its named tests red.")
    parser.add_argument("only", nargs="?", default="", help="only the faults whose name contains this")
    faults = read(parser.parse_args().only)
    missed = {fault.name: why for fault in faults if (why := fault.why_not_seeded())}
    named = sorted({test for fault in faults for test in fault.tests})
    with tempfile.TemporaryDirectory(prefix="hezou-faults-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        places = [Path(folder) / str(number) / ROOT.name for number in range(AT_ONCE)]
        copies = list(pool.map(copy_tree, places))
        warm_up()
        shares = [named[number::AT_ONCE] for number in range(AT_ONCE)]
        sound = pool.map(pytest_status, copies, filter(None, shares))
        if failed := [said for status, said in sound if status != GREEN]:
            print("The tests named fail without any fault:", *failed, sep="\n", file=sys.stderr)
            return 1
        trees: SimpleQueue[Path] = SimpleQueue()
        for copy in copies:
            trees.put(copy)

        def judge(fault: Fault) -> None:
            tree = trees.get()
            why = missed.get(fault.name) or why_not_noticed(fault, tree)
            trees.put(tree)
            print(f"{'MISSED' if why else 'red'}\t{fault.name}{': ' if why else ''}{why}", flush=True)
            if why:
                missed[fault.name] = why

        list(pool.map(judge, faults))
    print(f"{len(faults) - len(missed)} of {len(faults)} faults noticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
