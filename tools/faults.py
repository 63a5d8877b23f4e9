"""Seeded faults: each is put into a copy of the tree, alone, and must turn its named tests red.

`tests/faults.toml` lists them:

    [[fault]]
    name = "guard dropped"                          # what a careless change would do
    file = "src/hezou/review/rules.py"
    find = "if person in authors:"                  # stands exactly once in the file
    replace = "if False:"
    tests = ["tests/review/test_rules.py::test_refuses_an_author"]

A fault whose anchor is gone, or whose tests stay green, fails the build.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from compileall import compile_dir
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "faults.toml"
COPIED = ("src", "tests", "tools", "docs", "requirements", "pyproject.toml")
AT_ONCE = 2
SECONDS = 900
"""A fault may make a test run for ever; all the tests named, run once without any fault, must fit too."""
RED, GREEN = 1, 0
"""Pytest's exit status for failed and for passed tests; any other means that the tests did not run."""


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


def pytest(tree: Path, tests: Sequence[str]) -> tuple[int, str]:
    """Run tests in a copy; pytest's exit status (2 when it never ended) and its last lines."""
    environment = {
        **os.environ,
        "HEZOU_TEST_ENGINE": "sqlite",
        "PYTHONPATH": os.pathsep.join([str(tree / "src"), str(tree)]),
        "HEZOU_TEST_KEPT": str(ROOT / ".cache"),
        # What were compiled anew would be known by its time: changed twice within a second, it would stay.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-x", "--tb=line", *tests]
    try:
        run = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return 2, f"no answer within {SECONDS} seconds"
    return run.returncode, "\n".join((run.stdout + run.stderr).splitlines()[-15:])


def why_not_noticed(fault: Fault, tree: Path) -> str:
    """Put the fault in, run its tests, take it out; why nobody noticed, empty when a test turned red."""
    path = tree / fault.file
    sound = path.read_text()
    path.write_text(sound.replace(fault.find, fault.replace))
    try:
        status, said = pytest(tree, fault.tests)
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
    with tempfile.TemporaryDirectory(prefix="hezou-faults-") as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_ONCE):
            trees.put(copy_tree(Path(folder) / str(number) / ROOT.name))
        sound = trees.get()
        status, said = pytest(sound, sorted({test for fault in faults for test in fault.tests}))
        trees.put(sound)
        if status != GREEN:
            print(f"The tests named fail without any fault:\n{said}", file=sys.stderr)
            return 1

        def judge(fault: Fault) -> None:
            tree = trees.get()
            why = missed.get(fault.name) or why_not_noticed(fault, tree)
            trees.put(tree)
            print(f"{'MISSED' if why else 'red'}\t{fault.name}{': ' if why else ''}{why}", flush=True)
            if why:
                missed[fault.name] = why

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(judge, faults))
    print(f"{len(faults) - len(missed)} of {len(faults)} faults noticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
