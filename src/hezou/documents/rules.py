"""The room's public face: read what people hand in, write what they take away."""

from hezou.documents.limits import LIMITS, Limits
from hezou.documents.reading.door import kind_of, read_document
from hezou.documents.reading.html import read_html
from hezou.documents.reading.model import Picture, Reading
from hezou.documents.writing.document import expressible, write_docx
from hezou.documents.writing.layouts import LAYOUTS
from hezou.documents.writing.parts import Meta

__all__ = [
    "LAYOUTS",
    "LIMITS",
    "Limits",
    "Meta",
    "Picture",
    "Reading",
    "expressible",
    "kind_of",
    "read_document",
    "read_html",
    "write_docx",
]
