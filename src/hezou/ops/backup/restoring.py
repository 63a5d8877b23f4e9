"""Restoring a backup: into an empty place only, everything looked at before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hezou.files import disk
from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message, define
from hezou.ops.backup import manifest
from hezou.ops.backup.failures import told
from hezou.ops.backup.manifest import Manifest
from hezou.ops.backup.taking import engine
from hezou.ops.verifying import Difference, agencies, differences

OTHER_ENGINE = define(
    "backup.other_engine",
    "The backup is one of {theirs}, and the database here is {ours}. Restore it on {theirs}; "
    "hezou move then brings it over.",
)
NEWER = define(
    "backup.newer",
    "The backup was made by a newer version ({product}): its tables of {apps} are unknown here. "
    "Install that version first.",
)
NOT_EMPTY = define(
    "backup.not_empty", "The database already holds tables. A backup is restored into an empty one only."
)
OTHER_FILES = define(
    "backup.other_files",
    "{folder} holds files that are not of this backup. A backup is restored into an empty data folder only.",
)
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Restored:
    """What was restored, and by agency's code what verify found different afterwards."""

    manifest: Manifest
    differences: list[tuple[str, Difference]]


def restore(folder: Path) -> Restored:
    """Restore a backup if it holds what the manifest says, heads included; bring it to this version; verify.

    Raises Refused, before anything is written, for a folder that is no whole backup, a newer version, the
    other engine, or a place that is not empty. The database comes last and whole or not at all, so a
    restore that was interrupted is simply repeated.
    """
    backup = manifest.read(folder)
    database = connection.settings_dict["NAME"]
    with told(database):
        Refused.unless_none(_unfit(backup) or _occupied(backup) or backup.faults(folder))
    with told(settings.BLOBS):
        _put_blobs(folder, backup)
    with told(database):
        engine().put(folder / engine().FILE, backup.facts)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        found = [(code, one) for agency_id, code in agencies() for one in differences(agency_id)]
    return Restored(backup, found)


def _unfit(backup: Manifest) -> list[Message]:
    if backup.engine != connection.vendor:
        return [OTHER_ENGINE(theirs=NAMES.get(backup.engine, backup.engine), ours=NAMES[connection.vendor])]
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    unknown = [app for app, name in backup.facts.schema.items() if (app, name) not in known]
    return [NEWER(product=backup.product, apps=", ".join(unknown))] if unknown else []


def _occupied(backup: Manifest) -> list[Message]:
    """Blobs of an interrupted restore of the same backup may stand; nothing else."""
    found = [] if engine().is_empty() else [NOT_EMPTY()]
    folder = Path(settings.BLOBS)
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            file = backup.files.get(f"blobs/{path.relative_to(folder).as_posix()}")
            if file is None or manifest.describe(path) != file:
                return [*found, OTHER_FILES(folder=folder)]
    return found


def _put_blobs(folder: Path, backup: Manifest) -> None:
    for path in backup.facts.blobs:
        if path in backup.files:
            agency_id = UUID(path.split("/")[1])
            disk.write(agency_id, backup.files[path].sha256, (folder / path).read_bytes())
