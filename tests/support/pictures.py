"""Pictures and documents that tests bring in."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

from hezou.documents.rules import write_docx
from hezou.files.actions import put
from hezou.files.rules import Content, admit
from hezou.manuscripts.actions import bring_pictures
from hezou.people.models import Person


def picture(width: int = 40, height: int = 30, form: str = "PNG", colour: str = "grey") -> bytes:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", (width, height), colour).save(target, form)
    return target.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A small PNG whose header claims another size: what unpacks to it is never looked at."""
    small = picture()
    header = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


def line(content: Content, caption: str = "图1　办事大厅") -> str:
    """The picture line that shows it."""
    return f"![{caption}](file:{content.sha256})"


def bring(person: Person, data: bytes) -> Content:
    """A picture as if the person had pasted it."""
    content = admit(data)
    put(person.agency_id, content)
    bring_pictures(by=person, pictures=[content])
    return content


def document(text: str, *pictures: bytes) -> bytes:
    """A .docx of the text; its picture lines name `pictures`."""
    contents = [admit(one) for one in pictures]
    return write_docx(text, pictures={one.sha256: one.data for one in contents})
