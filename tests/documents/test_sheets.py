"""Approval sheets and report pieces: every word is on the paper, the file is valid, gaps are refused."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest

from hezou.documents import messages as say
from hezou.documents.reading.ooxml import W
from hezou.documents.rules import (
    HEADINGS,
    LABELS,
    REPORT_FORM,
    HeaderForm,
    Opinion,
    Report,
    Sheet,
    read_document,
    why_not_form,
    write_approval_sheet,
    write_report_piece,
)  # fmt: skip
from hezou.kernel.errors import Refused
from tests.documents.structure import faults
from tests.papers.registry import png

SEAL, HEAD = hashlib.sha256(b"text").hexdigest(), hashlib.sha256(b"chain").hexdigest()
SIGNED = Opinion(
    "一审", "科室负责人", "同意", "请补充数据。\n注意时效。", "王某", in_name_of="陈某", at="2026-06-03 09:12"
)
RECORDED = Opinion(
    "二审", "分管领导", "同意", person="赵某", mode="电话同意", recorded_by="钱某", at="2026-06-03 21:30"
)
OPEN = Opinion("三审", "主要领导")
LATER = Opinion("签发", "陈某", waits="另行送签")
SHEET = Sheet(
    heading=HEADINGS["report"], agency="青屏市水务局", number="2026-0123", title="关于汛情的报告",
    kind="动态", content_class="可公开", openness="主动公开", unit="办公室", authors="张某、李某",
    opinions=(SIGNED, RECORDED, OPEN, LATER), seal=SEAL, chain_head=HEAD, code="K7M2-Q9XA", qr=png(33, 33),
    printed_at="2026-06-03 11:00", chain_number="第26条", facts=(("字数", "1,286"),),
)  # fmt: skip
REPORT = Report(
    text="关于收费的反映\n\n部分企业反映收费偏高。\n一、情况\n|项目|金额|\n|检测|300元|",
    unit="青屏市水务局", signer="周某", writer="吴某", telephone="0000-1234567",
    addressee="市委办公室。", issue_date="2026年6月3日", number="第12期",
)  # fmt: skip


def rows_of(data: bytes) -> list[list[str]]:
    """The table's rows, each merged cell once, its lines parted by a stroke."""
    table = docx.Document(BytesIO(data)).tables[0]
    rows = [{id(cell._tc): cell for cell in row.cells}.values() for row in table.rows]
    return [["/".join(line.text for line in cell.paragraphs) for cell in row] for row in rows]


def in_groups(digits: str) -> str:
    """32 hexadecimal digits on a line, in groups of eight."""
    groups = [digits[at : at + 8] for at in range(0, 64, 8)]
    return f"{' '.join(groups[:4])}/{' '.join(groups[4:])}"


def test_sheet_carries_every_fact_opinion_and_code() -> None:
    assert rows_of(write_approval_sheet(SHEET)) == [
        ["标题", "关于汛情的报告"],
        ["编号", "2026-0123", "体裁", "动态"],
        ["内容类别", "可公开", "公开属性", "主动公开"],
        ["报送部门", "办公室", "作者", "张某、李某"],
        ["字数", "1,286"],
        ["审核意见"],
        ["一审/科室负责人", "同意：请补充数据。/注意时效。/王某（代陈某签）　2026-06-03 09:12"],
        ["二审/分管领导", "同意/赵某　2026-06-03 21:30/（电话同意，钱某代录）"],
        ["三审/主要领导", LABELS.sign_here],
        ["签发/陈某", "另行送签"],
        [
            f"本单识别码　K7M2-Q9XA/文本校验码/{in_groups(SEAL)}/留痕链首（第26条）/{in_groups(HEAD)}"
            "/打印时间　2026-06-03 11:00",
            "",
        ],
    ]


def test_sheet_says_agreed_once() -> None:
    words = [Opinion("一审", verdict="同意", words=said).said for said in ("", "同意。", "请核对。")]
    assert words == ["同意", "同意。", "同意：请核对。"]


@pytest.mark.parametrize("form", sorted(HEADINGS))
def test_sheet_is_headed_by_its_form_and_valid(form: str) -> None:
    data = write_approval_sheet(replace(SHEET, heading=HEADINGS[form], facts=()))
    words = [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs]
    assert words == ["青屏市水务局", HEADINGS[form], LABELS.footnote]
    assert faults(data) == []


