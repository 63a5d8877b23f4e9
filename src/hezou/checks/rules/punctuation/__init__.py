"""Marks: doubled, cutting, unpaired, of the wrong width or form."""

from hezou.checks.rules.punctuation import forms, lists, marks, pairs, width

CHECKS = (*marks.CHECKS, *pairs.CHECKS, *width.CHECKS, *forms.CHECKS, *lists.CHECKS)
