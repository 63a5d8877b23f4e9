"""Which database the suite runs on (`HEZOU_TEST_ENGINE`: sqlite or postgresql) and where it lies.

Both live in a throw-away folder. The process that started the suite makes it and, for PostgreSQL, runs
one server in it; xdist's workers and the suite's child processes inherit the folder's name.

On SQLite every worker begins with a copy of a file that is migrated once for each state of the
migrations, and kept: a single test does not pay for all of them.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = "HEZOU_TEST_FOLDER"
KEPT = "HEZOU_TEST_KEPT"
"""Where migrated files are kept; `.cache` of the tree unless it is set."""
ROOT = Path(__file__).resolve().parent.parent.parent
MAKE_TABLES = ("src/hezou/*/migrations/*.py", "src/hezou/config/settings.py", "requirements/dev.txt")
"""What the tables depend on: the migrations, the rooms installed, Django's own migrations."""
URL = "HEZOU_TEST_DATABASE"
"""Set for child processes only: the database as it stands, not one to be made."""

OPTIONS = {  # a crash may lose everything: the folder is thrown away
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


def name() -> str:
    """`sqlite` or `postgresql`."""
    chosen = os.environ.get("HEZOU_TEST_ENGINE", "sqlite")
    if chosen not in {"sqlite", "postgresql"}:
        raise ValueError(f"HEZOU_TEST_ENGINE must be sqlite or postgresql, not {chosen!r}")
    return chosen


def folder() -> Path:
    """The throw-away folder, made at the first call; whoever made it clears up at their end."""
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="hezou-test-")
        atexit.register(stop)
    return Path(os.environ[FOLDER])


def database_url(database: str = "hezou") -> str:
    """The address of a database in the throw-away folder, as `HEZOU_DATABASE` takes it."""
    if URL in os.environ:
        return os.environ[URL]
    if name() == "sqlite":
        return f"sqlite:///{folder() / database}"
    return f"postgresql://hezou@/{database}?host={folder()}"


def test_database() -> dict[str, Any]:
    """Django's TEST settings: a file on SQLite, never memory, so that processes can race on it."""
    return {"NAME": str(folder() / "suite.sqlite3")} if name() == "sqlite" else {}


def lay_tables(place: Path) -> None:
    """Put a migrated file where a worker on SQLite looks for its database."""
    sources = sorted(path for pattern in MAKE_TABLES for path in ROOT.glob(pattern))
    key = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    kept = Path(os.environ.get(KEPT, ROOT / ".cache")) / f"migrated-{key}.sqlite3"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        made = kept.with_suffix(f".{os.getpid()}")
        sources_of = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        command = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--verbosity=0"]
        environment = {**os.environ, URL: f"sqlite:///{made}", "PYTHONPATH": sources_of}
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
        made.replace(kept)
    shutil.copyfile(kept, place)


def start() -> None:
    """Start what the engine needs; in the process that started the suite."""
    if name() == "postgresql":
        _own(folder())
        _postgres(
            "initdb", "--username=hezou", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        options = " ".join(f"-c {key}='{value}'" for key, value in OPTIONS.items())
        log = str(folder() / "server.log")
        _postgres("pg_ctl", "start", "--wait", "--log", log, "--options", f"-k {folder()} {options}")


def stop() -> None:
    """Stop it and throw the folder away."""
    if name() == "postgresql" and (folder() / "data" / "postmaster.pid").exists():
        _postgres("pg_ctl", "stop", "--mode=immediate")
    shutil.rmtree(folder(), ignore_errors=True)


def _own(place: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(place, user="postgres", group="postgres")


def _postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the folder; as `postgres` when root, whom the server refuses."""
    command: Sequence[str] = [str(_programs() / program), "--pgdata", str(folder() / "data"), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder())


def _programs() -> Path:
    """The newest PostgreSQL of the machine: Debian keeps its programs out of the search path."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(versions, key=lambda program: int(program.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError("PostgreSQL's programs are not installed (Debian: postgresql)")
    return Path(on_path).resolve().parent
