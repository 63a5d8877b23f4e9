"""The invented texts of a year, filled anew for each piece; see `texts.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Filled:
    """A text and what it is meant as; `words` are the values its fields were given."""

    kind: str
    openness: str
    text: str
    words: dict[str, Any]


@cache
def plan() -> dict[str, Any]:
    """The texts as written."""
    return tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))


def fill(row: dict[str, Any], chance: Random, unit: str, at: datetime) -> Filled:
    """One text with values of its own."""
    fields = {**plan()["fill"], **row.get("fill", {})}
    words = {name: _value(choices, chance) for name, choices in fields.items()}
    words |= {"unit": unit, "month": at.month, "day": at.day}
    return Filled(row["kind"], row.get("openness", "on_request"), row["text"].format(**words), words)


def reword(text: str) -> str:
    """An editor's touch of wording; the text as it is where nothing in it asks for one."""
    found = next((row for row in plan()["wordings"] if row["before"] in text), None)
    return text if found is None else text.replace(found["before"], found["after"], 1)


def add_substance(filled: Filled, chance: Random) -> str:
    """The text with a sentence of substance at its end."""
    return f"{filled.text}\n{chance.choice(plan()['substance']['lines']).format(**filled.words)}"


def _value(choices: list[Any], chance: Random) -> Any:
    return chance.randint(*choices) if isinstance(choices[0], int) else chance.choice(choices)
