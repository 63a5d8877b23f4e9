"""Restore a backup into an empty place and verify it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.translation import get_language, gettext

from hezou.kernel.messages import render
from hezou.ops.backup.restoring import restore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The backup's own folder."""
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a folder that hezou backup printed")


def run(arguments: argparse.Namespace) -> int:
    """Print every chain's head as verified; 1 when something differs, or was lost before the backup."""
    restored = restore(arguments.folder.absolute())
    for head in restored.manifest.facts.heads:
        print(f"{head.code}\t{head.number}\t{head.hash}")
    for lost in restored.manifest.lost:
        print(gettext("Lost or damaged before this backup: {path}").format(path=lost), file=sys.stderr)
    for code, difference in restored.differences:
        words = render(difference.message, gettext, get_language() or "en")
        print(f"{code}: {difference.place}: {words}", file=sys.stderr)
    if restored.differences:
        count = len(restored.differences)
        print(gettext("Restored, but with {count} differences.").format(count=count), file=sys.stderr)
        return 1
    print(
        gettext(
            "Restored as of {instant}; chain, seals, decisions and submissions are what they were."
        ).format(instant=restored.manifest.made_at)
    )
    return 1 if restored.manifest.lost else 0
