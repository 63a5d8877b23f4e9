"""Built files are named by the manifest; a missing build says so."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from hezou.web.templatetags import assets

BUILT = {
    "a.ts": {"file": "a.1.js", "css": ["a.1.css"], "imports": ["_shared.js", "_base.js"]},
    "_shared.js": {"file": "shared.1.js", "css": ["shared.1.css"], "imports": ["_base.js"]},
    "_base.js": {"file": "base.1.js", "css": ["base.1.css"]},
}


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A manifest of our own in the place of the built one."""
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(BUILT))
    monkeypatch.setattr(assets, "MANIFEST", path)
    return path


def test_links_every_sheet_once_the_imported_first(manifest: Path) -> None:
    links = assets.styles("a.ts").split("\n")
    assert [link.rpartition("/")[2] for link in links] == ['base.1.css">', 'shared.1.css">', 'a.1.css">']


def test_names_the_script_of_an_entry_and_fetches_its_imports_with_it(manifest: Path) -> None:
    assert assets.script("a.ts") == (
        '<link rel="modulepreload" href="/static/dist/base.1.js">'
        '<link rel="modulepreload" href="/static/dist/shared.1.js">'
        '<script type="module" src="/static/dist/a.1.js"></script>'
    )


def test_reads_the_manifest_anew_after_a_build(manifest: Path) -> None:
    assert assets.asset("a.ts") == "/static/dist/a.1.js"
    manifest.write_text(json.dumps({"a.ts": {"file": "a.2.js"}}))
    assert assets.asset("a.ts") == "/static/dist/a.2.js"


def test_says_so_when_nothing_is_built(manifest: Path) -> None:
    manifest.unlink()
    with pytest.raises(ImproperlyConfigured, match="not built"):
        assets.asset("a.ts")


def test_says_so_when_an_entry_is_unknown(manifest: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"no entry b\.ts"):
        assets.script("b.ts")


def transferred(source: str) -> int:
    """Bytes of an entry's scripts as a server sends them, compressed."""
    return sum(
        len(gzip.compress((assets.MANIFEST.parent / part["file"]).read_bytes()))
        for part in assets._with_imports(source)
    )


def test_ordinary_pages_load_at_most_60_kilobytes_of_script() -> None:
    assert transferred("frontend/src/main.ts") <= 60_000


@pytest.mark.parametrize("island", ["editor", "compare", "selecting"])
def test_island_keeps_to_its_budget(island: str) -> None:
    assert transferred(f"frontend/src/{island}.ts") <= 150_000
