"""How a text stands on paper: measures as data, each with its source.

Lengths are twips (1/1440 inch), type sizes half points, both as WordprocessingML counts.
"""

from __future__ import annotations

from dataclasses import dataclass


def millimetres(length: float) -> int:
    """Twips."""
    return round(length * 1440 / 25.4)


def points(length: float) -> int:
    """Twips."""
    return round(length * 20)


@dataclass(frozen=True)
class Face:
    """A type face: the font's name and its size in half points."""

    font: str
    size: int
    bold: bool = False

    @property
    def em(self) -> int:
        """The width of one Han character in twips."""
        return self.size * 10


@dataclass(frozen=True)
class Page:
    """Paper and margins; `footer` is the distance from the paper's edge to the page number's foot."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        return self.height - self.top - self.bottom


@dataclass(frozen=True)
class Layout:
    """One way to set a text. `headings` are the faces of levels 1 to 4 (一、 （一） 1. （1）).

    `line` is the distance of lines in twips, exact; `squeeze` is taken off after every character;
    `indent` is how many characters a paragraph begins further right. With `official_ends` the addressee
    stands flush, signature and date stand right and pages are numbered outside.
    """

    source: str
    page: Page
    title: Face
    body: Face
    headings: tuple[Face, Face, Face, Face]
    table: Face
    page_number: Face
    line: int
    table_line: int
    squeeze: int = 0
    indent: int = 2
    official_ends: bool = False


A4 = (millimetres(210), millimetres(297))

# GB/T 9704—2012 《党政机关公文格式》. Names of clauses after each figure; 3号 is 16 pt, 2号 22 pt, 4号 14 pt.
_TEXT_WIDTH, _TEXT_HEIGHT = millimetres(156), millimetres(225)  # 5.2.1 版心
_TOP, _LEFT = millimetres(37), millimetres(28)  # 5.2.1 天头、订口
_BOTTOM = A4[1] - _TOP - _TEXT_HEIGHT
_LINES, _CHARACTERS = 22, 28  # 5.2.3 行数和字数
_SIZE_2, _SIZE_3, _SIZE_4 = 44, 32, 28

OFFICIAL = Layout(
    source="GB/T 9704—2012",
    page=Page(
        *A4,  # 5.1 幅面尺寸
        top=_TOP,
        right=A4[0] - _LEFT - _TEXT_WIDTH,
        bottom=_BOTTOM,
        left=_LEFT,
        footer=_BOTTOM - millimetres(7) - points(14),  # 7.5 页码: 7 mm below the text, 4号 high
    ),
    title=Face("方正小标宋简体", _SIZE_2),  # 7.3.1 标题: 2号小标宋
    body=Face("仿宋_GB2312", _SIZE_3),  # 5.2.2 字体和字号
    headings=(
        Face("黑体", _SIZE_3),  # 7.3.3 正文: 第一层黑体
        Face("楷体_GB2312", _SIZE_3),  # 7.3.3 正文: 第二层楷体
        Face("仿宋_GB2312", _SIZE_3),  # 7.3.3 正文: 第三层和第四层仿宋
        Face("仿宋_GB2312", _SIZE_3),
    ),
    table=Face("仿宋_GB2312", _SIZE_4),  # house practice: one size below the text
    page_number=Face("宋体", _SIZE_4),  # 7.5 页码: 4号半角宋体
    line=_TEXT_HEIGHT // _LINES,
    table_line=points(20),
    # 28 characters of 16 pt are 448 pt wide, the text 442 pt: each gives way a quarter of a point. A grid of
    # characters would do the same in Word and WPS, but LibreOffice then sets 14 of them on a line.
    squeeze=-(-(_CHARACTERS * _SIZE_3 * 10 - _TEXT_WIDTH) // _CHARACTERS),
    official_ends=True,
)

PLAIN = Layout(
    source="house practice: a draft to write in",
    page=Page(
        *A4,
        top=millimetres(25.4),
        right=millimetres(28),
        bottom=millimetres(25.4),
        left=millimetres(28),
        footer=millimetres(15),
    ),
    title=Face("黑体", 36),
    body=Face("宋体", 28),
    headings=(Face("黑体", 28), Face("宋体", 28, bold=True), Face("宋体", 28), Face("宋体", 28)),
    table=Face("宋体", 24),
    page_number=Face("宋体", 24),
    line=points(26),
    table_line=points(18),
)

LAYOUTS = {"plain": PLAIN, "official": OFFICIAL}

TABLE_HEAD_FONT = "黑体"

SUBSTITUTES = {
    "方正小标宋简体": "小标宋",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "宋体": "SimSun",
    "黑体": "SimHei",
}
"""The name under which a machine may have a font that lacks the one named (Windows, UOS and 麒麟 differ)."""
