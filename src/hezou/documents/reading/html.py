"""Pasted rich text: the HTML that Word, WPS and browsers put on the clipboard.

Nothing of it is kept but words, tables and the pictures it carries inside; no address in it is ever visited.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from hezou.documents import messages as say
from hezou.documents.limits import LIMITS, MEGABYTE, Limits
from hezou.documents.reading.model import Figure, Flow, Gatherer, Line, Reading
from hezou.documents.reading.numbering import Number
from hezou.documents.reading.numerals import format_number
from hezou.documents.reading.package import measure_markup
from hezou.documents.reading.symbols import bullet, is_symbol_font, script, sign
from hezou.kernel.errors import Refused, TooLarge
from hezou.kernel.messages import Code
from hezou.kernel.text import heading_level

_CONDITION = re.compile(r"<!\[ ?(?:if|endif)[^\]>]{0,200}\] ?>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OBJECTS = frozenset({"iframe", "object", "embed", "svg", "math", "audio", "video", "canvas"})
_SKIPPED = _OBJECTS | {
    "head", "style", "script", "title", "meta", "link", "xml", "template", "noscript",
    "select", "option", "textarea", "button", "input",
}  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
    "section", "article", "header", "footer", "main", "aside", "nav", "address", "figure", "figcaption",
    "form", "fieldset", "center", "table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "body",
    "hr",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2026\u2014"
_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK, _TAB = "\v", "\x1f"
"""Stand for a line break and a tab while a line is put together; no HTML text holds them."""
_LIST_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand", "trad-chinese-informal": "chineseCountingThousand",
}  # fmt: skip
_HAN_FORM = "chineseCountingThousand"
_MOST_ROWS = 10_000
_ADDRESS = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)
_NOTED: dict[str, Code] = {"s": say.STRUCK_KEPT, "strike": say.STRUCK_KEPT, "ins": say.REVISIONS_ACCEPTED}


def read_html(html: str, *, limits: Limits = LIMITS) -> Reading:
    """Read pasted rich text. Raises TooLarge beyond the limits, Refused for nesting too deep to be read."""
    gatherer = Gatherer(limits)
    html = gatherer.without_untext(html)
    size = len(html.encode())
    if size > limits.xml:
        raise TooLarge(say.PASTE_TOO_LARGE(size=-(-size // MEGABYTE), limit=limits.xml // MEGABYTE))
    data = _CONDITION.sub("", _DECLARATION.sub("", html)).encode()
    measure_markup(data, limits)
    if not data.strip():
        return gatherer.finish([])
    parser = lxml_html.HTMLParser(no_network=True, remove_pis=True, remove_comments=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except etree.ParserError:
        return gatherer.finish([])
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Refused(say.PASTE_TOO_DEEP())
    return gatherer.finish(_HtmlReader(gatherer).read(root))


@dataclass
class _List:
    """An open ol or ul: the form of its numbers (None for bullets) and the last number given."""

    form: str | None
    last: int


@dataclass
class _Table:
    """An open table: the cells of its rows so far, which columns rows above still cover, what stands around.

    `outside` gathers what is in the table but in no cell (its caption); `outer` is the flow it stands in.
    """

    outer: Flow
    outside: Flow = field(default_factory=list)
    rows: list[list[Flow]] = field(default_factory=lambda: [[]])
    covered: dict[int, int] = field(default_factory=dict)

    def fill_covered(self, gatherer: Gatherer) -> None:
        """Empty cells up to the next column that is free."""
        while self.covered.get(len(self.rows[-1]), 0) > 0:
            self.rows[-1].append([])
            gatherer.take("|")


class _HtmlReader:
    """Walks the tree once, without recursion, and appends lines, tables and pictures to the flow."""

    def __init__(self, gatherer: Gatherer) -> None:
        self._gatherer = gatherer
        self._flow: Flow = []
        self._pieces: list[str] = []
        self._label = ""
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._preformatted = 0
        self._shift: list[bool] = []
        self._before_title = True
        self._is_caption = False
        self._is_centred = False

    def read(self, root: etree._Element) -> Flow:
        """The flow of the whole document."""
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "end":
                if element is not skipped:
                    self._close(element)
                self._text(element.tail)
            elif self._leaves_out(element):
                skipped = element
                walk.skip_subtree()
            else:
                self._open(element)
                self._text(element.text)
        self._end_line()
        return self._flow

    # Elements

    def _leaves_out(self, element: etree._Element) -> bool:
        """Take over or note what has no text of its own; True when nothing below is to be read."""
        tag, style = element.tag, _style(element)
        if tag in _SKIPPED:
            self._gatherer.count(say.OBJECTS_LEFT_OUT, int(tag in _OBJECTS))
        elif style.get("display") == "none" or style.get("mso-hide") == "all":
            self._drop(element, say.HIDDEN_LEFT_OUT)
        elif style.get("mso-list") == "ignore":
            self._label = _list_label(element)
        elif "mso-tab-count" in style:
            self._pieces.append(_TAB)
        elif tag == "del":
            self._drop(element, say.REVISIONS_ACCEPTED)
        elif element.get("class") == "msocomanchor":
            self._gatherer.count(say.COMMENTS_LEFT_OUT)
        elif style.get("mso-element") == "comment-list":
            self._gatherer.leave_out(_words(element))
        else:
            return False
        return True

    def _drop(self, element: etree._Element, code: Code) -> None:
        words = _words(element)
        if words.strip():
            self._gatherer.count(code)
            self._gatherer.leave_out(words)

    def _open(self, element: etree._Element) -> None:
        tag, style = str(element.tag), _style(element)
        if tag in _BLOCKS:
            self._end_line()
            self._is_caption = element.get("class", "") == "MsoCaption" or tag == "figcaption"
            self._is_centred = tag == "h1" or "center" in (style.get("text-align"), element.get("align"))
        if tag in _NOTED:
            self._gatherer.count(_NOTED[tag])
        opener = _OPENERS.get(tag)
        if opener is not None:
            opener(self, element)

    def _close(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            is_heading = tag in _HEADINGS and not self._before_title
            line = self._end_line()
            if is_heading and line and not heading_level(line):
                self._gatherer.count(say.HEADINGS_PLAIN)
        closer = _CLOSERS.get(tag)
        if closer is not None:
            closer(self, element)

    # Words

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._shift and text.strip():
            shifted = script(text.strip(), raised=self._shift[-1])
            if shifted is None:
                self._gatherer.count(say.SCRIPTS_FLATTENED)
            text = shifted or text
        if self._preformatted:
            text = text.replace(" ", "\xa0").replace("\t", _TAB).replace("\r", "").replace("\n", _BREAK)
        self._pieces.append(self._gatherer.take(text))

    def _end_line(self) -> str:
        """Close the line being put together; gives it without blanks at its ends."""
        raw, is_caption = "".join(self._pieces), self._is_caption
        label = self._label if raw.strip() else ""  # an item may begin with a paragraph of its own
        self._pieces, self._is_caption = [], False
        self._label = "" if label else self._label
        lines = [_collapse(part) for part in raw.split(_BREAK)]
        while len(lines) > 1 and not lines[-1].strip():
            lines.pop()
        text = "\n".join(lines)
        if label:
            self._gatherer.count(say.NUMBERS_WRITTEN)
            text = self._gatherer.take(Number(label, "nothing").before(text.lstrip())) + text.lstrip()
        elif self._before_title and self._is_centred and not self._tables:
            text = self._gatherer.join_title(text)
        if not text.strip():
            if "\xa0" in raw:  # a paragraph kept open by a blank: an empty line
                self._flow.append(Line(""))
            return ""
        last = self._flow[-1] if self._flow else None
        if is_caption and isinstance(last, Figure):
            self._flow[-1] = Figure(last.sha256, text.strip(), titled=True)
        else:
            self._flow.append(Line(text))
        self._before_title = self._before_title and bool(self._tables)
        return text.strip()

    def _break(self, _: etree._Element) -> None:
        self._pieces.append(_BREAK)

    def _preformat(self, _: etree._Element) -> None:
        self._preformatted += 1

    def _end_preformat(self, _: etree._Element) -> None:
        self._preformatted -= 1

    def _raise(self, element: etree._Element) -> None:
        self._shift.append(element.tag == "sup")

    def _end_raise(self, _: etree._Element) -> None:
        self._shift.pop()

    def _link(self, element: etree._Element) -> None:
        self._gatherer.count(say.LINKS_FLATTENED, int(bool(_ADDRESS.match(element.get("href", "")))))

    def _picture(self, element: etree._Element) -> None:
        data = _inline_bytes(element.get("src", ""))
        if data is None:
            self._gatherer.count(say.PICTURES_ELSEWHERE)
            return
        figure = self._gatherer.picture(data)
        if figure is not None:
            self._end_line()
            self._flow.append(figure)

    # Lists

    def _open_list(self, element: etree._Element) -> None:
        if element.tag == "ul":
            self._lists.append(_List(None, 0))
            return
        named = element.get("type") or _style(element).get("list-style-type", "1")
        start = _whole(element.get("start"), 9_999)
        self._lists.append(_List(_LIST_FORMS.get(named, "decimal"), (start or 1) - 1))

    def _close_list(self, _: etree._Element) -> None:
        self._lists.pop()

    def _open_item(self, element: etree._Element) -> None:
        current = self._lists[-1] if self._lists else _List(None, 0)
        if current.form is None:
            self._label = "•"
            return
        current.last = _whole(element.get("value"), 9_999) or current.last + 1
        number = format_number(current.last, current.form) or str(current.last)
        self._label = number + ("、" if current.form == _HAN_FORM else ".")

    def _close_item(self, _: etree._Element) -> None:
        self._label = ""

    # Tables

    def _open_table(self, _: etree._Element) -> None:
        if len(self._tables) >= self._gatherer.limits.nesting:
            raise Refused(say.TOO_DEEP(limit=self._gatherer.limits.nesting))
        self._tables.append(_Table(self._flow))
        self._flow = self._tables[-1].outside

    def _open_cell(self, _: etree._Element) -> None:
        if self._tables:
            self._flow = []

    def _close_cell(self, element: etree._Element) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        across = _whole(element.get("colspan"), self._gatherer.limits.columns) or 1
        down = _whole(element.get("rowspan"), _MOST_ROWS) or 1
        self._gatherer.count(say.CELLS_MERGED, int(across > 1 or down > 1))
        table.fill_covered(self._gatherer)
        self._gatherer.take("|" * across)
        for offset in range(across):
            table.covered[len(table.rows[-1])] = down
            table.rows[-1].append([] if offset else self._flow)
        self._flow = table.outside

    def _close_row(self, _: etree._Element) -> None:
        if self._tables:
            table = self._tables[-1]
            table.fill_covered(self._gatherer)
            table.covered = {column: left - 1 for column, left in table.covered.items() if left > 1}
            table.rows.append([])

    def _close_table(self, _: etree._Element) -> None:
        table = self._tables.pop()
        self._flow = table.outer
        self._flow += [item for item in table.outside if item != Line("")]
        self._flow += self._gatherer.table(table.rows)


def _style(element: etree._Element) -> dict[str, str]:
    declarations = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip().lower(): value.strip(" '\"\t\r\n").lower() for name, _, value in declarations}


def _words(element: etree._Element) -> str:
    return "".join(str(words) for words in element.itertext())


def _collapse(text: str) -> str:
    """White space as browsers show it: one blank for any run, none for a wrapped line of Han characters."""
    text = _SPACES.sub(" ", _WRAP.sub("", text)).strip(" ")
    return text.replace("\xa0", " ").replace(_TAB, "\t")


def _list_label(element: etree._Element) -> str:
    """The number or bullet that Word wrote before a list paragraph, without its padding."""
    fonts = [_style(e).get("font-family", "") for e in (element, *element.iterancestors(), *element.iter())]
    label = _words(element).replace("\xa0", " ").strip()
    font = next((name for name in fonts if is_symbol_font(name)), "")
    return (sign(font, ord(label)) or bullet(font, label)) if font and len(label) == 1 else label


def _whole(text: str | None, most: int) -> int | None:
    """A positive whole number of an attribute, at most `most`; None for none and for nonsense."""
    text = (text or "").strip()
    if not text.isdecimal() or not text.isascii() or len(text) > 6:
        return None
    return min(int(text), most) or None


def _inline_bytes(source: str) -> bytes | None:
    """The bytes of a `data:` address; None for any other address."""
    head, comma, body = source.partition(",")
    if not comma or not head.startswith("data:image/") or not head.endswith(";base64"):
        return None
    try:
        return base64.b64decode(body, validate=False)
    except (binascii.Error, ValueError):
        return None


_Handler = Callable[[_HtmlReader, etree._Element], None]
_reader = _HtmlReader

_OPENERS: dict[str, _Handler] = {
    "br": _reader._break,
    "img": _reader._picture,
    "ol": _reader._open_list,
    "ul": _reader._open_list,
    "li": _reader._open_item,
    "table": _reader._open_table,
    "td": _reader._open_cell,
    "th": _reader._open_cell,
    "pre": _reader._preformat,
    "sup": _reader._raise,
    "sub": _reader._raise,
    "a": _reader._link,
}
_CLOSERS: dict[str, _Handler] = {
    "ol": _reader._close_list,
    "ul": _reader._close_list,
    "table": _reader._close_table,
    "td": _reader._close_cell,
    "th": _reader._close_cell,
    "tr": _reader._close_row,
    "li": _reader._close_item,
    "pre": _reader._end_preformat,
    "sup": _reader._end_raise,
    "sub": _reader._end_raise,
}
