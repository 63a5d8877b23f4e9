"""What is judged before a document, a paste or an attachment is kept."""

from __future__ import annotations

import pytest

from hezou.documents.rules import Picture, Reading, write_docx
from hezou.files.rules import MOST_PIXELS, NOT_KEPT, TOO_MANY_PIXELS, admit
from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message
from hezou.manuscripts.rules import incoming as rules
from hezou.manuscripts.rules.incoming import enclosure, incoming
from tests.support.pictures import claiming, picture
from tests.support.refusals import codes


def pictured(data: bytes, caption: str = "图1") -> Reading:
    """A reading that shows one picture."""
    sha256 = admit(b"x").sha256
    return Reading(f"标题\n![{caption}](file:{sha256})\n正文。", (Picture(sha256, "image/png", data),))


def test_clean_reading_comes_through_whole() -> None:
    note = Message("documents.title_joined")
    data = picture()
    content = admit(data)
    text = f"标题\n![图1](file:{content.sha256})"
    reading = Reading(text, (Picture(content.sha256, "image/png", data),), (note,), ("第1页",))
    found = incoming(reading, "稿.docx")
    assert (found.text, found.pictures, found.notes) == (text, (content,), (note,))


@pytest.mark.parametrize(
    ("reading", "name", "code"),
    [
        (Reading("机密★1年\n关于有关情况的报告"), "", "manuscript.file_mark"),
        (Reading("标题"), "秘密★1年 报告.docx", "manuscript.file_mark"),
        (Reading("标题", left_out=("第1页", "秘密★1年")), "", "manuscript.hidden_mark"),
        (Reading("标题", left_out=("机密",)), "", "manuscript.hidden_mark"),
    ],
    ids=["text", "name", "header", "watermark"],
)
def test_mark_of_secrecy_anywhere_is_refused(reading: Reading, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        incoming(reading, name)
    assert codes(refused) == [code]


def test_internal_mark_in_a_part_left_out_is_named_once() -> None:
    found = incoming(Reading("标题", left_out=("内部资料", "内部资料", "页眉")))
    assert found.notes == (rules.INTERNAL_LEFT_OUT(mark="内部资料"),)


def test_picture_that_cannot_be_kept_leaves_its_caption_and_a_note() -> None:
    found = incoming(pictured(b"GIF89a\x01\x00\x01\x00"))
    assert (found.text, found.pictures) == ("标题\n图1\n正文。", ())
    assert found.notes == (rules.PICTURES_NOT_KEPT(count=1), NOT_KEPT())


def test_picture_without_caption_that_cannot_be_kept_leaves_no_line() -> None:
    assert incoming(pictured(b"GIF89a\x01\x00\x01\x00", "")).text == "标题\n正文。"


def test_picture_that_is_a_plain_file_in_disguise_is_not_kept() -> None:
    assert incoming(pictured(b"just words")).notes == (rules.PICTURES_NOT_KEPT(count=1), NOT_KEPT())


def test_picture_of_200_megapixels_is_left_out_by_name() -> None:
    said = TOO_MANY_PIXELS(millions=200, most=MOST_PIXELS // 1_000_000)
    assert incoming(pictured(claiming(20_000, 10_000))).notes == (rules.PICTURES_NOT_KEPT(count=1), said)


def test_enclosure_of_a_document_is_looked_through() -> None:
    with pytest.raises(Refused) as refused:
        enclosure(write_docx("标题\n机密★1年", pictures={}), "附件.docx")
    assert codes(refused) == ["manuscript.file_mark"]


def test_enclosure_of_a_text_is_looked_through() -> None:
    with pytest.raises(Refused) as refused:
        enclosure("绝密★长期\n名单".encode(), "附件.txt")
    assert codes(refused) == ["manuscript.file_mark"]


def test_enclosure_with_a_marked_name_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        enclosure(picture(), "秘密★1年.png")
    assert codes(refused) == ["manuscript.file_mark"]


@pytest.mark.parametrize("data", [picture(), b"%PDF-1.7\n", write_docx("标题", pictures={}), "名单".encode()])
def test_enclosure_of_each_kind_is_taken(data: bytes) -> None:
    assert enclosure(data, "附件").content == admit(data)
