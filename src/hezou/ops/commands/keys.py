"""Encrypt second factors anew with the newest key, so that the older ones can go."""

from __future__ import annotations

import argparse
import sys

from django.utils.translation import gettext

from hezou.people.actions.second_factor import renew_keys
from hezou.people.rules.keys import WrongKey


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: the keys come from HEZOU_FACTOR_KEYS."""


def run(_arguments: argparse.Namespace) -> int:
    """Print how many secrets there are; 1, and nothing is changed, when no key given opens one of them."""
    try:
        print(renew_keys())
    except WrongKey:
        said = gettext(
            "No key in HEZOU_FACTOR_KEYS opens what is stored. Name the older one behind the new one."
        )
        print(said, file=sys.stderr)
        return 1
    return 0
