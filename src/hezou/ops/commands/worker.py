"""Do jobs until stopped. `hezou run` starts one; more may run beside it, on other machines as well."""

from __future__ import annotations

import argparse

from hezou.jobs.worker import Worker
from hezou.ops.health import fits
from hezou.ops.supervising import SUPERVISED, end_with_parent, on_stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""
    parser.add_argument(SUPERVISED, action="store_true", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """At a stop finishes the job under way and gives the others back; 1 when the tables do not fit."""
    if not fits():
        return 1
    worker = Worker()
    on_stop(worker.stop)
    if arguments.supervised:
        end_with_parent()
    worker.run()
    return 0
