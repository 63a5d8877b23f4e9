"""Help where it is needed: every page that says its title says in one line what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "hezou" / "web" / "templates"
TITLED = sorted(path for path in TEMPLATES.glob("*/*.html") if "{% block header %}" in path.read_text())


@pytest.mark.parametrize("path", TITLED, ids=[str(path.relative_to(TEMPLATES)) for path in TITLED])
def test_page_has_a_line_under_its_title(path: Path) -> None:
    header = path.read_text().split("{% block header %}")[1].split("{% endblock %}")[0]
    assert header.count('class="subtitle') == 1
