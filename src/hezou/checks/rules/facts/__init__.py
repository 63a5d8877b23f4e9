"""Facts that a text states about itself: sums, dates, how many items follow."""

from hezou.checks.rules.facts import counts, dates, shares, sums, values

CHECKS = (*sums.CHECKS, *shares.CHECKS, *dates.CHECKS, *counts.CHECKS, *values.CHECKS)
