"""The manifest of a backup: written last, read first."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message, define
from hezou.ops.backup.facts import Facts, Head

NAME = "manifest.json"
FORMAT = 1
"""Raised when a program that knows only the number before could not restore the backup."""

BLOB = re.compile(r"blobs/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[0-9a-f]{2}/[0-9a-f]{64}")

NO_BACKUP = define("backup.no_backup", "{folder} is no backup: it holds no manifest.json.")
UNREADABLE = define("backup.unreadable", "The manifest in {folder} cannot be read.")
NEWER_FORMAT = define(
    "backup.newer_format", "The backup was made by a newer version ({product}). Install that one first."
)
MISSING = define("backup.missing", "The backup lacks {path}.")
ALTERED = define("backup.altered", "{path} in the backup is not what the manifest says.")


class File(NamedTuple):
    """A file of the backup: its SHA-256 and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """`made_at`: UTC, ISO 8601; `files`: by their path in the backup, `/` between the parts."""

    made_at: str
    product: str
    engine: str
    facts: Facts
    files: dict[str, File]

    @property
    def lost(self) -> list[str]:
        """Blobs that were missing or damaged already when the backup was made."""
        return [path for path in self.facts.blobs if path not in self.files]

    def write(self, folder: Path) -> None:
        """Write it into the backup's folder."""
        body = asdict(self) | {"format": FORMAT}
        (folder / NAME).write_text(json.dumps(body, ensure_ascii=False, indent=1))

    def faults(self, folder: Path) -> list[Message]:
        """Every file of the backup that is missing or is not what it was."""
        told = []
        for path, file in self.files.items():
            if not (folder / path).is_file():
                told.append(MISSING(path=path))
            elif describe(folder / path) != file:
                told.append(ALTERED(path=path))
        return told


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises Refused for a folder that is no backup or one of a newer format."""
    try:
        body: dict[str, Any] = json.loads((folder / NAME).read_text())
        if body.pop("format") > FORMAT:
            raise Refused(NEWER_FORMAT(product=body["product"]))
        facts = body["facts"] | {"heads": [Head(*head) for head in body["facts"]["heads"]]}
        files = {path: File(*file) for path, file in body["files"].items()}
        found = Manifest(**(body | {"facts": Facts(**facts), "files": files}))
        if not all(BLOB.fullmatch(path) for path in found.facts.blobs):
            raise Refused(UNREADABLE(folder=folder))
        return found
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(NO_BACKUP(folder=folder)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(UNREADABLE(folder=folder)) from None


def describe(path: Path) -> File:
    """Hash and size of a file, read in pieces."""
    with path.open("rb") as file:
        return File(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)
