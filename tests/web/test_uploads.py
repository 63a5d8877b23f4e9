"""A file of 200 MB in a form: dropped as it comes, in little memory, and the fields around it arrive."""

from __future__ import annotations

import io
import tracemalloc

from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from hezou.kernel.errors import TooLarge
from hezou.web.uploads import FILE_TOO_LARGE, uploaded
from tests.support.refusals import refused

EDGE = "edge"
MEGABYTE = 1024 * 1024


class Line(io.RawIOBase):
    """A multipart form as it comes off the line: text, a file of so many megabytes, more text."""

    def __init__(self, megabytes: int) -> None:
        field = f'--{EDGE}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        file = f'--{EDGE}\r\nContent-Disposition: form-data; name="document"; filename="a.docx"\r\n\r\n'
        self._head = (field % ("text", "甲") + file).encode()
        self._tail = ("\r\n" + field % ("kind", "乙") + f"--{EDGE}--\r\n").encode()
        self._left = megabytes * MEGABYTE
        self.size = len(self._head) + self._left + len(self._tail)

    def read(self, size: int = -1) -> bytes:
        if self._head:
            found, self._head = self._head[:size], self._head[size:]
        elif self._left:
            found = b"x" * min(size, self._left)
            self._left -= len(found)
        else:
            found, self._tail = self._tail[:size], self._tail[size:]
        return found


def test_file_of_200_mb_takes_little_memory_and_loses_no_field() -> None:
    line = Line(200)
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}",
        "CONTENT_LENGTH": str(line.size),
        "wsgi.input": line,
    }
    request = WSGIRequest({**RequestFactory().post("/").environ, **environ})
    tracemalloc.start()
    try:
        assert (request.POST["text"], request.POST["kind"]) == ("甲", "乙")
        assert tracemalloc.get_traced_memory()[1] < 20 * MEGABYTE
    finally:
        tracemalloc.stop()
    file = request.FILES["document"]
    assert isinstance(file, UploadedFile)
    assert (file.size, file.read()) == (200 * MEGABYTE, b"")
    with refused(FILE_TOO_LARGE.code, kind=TooLarge):
        uploaded(request, "document")
