"""Tables of a Word document as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hezou.documents import messages as say
from hezou.documents.reading.inline import Surroundings, spoken
from hezou.documents.reading.model import Flow
from hezou.documents.reading.ooxml import W, number, value

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class TableReader:
    """Reads one w:tbl."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._gatherer = around.gatherer

    def read(self, table: etree._Element, flow: Flow) -> None:
        """Append what the table becomes to `flow`."""
        with self._around.deeper():
            rows = [self._row(row) for row in _below(table, W + "tr") if self._stands(row)]
        flow += self._gatherer.table(rows)

    def _stands(self, row: etree._Element) -> bool:
        """Whether the row is still there once tracked changes are accepted."""
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "del") is None:
            inserted = properties is not None and properties.find(W + "ins") is not None
            self._gatherer.count(say.REVISIONS_ACCEPTED, int(inserted))
            return True
        self._gatherer.count(say.REVISIONS_ACCEPTED)
        self._gatherer.leave_out(spoken(row, W + "t", W + "delText"))
        return False

    def _row(self, row: etree._Element) -> list[Flow]:
        """The cells' flows; the columns that a merged cell covers are empty ones."""
        limit = self._gatherer.limits.columns
        before = number(value(row.find(W + "trPr"), "gridBefore")) or 0
        cells: list[Flow] = [[] for _ in range(min(max(before, 0), limit))]
        for cell in _below(row, W + "tc"):
            properties = cell.find(W + "tcPr")
            span = number(value(properties, "gridSpan")) or 1
            flow: Flow = []
            if self._continues(properties):
                self._gatherer.leave_out(spoken(cell, W + "t"))
            else:
                self._around.blocks(cell, flow)
            if span > 1:
                self._gatherer.count(say.CELLS_MERGED)
            covered: list[Flow] = [[] for _ in range(min(span, limit) - 1)]
            self._gatherer.take("|" * (1 + len(covered)))
            cells += [flow, *covered]
        return cells

    def _continues(self, properties: etree._Element | None) -> bool:
        """Whether the cell belongs to the one above or before it."""
        vertical = None if properties is None else properties.find(W + "vMerge")
        if vertical is not None and vertical.get(W + "val") == "restart":
            self._gatherer.count(say.CELLS_MERGED)
            return False
        return vertical is not None or value(properties, "hMerge") == "continue"


def _below(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows or cells, also those inside content controls and custom XML."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _below(child, tag)
