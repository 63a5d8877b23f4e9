"""What may not be here or may not leave: marks of secrecy, data of persons."""

from hezou.checks.rules.secrecy import marks
from hezou.checks.rules.secrecy.marks import secrecy_mark

CHECKS = (*marks.CHECKS,)

__all__ = ["CHECKS", "secrecy_mark"]
