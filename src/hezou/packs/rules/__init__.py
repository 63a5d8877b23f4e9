"""What a document may say (`rows`), how it is read (`parsing`), what a day's rules are (`rulebook`) and
what they must hold (`invariants`). Pure: no Django."""

from hezou.packs.rules.invariants import ROLES, objections
from hezou.packs.rules.parsing import FAMILIES, is_code, parse, text_hash
from hezou.packs.rules.rows import (
    CLASSES,
    LINES,
    CalendarYear,
    ContentClass,
    Document,
    EvidenceGrade,
    Kind,
    Label,
    Level,
    Line,
    Named,
    Number,
    Route,
    Step,
    Switch,
)
from hezou.packs.rules.rulebook import (
    COUNTERSIGN_WORKING_DAYS,
    INTERNAL_KEPT,
    MANUSCRIPT_CHARACTERS,
    WORDING_EDIT_CHARACTERS,
    Rulebook,
    compose,
    route_for,
)

__all__ = [
    "CLASSES",
    "COUNTERSIGN_WORKING_DAYS",
    "FAMILIES",
    "INTERNAL_KEPT",
    "LINES",
    "MANUSCRIPT_CHARACTERS",
    "ROLES",
    "WORDING_EDIT_CHARACTERS",
    "CalendarYear",
    "ContentClass",
    "Document",
    "EvidenceGrade",
    "Kind",
    "Label",
    "Level",
    "Line",
    "Named",
    "Number",
    "Route",
    "Rulebook",
    "Step",
    "Switch",
    "compose",
    "is_code",
    "objections",
    "parse",
    "route_for",
    "text_hash",
]
