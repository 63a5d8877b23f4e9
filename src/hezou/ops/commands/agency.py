"""Make an agency with its three administrators; list the agencies there are."""

from __future__ import annotations

import argparse

from hezou.packs.shipped import names
from hezou.people.actions import found_agency
from hezou.people.models import Agency


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`new` with the agency's code and names; `list`."""
    words = parser.add_subparsers(title="what to do", dest="what", metavar="WHAT", required=True)
    new = words.add_parser("new", help="make an agency; prints three accounts and their one-time passwords")
    new.add_argument("--code", required=True, help="short name in addresses and accounts: a-z, 0-9 and -")
    new.add_argument("--name", required=True, help="full name of the agency")
    new.add_argument("--short", help="name as people say it (default: the full name)")
    new.add_argument("--zone", default="Asia/Shanghai", help="time zone (default: %(default)s)")
    new.add_argument(
        "--pack",
        choices=names(),
        default="district-bureau",
        help="rules to begin with (default: %(default)s)",
    )
    words.add_parser("list", help="code and name of every agency")


def run(arguments: argparse.Namespace) -> int:
    """Refusals are printed by the command line; passwords go to the terminal and nowhere else."""
    if arguments.what == "list":
        for agency in Agency.objects.order_by("code"):
            print(f"{agency.code}\t{agency.name}")
        return 0
    founding = found_agency(
        code=arguments.code,
        name=arguments.name,
        short_name=arguments.short or arguments.name,
        zone=arguments.zone,
        pack_set=arguments.pack,
    )
    print(f"{founding.agency.code}\t{founding.agency.name}")
    for opened in founding.accounts:
        print(f"{opened.account.person.name}\t{opened.account.username}\t{opened.password}")
    return 0
