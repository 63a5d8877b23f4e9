"""Sheets on paper as tests have them: printed, photographed, scanned; and what a recorder enters."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import segno
from PIL import Image, ImageDraw

from hezou.manuscripts.models import Manuscript
from hezou.review import actions as review
from hezou.review.models import CounterSignature, Seat, Sheet
from hezou.review.rules import APPROVE, PAPER, TELEPHONE
from tests.support.office import Office, read


def square_code(words: str, *, scale: int = 6) -> Image.Image:
    """The square code alone."""
    target = BytesIO()
    segno.make(words, error="m").save(target, kind="png", scale=scale)
    return Image.open(target).convert("L")


def photo(*words: str, turned: float = 7, form: str = "JPEG") -> bytes:
    """A page with codes on it, photographed askew in poor light."""
    page = Image.new("L", (1200, 1600), 214)
    for number, one in enumerate(words):
        page.paste(square_code(one), (700, 1100 - 500 * number))
    target = BytesIO()
    page.rotate(turned, fillcolor=120).convert("RGB").save(target, form, quality=70)
    return target.getvalue()


def signed_photo(page: bytes, *, turned: float = 3) -> bytes:
    """A printed page (PNG) with ink on it, photographed on a desk: askew, a little dim, compressed."""
    with Image.open(BytesIO(page)) as opened:
        paper = opened.convert("L")
    width, height = paper.size
    ink = [(width * (0.4 + 0.03 * at), height * (0.55 + 0.012 * (at % 3))) for at in range(12)]
    ImageDraw.Draw(paper).line(ink, fill=40, width=4)
    desk = Image.new("L", (width + 240, height + 240), 90)
    desk.paste(paper.point(lambda light: light * 214 // 255), (120, 120))
    target = BytesIO()
    desk.rotate(turned, fillcolor=90, resample=Image.Resampling.BICUBIC).save(target, "JPEG", quality=70)
    return target.getvalue()


def scan(*pages: bytes) -> bytes:
    """What a scanner makes of pages: a PDF that holds each as a JPEG (only as much of one as is read)."""
    bodies = [
        b"1 0 obj\n<</Subtype/Image/Filter/DCTDecode>>\nstream\n" + page + b"\nendstream" for page in pages
    ]
    return b"%PDF-1.4\n" + b"\nendobj\n".join(bodies) + b"\nendobj\n%%EOF\n"


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has, as browsers and LibreOffice write it."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def printed(
    office: Office,
    manuscript: Manuscript,
    *,
    by: str = "writer",
    seat: Seat | None = None,
    form: str = "report",
) -> Sheet:
    """A sheet for the seat whose turn it is, or for the one named."""
    fresh = read(manuscript)
    wanted = seat or office.open_seat(fresh)
    return review.print_sheet(by=office.fresh(by), manuscript=fresh, form=form, seat=wanted)


def record(
    office: Office,
    manuscript: Manuscript,
    decider: str,
    *,
    by: str = "colleague",
    mode: str = TELEPHONE,
    **more: Any,
) -> Manuscript:
    """What `by` enters of the word of `decider` at the seat whose turn it is."""
    fresh = read(manuscript)
    if mode == PAPER and "sheet" not in more:
        more["sheet"] = printed(office, manuscript, by=by)
    made = review.record_decision(
        by=office.fresh(by),
        manuscript=fresh,
        revision=fresh.revision,
        seat=more.pop("seat", None) or office.open_seat(fresh),
        decider=office.fresh(decider),
        mode=mode,
        verdict=more.pop("verdict", APPROVE),
        **more,
    )
    return made.whole.manuscript


def owed() -> CounterSignature:
    """The one signature that is owed."""
    return CounterSignature.objects.get(closed_at=None)
