"""How official papers are built."""

from hezou.checks.rules.conventions import numbering

CHECKS = (*numbering.CHECKS,)
