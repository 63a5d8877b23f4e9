"""What the pages say of the tree is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.support.sources import ROOT, files
from tools import pages

QUOTED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#\s]+)\)")
A_PATH = re.compile(r"\.?[\w-]+(?:/[\w.*-]+)+/?|[\w-]+\.(?:py|toml|md|txt|ts|json)")


def pages_of_the_tree() -> list[str]:
    return [place for place in files() if place.endswith(".md")]


def named_paths(place: str) -> set[str]:
    """Paths in backticks that begin at the root, and targets of links, seen from the root."""
    text = (ROOT / place).read_text()
    tops = {path.name for path in ROOT.iterdir()}
    quoted = {word for word in QUOTED.findall(text) if A_PATH.fullmatch(word) and word.split("/")[0] in tops}
    folder = (ROOT / place).parent
    linked = {link for link in LINKED.findall(text) if ":" not in link}
    return quoted | {(folder / link).resolve().relative_to(ROOT).as_posix() for link in linked}


def test_every_path_the_pages_name_exists() -> None:
    # What a command makes is not in a fresh tree.
    made = (".venv", ".cache", "var", "node_modules")
    offences = [
        f"{place}: {path}"
        for place in pages_of_the_tree()
        for path in sorted(named_paths(place))
        if not path.startswith(made) and not list(ROOT.glob(path))
    ]
    assert offences == []


def test_the_map_names_every_room() -> None:
    text = (ROOT / "docs/map.md").read_text()
    rooms = {path.parent.name for path in (ROOT / "src/hezou").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}`" not in text} == set()


@pytest.mark.parametrize("place", pages.PAGES)
def test_generated_pages_are_fresh(place: str) -> None:
    assert (ROOT / place).read_text() == pages.PAGES[place]()


def test_pages_make_a_site_without_a_broken_link(tmp_path: Path) -> None:
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path), strict=True)
    build(config)
    pages_made = {str(path.relative_to(tmp_path).with_suffix(".md")) for path in tmp_path.rglob("*.html")}
    written = {str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")}
    assert pages_made - {"404.md", "search.md"} == written
