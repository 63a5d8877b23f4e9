"""Serve the pages alone, with granian; `hezou run` does the rest of the work as well."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from hezou.ops.health import fits
from hezou.ops.supervising import SUPERVISED, end_with_parent

WORKERS_AT_MOST = 4
"""More writers than this only wait for each other on SQLite."""
THREADS = 4
"""A worker's threads; each holds one database connection."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port (default: %(default)s)")
    parser.add_argument(
        "--workers",
        type=int,
        choices=range(1, WORKERS_AT_MOST + 1),
        default=min(WORKERS_AT_MOST, os.cpu_count() or 1),
        help=f"processes that answer, 1 to {WORKERS_AT_MOST} (default: %(default)s)",
    )
    parser.add_argument(SUPERVISED, action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 1 when the tables do not fit this version or the port is taken."""
    if not fits() or is_taken(arguments.host, arguments.port):
        return 1
    if not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    if arguments.supervised:
        end_with_parent()
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


def is_taken(host: str, port: int) -> bool:
    """Whether somebody listens there already, and says so; the server itself would share the port quietly."""
    with socket.socket(_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                print(f"Port {port} is taken. Choose another: --port NUMBER", file=sys.stderr)
                return True
    return False


def listens(host: str, port: int) -> bool:
    """Whether a connection is accepted there."""
    with socket.socket(_family(host)) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
