"""From an uploaded picture and a typed code to the sheet they are about."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from hezou.files.actions import put
from hezou.files.codes import codes_on
from hezou.files.rules import MOST_BYTES, TOO_BIG, Content, admit
from hezou.kernel.errors import NotFound, Refused, TooLarge
from hezou.kernel.messages import define
from hezou.people.models import Person
from hezou.review.models import Sheet
from hezou.review.queries import sheet_by_code
from hezou.review.rules import QR_PREFIX, grouped, read_code

NO_CODE = define(
    "web.no_code",
    "No code of a sheet was found on the picture. Type the eight characters that stand beside the square.",
)
NOT_A_CODE = define("web.not_a_code", "“{typed}” is no code of a sheet: it has eight letters and digits.")
UNKNOWN_CODE = define("web.unknown_code", "No sheet bears the code {code}.")
TWO_CODES = define("web.two_codes", "The picture shows more than one sheet ({codes}). Send one at a time.")
OTHER_CODE = define("web.other_code", "The picture shows the sheet {read}, but {typed} was typed.")


@dataclass(frozen=True)
class Papers:
    """The sheet, and the picture of it as it will be kept; either may be missing."""

    sheet: Sheet | None
    picture: Content | None


def papers(person: Person, file: UploadedFile | None, typed: str, *, is_paper: bool) -> Papers:
    """What was sent. Raises Refused or TooLarge, naming what is wrong with picture or code.

    `is_paper`: a signature on paper, so that the picture must show a code where none was typed.
    """
    picture = _picture(file) if file else None
    read = _codes(picture) if picture else []
    wanted = _typed(typed)
    if len(read) > 1:
        raise Refused(TWO_CODES(codes=tuple(grouped(code) for code in read)))
    if wanted and read and wanted != read[0]:
        raise Refused(OTHER_CODE(read=grouped(read[0]), typed=grouped(wanted)))
    code = wanted or (read[0] if read else "")
    if picture is not None and is_paper and not code:
        raise Refused(NO_CODE())
    return Papers(sheet_with(person, code) if code else None, picture)


def keep(person: Person, papers: Papers) -> None:
    """Write the picture to disk, before the act that refers to it."""
    if papers.picture is not None:
        put(person.agency_id, papers.picture)


def sheet_with(person: Person, code: str) -> Sheet:
    """The agency's sheet with a code; Refused where none bears it."""
    try:
        return sheet_by_code(person.agency_id, code)
    except NotFound:
        raise Refused(UNKNOWN_CODE(code=grouped(code))) from None


def _picture(file: UploadedFile) -> Content:
    size = file.size or 0
    if size > MOST_BYTES:  # not read into memory first
        raise TooLarge(TOO_BIG(size=size // 1024**2, most=MOST_BYTES // 1024**2))
    return admit(file.read())


def _codes(picture: Content) -> list[str]:
    ours = (read_code(words) for words in codes_on(picture) if words.startswith(QR_PREFIX))
    return [code for code in ours if code]


def _typed(typed: str) -> str:
    if not typed.strip():
        return ""
    code = read_code(typed)
    if not code:
        raise Refused(NOT_A_CODE(typed=typed.strip()[:20]))
    return code
