"""Recompute what the chain proves; 1 and the place on any difference."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.translation import get_language, gettext

from hezou.audit.queries import head
from hezou.kernel.messages import render
from hezou.ops.backup.heads import missing as missing_heads
from hezou.ops.verifying import agencies, differences, holds_head


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One agency, and a head written down earlier."""
    parser.add_argument("--agency", metavar="CODE", help="only this agency (default: every chain)")
    parser.add_argument(
        "--head",
        metavar="NUMBER:HASH",
        help="a head printed earlier: the chain of --agency must still contain it",
    )
    parser.add_argument(
        "--heads",
        metavar="FOLDER",
        type=Path,
        help="heads filed earlier (heads in the data folder): the chains must still contain them all",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print every chain's head and every difference; 2 for an agency or a head that cannot be read."""
    chains = [c for c in agencies() if arguments.agency in (None, c[1])]
    if not chains:
        print(gettext("There is no agency {code}.").format(code=arguments.agency), file=sys.stderr)
        return 2
    found = [(code, one) for agency_id, code in chains for one in differences(agency_id)]
    if arguments.head is not None:
        number_text, _, digest = arguments.head.partition(":")
        if arguments.agency is None or not number_text.isdecimal():
            print(gettext("--head needs --agency and NUMBER:HASH."), file=sys.stderr)
            return 2
        missing = holds_head(chains[0][0], int(number_text), digest)
        found += [(chains[0][1], missing)] if missing else []
    if arguments.heads is not None:
        found += missing_heads(arguments.heads)
    for agency_id, code in chains:
        number, digest = head(agency_id)
        print(f"{code}\t{number}\t{digest}")
    for code, difference in found:
        words = render(difference.message, gettext, get_language() or "en")
        print(f"{code}: {difference.place}: {words}", file=sys.stderr)
    if found:
        print(gettext("{count} differences.").format(count=len(found)), file=sys.stderr)
        return 1
    print(gettext("Chain, seals, decisions and submissions are what they were."))
    return 0
