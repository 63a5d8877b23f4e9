"""Files that come with a form: bounded before they take memory or disk, and the rest of the form arrives."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from hezou.documents.rules import LIMITS
from hezou.kernel.errors import Refused, TooLarge
from hezou.kernel.messages import define

MEGABYTE = 1024 * 1024
MOST_BYTES = LIMITS.data
"""No page takes more; what is longer is read off the line and dropped as it comes."""

NO_FILE = define("web.no_file", "Choose a file first.")
FILE_TOO_LARGE = define(
    "web.file_too_large",
    "The file is larger than {most} MB. Split it, or make its pictures smaller.",
)


class Bounded(FileUploadHandler):
    """The first of the upload handlers: of a file that is too large only name and size are left."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The bytes for the handlers behind this one; nothing once there were too many."""
        return raw_data if start + len(raw_data) <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """An empty file that tells its true size, for the page to refuse; the handlers behind keep others."""
        if file_size <= MOST_BYTES:
            return None
        request: Any = self.request
        for behind in request.upload_handlers:  # what they began to write is in nobody's hands now
            if hasattr(behind, "file"):
                behind.file.close()
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size)


def uploaded(request: HttpRequest, field: str, most: int = MOST_BYTES) -> tuple[bytes, str]:
    """Bytes and name of the file sent in a field.

    Raises Refused where none was chosen, TooLarge where it has more than `most` bytes.
    """
    file = request.FILES.get(field)
    if file is None:
        raise Refused(NO_FILE())
    if (file.size or 0) > most:  # not read into memory first
        raise TooLarge(FILE_TOO_LARGE(most=most // MEGABYTE))
    return file.read(), file.name or ""
