"""Writes the pages of docs/ that the sources already say: lifecycles, permissions, the ways of the API."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
NOTICE = "<!-- Written by `make docs`; change the source named instead. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines] + [""]


def said(thing: Any) -> str:
    """The first sentence of a docstring, on one line; empty without one."""
    return " ".join((thing.__doc__ or "").strip().split("\n\n")[0].split())


def file_of(module: ModuleType) -> str:
    return Path(module.__file__ or "").relative_to(ROOT).as_posix()


def lifecycle_page() -> str:
    """Every room's states and the steps between them, lowest storey first."""
    from hezou.config.settings import ROOMS  # stands only after Django's set-up
    from hezou.kernel.lifecycle import Lifecycle  # beside it

    lines = ["# Lifecycles", "", NOTICE, ""]
    for room in ROOMS:
        if not (ROOT / f"src/hezou/{room}/lifecycle.py").exists():
            continue
        module = import_module(f"hezou.{room}.lifecycle")
        for found in vars(module).values():
            if isinstance(found, Lifecycle):
                lines += _lifecycle(found, file_of(module))
    return "\n".join(lines)


def _lifecycle(found: Any, source: str) -> list[str]:
    order = list(found.states)
    steps = [
        (
            f"`{step.verb}`",
            ", ".join(f"`{state}`" for state in sorted(step.sources, key=order.index)),
            f"`{step.target}`",
            f"`{step.permission}`" if step.permission else "(follows from another act)",
            ", ".join(f"`{guard.__name__}`" for guard in step.guards),
        )
        for step in found.transitions
    ]
    return [
        f"## {found.noun}",
        "",
        f"From `{source}`; it begins as `{found.initial}`.",
        "",
        *table(["State", "Shown as"], [(f"`{code}`", label) for code, label in found.states.items()]),
        *table(["Verb", "From", "To", "Right", "Guards"], steps),
    ]


def permission_page() -> str:
    """Every verb: the roles that may do it at all, and what it asks of the person and the thing."""
    from hezou.access import permissions, roles  # stands only after Django's set-up

    verbs = [
        (
            f"`{rule.verb}`",
            ", ".join(f"`{role}`" for role in sorted(rule.roles)) if rule.roles is not None else "any",
            _predicate(rule.asks),
        )
        for rule in permissions.rules()
    ]
    lines = ["# Permissions", "", NOTICE, "", f"From `{file_of(roles)}` and `{file_of(permissions)}`.", ""]
    return "\n".join(lines + table(["Verb", "Roles", "Asked besides"], verbs))


def _predicate(predicate: Any) -> str:
    return f"`{predicate.__name__}`: {said(predicate)}".rstrip(": ") if predicate else ""


def description() -> dict[str, Any]:
    """The API as OpenAPI describes it."""
    from hezou.api.urls import door  # stands only after Django's set-up

    return json.loads(json.dumps(door.get_openapi_schema()))


def openapi_file() -> str:
    """The description itself, to generate clients from."""
    return json.dumps(description(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def ways_page() -> str:
    """Every way of the API: what it does, the verb its token must be for, what it answers."""
    whole = description()
    lines = ["# The ways of the API", "", NOTICE, ""]
    lines += ["From `src/hezou/api/ways/`; forms and examples stand in [openapi.json](openapi.json).", ""]
    rows = []
    for path, ways in whole["paths"].items():
        for method, way in ways.items():
            answers = [status for status in way["responses"] if status.startswith("2")]
            verb = way["security"][0]["Token"][0]
            rows.append((f"`{method.upper()} {path}`", f"`{verb}`", ", ".join(answers), said_of(way)))
    return "\n".join(lines + table(["Way", "Verb of the token", "Answer", "What it does"], rows))


def said_of(way: dict[str, Any]) -> str:
    return " ".join(way["description"].split())


PAGES = {
    "docs/lifecycles.md": lifecycle_page,
    "docs/permissions.md": permission_page,
    "docs/reference/api-ways.md": ways_page,
    "docs/reference/openapi.json": openapi_file,
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hezou.config.settings")
    django.setup()
    for place, write in PAGES.items():
        (ROOT / place).write_text(write())
    return 0


if __name__ == "__main__":
    sys.exit(main())
