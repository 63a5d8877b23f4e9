# ruff: noqa: E501 (raw markup stays on the lines it is written on)
"""Papers that people have worked in: revisions, comments, notes, fields, hidden words, headers."""

from __future__ import annotations

from tests.papers.dialects import Docx, Word, Wps, styles
from tests.papers.registry import paper

word, wps = Word(), Wps()
CENTRED = '<w:jc w:val="center"/>'
BY = 'w:id="1" w:author="审改人" w:date="2026-03-02T09:00:00Z"'
PLAIN = styles(("a", "Normal", ""))


def inserted(inner: str) -> str:
    return f"<w:ins {BY}>{inner}</w:ins>"


def deleted(inner: str) -> str:
    return f"<w:del {BY}>{inner.replace('<w:t', '<w:delText').replace('</w:t>', '</w:delText>')}</w:del>"


@paper("word-revisions", "修改稿（带修订）.docx")
def revisions() -> Docx:
    """Words put in, taken out and moved; a joined paragraph, a row taken out, a changed format."""
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    moved_away = f"<w:moveFrom {BY}>{word.runs('会议由局长主持。')}</w:moveFrom>"
    moved_here = f"<w:moveTo {BY}>{word.runs('会议由局长主持。')}</w:moveTo>"
    changed = f"<w:b/><w:rPrChange {BY}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    body = (
        word.p("关于", inserted(word.runs("进一步")), "加强安全生产的意见", ppr=CENTRED)
        + word.p(
            "全年实现",
            deleted(word.runs("零")),
            inserted(word.runs("“零")),
            "事故",
            inserted(word.runs("”")),
            "目标。",
        )
        + word.p(moved_away, "会议传达了文件精神。")
        + word.p(deleted(word.runs("（此段删去）")), ppr=mark)
        + word.p("各单位要", ppr=mark)
        + word.p("逐级落实责任。", word.runs("重点抓好三项工作。", changed))
        + word.p(moved_here)
        + word.table(
            word.row("事项", "时限"),
            word.row("自查", "3月", trpr=f"<w:del {BY}/>"),
            word.row("整改", "4月", trpr=f"<w:ins {BY}/>"),
            columns=2,
        )
        + f"<w:ins {BY}>{word.p('以上意见，请遵照执行。')}</w:ins>"
    )
    return Docx(body, styles=PLAIN)


@paper("wps-revisions", "领导审改稿.docx")
def wps_revisions() -> Docx:
    """WPS writes one revision for each piece typed, and comments whose range lies inside a revision."""
    comment = word.run("<w:annotationRef/>")
    docx = Docx("", styles=styles(("1", "Normal", "")))
    note = f'<w:comment w:id="0" w:author="刘某" w:initials="L">{wps.p(comment, "数据请核实，秘密级材料不得引用。")}</w:comment>'
    docx.xml("comments.xml", "comments", note)
    reference = '<w:commentRangeEnd w:id="0"/>' + wps.run('<w:commentReference w:id="0"/>')
    docx.body = (
        wps.p("我区多措并举稳就业", ppr=CENTRED)
        + wps.p(
            "一季度，全区城镇新增就业", deleted(wps.runs("1")), deleted(wps.runs("200")),
            inserted('<w:commentRangeStart w:id="0"/>' + wps.runs("1")), inserted(wps.runs("260")), reference, "人。",
        )
        + wps.p("组织招聘会", inserted(wps.runs("12")), "场。")
    )  # fmt: skip
    return docx


@paper("word-fields", "数据简报.docx")
def fields() -> Docx:
    link = f'<w:hyperlink r:id="rId80">{word.runs("青屏市政府网站", "<w:u w:val=" + chr(34) + "single" + chr(34) + "/>")}</w:hyperlink>'
    nested = word.field("IF 1 = 1", word.field("DATE \\@ yyyy年M月d日", "2026年4月3日"))
    body = (
        word.p("经济运行简报", ppr=CENTRED)
        + word.p("截至", nested, "，全市规上工业增加值增长", word.field("=6.1", "6.1%"), "。")
        + word.p("详见", link, "，参见", f'<w:hyperlink w:anchor="_Toc1">{word.runs("第二部分")}</w:hyperlink>', "。")
        + word.p("如图", f'<w:fldSimple w:instr=" REF _Ref1 ">{word.runs("1")}</w:fldSimple>', "所示。")
        + word.p("标引", word.field("XE 工业", ""), "不印出，", word.field("AUTOTEXT 空", ""), "亦空。")
        + word.p("第", word.run('<w:fldChar w:fldCharType="begin"/>'), word.run("<w:instrText> eq \\o\\ac(○,3)</w:instrText>"),
                 word.run('<w:fldChar w:fldCharType="end"/>'), "项指标。")
    )  # fmt: skip
    docx = Docx(body, styles=PLAIN)
    docx.external["rId80"] = "http://www.example.cn/"
    return docx


