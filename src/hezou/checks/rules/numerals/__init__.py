"""Figures, dates and units."""

from hezou.checks.rules.numerals import amounts, dates, ranges, units

CHECKS = (*ranges.CHECKS, *amounts.CHECKS, *dates.CHECKS, *units.CHECKS)
