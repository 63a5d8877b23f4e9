# ruff: noqa: E501 (raw markup stays on the lines it is written on)
"""Papers that are odd as a whole: breaks for paragraphs, strict files, wrong names, many sections."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from tests.papers.dialects import Docx, Word, Wps, styles, zipped
from tests.papers.registry import paper

word, wps = Word(), Wps()
CENTRED = '<w:jc w:val="center"/>'
PLAIN = styles(("a", "Normal", ""))
BREAK = word.run("<w:br/>")


@paper("word-title-broken", "两行标题.docx")
def title_broken() -> Docx:
    sheet = styles(("a", "Normal", ""), ("a3", "Title", f"<w:pPr>{CENTRED}</w:pPr>"))
    body = (
        word.p("关于开展2026年全市水利系统", BREAK, "安全生产大检查的通知", style="a3")
        + word.p("市局各科室：")
        + word.p("联系人：赵某", BREAK, "电话：0000-7654321")
    )
    return Docx(body, styles=sheet)


@paper("wps-breaks-for-paragraphs", "网页复制稿.docx")
def breaks_for_paragraphs() -> Docx:
    """Copied from a page: the whole text is one paragraph with line breaks."""
    lines = [
        "社区食堂开到家门口",
        "近日，柳塘社区食堂正式营业。",
        "首日接待老人120人次。",
        "老人就餐享八折优惠。",
        "食堂由社区与企业共建。",
        "（柳塘社区供稿）",
    ]
    inner = wps.run("<w:br/>").join(wps.runs(line) for line in lines)
    return Docx(wps.p(inner, ppr=CENTRED), styles=styles(("1", "Normal", "")))


@paper("word-sections", "方案（横向附表）.docx")
def sections() -> Docx:
    """A section break in the middle, a landscape page, column breaks."""
    section = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    body = (
        word.p("抗旱应急供水方案", ppr=CENTRED)
        + word.p("按照“先生活、后生产”原则调度水源。")
        + word.p("", ppr=section)
        + word.p(word.run('<w:br w:type="page"/>'), "附件1")
        + word.table(word.row("水源", "日供水量"), word.row("柳塘水库", "1.2万立方米"), columns=2)
    )
    return Docx(body, styles=PLAIN)


@paper("word-strict", "严格格式.docx")
def strict() -> bytes:
    """Saved by Word as “Strict Open XML”: other names for every namespace."""
    docx = Docx(word.p("春季植树活动小结", ppr=CENTRED) + word.p("共植树1500株。"), styles=PLAIN)
    return zipped({name: made_strict(data) for name, data in parts_of(docx).items()})


def made_strict(data: bytes) -> bytes:
    for transitional, named in (
        (b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"wordprocessingml/main"),
        (b"schemas.openxmlformats.org/officeDocument/2006/", b"officeDocument/"),
    ):
        data = data.replace(transitional, b"purl.oclc.org/ooxml/" + named)
    return data


@paper("wps-named-wps", "年终总结.wps")
def named_wps() -> Docx:
    """WPS lets people keep the ending .wps over a file that is a .docx inside."""
    body = wps.p("个人年终总结", ppr=CENTRED) + wps.p("一年来，撰写信息32篇，被采用9篇。")
    return Docx(body, styles=styles(("1", "Normal", "")))


@paper("word-backslashes", "转换件.docx")
def backslashes() -> bytes:
    """Made by a converter: part names with backslashes, no styles, UTF-16, attributes nobody knows."""
    docx = Docx(
        '<w:p w:rsidR="0"><w:r><w:t>转换得来的文件</w:t></w:r></w:p><w:p><w:r><w:t>  两端有空格  </w:t></w:r></w:p>'
    )
    files = parts_of(docx)
    text = files["word/document.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    files["word/document.xml"] = text.encode("utf-16")
    return zipped(
        {name.replace("/", "\\") if name.startswith("word") else name: data for name, data in files.items()}
    )


@paper("word-speech", "在信息宣传工作会上的讲话.docx")
def speech() -> Docx:
    body = (
        word.p("在全局信息宣传工作会议上的讲话", ppr=CENTRED)
        + word.p("（2026年2月26日）", ppr=CENTRED)
        + word.p("")
        + word.p("同志们：")
        + word.p("今天会议的主题是总结2025年工作，部署2026年任务。下面，我讲3点意见。")
        + word.p("一、肯定成绩，正视不足")
        + word.p("2025年，全局报送信息286篇，采用率31.5%，较上年提高4.2个百分点。")
        + word.p("二、突出重点，提升质量")
        + word.p("一是围绕中心抓信息。二是盯住问题抓信息。三是突出时效抓信息。")
        + word.p("三、加强领导，形成合力")
        + word.p("谢谢大家！")
    )
    return Docx(body, styles=PLAIN)


@paper("word-empty-inside", "空白稿.docx")
def empty_inside() -> Docx:
    return Docx(word.p("") + word.p(word.run("<w:br/>")) + word.p(""), styles=PLAIN)


def parts_of(docx: Docx) -> dict[str, bytes]:
    """The files of a package, unpacked again."""
    with ZipFile(BytesIO(docx.pack())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
