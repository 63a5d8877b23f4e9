"""Fill the demo agency; says the log-ins every time."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext

from hezou.ops.demo.building import PASSWORD, Builder, directory, exists, log_ins


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(_: argparse.Namespace) -> int:
    """Build it once; afterwards only say the log-ins."""
    if not exists(directory()["code"]):
        Builder().build()
    print(gettext("Demo log-ins (password of all: {password})").format(password=PASSWORD))
    for name, purpose in log_ins():
        print(f"  {name:<20} {purpose}")
    return 0
