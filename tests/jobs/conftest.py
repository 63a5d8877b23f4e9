"""What the tests of jobs share: a sheet of paper on which tasks leave their mark."""

from __future__ import annotations

from pathlib import Path

import pytest


class Paper:
    """A file that tasks write words to."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)

    def words(self) -> list[str]:
        path = Path(self.path)
        return path.read_text(encoding="utf-8").split() if path.exists() else []


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "paper")
