# ruff: noqa: E501 (raw markup stays on the lines it is written on)
"""Papers whose numbers are automatic."""

from __future__ import annotations

from tests.papers.dialects import Docx, Word, Wps, abstract, level, num, restart, styles
from tests.papers.registry import paper

word, wps = Word(), Wps()
CENTRED = '<w:jc w:val="center"/>'
RIGHT = '<w:jc w:val="right"/>'
FOUR_LEVELS = abstract(
    0,
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
)
PLAIN = styles(("a", "Normal", ""))


@paper("word-notice-numbered", "关于开展夏季防汛检查的通知.docx")
def notice() -> Docx:
    p = word.p
    body = (
        p("关于开展夏季防汛安全检查的通知", ppr=CENTRED)
        + p("")
        + p("局属各单位、机关各科室：")
        + p("为做好2026年防汛工作，现就开展安全检查有关事项通知如下。")
        + p("检查范围", num=(1, 0))
        + p("办公区域", num=(1, 1))
        + p("办公楼地下车库和配电间。", num=(1, 2))
        + p("档案室、机房等重点部位。", num=(1, 2))
        + p("检查防水挡板是否到位。", num=(1, 3))
        + p("检查水泵能否正常启动。", num=(1, 3))
        + p("在建工地", num=(1, 1))
        + p("深基坑和边坡。", num=(1, 2))
        + p("工作要求", num=(1, 0))
        + p("各单位要明确专人负责。", num=(1, 1))
        + p("检查情况于6月20日前报局办公室。", num=(1, 1))
        + p("附件：1.检查清单")
        + p("青屏市水务局", ppr=RIGHT)
        + p("2026年6月5日", ppr=RIGHT)
    )
    return Docx(body, styles=PLAIN, numbering=FOUR_LEVELS + num(1, 0))


@paper("word-headings-numbered", "年度工作总结.docx")
def headings_numbered() -> Docx:
    """The list hangs on the heading styles; no paragraph names it."""
    linked = '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>'
    deeper = linked.replace("<w:numId", '<w:ilvl w:val="1"/><w:numId')
    sheet = styles(
        ("a", "Normal", ""),
        ("1", "heading 1", f'<w:basedOn w:val="a"/>{linked}'),
        ("2", "heading 2", f'<w:basedOn w:val="a"/>{deeper}'),
        ("21", "小节", '<w:basedOn w:val="2"/>'),
        ("a3", "Title", f'<w:basedOn w:val="a"/><w:pPr>{CENTRED}</w:pPr>'),
    )
    numbering = abstract(
        4,
        level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="1"/><w:suff w:val="nothing"/>'),
        level(1, "chineseCountingThousand", "（%2）", '<w:pStyle w:val="2"/><w:suff w:val="nothing"/>'),
    ) + num(3, 4)
    p = word.p
    body = (
        p("2025年度信息宣传工作总结", style="a3")
        + p("一年来，全局上下把信息宣传摆在重要位置。")
        + p("主要做法", style="1")
        + p("压实责任链条", style="2")
        + p("建立主要负责人审改制度，全年审改稿件126篇。")
        + p("抓好队伍建设", style="21")
        + p("举办培训班3期，参训82人次。")
        + p("存在问题", style="1")
        + p("问题建议类信息偏少", style="2")
        + p("全年仅报送11篇，占比不足一成。")
        + p("下步打算", style="1")
    )
    return Docx(body, styles=sheet, numbering=numbering)


@paper("word-lists-restarted", "会议纪要.docx")
def lists_restarted() -> Docx:
    """Two instances of one definition: the second begins anew, the first then goes on from there."""
    numbering = abstract(7, level(0, "decimal", "%1.")) + num(1, 7) + num(2, 7, restart(0))
    p = word.p
    body = (
        p("石埠镇党政联席会议纪要", ppr=CENTRED)
        + p("会议研究了以下事项：")
        + p("关于柳塘社区路灯改造。", num=(1, 0))
        + p("2026年预算调整。", num=(1, 0))
        + p("关于值班安排。", num=(1, 0))
        + p("会议议定：")
        + p("由城建办牵头，4月底前完工。", num=(2, 0))
        + p("由财政所按程序办理。", num=(2, 0))
        + p("由党政办另行通知。", num=(1, 0))
        + p("会议要求，各办所要抓好落实。", num=(0, 0))
    )
    return Docx(body, styles=PLAIN, numbering=numbering)


