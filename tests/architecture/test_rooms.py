"""The rooms stand, each on its storey; see docs/map.md."""

from __future__ import annotations

import ast

from django.conf import settings
from importlinter.cli import lint_imports

from tests.support.sources import PACKAGE, ROOT, Source, python, storeys


def test_every_room_stands_on_a_storey() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set(storeys())


def test_every_room_with_tables_is_installed_lowest_storey_first() -> None:
    # The kernel is pure, and `config` is what installs.
    assert set(settings.ROOMS) == set(storeys()) - {"kernel", "config"}
    heights = [storeys()[room] for room in settings.ROOMS]
    assert heights == sorted(heights)


def test_imports_go_down_only() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_every_room_says_what_it_is_for_and_imports_nothing() -> None:
    for room in storeys():
        front = Source(f"src/hezou/{room}/__init__.py")
        assert ast.get_docstring(front.tree), front.place
        assert [type(node).__name__ for node in front.tree.body] == ["Expr"], front.place


def test_ids_come_from_the_kernel_only() -> None:
    offences = [
        source.at(node)
        for source in python("src/")
        if source.room != "kernel"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id)
        in {"uuid1", "uuid3", "uuid4", "uuid5"}
    ]
    assert offences == []


def test_the_time_comes_from_the_kernel_only() -> None:
    offences = [
        source.at(node)
        for source in python("src/")
        if source.room != "kernel"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func)
        in {
            "datetime.now",
            "datetime.utcnow",
            "date.today",
            "timezone.now",
            "timezone.localdate",
            "time.time",
        }
    ]
    assert offences == []
