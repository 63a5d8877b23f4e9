"""The pages that say how to get one thing done name buttons and pages as the screen does."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from tests.support.sources import ROOT
from tools.catalogue import CATALOGUE

PAGES = ("people", "duty", "second-factor", "programs")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


@pytest.mark.parametrize("name", PAGES)
def test_every_name_in_bold_stands_on_the_screen(name: str) -> None:
    with CATALOGUE.open("rb") as file:
        shown = {entry.string for entry in read_po(file)}
    named = BOLD.findall((ROOT / f"docs/operate/{name}.md").read_text())
    assert named
    assert [one for one in named if one not in shown] == []
