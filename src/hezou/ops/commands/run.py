"""Serve the pages and do the work that waits: web, worker and clock together."""

from __future__ import annotations

import argparse

from django.db import connections

from hezou.ops.commands import migrate, web
from hezou.ops.health import OLDER, difference, fits
from hezou.ops.supervising import Part, Supervisor, on_stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of the pages, and whether to bring an older database to this version first."""
    web.add_arguments(parser)
    parser.add_argument(
        "--migrate", action="store_true", help="bring an older database to this version first"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run until stopped; 1 when the tables do not fit this version or the port is taken."""
    if arguments.migrate and difference() == OLDER:
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
