"""What stands outside the text (headers, watermarks, comments): named and handed over, never taken in."""

from __future__ import annotations

import re

from hezou.documents import messages as say
from hezou.documents.reading.inline import spoken
from hezou.documents.reading.model import Gatherer
from hezou.documents.reading.ooxml import W
from hezou.documents.reading.package import Package

_PAGE_NUMBER_ALONE = re.compile(r"[\s\d—\-－–―·•/第页共,，]*|Page\s+\d+(?:\s+of\s+\d+)?", re.IGNORECASE)


def read_margins(package: Package, gatherer: Gatherer) -> None:
    """Note headers and footers that say more than the page number; hand over their words and the comments."""
    for relation in dict.fromkeys(package.relations(package.main).values()):
        kind = relation.kind.rpartition("/")[2]
        if relation.external or not package.has(relation.target):
            continue
        if kind in ("header", "footer"):
            words = spoken(package.xml(relation.target), W + "t")
            if not _PAGE_NUMBER_ALONE.fullmatch(words):
                gatherer.count(say.HEADERS_LEFT_OUT)
                gatherer.leave_out(words)
        elif kind == "comments":
            gatherer.leave_out(spoken(package.xml(relation.target), W + "t"))
