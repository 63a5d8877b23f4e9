"""What the READMEs say of speed is what was measured."""

from __future__ import annotations

import json

import pytest

from benchmarks.support import ROOT
from benchmarks.table import LANGUAGES, replaced, table

LATEST = json.loads((ROOT / "benchmarks" / "results" / "latest.json").read_text())


@pytest.mark.parametrize("name", LANGUAGES)
def test_figures_of_the_readme_are_the_measured_ones(name: str) -> None:
    text, drawn = (ROOT / name).read_text(encoding="utf-8"), table(LATEST, name)
    assert text.count(drawn) == 1
    assert replaced(text, drawn) == text


def test_every_figure_names_its_command() -> None:
    lacking = [
        name for name, row in LATEST["figures"].items() if not (ROOT / row["command"].split()[1]).is_file()
    ]
    assert lacking == []
