"""The room's public face: read what people hand in, write what they take away."""

from hezou.documents.limits import LIMITS, Limits
from hezou.documents.reading.door import kind_of, read_document
from hezou.documents.reading.html import read_html
from hezou.documents.reading.model import Picture, Reading
from hezou.documents.writing.document import expressible, write_docx
from hezou.documents.writing.forms import HEADINGS, LABELS, REPORT_FORM, HeaderForm, SheetLabels
from hezou.documents.writing.layouts import LAYOUTS
from hezou.documents.writing.parts import Meta
from hezou.documents.writing.report import Report, why_not_form, write_report_piece
from hezou.documents.writing.sheets import Opinion, Sheet, write_approval_sheet
from hezou.documents.writing.tables import Table, workbook

__all__ = [
    "HEADINGS",
    "LABELS",
    "LAYOUTS",
    "LIMITS",
    "REPORT_FORM",
    "HeaderForm",
    "Limits",
    "Meta",
    "Opinion",
    "Picture",
    "Reading",
    "Report",
    "Sheet",
    "SheetLabels",
    "Table",
    "expressible",
    "kind_of",
    "read_document",
    "read_html",
    "why_not_form",
    "workbook",
    "write_approval_sheet",
    "write_docx",
    "write_report_piece",
]
