"""The room's public face: read what people hand in, write what they take away."""

from hezou.documents.limits import LIMITS, Limits
from hezou.documents.reading.door import kind_of, read_document
from hezou.documents.reading.html import read_html
from hezou.documents.reading.model import Picture, Reading

__all__ = ["LIMITS", "Limits", "Picture", "Reading", "kind_of", "read_document", "read_html"]
