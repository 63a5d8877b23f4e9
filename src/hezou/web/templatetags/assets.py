"""Built scripts, styles and icons under their hashed names, read from the front end's manifest."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

MANIFEST = Path(__file__).resolve().parent.parent / "static" / "dist" / "manifest.json"
SPRITE = "frontend/icons.svg"


@lru_cache(maxsize=2)
def _read(path: Path, _written: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _entry(source: str) -> dict[str, Any]:
    """The manifest's entry for a source file; read anew when a build has written the manifest."""
    try:
        manifest = _read(MANIFEST, MANIFEST.stat().st_mtime_ns)
    except FileNotFoundError as missing:
        raise ImproperlyConfigured("The front end is not built: run `npm ci && npm run build`.") from missing
    try:
        entry: dict[str, Any] = manifest[source]
    except KeyError as missing:
        raise ImproperlyConfigured(f"The front end has no entry {source}.") from missing
    return entry


def _address(file: str) -> str:
    return static(f"dist/{file}")


def _with_imports(source: str) -> list[dict[str, Any]]:
    """The entry and every chunk it imports, each once, the imported ones first."""
    found: dict[str, dict[str, Any]] = {}

    def visit(name: str) -> None:
        if name not in found:
            entry = _entry(name)
            for imported in entry.get("imports", ()):
                visit(imported)
            found[name] = entry

    visit(source)
    return list(found.values())


@register.simple_tag
def styles(source: str) -> SafeString:
    """`<link>` elements for every style sheet of an entry such as `frontend/src/main.ts`."""
    sheets = (sheet for entry in _with_imports(source) for sheet in entry.get("css", ()))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((_address(s),) for s in sheets))


@register.simple_tag
def script(source: str) -> SafeString:
    """The `<script type="module">` of an entry, and links that fetch what it imports along with it.

    Modules run after the page is parsed.
    """
    *imported, entry = _with_imports(source)
    links = format_html_join(
        "", '<link rel="modulepreload" href="{}">', ((_address(i["file"]),) for i in imported)
    )
    return links + format_html('<script type="module" src="{}"></script>', _address(entry["file"]))


@register.simple_tag
def asset(source: str) -> str:
    """The address of one built file, such as `frontend/mark.svg`."""
    return _address(_entry(source)["file"])


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon of the sprite, hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        asset(SPRITE),
        name,
    )
