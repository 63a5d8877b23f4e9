"""Every check, in the order of the reference page."""

from hezou.checks.rules import conventions, facts, numerals, placeholders, punctuation, secrecy, style
from hezou.checks.rules.model import Check

CHECKS: tuple[Check, ...] = (
    *placeholders.CHECKS,
    *secrecy.CHECKS,
    *punctuation.CHECKS,
    *numerals.CHECKS,
    *conventions.CHECKS,
    *facts.CHECKS,
    *style.CHECKS,
)

BY_ID = {check.id: check for check in CHECKS}
