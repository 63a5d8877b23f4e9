"""The repository's own sources, read once: what the architecture tests look at."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "hezou"


@dataclass(frozen=True)
class Source:
    """One Python file; `place` is its path from the root."""

    place: str

    @cached_property
    def text(self) -> str:
        return (ROOT / self.place).read_text()

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The room's name for a file under `src/hezou/`, else empty."""
        parts = Path(self.place).parts
        return parts[2] if parts[:2] == ("src", "hezou") and len(parts) > 3 else ""

    @property
    def module(self) -> str:
        """The dotted name of a file under `src/`."""
        parts = Path(self.place).with_suffix("").parts[1:]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def at(self, node: ast.stmt | ast.expr) -> str:
        """`path:line`, as editors open it."""
        return f"{self.place}:{node.lineno}"


@cache
def files() -> tuple[str, ...]:
    """Every file that is or would be committed, as paths from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return tuple(sorted(place for place in set(listed) if place and (ROOT / place).is_file()))


@cache
def python(*tops: str) -> tuple[Source, ...]:
    """The Python files under the folders named, migrations apart."""
    return tuple(
        Source(place)
        for place in files()
        if place.endswith(".py") and place.startswith(tops) and "/migrations/" not in place
    )


@cache
def storeys() -> dict[str, int]:
    """Each room's storey, counted from 0 for the kernel, as pyproject's contract lists them."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(): number for number, layer in enumerate(reversed(layers)) for room in layer.split("|")
    }


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of the name it calls."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield (
                node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""),
                node,
            )
