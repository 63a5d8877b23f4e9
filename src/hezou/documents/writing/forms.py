"""The words printed on forms, read from `forms.toml`; a caller may bring its own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

_DATA = tomllib.loads((files("hezou.documents.writing") / "forms.toml").read_text(encoding="utf-8"))

Pair = tuple[str, str]
"""What stands left and right on one line."""


@dataclass(frozen=True)
class SheetLabels:
    """Labels of an approval sheet; `in_name_of` names `{person}`, `recorded_by` `{mode}` and `{person}`."""

    number: str
    title: str
    kind: str
    content_class: str
    openness: str
    unit: str
    authors: str
    opinions: str
    in_name_of: str
    recorded_by: str
    sign_here: str
    seal: str
    chain_head: str
    code: str
    printed_at: str
    footnote: str


@dataclass(frozen=True)
class HeaderForm:
    """How a body wants reports headed: the name above, the lines under it, the lines at the foot.

    Every text may name fields of a report (`{unit}`, see `report.FIELDS`). Of a pair one stands left and one
    right; a line under the name that has only a left one is centred.
    """

    masthead: str
    under: tuple[Pair, ...]
    foot: tuple[Pair, ...]


LABELS = SheetLabels(**_DATA["labels"])
HEADINGS: dict[str, str] = {form: sheet["heading"] for form, sheet in _DATA["sheets"].items()}
"""The names of the shipped sheets: `report` for what goes up, `release` for what goes out."""

REPORT_FORM = HeaderForm(
    masthead=_DATA["report"]["masthead"],
    under=tuple((left, right) for left, right in _DATA["report"]["under"]),
    foot=tuple((left, right) for left, right in _DATA["report"]["foot"]),
)
