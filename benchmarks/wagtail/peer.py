"""Sets Wagtail up as `../shared/bench/README.md` says, and lets it go the same way.

Its packages stand pinned in `requirements.txt` and go into `.cache/wagtail` only: the product never imports
them. Without `../shared` there is nothing to run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg

from benchmarks.support import ROOT

SCRIPT = ROOT.parent / "shared" / "bench" / "wagtail_workflow.py"
HERE = Path(__file__).resolve().parent
PLACE = ROOT / ".cache" / "wagtail"
PROJECT = PLACE / "project"
PYTHON = PLACE / "bin" / "python"
PINNED = HERE / "requirements.txt"
VERSION = re.search(r"^wagtail==([\d.]+)", PINNED.read_text(), re.MULTILINE).group(1)  # type: ignore[union-attr]
HTTP = re.compile(r"http-level pieces/s: ([\d.]+)")


def turn(engine: str, pieces: int) -> list[float]:
    """Pieces a second over Wagtail's own views; nothing where its script is not there."""
    if not SCRIPT.is_file():
        print(f"missing: {SCRIPT} (Wagtail is left out)", file=sys.stderr)
        return []
    _install()
    if engine == "postgresql":
        _make_database()
    settings = {"WT_SETTINGS": f"wt.settings.bench_{engine}", "N": str(pieces), "WT_FOLDER": str(PLACE)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PYTHON"))}
    told = subprocess.run(
        [str(PYTHON), str(SCRIPT)],
        cwd=PROJECT,
        env={**kept, **settings},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found = HTTP.search(told.stdout)
    assert found is not None, told.stdout
    return [float(found.group(1))]


def _make_database() -> None:
    """A database of Wagtail's own on the server that runs for the benchmark."""
    server = f"postgresql://hezou@/postgres?host={os.environ['HEZOU_TEST_FOLDER']}"
    with psycopg.connect(server, autocommit=True) as there:
        if not there.execute("SELECT 1 FROM pg_database WHERE datname = 'wagtail'").fetchone():
            there.execute("CREATE DATABASE wagtail")


def _install() -> None:
    """The environment, its packages and a fresh project, where they are not there or not those pinned."""
    stamp, tables = PLACE / "installed.txt", PLACE / "wagtail.sqlite3"
    if not stamp.is_file() or stamp.read_text() != PINNED.read_text():
        uv = str(Path(sys.executable).parent / "uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", str(PLACE)], cwd=ROOT, check=True)
        install = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON)]
        subprocess.run([*install, "-r", str(PINNED)], cwd=ROOT, check=True)
        PROJECT.mkdir()
        start = [str(PLACE / "bin" / "wagtail"), "start", "wt", str(PROJECT)]
        subprocess.run(start, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        stamp.write_text(PINNED.read_text())
    for file in PLACE.glob(f"{tables.name}*"):
        file.unlink()  # every turn begins with nothing, as the first
    for settings in HERE.glob("bench_*.py"):
        (PROJECT / "wt" / "settings" / settings.name).write_text(settings.read_text())
