"""What a browser sends with a file, and what the page said of it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.reading import Answer, tree, words


def upload(data: bytes, name: str = "稿件.docx") -> SimpleUploadedFile:
    """A file as chosen in a form."""
    return SimpleUploadedFile(name, data)


def importing(data: bytes, name: str = "稿件.docx", text: str = "", **more: Any) -> dict[str, Any]:
    """The writing form sent by the button that reads a document."""
    return {"text": text, "do": "import", "document": upload(data, name), **more}


def notes(answer: Answer) -> list[str]:
    """What was changed or dropped, as the page lists it."""
    return [words(one) for one in tree(answer).xpath("//section[@id='brought']//li")]


def refusals(answer: Answer) -> list[str]:
    """What must be put right, as the page's summary says it."""
    return [words(one) for one in tree(answer).xpath("//div[@role='alert']//li")]
