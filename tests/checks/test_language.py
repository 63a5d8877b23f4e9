"""Commands speak the reader's language without Django."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from hezou.ops.language import translator


def catalogue(translation: str) -> Catalog:
    made = Catalog(locale="zh_Hans")
    made.add("hint", translation)
    return made


def test_reads_the_written_catalogue_where_none_is_compiled(tmp_path: Path) -> None:
    with (tmp_path / "django.po").open("wb") as file:
        write_po(file, catalogue("提示"))

    assert [translator("zh", tmp_path)(sentence) for sentence in ("hint", "other")] == ["提示", "other"]


def test_prefers_the_compiled_catalogue(tmp_path: Path) -> None:
    with (tmp_path / "django.mo").open("wb") as file:
        write_mo(file, catalogue("提醒"))
    with (tmp_path / "django.po").open("wb") as file:
        write_po(file, catalogue("提示"))

    assert translator("zh", tmp_path)("hint") == "提醒"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_stays_english_without_a_catalogue(tmp_path: Path, language: str) -> None:
    assert translator(language, tmp_path)("hint") == "hint"


def test_refuses_another_language(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unknown language: fr"):
        translator("fr", tmp_path)
