"""The reference page names every family, table and key there is."""

from __future__ import annotations

import re
from pathlib import Path

from hezou.packs import shipped
from hezou.packs.rules import (
    FAMILIES,
    CalendarYear,
    EvidenceGrade,
    Kind,
    Level,
    Named,
    Nature,
    Number,
    ReportForm,
    Route,
    Step,
    Switch,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "packs.md"
ROWS = (CalendarYear, EvidenceGrade, Kind, Level, Named, Nature, Number, ReportForm, Route, Step, Switch)


def test_names_every_family_table_key_and_set() -> None:
    named = set(re.findall(r"`(\w[\w-]*)`", PAGE.read_text(encoding="utf-8")))
    wanted = {
        *FAMILIES,
        *(table for document in FAMILIES.values() for table in document.model_fields),
        *(key for row in ROWS for key in row.model_fields),
        *shipped.names(),
    }
    assert sorted(wanted - named) == []
