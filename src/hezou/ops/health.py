"""Whether pages can be served, and whether everything that belongs to the work is there."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from hezou.jobs.queries import crew

OLDER, NEWER, GONE = "older", "newer", "gone"
SAYS = {
    GONE: "The database does not answer.",
    OLDER: "The database is older than this version. Run: hezou migrate",
    NEWER: "The database is newer than this version. Run the version that changed it, or restore a backup.",
}
OK, MISSING, UNKNOWN = "ok", "missing", "unknown"


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 `ok` once the database answers; a broken database is a 500 like on any page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when database, tables, a worker and the acting clock are there, 503 otherwise; which, in JSON."""
    found = readiness()
    is_ready = set(found.values()) == {OK}
    return JsonResponse({"ready": is_ready, **found}, status=200 if is_ready else 503)


def readiness() -> dict[str, str]:
    """Part → `ok`, `missing`, `older` or `newer` (tables), `unknown` (cannot be asked for)."""
    tables = difference()
    if tables == GONE:
        return {"database": MISSING, "tables": UNKNOWN, "worker": UNKNOWN, "clock": UNKNOWN}
    if tables:
        return {"database": OK, "tables": tables, "worker": UNKNOWN, "clock": UNKNOWN}
    now = crew()
    return {
        "database": OK,
        "tables": OK,
        "worker": OK if now.workers else MISSING,
        "clock": OK if now.clock else MISSING,
    }


def difference() -> str:
    """How the database's tables differ from what this version asks for: OLDER, NEWER, or '' when they fit.

    GONE when the database does not answer. A file that is not there yet is OLDER, and is not made.
    """
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return OLDER
    try:
        ours, applied = _migrations(), set(MigrationRecorder(connection).applied_migrations())
    except OperationalError:
        return GONE
    if ours - applied:
        return OLDER
    rooms = {app for app, _ in ours}
    return NEWER if any(app in rooms for app, _ in applied - ours) else ""


def fits() -> bool:
    """Whether this version fits the database's tables; says on the error stream why not."""
    if found := difference():
        print(SAYS[found], file=sys.stderr)
    return not found


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """What this version brings, read from its files once a process."""
    loader: Any = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.graph.nodes)
