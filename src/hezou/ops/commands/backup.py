"""Take a backup of the database and the files; safe while people work."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext

from hezou.ops.backup.taking import take


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where backups are kept."""
    parser.add_argument(
        "--to",
        metavar="FOLDER",
        type=Path,
        help="make the backup's folder in this one (default: HEZOU_BACKUPS, or backups in the data folder)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the backup's folder and every chain's head; 1 when a file was lost already."""
    path, made = take((arguments.to or settings.BACKUPS).absolute())
    print(path)
    for head in made.facts.heads:
        print(f"{head.code}\t{head.number}\t{head.hash}")
    size = sum(file.size for file in made.files.values())
    print(gettext("Files: {count}. Bytes: {size}.").format(count=len(made.files), size=size))
    for lost in made.lost:
        print(gettext("Lost or damaged before this backup: {path}").format(path=lost), file=sys.stderr)
    return 1 if made.lost else 0
