"""Bring the database to this version: tables, and the table of the cache."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.core.management import call_command
from django.db import connection


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--quiet` for scripts."""
    parser.add_argument("--quiet", action="store_true", help="say nothing")


def run(arguments: argparse.Namespace) -> int:
    """Make what is missing; safe to repeat."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not arguments.quiet:
        print("The database is up to date.")
    return 0