def test_sheet_leaves_room_for_ink_and_shows_the_code_at_28_millimetres() -> None:
    document = docx.Document(BytesIO(write_approval_sheet(SHEET)))
    heights = [int(e.get(W + "val")) for e in document.element.body.iter(W + "trHeight")]
    assert (max(heights), heights.index(max(heights))) == (round(32 * 1440 / 25.4), 8)
    assert [shape.width.mm for shape in document.inline_shapes] == [28.0]


def test_sheet_takes_the_labels_of_another_house() -> None:
    labels = replace(LABELS, number="No.", sign_here="sign")
    rows = rows_of(write_approval_sheet(replace(SHEET, labels=labels)))
    assert (rows[1][0], rows[8][1]) == ("No.", "sign")


def test_sheet_refuses_a_code_that_is_no_png() -> None:
    with pytest.raises(Refused) as caught:
        write_approval_sheet(replace(SHEET, qr=b"GIF89a\x01\x00\x01\x00"))
    assert caught.value.messages == (say.PICTURE_UNFIT(sha256="K7M2-Q9XA"),)


def test_report_names_unit_signer_writer_telephone_addressee_and_date() -> None:
    data = write_report_piece(REPORT)
    assert read_document(data, "报送.docx").text.split("\n") == [
        "信息报送",
        "第12期",
        "青屏市水务局\t2026年6月3日",
        "关于收费的反映",
        "",
        "部分企业反映收费偏高。",
        "一、情况",
        "|项目|金额|",
        "|检测|300元|",
        "",
        "",
        "报：市委办公室。",
        "签发：周某\t撰稿：吴某　　电话：0000-1234567",
    ]
    assert faults(data) == []


def test_report_leaves_out_words_whose_fields_are_empty() -> None:
    bare = replace(REPORT, text="题", addressee="", issue_date=" ", number="")
    assert read_document(write_report_piece(bare), "报送.docx").text.split("\n") == [
        "信息报送",
        "青屏市水务局",
        "题",
        "",
        "签发：周某\t撰稿：吴某　　电话：0000-1234567",
    ]


def test_report_takes_a_body_s_own_form() -> None:
    form = HeaderForm("{unit}专报", (("{title}", "{signer}"),), (("{writer}", "{telephone}"),))
    words = read_document(write_report_piece(replace(REPORT, text="题\n正文", form=form)), "报送.docx").text
    assert words == "青屏市水务局专报\n题\t周某\n题\n正文\n\n吴某\t0000-1234567"


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("unit", say.REPORT_WITHOUT_UNIT()),
        ("signer", say.REPORT_WITHOUT_SIGNER()),
        ("writer", say.REPORT_WITHOUT_WRITER()),
        ("telephone", say.REPORT_WITHOUT_TELEPHONE()),
    ],
)
def test_report_refuses_to_leave_without_a_name(missing: str, message: Any) -> None:
    with pytest.raises(Refused) as caught:
        write_report_piece(replace(REPORT, **dict[str, Any]({missing: " "})))
    assert caught.value.messages == (message,)


def test_report_refuses_a_form_that_cannot_be_filled() -> None:
    form = HeaderForm("{unit}{phone}", (("{signer}", "{__class__}"),), (("{telephone}", ""),))
    with pytest.raises(Refused) as caught:
        write_report_piece(replace(REPORT, form=form))
    assert caught.value.messages == (
        say.FORM_UNKNOWN_FIELD(field="phone"),
        say.FORM_UNKNOWN_FIELD(field="__class__"),
        say.FORM_LACKS_FIELD(field="writer"),
    )


def test_the_shipped_form_has_a_place_for_everything_named() -> None:
    assert why_not_form(REPORT_FORM) == []


def test_a_long_masthead_is_set_smaller() -> None:
    form = replace(REPORT_FORM, masthead="青屏市水务局防汛抗旱工作情况专报")
    title = docx.Document(BytesIO(write_report_piece(replace(REPORT, form=form)))).paragraphs[0]
    size = title.runs[0].font.size
    assert size is not None
    assert size.pt == 27