@paper("word-contents", "专题报告（带目录）.docx")
def contents() -> Docx:
    """A table of contents in a content control, a second one as a bare field over several paragraphs."""
    entry = word.p("一、基本情况", word.run("<w:tab/>"), "1", style="TOC1")
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{word.p('目录')}{entry}</w:sdtContent></w:sdt>"
    )
    begin = word.run('<w:fldChar w:fldCharType="begin"/>') + word.run("<w:instrText> TOC \\o </w:instrText>")
    begin += word.run('<w:fldChar w:fldCharType="separate"/>')
    bare = (
        word.p(begin, "二、主要问题", word.run("<w:tab/>"), word.field("PAGEREF _Toc2", "3"))
        + word.p("三、对策建议", word.run("<w:tab/>"), "5")
        + word.p(word.run('<w:fldChar w:fldCharType="end"/>'))
    )
    sheet = PLAIN + styles(("1", "heading 1", ""), ("2", "heading 2", ""))
    body = (
        word.p("农村饮水安全专题报告", ppr=CENTRED)
        + control
        + bare
        + word.p("一、基本情况", style="1")
        + word.p("供水工程", style="2")
        + word.p("全区共有供水工程46处。")
        + word.p("附录", style="1")
    )
    return Docx(body, styles=sheet)


@paper("word-notes", "理论文章.docx")
def notes() -> Docx:
    docx = Docx("", styles=PLAIN)
    footnote = word.run("<w:footnoteRef/>")
    docx.xml(
        "footnotes.xml",
        "footnotes",
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{word.p(footnote, " 数据来源：区统计局年报。")}</w:footnote>'
        f'<w:footnote w:id="2">{word.p(footnote, " 见《工作通讯》2025年第3期。")}{word.p("另见附表。")}</w:footnote>',
    )
    docx.xml(
        "endnotes.xml",
        "endnotes",
        f'<w:endnote w:id="1">{word.p(word.run("<w:endnoteRef/>"), " 引文有删节。")}</w:endnote>',
    )
    raised = '<w:vertAlign w:val="superscript"/>'
    docx.body = (
        word.p("让数据多跑路", ppr=CENTRED)
        + word.p("全区办件量同比增长18%", word.run('<w:footnoteReference w:id="1"/>', raised), "。")
        + word.p("“高效办成一件事”", word.run('<w:endnoteReference w:id="1"/>', raised), "经验见刊",
                 word.run('<w:footnoteReference w:id="2"/>', raised), "。")
        + word.p("（作者单位：区政务服务中心）")
    )  # fmt: skip
    return docx


@paper("word-headers", "内部参阅.docx")
def headers() -> Docx:
    """A header with a mark, a watermark, a footer with the page number alone."""
    docx = Docx("", styles=PLAIN)
    watermark = '<w:pict><v:shape><v:textpath string="内部资料 注意保存"/></v:shape></w:pict>'
    docx.xml("header1.xml", "header", word.p("内部参阅·第3期") + word.p(word.run(watermark)))
    docx.xml("footer1.xml", "footer", word.p("— ", word.field("PAGE", "1"), " —"))
    docx.xml(
        "footer2.xml",
        "footer",
        word.p("第 ", word.field("PAGE", "2"), " 页 共 ", word.field("NUMPAGES", "2"), " 页"),
    )
    docx.section = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{docx.id_of("header1.xml")}"/></w:sectPr>'
    )
    docx.body = word.p("关于涉企收费的几点反映", ppr=CENTRED) + word.p("部分企业反映检测费偏高。")
    return docx


@paper("word-hidden", "汇报材料.docx")
def hidden() -> Docx:
    """Hidden by itself, by a character style, by a paragraph style, and shown again against its style."""
    sheet = (
        PLAIN
        + styles(("h", "隐藏段", "<w:rPr><w:vanish/></w:rPr>"))
        + '<w:style w:type="character" w:styleId="hc"><w:name w:val="隐藏字"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = (
        word.p("春灌工作汇报", ppr=CENTRED)
        + word.p("已灌溉农田3.2万亩", word.runs("（去年同期3.5万亩）", "<w:vanish/>"), "。")
        + word.p("此段不对外。", style="h")
        + word.p(word.runs("照常显示。", '<w:vanish w:val="0"/>'), style="h")
        + word.p(
            "完成投资",
            word.runs("约", '<w:rStyle w:val="hc"/>'),
            "1200万元，",
            word.runs("旧数据已作废", "<w:strike/>"),
            "。",
        )
    )
    return Docx(body, styles=sheet)


