"""Every column that could hold body text is on one of the two lists of docs/purge.md (R7)."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from tests.support.sources import ROOT

COULD_HOLD_TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
ROW = re.compile(r"^\| `(\w+\.\w+)` \| ([^|]+) \|", re.MULTILINE)


def listed(heading: str) -> list[str]:
    """The columns of the table below a heading, as `room.Table.column`."""
    section = (ROOT / "docs/purge.md").read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [
        f"{table}.{name}" for table, names in ROW.findall(section) for name in re.findall(r"`(\w+)`", names)
    ]


def test_every_text_column_is_on_exactly_one_list() -> None:
    columns = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("hezou.")
        for field in model._meta.local_fields
        if isinstance(field, COULD_HOLD_TEXT)
    ]
    assert sorted(listed("Holds body text") + listed("Holds none")) == sorted(columns)
