"""Write docs/reference/checks.md from the table of checks, so that the page cannot tell another story."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from hezou.checks.rules import CHECKS, MOST_PER_CHECK, STRICTNESS, Check
from hezou.kernel.messages import english

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "checks.md"

FLOORS = ", ".join(f"`{name}` {floor}" for name, floor in STRICTNESS.items())
HEAD = f"""# Checks

Written by `tools/checks_reference.py` from `src/hezou/checks/rules`; do not edit.

An *error* stops hand-in and cannot be switched off. A *warning* asks for one confirmation, a *hint* only
tells; both can be switched off by an agency's pack. In the examples ⟦ ⟧ stand around the slip, with its
repairs after →. These examples are also the tests.

How sure a check must be before it speaks: {FLOORS}.
At most {MOST_PER_CHECK} findings of one check are reported for one text.

What the checks cannot do: they know forms, not meanings. They do not see a wrong fact, name or figure that
is well formed, nor a wrong word that is spelt right; a text without findings is not a text without slips.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for family, checks in groupby(sorted(CHECKS, key=lambda one: one.family), key=lambda one: one.family):
        parts.append(f"\n## {family}\n")
        parts += [entry(one) for one in checks]
    return "".join(parts)


def entry(one: Check) -> str:
    """One check: what it says, on whose word, and its examples."""
    lines = [f"\n### `{one.id}`\n", f"{one.severity.value.capitalize()}. {one.says.sentence}", ""]
    lines += [f"*{english(one.source.at(one.clause))}*", ""]
    lines += [f"- wrong: {shown(example)}" for example in one.bad]
    lines += [f"- right: {shown(example)}" for example in one.good]
    return "\n".join(lines) + "\n"


def shown(example: str) -> str:
    """An example on one line, as code: Markdown changes nothing in it."""
    return f"`{example.replace(chr(10), ' ⏎ ')}`"


if __name__ == "__main__":
    text = page()
    if "--check" in sys.argv[1:]:
        sys.exit(
            0
            if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text
            else "stale: docs/reference/checks.md"
        )
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8")
