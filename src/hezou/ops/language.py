"""Sentences in the reader's language for commands that run without Django."""

from __future__ import annotations

from collections.abc import Callable
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")
CATALOGUE = Path(__file__).resolve().parent.parent / "web" / "locale" / "zh_Hans" / "LC_MESSAGES"
"""The one catalogue: the pages read it through Django, commands read it here."""


def translator(language: str, catalogue: Path = CATALOGUE) -> Callable[[str], str]:
    """A function from the English sentence to the language's; an untranslated sentence stays English.

    `language` is one of `LANGUAGES`. Reads the compiled catalogue, or compiles the written one in memory
    where set-up has not run; with neither, everything stays English. Raises ValueError for another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"unknown language: {language}")
    if language == "en":
        return str
    compiled, written = catalogue / "django.mo", catalogue / "django.po"
    if compiled.is_file():
        return GNUTranslations(BytesIO(compiled.read_bytes())).gettext
    if not written.is_file():
        return str
    binary = BytesIO()
    with written.open("rb") as source:
        write_mo(binary, read_po(source))
    binary.seek(0)
    return GNUTranslations(binary).gettext
