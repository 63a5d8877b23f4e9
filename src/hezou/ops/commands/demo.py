"""Fill the demo agency; says the log-ins every time."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext

from hezou.ops.demo.building import PASSWORD, fill, log_ins

MANUSCRIPTS = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How large."""
    parser.add_argument(
        "--manuscripts",
        metavar="N",
        type=int,
        default=MANUSCRIPTS,
        help="pieces it holds at least; more are finished pieces of the last year (default: %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build what is not there yet; then say the log-ins."""
    fill(arguments.manuscripts)
    print(gettext("Demo log-ins (password of all: {password})").format(password=PASSWORD))
    for name, purpose in log_ins():
        print(f"  {name:<20} {purpose}")
    return 0