@paper("word-controls", "信息报送表.docx")
def controls() -> Docx:
    """Content controls, a prompt nobody answered, tick boxes old and new, a smart tag."""

    def control(properties: str, inner: str) -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    old_box = (
        word.run('<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
                 "</w:ffData></w:fldChar>")
        + word.run("<w:instrText> FORMCHECKBOX </w:instrText>")
        + word.run('<w:fldChar w:fldCharType="separate"/>')
        + word.run('<w:fldChar w:fldCharType="end"/>')
    )  # fmt: skip
    unticked = old_box.replace("<w:checked/>", "")
    prompt = control("<w:showingPlcHdr/>", word.runs("单击此处输入文字。"))
    tag = f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate"><w:smartTagPr/>{word.runs("2026年3月3日")}</w:smartTag>'
    body = (
        word.p("信息报送登记", ppr=CENTRED)
        + control('<w:alias w:val="单位"/>', word.p("报送单位：", control("<w:text/>", word.runs("办公室"))))
        + word.p("报送时间：", tag)
        + word.p("审核意见：", prompt)
        + word.p(
            "类别：",
            old_box,
            "动态　",
            unticked,
            "经验　",
            control("<w14:checkbox/>", word.run('<w:sym w:font="Wingdings 2" w:char="F052"/>')),
            "问题",
        )
        + control("<w:showingPlcHdr/>", word.p("在此键入正文。"))
    )
    return Docx(body, styles=PLAIN)


@paper("word-signs", "技术简报.docx")
def signs() -> Docx:
    """Signs of symbol fonts, raised and lowered figures, tabs, hyphens, old breaks, pronunciation."""
    raised, lowered = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    private = '<w:r><w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr><w:t>\uf0b3</w:t></w:r>'
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{word.runs('dìng')}</w:rt><w:rubyBase>{word.runs('碇')}</w:rubyBase></w:ruby>"
    body = (
        word.p("水质监测技术简报", ppr=CENTRED)
        + word.p(
            word.run('<w:sym w:font="Wingdings" w:char="F0FC"/>'),
            "水面面积12.6km",
            word.runs("2", raised),
            "，CO",
            word.runs("2", lowered),
            "达标。",
        )
        + word.p("溶解氧", private, "6mg/L", word.run('<w:sym w:font="Wingdings" w:char="F0F5"/>'))
        + word.p(
            "甲方",
            word.run("<w:tab/>"),
            "乙方",
            word.run("<w:ptab/>"),
            "编号A",
            word.run("<w:noBreakHyphen/>"),
            "12",
        )
        + word.p(
            "注",
            word.runs("见表", raised),
            "：采样点",
            word.run("<w:cr/>"),
            "共9个",
            word.run(ruby),
            "石村。",
        )
        + word.p("甲", word.run('<w:br w:type="page"/>'), "乙", word.run('<w:br w:type="page"/>'))
    )
    return Docx(body, styles=PLAIN)


@paper("word-formula", "测算说明.docx")
def formula() -> Docx:
    def r(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{r('a+b')}</m:num><m:den>{r('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{r('x')}</m:e><m:sup>{r('2')}</m:sup></m:sSup>"
    index = f"<m:sSub><m:e>{r('q')}</m:e><m:sub>{r('max')}</m:sub></m:sSub>"
    root = f"<m:rad><m:radPr/><m:deg/><m:e>{r('n')}</m:e></m:rad>"
    body = (
        word.p("用水量测算说明", ppr=CENTRED)
        + word.p("平均值按", f"<m:oMath>{r('y=')}{fraction}</m:oMath>", "计算。")
        + f"<m:oMathPara><m:oMath>{power}{r('+')}{index}{r('=')}{root}</m:oMath></m:oMathPara>"
        + word.p("其中，n为样本数。")
    )
    return Docx(body, styles=PLAIN)


@paper("word-objects", "形势分析.docx")
def objects() -> Docx:
    def graphic(inner: str) -> str:
        return word.run(
            f'<w:drawing><wp:inline><wp:docPr id="2" name="g"/><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing>'
        )

    body = (
        word.p("一季度形势分析", ppr=CENTRED)
        + word.p("增速见下图。")
        + word.p(graphic('<c:chart r:id="rId50"/>'))
        + word.p(graphic('<dgm:relIds r:dm="rId51"/>'))
        + word.p(
            "附表如下：",
            word.run(
                '<w:object><v:shape><v:imagedata r:id="rId52"/></v:shape><o:OLEObject Type="Embed"/></w:object>'
            ),
        )
        + '<w:altChunk r:id="rId53"/>'
        + word.p("总体平稳。")
    )
    return Docx(body, styles=PLAIN)
