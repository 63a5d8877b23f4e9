"""The sets shipped with the product: a folder each, one TOML text a family. Read at adoption only.

`common/` holds the families that are the same for every agency of the country.
"""

from __future__ import annotations

from pathlib import Path

from hezou.kernel.errors import Refused
from hezou.kernel.messages import define

_HERE = Path(__file__).parent

UNKNOWN_SET = define("packs.unknown_set", "No set of rules called {name} is shipped.")


def names() -> list[str]:
    """The names of the sets, sorted."""
    return sorted(path.parent.name for path in _HERE.glob("*/kinds.toml"))


def read(name: str) -> dict[str, str]:
    """Family → text of the set's document. Raises Refused when no set has this name."""
    if name not in names():
        raise Refused(UNKNOWN_SET(name=name[:40]))
    files = [*(_HERE / "common").glob("*.toml"), *(_HERE / name).glob("*.toml")]
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(files, key=lambda path: path.stem)}
