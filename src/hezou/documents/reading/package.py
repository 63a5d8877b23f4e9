"""The package of an Office Open XML document: a zip of parts, opened only after it was measured.

Every guard stands before the work it guards: the file's size before it is looked at, counts and sizes from
the zip's directory before anything is unpacked (the unpacker stops at the size the directory names), a
part's DOCTYPE before it is parsed.
"""

from __future__ import annotations

import posixpath
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from hezou.documents import messages as say
from hezou.documents.limits import MEGABYTE, Limits
from hezou.kernel.errors import Refused, TooLarge
from hezou.kernel.messages import Code, Message

_MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_OTHER_MAINS: tuple[tuple[str, Code], ...] = (
    ("macroenabled", say.MACROS),
    ("spreadsheetml", say.SPREADSHEET),
    ("presentationml", say.PRESENTATION),
)
_OFFICE_DOCUMENT = "/officeDocument"
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What zipfile raises for damaged, encrypted (RuntimeError) and oddly packed (NotImplementedError) parts."""
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_TO_TRANSITIONAL = (
    (b"ooxml/wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"ooxml/officeDocument/", b"officeDocument/2006/"),
    (b"ooxml/drawingml/", b"drawingml/2006/"),
)
"""ISO/IEC 29500 strict documents differ, for a reader of text, in the names of their namespaces alone."""


@dataclass(frozen=True)
class Relation:
    """One relationship of a part: `target` is a part's name, or an address when `external`."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a document by name (`word/document.xml`), read on demand.

    Raises Refused or TooLarge: a damaged or encrypted zip, too many or too large parts, parts packed like a
    bomb, no text document, macros.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise Refused(say.DAMAGED(part="zip")) from error
        _measure(infos, limits)
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        if "[content_types].xml" not in self._parts:
            raise Refused(say.OPEN_DOCUMENT() if "mimetype" in self._parts else say.NOT_DOCX())
        self._defaults, self._overrides = self._content_types()
        self.main = self._main_part()
        if any(name.endswith("vbaproject.bin") for name in self._parts):
            raise Refused(say.MACROS())

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises Refused for a part that is missing or broken."""
        info = self._parts.get(name.lower())
        if info is None:
            raise Refused(say.DAMAGED(part=name))
        try:
            with self._zip.open(info) as part:
                # Asked for everything, the library unpacks first and cuts to the named size afterwards.
                return part.read(info.file_size + 1)
        except _BROKEN as error:
            raise Refused(say.DAMAGED(part=name)) from error

    def xml(self, name: str) -> etree._Element:
        """A part's root element. Raises Refused or TooLarge."""
        info = self._parts.get(name.lower())
        if info is not None and info.file_size > self._limits.xml:
            raise TooLarge(_too_large(info.file_size, self._limits.xml))
        return parse_xml(self.read(name), name, self._limits)

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part (of the package itself for an empty name) by id."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", base + ".rels")
        if not self.has(path):
            return {}
        found: dict[str, Relation] = {}
        for element in self.xml(path):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                absolute = target if target.startswith("/") else posixpath.join("/", folder, target)
                target = posixpath.normpath(absolute).lstrip("/")
            found[element.get("Id", "")] = Relation(element.get("Type", ""), target, external)
        return found

    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        for element in self.xml("[Content_Types].xml"):
            kind = element.get("ContentType", "")
            if element.get("Extension") is not None:
                defaults[element.get("Extension", "").lower()] = kind
            elif element.get("PartName") is not None:
                overrides[element.get("PartName", "").lstrip("/").lower()] = kind
        return defaults, overrides

    def _main_part(self) -> str:
        relations = self.relations("").values()
        main = next((r.target for r in relations if r.kind.endswith(_OFFICE_DOCUMENT)), None)
        if main is None:
            raise Refused(say.NOT_DOCX())
        kind = self._overrides.get(main.lower(), self._defaults.get(main.rpartition(".")[2].lower(), ""))
        if kind not in _MAIN_TYPES:
            raise Refused(
                next((code() for part, code in _OTHER_MAINS if part in kind.lower()), say.NOT_DOCX())
            )
        return main


def parse_xml(data: bytes, name: str, limits: Limits) -> etree._Element:
    """Parse a part without entities, network or DTD; `name` is what a refusal calls it."""
    measure_markup(data, limits)
    # NUL bytes are dropped for the search alone, so that UTF-16 hides nothing.
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise Refused(say.DECLARES_ENTITIES(part=name))
    if _STRICT in data:
        for strict, transitional in _STRICT_TO_TRANSITIONAL:
            data = data.replace(
                b"http://purl.oclc.org/" + strict, b"http://schemas.openxmlformats.org/" + transitional
            )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(say.DAMAGED(part=name)) from error


def measure_markup(data: bytes, limits: Limits) -> None:
    """Raises TooLarge for more tags and attributes than may be held in memory."""
    if data.count(b"<") + data.count(b"=") > limits.markup:
        raise TooLarge(say.TOO_MUCH_MARKUP())


def _measure(infos: list[ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.parts:
        raise TooLarge(say.TOO_MANY_PARTS(count=len(infos), limit=limits.parts))
    unpacked = sum(info.file_size for info in infos)
    for info in infos:
        if info.flag_bits & 0x1:
            raise Refused(say.ENCRYPTED())
        if info.file_size > MEGABYTE and info.file_size > limits.ratio * max(1, info.compress_size):
            raise Refused(say.PACKED_LIKE_A_BOMB(part=info.filename))
    if unpacked > limits.unpacked:
        raise TooLarge(_too_large(unpacked, limits.unpacked))
    names = {info.filename.lower() for info in infos}
    if len(names) != len(infos):
        raise Refused(say.DAMAGED(part="zip"))


def _too_large(size: int, limit: int) -> Message:
    return say.UNPACKS_TOO_LARGE(size=-(-size // MEGABYTE), limit=limit // MEGABYTE)
