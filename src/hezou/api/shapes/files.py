"""Files of a piece: attachments, pictures, photos of signed sheets. Their bytes come as base64."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StrictStr, WithJsonSchema

from hezou.api.shapes.common import Revision, Sent, Told, Word
from hezou.api.shapes.manuscripts import AttachmentTold

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mM4AQAAygDJNEIn8wAAAABJRU5ErkJggg=="
"""The smallest picture there is, for examples."""


def _decoded(value: str) -> bytes:
    try:
        return b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("no base64") from None


Bytes = Annotated[
    StrictStr, AfterValidator(_decoded), WithJsonSchema({"type": "string", "contentEncoding": "base64"})
]
"""What a file holds."""


class FileSent(Sent):
    """A file to go with a piece."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "附件1.png", "content": PIXEL, "revision": 2}]}
    )

    name: Annotated[Word, Field(min_length=1)]
    content: Bytes
    revision: Revision | None = None


class PictureSent(Sent):
    """A picture to be shown in texts of one's own."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"content": PIXEL}]})

    content: Bytes


class PictureTold(Told):
    """A picture that is here now; `line` stands in a text where it is to be shown, with its caption."""

    sha256: str
    line: str


class HeldTold(AttachmentTold):
    """A file that goes with a piece now; `id` takes it away."""

    id: UUID


class HeldFiles(Told):
    """The files that go with a piece, in order; the next version seals them."""

    items: list[HeldTold]
