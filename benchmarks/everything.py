"""Every benchmark one after the other; their figures go to benchmarks/results/latest.json and the READMEs.

    python benchmarks/everything.py [NAME …] [--table]

With names (way, jobs, demo, running, pages) only those are measured anew and the other figures stay; of each
run the load of the machine before it is noted. `--table` measures nothing: it writes the READMEs' tables from
the results.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.support import ROOT, told_by
from benchmarks.table import write_tables
from benchmarks.wagtail.peer import SCRIPT

LATEST = ROOT / "benchmarks" / "results" / "latest.json"
NAMES = ("way", "jobs", "demo", "running", "pages")


def machine() -> dict[str, Any]:
    """What measured."""
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal: +(\d+) kB", Path("/proc/meminfo").read_text())
    assert memory is not None
    return {
        "processor": processor.group(1) if processor else platform.machine(),
        "cores": os.cpu_count(),
        "memory GB": round(int(memory.group(1)) / 1024**2),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def measure(names: tuple[str, ...]) -> None:
    """Run the programs named and put what they tell among the results."""
    known = json.loads(LATEST.read_text()) if LATEST.exists() else {"figures": {}, "runs": {}}
    for name in names:
        load = os.getloadavg()[0]
        print(f"{name} …", file=sys.stderr, flush=True)
        found = told_by([sys.executable, f"benchmarks/{name}.py"])
        stale = [one for one, row in known["figures"].items() if f"benchmarks/{name}.py" in row["command"]]
        for one in stale:
            del known["figures"][one]
        known["figures"] |= found
        at = datetime.now(UTC).isoformat(timespec="minutes")
        known["runs"][name] = {"at": at, "load before": round(load, 1)}
        known["machine"], known["left out"] = machine(), [] if SCRIPT.is_file() else ["Wagtail: no ../shared"]
        LATEST.parent.mkdir(exist_ok=True)
        LATEST.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def main() -> int:
    """All, or those named."""
    parser = argparse.ArgumentParser(description="Run the benchmarks and write down what they tell.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; all without")
    parser.add_argument("--table", action="store_true", help="write the READMEs' tables from what is there")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    if not asked.table:
        measure(tuple(asked.names) or NAMES)
    write_tables(json.loads(LATEST.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
