"""What a child needs, loaded once: the processes of a race are forked from a server that imported this."""

from __future__ import annotations

import warnings

import django

django.setup()

from tests.support import furnished, killing, office, refusals  # noqa: E402 - tables come after the set-up

__all__ = ["furnished", "killing", "office", "refusals"]

warnings.simplefilter("ignore")  # what a child complains of travels in its answer alone
