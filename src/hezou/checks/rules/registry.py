"""Every check, in the order of the reference page."""

from hezou.checks.rules import marks, numbering, pairs, placeholders, secrecy, width
from hezou.checks.rules.model import Check

CHECKS: tuple[Check, ...] = (
    *placeholders.CHECKS,
    *secrecy.CHECKS,
    *marks.CHECKS,
    *pairs.CHECKS,
    *width.CHECKS,
    *numbering.CHECKS,
)

BY_ID = {check.id: check for check in CHECKS}