@paper("word-list-by-link", "调研提纲.docx")
def list_by_link() -> Docx:
    """The definition points to a list style, and that to the definition with the levels."""
    numbering = (
        abstract(0, extra='<w:numStyleLink w:val="a5"/>')
        + abstract(
            1,
            level(0, "japaneseCounting", "第%1条", '<w:suff w:val="space"/>'),
            level(1, "decimalEnclosedCircleChinese", "%2", '<w:suff w:val="nothing"/>'),
            extra='<w:styleLink w:val="a5"/>',
        )
        + num(1, 0)
        + num(2, 1)
    )
    sheet = (
        PLAIN
        + '<w:style w:type="numbering" w:styleId="a5"><w:name w:val="条款"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    p = word.p
    body = (
        p("基层减负专题调研提纲", ppr=CENTRED)
        + p("调研对象为乡镇（街道）和村（社区）。", num=(1, 0))
        + p("镇干部；", num=(1, 1))
        + p("村干部；", num=(1, 1))
        + p("驻村工作队。", num=(1, 1))
        + p("调研采取座谈、走访方式。", num=(1, 0))
        + p("不提前打招呼。", num=(1, 1))
    )
    return Docx(body, styles=sheet, numbering=numbering)


@paper("word-legal-numbering", "管理办法（试行）.docx")
def legal_numbering() -> Docx:
    """Chapters in Han numbers, articles that count through all of them, clauses in Arabic whatever the level above."""
    numbering = abstract(
        0,
        level(0, "chineseCountingThousand", "第%1章 "),
        level(1, "chineseCountingThousand", "第%2条 ", '<w:lvlRestart w:val="0"/>', start=1),
        level(2, "decimal", "%1.%3 ", "<w:isLgl/>"),
    ) + num(1, 0)
    p = word.p
    body = (
        p("信息报送管理办法（试行）", ppr=CENTRED)
        + p("总则", num=(1, 0))
        + p("为规范信息报送工作，制定本办法。", num=(1, 1))
        + p("本办法适用于局机关和直属单位。", num=(1, 1))
        + p("报送要求", num=(1, 0))
        + p("信息应当真实、准确、及时。", num=(1, 1))
        + p("真实，即事实有据；", num=(1, 2))
        + p("准确，即数字可核。", num=(1, 2))
        + p("附则", num=(1, 0))
        + p("本办法自印发之日起施行。", num=(1, 1))
    )
    return Docx(body, styles=PLAIN, numbering=numbering)


@paper("word-bullets", "重点任务清单.docx")
def bullets() -> Docx:
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr>'
    symbol = wingdings.replace("Wingdings", "Symbol")
    numbering = (
        abstract(0, level(0, "bullet", "\uf06c").replace("</w:lvl>", wingdings + "</w:lvl>"))
        + abstract(1, level(0, "bullet", "\uf0b7").replace("</w:lvl>", symbol + "</w:lvl>"))
        + abstract(2, level(0, "bullet", "—"))
        + abstract(3, level(0, "none", ""))
        + num(1, 0)
        + num(2, 1)
        + num(3, 2)
        + num(4, 3)
    )
    p = word.p
    body = (
        p("一季度重点任务清单", ppr=CENTRED)
        + p("完成旧城区雨污分流改造", num=(1, 0))
        + p("5G基站建设", num=(1, 0))
        + p("推进数字档案馆建设", num=(2, 0))
        + p("责任单位：档案科", num=(3, 0))
        + p("以上任务纳入月调度。", num=(4, 0))
    )
    return Docx(body, styles=PLAIN, numbering=numbering)


@paper("word-strange-numbers", "通讯录说明.docx")
def strange_numbers() -> Docx:
    """Forms that few use, one that nobody here knows, and a list that is not defined at all."""
    forms = [
        ("upperRoman", "%1."), ("lowerLetter", "%1)"), ("chineseLegalSimplified", "%1、"), ("ideographTraditional", "%1."),
        ("decimalEnclosedParen", "%1"), ("decimalZero", "%1."), ("decimalFullWidth", "%1．"), ("thaiLetters", "%1."),
    ]  # fmt: skip
    numbering = "".join(
        abstract(key, level(0, form, text, start=9)) + num(key, key)
        for key, (form, text) in enumerate(forms, 1)
    )
    lines = "".join(
        word.p("Alpha组" if key % 2 else "乙组", num=(key, 0)) for key in range(1, len(forms) + 1)
    )
    body = word.p("值班分组说明", ppr=CENTRED) + lines + word.p("没有定义的编号。", num=(77, 0))
    # Word writes every abstract definition before the instances; some converters do not.
    return Docx(body, styles=PLAIN, numbering=numbering)


@paper("wps-notice", "关于报送信息要点的通知.docx")
def wps_notice() -> Docx:
    numbering = (
        abstract(0, level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>'))
        + abstract(1, level(0, "chineseCounting", "（%1）", '<w:suff w:val="nothing"/>'))
        + num(1, 0)
        + num(2, 1)
        + num(3, 1, restart(0))
    )
    p = wps.p
    body = (
        p("澄湖区农业农村局办公室", style="2", ppr=CENTRED)
        + p("关于报送二季度信息要点的通知", style="2", ppr=CENTRED)
        + p("")
        + p("各镇农业服务中心，局机关各科室：")
        + p("根据区里要求，现将二季度信息要点印发给你们，请结合实际抓好报送。")
        + p("重点内容", num=(1, 0))
        + p("春耕备耕进展。", num=(2, 0))
        + p("农资保供稳价情况。", num=(2, 0))
        + p("有关要求", num=(1, 0))
        + p("每镇每月不少于2篇。", num=(3, 0))
        + p("联系人：王某某，电话：0000-1234567。", num=(3, 0))
    )
    sheet = styles(("1", "Normal", ""), ("2", "heading 1", '<w:basedOn w:val="1"/><w:next w:val="1"/>'))
    return Docx(body, styles=sheet, numbering=numbering)


@paper("wps-numbers-typed", "情况报告.docx")
def numbers_typed() -> Docx:
    """Nothing is automatic: indents are full-width blanks, numbers are typed, blanks stand doubled."""
    p = wps.p
    body = (
        p("关于秸秆禁烧工作情况的报告", ppr=CENTRED)
        + p("区人民政府：")
        + p("　　5月以来，全镇出动巡查人员320人次，未发现露天焚烧现象。")
        + p("　　一、主要做法")
        + p("    （一）网格包保。  划分网格46个。")
        + p("　　1．入户宣传")
        + p("　　（1）发放明白纸1.2万份；")
        + p("　　二、下步安排")
        + p("　　持续巡查。")
        + p("石埠镇人民政府　　　　", ppr=RIGHT)
        + p("2026年6月18日　　　　", ppr=RIGHT)
    )
    return Docx(body, styles=styles(("1", "Normal", "")))
