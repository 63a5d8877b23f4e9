"""LibreOffice opens what is written here and shows the same words. Word and WPS cannot be tried here."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from hezou.documents.rules import (
    HEADINGS,
    read_document,
    write_approval_sheet,
    write_docx,
    write_report_piece,
)
from hezou.kernel.text import blocks
from tests.documents.test_sheets import OPEN, RECORDED, REPORT, SHEET
from tests.papers.build import PAPERS, read
from tests.support.paper import pages_of

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with papers written here, their words as LibreOffice shows them, and LibreOffice's own .docx.

    One start of the program for each of the two forms: it takes seconds.
    """
    folder = tmp_path_factory.mktemp("libreoffice")
    for paper in PAPERS:
        reading = read(paper)
        pictures = {picture.sha256: picture.data for picture in reading.pictures}
        written = write_docx(reading.text, pictures=pictures, layout="official")
        (folder / f"{paper.slug}.docx").write_bytes(written)
    (folder / "sheet.docx").write_bytes(write_approval_sheet(SHEET))
    (folder / "report.docx").write_bytes(write_report_piece(REPORT))
    files = sorted(folder.glob("*.docx"))
    for form, place in (("txt:Text (encoded):UTF8", "text"), ("docx:MS Word 2007 XML", "again")):
        convert(folder, form, place, files)
    return folder


def convert(folder: Path, form: str, place: str, files: list[Path]) -> None:
    """Have LibreOffice write files in another form."""
    program = shutil.which("soffice")
    assert program is not None, "LibreOffice (package libreoffice-writer) is part of the test set-up"
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form,
         "--outdir", str(folder / place), *map(str, files)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip


def words(text: str) -> list[str]:
    """What of a text another program shows as running words: no tables, no pictures, no blanks."""
    return ["".join(block.text.split()) for block in blocks(text) if block.kind not in ("table", "picture")]


def shown(folder: Path, name: str) -> str:
    return (folder / "text" / f"{name}.txt").read_text(encoding="utf-8-sig")


def test_shows_the_words_of_every_paper(converted: Path) -> None:
    plain = [paper for paper in PAPERS if {"table", "picture"}.isdisjoint(b.kind for b in blocks(paper.text))]
    assert len(plain) > 30
    assert {p.slug: words(shown(converted, p.slug)) for p in plain} == {p.slug: words(p.text) for p in plain}


def test_shows_the_cells_of_tables(converted: Path) -> None:
    lines = [line for line in shown(converted, "word-table").split("\n") if line]
    assert lines == [
        "一季度信息采用情况", "现将一季度采用情况通报如下：", "单位", "报送篇数", "采用篇数",
        "办公室", "25", "9", "水资源科", "12", "37", "9", "请各科室对照补短。",
    ]  # fmt: skip


def test_opens_sheets_and_report_pieces(converted: Path) -> None:
    sheet = shown(converted, "sheet")
    assert [part for part in (SHEET.title, SHEET.code, "王某（代陈某签）") if part not in sheet] == []
    assert shown(converted, "report").split("\n")[0] == "信息报送"


@pytest.mark.parametrize("form", sorted(HEADINGS))
def test_prints_a_sheet_of_five_levels_on_one_page(tmp_path: Path, form: str) -> None:
    spoken = replace(RECORDED, words="同意，请把好数据关，注意与上月报表口径一致，报送后电话告知。" * 2)
    sheet = replace(SHEET, heading=HEADINGS[form], title="关于" * 30, opinions=(*(spoken,) * 4, OPEN))
    (tmp_path / "sheet.docx").write_bytes(write_approval_sheet(sheet))
    convert(tmp_path, "pdf", "print", [tmp_path / "sheet.docx"])
    assert pages_of((tmp_path / "print" / "sheet.pdf").read_bytes()) == 1


def test_reads_what_libreoffice_saved_again(converted: Path) -> None:
    # LibreOffice fills up short rows of a table.
    whole = [paper for paper in PAPERS if paper.slug != "word-table-merged"]
    again = {p.slug: (converted / "again" / f"{p.slug}.docx").read_bytes() for p in whole}
    texts = {slug: read_document(data, "稿.docx").text for slug, data in again.items()}
    assert texts == {p.slug: p.text for p in whole}
