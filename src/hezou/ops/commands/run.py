"""Serve the pages with granian."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

WORKERS_AT_MOST = 4
"""More writers than this only wait for each other on SQLite."""
THREADS = 4
"""A worker's threads; each holds one database connection."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many workers."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (default: %(default)s)")
    parser.add_argument(
        "--workers",
        type=int,
        choices=range(1, WORKERS_AT_MOST + 1),
        default=min(WORKERS_AT_MOST, os.cpu_count() or 1),
        help=f"processes, 1 to {WORKERS_AT_MOST} (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 1 when the database is older than this version or the port is taken."""
    if behind():
        print("The database is older than this version. Run: hezou migrate", file=sys.stderr)
        return 1
    if taken(arguments.host, arguments.port):
        print(f"Port {arguments.port} is taken. Choose another: --port NUMBER", file=sys.stderr)
        return 1
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    print(f"Hezou serves http://{arguments.host}:{arguments.port}/ - stop with Ctrl-C", flush=True)
    Server(
        "hezou.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def behind() -> bool:
    """Whether migrations of this version are not applied yet."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def taken(host: str, port: int) -> bool:
    """Whether somebody listens there already; the server itself would quietly share the port with them."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False
