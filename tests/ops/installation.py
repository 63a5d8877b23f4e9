"""Fresh installations in folders and databases of their own, driven by their commands."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from hezou.kernel.ids import uuid7
from tests.ops.test_cli import hezou
from tests.support import engine


@dataclass(frozen=True)
class Installation:
    """A data folder and the address of a database."""

    folder: Path
    database: str

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command in a process of its own."""
        return hezou(self.folder, *words, HEZOU_DATABASE=self.database)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Run one statement in the database; its rows."""
        if self.database.startswith("postgresql"):
            with psycopg.connect(self.database) as server:
                answer = server.execute(sql.encode())
                return answer.fetchall() if answer.description else []
        with closing(sqlite3.connect(self.database.removeprefix("sqlite:///"))) as file:
            rows = file.execute(sql).fetchall()
            file.commit()
            return rows

    def is_empty(self) -> bool:
        """Whether no table stands in the database."""
        listed = (
            "sqlite_master" if self.database.startswith("sqlite") else "pg_tables WHERE schemaname = 'public'"
        )
        return self.ask(f"SELECT count(*) FROM {listed}") == [(0,)]

    def blob_that_is_never_read(self) -> Path:
        """A blob of which the bytes are a pipe: whoever reads them waits for ever."""
        agency, sha256 = uuid7(), "0" * 64
        columns = "id, agency_id, sha256, content_type, size, width, height, stored_at"
        self.ask(
            f"INSERT INTO files_blob ({columns}) VALUES"
            f" ('{uuid7().hex}', '{agency.hex}', '{sha256}', 'text/plain', 1, 0, 0, '2026-01-01 00:00:00Z')"
        )
        pipe = self.folder / "blobs" / str(agency) / sha256[:2] / sha256
        pipe.parent.mkdir(parents=True)
        os.mkfifo(pipe)
        return pipe


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """The address of an empty database of the suite's engine."""
    if engine.name() == "sqlite":
        yield f"sqlite:///{folder / 'empty.sqlite3'}"
        return
    name = f"t{uuid7().hex}"
    server = f"postgresql://hezou@/postgres?host={quote(str(engine.folder()), safe='')}"
    with psycopg.connect(server, autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}"')
        try:
            yield server.replace("/postgres?", f"/{name}?")
        finally:
            there.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full; needs the right to mount."""
    place.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs", str(place)], check=True
    )
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
