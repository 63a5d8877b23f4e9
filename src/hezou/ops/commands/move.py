"""Copy everything into another database and prove that nothing changed."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext

from hezou.ops.backup.moving import move


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "--to",
        metavar="ADDRESS",
        required=True,
        help="an empty database: postgresql://user@host:port/name (the password may come by PGPASSWORD)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the proof: each table with its rows and their hash, then each chain's head."""
    tables, heads = move(arguments.to)
    for table in tables:
        print(f"{table.table}\t{table.rows}\t{table.sha256}")
    for head in heads:
        print(f"{head.code}\t{head.number}\t{head.hash}")
    print(
        gettext("{count} tables are equal on both sides. Now set HEZOU_DATABASE to the new address.").format(
            count=len(tables)
        )
    )
    return 0
