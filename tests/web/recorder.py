"""What a recorder does on the pages."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hezou.manuscripts.models import Manuscript
from hezou.review.models import Sheet
from hezou.review.rules import QR_PREFIX
from tests.support.paper import owed, photo
from tests.web.reading import Answer, fields

LIST = "/recording/"


def picture_of(*sheets: Sheet, **more: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("照片.jpg", photo(*(QR_PREFIX + one.code for one in sheets), **more))


def press(client: Client, manuscript: Manuscript, verdict: str = "approve", **typed: Any) -> Answer:
    """Open the page, fill it in, press a button."""
    opened = client.get(f"{LIST}{manuscript.pk}")
    sent = {**fields(opened, "record"), **typed, "verdict": verdict}
    return client.post(f"{LIST}{manuscript.pk}", sent)


def hand_in_signature(client: Client, **typed: Any) -> Answer:
    return client.post(
        f"{LIST}owed/{owed().pk}", {**fields(client.get(f"{LIST}owed/{owed().pk}"), "owed"), **typed}
    )
