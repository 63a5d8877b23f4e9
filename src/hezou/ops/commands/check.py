"""Look for slips in text files. Needs no database and no settings."""

from __future__ import annotations

import argparse
import codecs
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from hezou.checks.rules import STRICTNESS, Finding, Severity, check
from hezou.kernel.messages import Code, define, render
from hezou.ops.language import LANGUAGES, translator

HELP = "look for slips in text files"

MOST_BYTES = 64 * 1024 * 1024
SAMPLE = 4096
"""Characters looked at to find out an encoding."""
PLAUSIBLE = 0.9
"""Share of ordinary characters from which a decoding counts as text."""

UNREADABLE = define("ops.check.unreadable", "{path}: cannot be read ({reason}).")
TOO_LARGE = define("ops.check.too_large", "{path}: larger than {most} MiB; cut it into parts.")
NOT_TEXT = define("ops.check.not_text", "{path}: not a text file in UTF-8, GB 18030 or UTF-16.")
PLACE = define("ops.check.place", "{path}:{line}:{column}: {severity}: {message} {why} [{check}]")
REPAIR = define("ops.check.repair", "    repair: {repairs}")
NOTHING = define("ops.check.nothing", "{path}: nothing found.")
SEVERITIES = {
    Severity.ERROR: define("ops.check.error", "must change"),
    Severity.WARNING: define("ops.check.warning", "should change"),
    Severity.HINT: define("ops.check.hint", "hint"),
}

EPILOG = """\
Exit status: 0 no error found (warnings and hints do not count), 1 an error was found,
2 a file could not be read as text (the others are still checked).
--format json prints one object a line and file: {"path", "characters", "findings": [{"check", "family",
"severity", "start", "end", "message", "why", "replacements", "confidence"}]}; start and end count characters
of the file's text from 0, without the byte order mark, line ends as they stand in the file.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, strictness, kind, form and language of the answer."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EPILOG
    parser.add_argument("files", nargs="+", metavar="FILE", help="text in UTF-8, GB 18030 or UTF-16")
    parser.add_argument("--strictness", choices=STRICTNESS, default="strict", help="default: %(default)s")
    parser.add_argument("--kind", help="code of the kind of manuscript")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: %(default)s")
    parser.add_argument("--language", choices=LANGUAGES, default="zh", help="default: %(default)s")


def run(args: argparse.Namespace) -> int:
    """Check each file and print what was found."""
    translate = translator(args.language)
    status = 0
    for name in args.files:
        path = os.fsencode(name).decode("utf-8", "replace")
        try:
            text = read_text(Path(name))
        except Unreadable as problem:
            print(render(problem.code(path=path, **problem.params), translate), file=sys.stderr)
            status = 2
            continue
        found = check(text, kind=args.kind, strictness=args.strictness)
        if args.format == "json":
            print(as_json(path, text, found, translate))
        else:
            print("\n".join(as_lines(path, text, found, translate)))
        if status == 0 and any(each.severity is Severity.ERROR for each in found):
            status = 1
    return status


class Unreadable(Exception):
    """A file that is no text; `code` and `params` make the sentence, save for its path."""

    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read_text(path: Path) -> str:
    """The text of a file, its encoding found out: UTF-8, GB 18030 (with GBK) or UTF-16.

    Raises Unreadable.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(TOO_LARGE, most=MOST_BYTES // 1024 // 1024)
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(UNREADABLE, reason=error.strerror) from error
    text = decode(data)
    if text is None:
        raise Unreadable(NOT_TEXT)
    return text


def decode(data: bytes) -> str | None:
    """The text of the bytes, or None: by its byte order mark, as UTF-8, or as what looks most like text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _try(data, "utf-16")
    text = _try(data, "utf-8-sig")
    if text is not None and "\0" not in text:
        return text
    guesses = [
        guess for name in ("gb18030", "utf-16-le", "utf-16-be") if (guess := _try(data, name)) is not None
    ]
    best = max(guesses, key=_likeness, default=None)
    return best if best is not None and _likeness(best) >= PLAUSIBLE else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> float:
    """Share of characters that ordinary Chinese text has: those of GB 2312, and line ends."""
    sample = text[:SAMPLE]
    ordinary = len(sample.encode("gb2312", "ignore").decode("gb2312"))
    control = sum(character < " " and character not in "\t\r\n" for character in sample)
    return (ordinary - control) / len(sample)


def as_json(path: str, text: str, found: list[Finding], translate: Callable[[str], str]) -> str:
    """One line for one file."""
    findings = [
        {
            "check": each.check,
            "family": each.family,
            "severity": each.severity.value,
            "start": each.start,
            "end": each.end,
            "message": render(each.message, translate),
            "why": render(each.why, translate),
            "replacements": list(each.replacements),
            "confidence": each.confidence,
        }
        for each in found
    ]
    return json.dumps({"path": path, "characters": len(text), "findings": findings}, ensure_ascii=False)


def as_lines(path: str, text: str, found: list[Finding], translate: Callable[[str], str]) -> Iterator[str]:
    """Lines as compilers write them, so that editors can jump to the place."""
    if not found:
        yield render(NOTHING(path=path), translate)
    for each in found:
        place = PLACE(
            path=path,
            line=text.count("\n", 0, each.start) + 1,
            column=each.start - text.rfind("\n", 0, each.start),
            severity=render(SEVERITIES[each.severity](), translate),
            message=render(each.message, translate),
            why=render(each.why, translate),
            check=each.check,
        )
        yield render(place, translate)
        if each.replacements:
            repairs = " / ".join(repr(repair)[1:-1] or "∅" for repair in each.replacements)
            yield render(REPAIR(repairs=repairs), translate)
