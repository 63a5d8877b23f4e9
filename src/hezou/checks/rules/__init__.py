"""The checks themselves, pure: a text in, findings out. No Django, no files, no network.

`check` runs every check over a text; `secrecy_mark` is the fast question asked before any write;
`CHECKS` is the table from which tests and the reference page are made.
"""

from hezou.checks.rules.model import Check, Finding, Hit, Severity, Source
from hezou.checks.rules.pack import Pack, Part
from hezou.checks.rules.registry import CHECKS
from hezou.checks.rules.scan import MOST_PER_CHECK, STRICTNESS, check
from hezou.checks.rules.secrecy import secrecy_mark

__all__ = [
    "CHECKS",
    "MOST_PER_CHECK",
    "STRICTNESS",
    "Check",
    "Finding",
    "Hit",
    "Pack",
    "Part",
    "Severity",
    "Source",
    "check",
    "secrecy_mark",
]
