"""Recompute what the chain proves; 1 and the place on any difference."""

from __future__ import annotations

import argparse
import sys

from django.utils.translation import gettext

from hezou.audit.queries import head
from hezou.kernel.messages import render
from hezou.ops.verifying import agencies, differences, holds_head


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One agency, and a head written down earlier."""
    parser.add_argument("--agency", metavar="CODE", help="only this agency (default: every chain)")
    parser.add_argument(
        "--head",
        metavar="NUMBER:HASH",
        help="a head printed earlier: the chain of --agency must still contain it",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every chain's head and every difference; 2 for an agency or a head that cannot be read."""
    chains = [c for c in agencies() if arguments.agency in (None, c[1])]
    if not chains:
        print(gettext("There is no agency {code}.").format(code=arguments.agency), file=sys.stderr)
        return 2
    found = 0
    for agency_id, code in chains:
        for difference in differences(agency_id):
            found += 1
            print(f"{code}: {difference.place}: {render(difference.message, gettext)}", file=sys.stderr)
        number, digest = head(agency_id)
        print(f"{code}\t{number}\t{digest}")
    if arguments.head is not None:
        number_text, _, digest = arguments.head.partition(":")
        if arguments.agency is None or not number_text.isdecimal():
            print(gettext("--head needs --agency and NUMBER:HASH."), file=sys.stderr)
            return 2
        missing = holds_head(chains[0][0], int(number_text), digest)
        if missing is not None:
            found += 1
            print(f"{chains[0][1]}: {missing.place}: {render(missing.message, gettext)}", file=sys.stderr)
    if found:
        print(gettext("{count} differences.").format(count=found), file=sys.stderr)
        return 1
    print(gettext("Chain, seals, decisions and submissions are what they were."))
    return 0
