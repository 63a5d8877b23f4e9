"""How long the demo takes: three hundred pieces as `make run` fills it, and as many as a load needs.

    python benchmarks/demo.py [sqlite|postgresql] [--manuscripts N]

Both by the command, in a process of its own, into empty tables. What was built is verified by `hezou verify`
before its time is told.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.support import ENGINES, ROOT, Figures, figure, on_both, serve

COMMAND = "python benchmarks/demo.py"
FEW, MANY = 300, 100_000


@contextmanager
def installation(engine: str) -> Iterator[dict[str, str]]:
    """The environment of a fresh installation with empty tables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEZOU_")}
    with tempfile.TemporaryDirectory(prefix="hezou-bench-") as folder, serve(engine) as address:
        yield {**kept, "HEZOU_DATA_DIR": folder, "HEZOU_DATABASE": address or f"sqlite:///{folder}/hezou"}


def hezou(environment: dict[str, str], *words: str) -> float:
    """Run a command; how many seconds it took."""
    begun = time.perf_counter()
    command = [str(Path(sys.executable).parent / "hezou"), *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def measure(engine: str, sizes: tuple[int, ...]) -> Figures:
    """The figures of one engine."""
    found: Figures = {}
    for size in sizes:
        with installation(engine) as environment:
            hezou(environment, "migrate", "--quiet")
            took = hezou(environment, "demo", "--manuscripts", str(size))
            hezou(environment, "verify")
        command = f"{COMMAND} {engine} --manuscripts {size}"
        found[f"demo of {size:,} pieces, {engine}"] = figure(round(took, 1), "s", command)
    return found


def main() -> int:
    """One engine, or both."""
    parser = argparse.ArgumentParser(description="Measure how long the demo takes.")
    parser.add_argument("engine", nargs="?", choices=ENGINES)
    parser.add_argument("--manuscripts", type=int, help=f"this many alone (default: {FEW}, then {MANY})")
    asked = parser.parse_args()
    sizes = (asked.manuscripts,) if asked.manuscripts else (FEW, MANY)
    words = ["--manuscripts", str(asked.manuscripts)] if asked.manuscripts else []
    found = measure(asked.engine, sizes) if asked.engine else on_both(__file__, *words)
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
