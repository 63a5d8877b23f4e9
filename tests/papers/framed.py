# ruff: noqa: E501 (raw markup stays on the lines it is written on)
"""Papers with tables, frames, pictures and text boxes."""

from __future__ import annotations

from tests.papers.dialects import Docx, Word, Wps, abstract, drawing, level, num, styles, text_box, vml_box
from tests.papers.registry import paper, png

word, wps = Word(), Wps()
CENTRED = '<w:jc w:val="center"/>'
PLAIN = styles(("a", "Normal", ""), ("a6", "caption", '<w:basedOn w:val="a"/>'))
SPAN_2 = '<w:gridSpan w:val="2"/>'
FIRST, NEXT = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@paper("word-table", "采用情况统计.docx")
def table() -> Docx:
    p, row = word.p, word.row
    body = (
        p("一季度信息采用情况", ppr=CENTRED)
        + p("现将一季度采用情况通报如下：")
        + word.table(
            row("单位", "报送篇数", "采用篇数", trpr="<w:tblHeader/>"),
            row("办公室", "25", "9"),
            row("水资源科", "12", ""),
            row("", "37", "9"),
        )
        + p("请各科室对照补短。")
    )
    return Docx(body, styles=PLAIN)


@paper("word-table-merged", "值班安排表.docx")
def table_merged() -> Docx:
    cell, row = word.cell, word.row
    body = word.p("国庆期间值班安排", ppr=CENTRED) + word.table(
        row(cell("日期", tcpr=FIRST), cell("人员", tcpr=SPAN_2)),
        row(cell("", tcpr=NEXT), "带班", "值班"),
        row(cell("10月1日", "（星期四）"), "陈某", "李某"),
        row(cell("10月2日"), "周某|副职", "吴某"),
        row("备注", trpr='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    return Docx(body, styles=PLAIN)


@paper("word-table-nested", "项目进展表.docx")
def table_nested() -> Docx:
    inner = word.table(word.row("一期", "完工"), word.row("二期", "在建"), columns=2) + word.p("")
    body = (
        word.p("重点项目进展", ppr=CENTRED)
        + word.table(
            word.row("项目", "进展"),
            word.row("灌区改造", word.cell(word.p("分期如下："), inner)),
            columns=2,
        )
        + word.table(word.row("合计", "1个"), columns=2)
        + word.p("数据截至3月底。")
    )
    return Docx(body, styles=PLAIN)


@paper("word-table-numbered", "问题清单.docx")
def table_numbered() -> Docx:
    """The first column counts itself; an image hides in a cell; a row is a content control."""
    docx = Docx("", styles=PLAIN, numbering=abstract(0, level(0, "decimal", "%1")) + num(1, 0))
    photo = docx.picture("image1.png", png(60, 40))
    order = word.cell(word.p("", num=(1, 0)))
    controlled = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{word.row(order, '台账不全', '已整改')}</w:sdtContent></w:sdt>"
    )
    docx.body = (
        word.p("督查问题清单", ppr=CENTRED)
        + word.table(
            word.row("序号", "问题", "整改情况"),
            word.row(order, "路面破损", word.cell(word.p("已修复", word.run(drawing(photo))))),
            controlled,
            word.row(order, "标识缺失", "整改中"),
        )
        + word.p("整改情况每周更新。")
    )
    return docx


@paper("word-frame", "领导讲话摘要.docx")
def frame() -> Docx:
    """A table of one cell around a whole passage, as people draw a box."""
    passage = word.cell("编者按：", "现将讲话要点摘录如下，供各单位学习。", "——编辑组")
    body = (
        word.p("讲话要点摘录", ppr=CENTRED)
        + word.table(word.row(passage), columns=1)
        + word.p("一要抓早抓小，二要落细落实。")
        + word.table(word.row("仅供内部学习交流"), columns=1)
    )
    return Docx(body, styles=PLAIN)


@paper("word-text-boxes", "工作动态.docx")
def text_boxes() -> Docx:
    """Written twice each (DrawingML and VML): to be read once. One box holds a table, one another box."""
    inner_box = word.p(word.run(text_box(word.p("框中之框。"))))
    body = (
        word.p("水务工作动态", word.run(text_box(word.p("第12期") + word.p("2026年4月8日"))), ppr=CENTRED)
        + word.p(word.run(text_box(word.p("编发：局办公室"))))
        + word.p("4月7日，全市水务系统视频会议召开。", word.run(text_box(inner_box)))
        + word.p(
            "会议部署三项任务。",
            word.run(vml_box(word.table(word.row("任务", "时限"), columns=2) + word.p(""))),
        )
        + word.p(word.run(text_box(word.p(""))), "会议强调安全。")
    )
    return Docx(body, styles=PLAIN)


@paper("word-word-art", "艺术字标题.docx")
def word_art() -> Docx:
    art = (
        '<w:pict><v:shape style="width:300pt;height:40pt"><v:textpath style="font-family:宋体" string="水韵青屏"/>'
        "</v:shape></w:pict>"
    )
    line = '<w:pict><v:line from="0,0" to="450pt,0" strokecolor="red"/></w:pict>'
    body = (
        word.p(word.run(art), ppr=CENTRED)
        + word.p(word.run(line))
        + word.p("节水宣传周活动方案", ppr=CENTRED)
        + word.p("活动定于3月22日启动。")
    )
    return Docx(body, styles=PLAIN)


@paper("word-pictures", "调研随笔.docx")
def pictures() -> Docx:
    docx = Docx("", styles=PLAIN)
    first = docx.picture("image1.png", png(120, 80))
    second = docx.picture("image2.png", png(30, 30, 90))
    vector = docx.picture("image3.emf", b"\x01\x00\x00\x00l\x00\x00\x00" + bytes(80))
    docx.external["rId99"] = "file:///C:/Users/User/Desktop/pic.jpg"
    caption = word.p("图 ", word.field("SEQ 图 \\* ARABIC", "1"), " 柳塘泵站现场[东侧]", style="a6")
    linked = drawing("rId99").replace("r:embed", "r:link")
    docx.body = (
        word.p("走进柳塘泵站", ppr=CENTRED)
        + word.p("清晨，泵站已经忙碌起来。")
        + word.p(word.run(drawing(first, "IMG_20260401.jpg")))
        + caption
        + word.p(word.run(drawing(second, "值班人员检查水位")), "工人正在检查水位。")
        + word.p("巡查之后，", word.run(drawing(first)), "记录在册。")
        + word.p(word.run(drawing(vector)))
        + word.p(word.run(linked))
        + word.p("全天运行正常。")
    )
    return docx


@paper("wps-pictures", "走访慰问.docx")
def wps_pictures() -> Docx:
    """WPS names the file in the alternative text, groups pictures, and still writes some of them as VML."""
    docx = Docx("", styles=styles(("1", "Normal", "")))
    first = docx.picture("image1.png", png(64, 48))
    second = docx.picture("image2.png", png(48, 64, 120))
    group = (
        '<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing><wp:anchor><wp:docPr id="3" name="组合 3"/>'
        "<a:graphic><a:graphicData><wpg:wgp><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{first}"/></pic:blipFill></pic:pic><wps:wsp><wps:txbx><w:txbxContent>{wps.p("慰问现场")}'
        "</w:txbxContent></wps:txbx></wps:wsp></wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:group><v:shape><v:imagedata r:id="{first}"/></v:shape></v:group></w:pict></mc:Fallback>'
        "</mc:AlternateContent>"
    )
    vml = f'<w:pict><v:shape alt="微信图片_20260118.png"><v:imagedata r:id="{second}" o:title=""/></v:shape></w:pict>'
    docx.body = (
        wps.p("局领导走访慰问困难职工", ppr=CENTRED)
        + wps.p("1月18日，局领导走访慰问困难职工5户。")
        + wps.p(wps.run(group))
        + wps.p(wps.run(vml))
        + wps.p("（文/图 张某）")
    )
    return docx


@paper("wps-letterhead", "政务信息第7期.docx")
def letterhead() -> Docx:
    """A journal's head: name, number and date in a table without lines, a red line drawn below."""
    red = '<w:color w:val="FF0000"/>'
    line = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="9" name="直接连接符 9"/>'
        "<a:graphic><a:graphicData><wps:wsp><wps:cNvCnPr/><wps:spPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:line from="0,0" to="442pt,0"/></w:pict></mc:Fallback></mc:AlternateContent>'
    )
    body = (
        wps.p(wps.runs("政 务 信 息", red), ppr=CENTRED)
        + wps.p("第7期（总第215期）", ppr=CENTRED)
        + wps.table(wps.row("澄湖区水务局办公室编", "2026年5月12日"), columns=2)
        + wps.p(wps.run(line))
        + wps.p("我区创新推行“河湖日记”巡护机制", ppr=CENTRED)
        + wps.p("今年以来，我区以“河湖日记”为抓手，推动巡河由“走过”变“管好”。")
        + wps.p("报：区委办公室，区人民政府办公室。")
        + wps.p("发：各镇（街道）。　　　　　　（共印30份）")
    )
    return Docx(body, styles=styles(("1", "Normal", "")))
