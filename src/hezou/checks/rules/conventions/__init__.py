"""How official papers are built: titles, numbers, levels, formulas, the parts of a kind."""

from hezou.checks.rules.conventions import demands, formulas, numbering, ordinals, references, titles

CHECKS = (
    *titles.CHECKS,
    *references.CHECKS,
    *numbering.CHECKS,
    *ordinals.CHECKS,
    *formulas.CHECKS,
    *demands.CHECKS,
)
