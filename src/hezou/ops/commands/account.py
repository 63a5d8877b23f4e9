"""Let somebody in again who lost password and second factor: the way back for a last administrator."""

from __future__ import annotations

import argparse

from hezou.people.actions.second_factor import let_in_again


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose account."""
    parser.add_argument("username", metavar="ACCOUNT", help="the name they log in with")


def run(arguments: argparse.Namespace) -> int:
    """Print the account and its new one-time password, on the terminal and nowhere else."""
    opened = let_in_again(username=arguments.username)
    print(f"{opened.account.username}\t{opened.password}")
    return 0
