"""Ask for periodic work when it is due, until stopped. `hezou run` starts one; a second only stands by."""

from __future__ import annotations

import argparse

from hezou.jobs.ticking import Clock
from hezou.ops.beats import BEATS
from hezou.ops.health import fits
from hezou.ops.supervising import SUPERVISED, end_with_parent, on_stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""
    parser.add_argument(SUPERVISED, action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """At a stop lets another clock act at once; 1 when the tables do not fit this version."""
    if not fits():
        return 1
    clock = Clock(BEATS)
    on_stop(clock.stop)
    if arguments.supervised:
        end_with_parent()
    clock.run()
    return 0
