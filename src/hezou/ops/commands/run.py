"""Serve the pages and do the work that waits: web, worker and clock together."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.db import connections

from hezou.ops.backup.taking import engine, take
from hezou.ops.commands import migrate, web
from hezou.ops.health import OLDER, difference, fits
from hezou.ops.supervising import Part, Supervisor, on_stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of the pages, and whether to bring an older database to this version first."""
    web.add_arguments(parser)
    parser.add_argument("--migrate", action="store_true", help="back up and migrate an older database first")


def run(arguments: argparse.Namespace) -> int:
    """Run until stopped; 1 when the tables do not fit this version or the port is taken.

    With `--migrate` an older database is backed up (its folder is printed) and brought to this version first;
    a backup that fails leaves everything as it was.
    """
    if arguments.migrate and difference() == OLDER:
        if not engine().is_empty():
            print(take(settings.BACKUPS)[0])
        migrate.run(argparse.Namespace(quiet=False))
    host, port = arguments.host, arguments.port
    if not fits() or web.is_taken(host, port):
        return 1
    connections.close_all()
    place = ("--host", host, "--port", str(port), "--workers", str(arguments.workers))
    supervisor = Supervisor([Part("web", place), Part("worker"), Part("clock")])
    on_stop(supervisor.stop)
    supervisor.run(
        is_ready=lambda: web.listens(host, port),
        when_ready=lambda: print(f"Hezou serves http://{host}:{port}/ - stop with Ctrl-C", flush=True),
    )
    return 0
