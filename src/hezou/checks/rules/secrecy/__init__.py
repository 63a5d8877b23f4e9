"""What may not be here or may not leave: marks of secrecy, internal papers, data of persons."""

from hezou.checks.rules.secrecy import internal, marks, personal
from hezou.checks.rules.secrecy.marks import secrecy_mark

CHECKS = (*marks.CHECKS, *internal.CHECKS, *personal.CHECKS)

__all__ = ["CHECKS", "secrecy_mark"]
