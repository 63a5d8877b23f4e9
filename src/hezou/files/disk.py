"""Where the bytes lie: `blobs/<agency>/<two digits>/<sha256>` in the data folder, written once.

Beside a picture its reduced copy may lie, `.<sha256>.page`: made again whenever it is missing, in no backup.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings


def path_of(agency_id: UUID, sha256: str) -> Path:
    """The place of a blob."""
    return Path(settings.BLOBS) / str(agency_id) / sha256[:2] / sha256


def reduced_path_of(agency_id: UUID, sha256: str) -> Path:
    """The place of a picture's reduced copy."""
    return path_of(agency_id, sha256).with_name(f".{sha256}.page")


def write(agency_id: UUID, sha256: str, data: bytes) -> None:
    """Put the bytes in their place, whole or not at all; a blob there already stays as it is."""
    write_once(path_of(agency_id, sha256), data)


def write_once(place: Path, data: bytes) -> None:
    """Put bytes into a file that is not there yet; another process may do the same at the same moment."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read(agency_id: UUID, sha256: str) -> bytes | None:
    """The bytes, or None where they are missing or are not what their name says."""
    try:
        data = path_of(agency_id, sha256).read_bytes()
    except FileNotFoundError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def remove(agency_id: UUID, sha256: str) -> None:
    """Take a blob and its reduced copy away; nothing where they are gone already."""
    for place in (path_of(agency_id, sha256), reduced_path_of(agency_id, sha256)):
        place.unlink(missing_ok=True)
