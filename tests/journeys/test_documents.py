"""A Word document on its way through the house: imported, its losses seen, reviewed, taken away equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from hezou.documents.rules import read_document
from hezou.files.rules import admit
from hezou.ops.cli import main
from tests.journeys.agency import BUREAU, Journey, Visitor, Walker, found, piece_of
from tests.papers.dialects import Docx, Word, num
from tests.papers.framed import PLAIN, drawing
from tests.papers.numbered import FOUR_LEVELS
from tests.support.pictures import line, picture

HALL = picture(2400, 1200, "JPEG", "steelblue")
TEXT = f"""关于推行窗口帮办服务的做法
今年以来，窗口管理科聚焦群众办事中的难点，推行窗口帮办服务，取得初步成效。
一、明确帮办事项
梳理高频事项12项，编成一张清单，在大厅公开。
{line(admit(HALL), "图1 办事大厅")}
二、优化办理流程
材料由窗口代为整理，群众平均少跑两次。"""
LIST = "事项清单".encode()


@pytest.fixture
def journey(
    visitor: Visitor,
    transactional_db: None,
    settings: Any,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Journey:
    settings.BLOBS = tmp_path
    return found(visitor, BUREAU, capsys)


def from_word() -> bytes:
    """The draft as Word writes it: numbers by the program, a page header, a picture with its caption."""
    word = Word()
    docx = Docx("", styles=PLAIN, numbering=FOUR_LEVELS + num(1, 0))
    docx.xml("header1.xml", "header", word.p("窗口管理科 内部交流"))
    docx.section = docx.section.replace(
        "<w:sectPr>", f'<w:sectPr><w:headerReference w:type="default" r:id="{docx.id_of("header1.xml")}"/>'
    )
    photo = docx.picture("image1.jpg", HALL)
    title, opening, first, under, _, second, last = TEXT.split("\n")
    docx.body = (
        word.p(title, ppr='<w:jc w:val="center"/>')
        + word.p(opening)
        + word.p(first.removeprefix("一、"), num=(1, 0))
        + word.p(under)
        + word.p(word.run(drawing(photo)))
        + word.p("图1 办事大厅", style="a6")
        + word.p(second.removeprefix("二、"), num=(1, 0))
        + word.p(last)
    )
    return docx.pack()


def choose(page: Page, field: str, name: str, data: bytes) -> None:
    """Choose a file as a person does in the dialog."""
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator(f"input[name={field}]").set_input_files(files=[file])


def bring_in(writer: Walker) -> None:
    """Import the document, read what became of it, keep it as a draft, put a list beside it."""
    page = writer.page
    writer.press("写稿")
    choose(page, "document", "做法.docx", from_word())
    writer.press("导入正文")
    writer.sees("已读取“做法.docx”", "自动编号已写成文字：2 处。", "页眉和页脚没有读入：1 处。")
    expect(page.locator("textarea[name=text]")).to_have_value(TEXT)
    page.get_by_label("可公开", exact=True).check()
    page.get_by_label("不予公开", exact=True).check()
    page.locator("select[name=kind]").select_option(label=BUREAU.kind)
    page.locator("button[name=do][value=keep]").click()
    page.wait_for_url("**/manuscripts/*-*")
    writer.press("修改送审")
    choose(page, "attachment", "事项清单.txt", LIST)
    writer.press("添加")
    writer.sees("已添加附件：事项清单.txt")


def sees_picture(page: Page) -> str:
    """The picture is drawn; gives its address."""
    shown = page.get_by_role("img", name="图1 办事大厅")
    expect(shown).to_be_visible()
    page.wait_for_function("document.querySelector('figure img').naturalWidth === 1600")
    return shown.get_attribute("src") or ""


def taken_away(walker: Walker, layout: str) -> bytes:
    """The file that the browser saves."""
    with walker.page.expect_download() as saving:
        walker.press(layout)
    assert saving.value.suggested_filename == "关于推行窗口帮办服务的做法（第2版）.docx"
    return Path(saving.value.path()).read_bytes()


def test_document_is_imported_reviewed_and_taken_away_equal(journey: Journey) -> None:
    writer, head = (journey.walkers[key] for key in (journey.plan.writer, journey.plan.hands[0]))
    bring_in(writer)
    writer.press("送审")
    writer.sees("审签中", "事项清单.txt")
    piece = piece_of(writer.page)
    address = sees_picture(writer.page)
    for layout in ("普通格式", "公文格式"):
        reading = read_document(taken_away(writer, layout), "做法.docx")
        assert (reading.text, [one.data for one in reading.pictures]) == (TEXT, [HALL])
    for forbidden in (address, f"/manuscripts/{piece}/versions/2.docx"):
        assert journey.administrator.status_of(forbidden) == 404
        assert head.status_of(forbidden) == 200
    head.page.goto(f"/review/{piece}")
    sees_picture(head.page)
    head.sees("事项清单.txt")
    with head.page.expect_download() as saving:
        head.press("事项清单.txt")
    assert Path(saving.value.path()).read_bytes() == LIST
    head.press("同意")
    head.sees("已同意")
    assert main(["verify"]) == 0
