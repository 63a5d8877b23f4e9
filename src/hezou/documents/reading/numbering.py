"""Automatic numbers: what Word prints before a paragraph, worked out from numbering.xml.

ECMA-376 part 1, 17.9. The count belongs to the abstract definition: every list instance over it goes on
counting, and one with a start override begins anew where it is first used (as Word does; seen in issues
of several readers that had kept one count for each instance).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from lxml import etree

from hezou.documents.reading.numerals import format_number
from hezou.documents.reading.ooxml import W, flag, number, value
from hezou.documents.reading.styles import Styles
from hezou.documents.reading.symbols import bullet

_LEVELS = 9
_WORDY = frozenset({"Lo", "Lu", "Ll", "Nd"})
"""Categories of characters after which a number needs a blank: 第一条 does, 一、 and ① do not."""
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list: its first number, form, text (`（%2）`) and when it begins anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    gap: str = "tab"
    font: str = ""
    style: str | None = None


@dataclass(frozen=True)
class Instance:
    """A list of the document: the abstract definition it counts with and its own changes to that."""

    abstract: int
    levels: tuple[Level, ...]
    starts: dict[int, int]


@dataclass(frozen=True)
class Number:
    """A number as printed; `known` is False where its form is not one we can write.

    `gap` is what parts it from the words: `tab` (a space of no fixed width), `space` or `nothing`.
    """

    text: str
    gap: str = "tab"
    known: bool = True

    def before(self, words: str) -> str:
        """The number and, where it would run into the words, a blank."""
        if not self.text or not words:
            return self.text
        last, first = self.text[-1], words[0]
        collide = last.isascii() and first.isascii() and first.isalnum()
        wide = self.gap == "tab" and unicodedata.category(last) in _WORDY
        return self.text + " " if collide or wide or self.gap == "space" else self.text


class Numbering:
    """The lists of a document and how far each has counted; ask once for every paragraph, in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._instances: dict[int, Instance] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is not None:
            abstracts = {_id(e, "abstractNumId"): e for e in root.iterchildren(W + "abstractNum")}
            instances = {_id(e, "numId"): e for e in root.iterchildren(W + "num")}
            for num_id, element in instances.items():
                found = _instance(element, abstracts, instances, styles)
                if found is not None:
                    self._instances[num_id] = found

    def level_of_style(self, num_id: int, style_id: str | None) -> int:
        """The level that a list keeps for a paragraph style; the first where it names none."""
        instance = self._instances.get(num_id)
        levels = () if instance is None or style_id is None else instance.levels
        return next((i for i, level in enumerate(levels) if level.style == style_id), 0)

    def next(self, num_id: int, level: int) -> Number | None:
        """Count one further and give the number printed; None where nothing is printed."""
        instance = self._instances.get(num_id)
        if instance is None or not 0 <= level < _LEVELS:
            return None
        counts = self._counts.setdefault(instance.abstract, [None] * _LEVELS)
        start = instance.starts.get(level)
        if start is not None and (num_id, level) not in self._begun:
            counts[level] = start
        else:
            before = counts[level]
            counts[level] = instance.levels[level].start if before is None else before + 1
        self._begun.add((num_id, level))
        for deeper in range(level + 1, _LEVELS):
            restart = instance.levels[deeper].restart
            if restart is None or level < restart:
                counts[deeper] = None
        return self._print(instance, level, counts)

    @staticmethod
    def _print(instance: Instance, level: int, counts: list[int | None]) -> Number | None:
        own = instance.levels[level]
        if own.hidden or (own.form == "none" and not _PLACE.search(own.text) and not own.text):
            return None
        if own.form == "bullet":
            return Number(bullet(own.font, own.text), own.gap) if own.text else None
        known = True

        def put(place: re.Match[str]) -> str:
            nonlocal known
            index = int(place[1]) - 1
            at, count = instance.levels[index], counts[index]
            shown = at.start if count is None else count
            form = "decimal" if own.legal and at.form != "none" else at.form
            written = format_number(shown, form)
            known = known and written is not None
            return str(shown) if written is None else written

        text = _PLACE.sub(put, own.text)
        return Number(text, own.gap, known) if text else None


def _instance(
    element: etree._Element,
    abstracts: dict[int, etree._Element],
    instances: dict[int, etree._Element],
    styles: Styles,
) -> Instance | None:
    abstract_id = number(value(element, "abstractNumId"))
    abstract = abstracts.get(-1 if abstract_id is None else abstract_id)
    link = value(abstract, "numStyleLink")
    if link is not None:
        linked = next((s.num_id for s in styles.by_id(link) if s.num_id is not None), None)
        target = instances.get(-1 if linked is None else linked)
        abstract_id = number(value(target, "abstractNumId"))
        abstract = abstracts.get(-1 if abstract_id is None else abstract_id)
    if abstract is None or abstract_id is None:
        return None
    levels = [Level()] * _LEVELS
    for level in abstract.iterchildren(W + "lvl"):
        _place(levels, _id(level, "ilvl"), level)
    starts: dict[int, int] = {}
    for override in element.iterchildren(W + "lvlOverride"):
        index = _id(override, "ilvl")
        own = override.find(W + "lvl")
        if own is not None:
            _place(levels, index, own)
        start = number(value(override, "startOverride"))
        if start is not None:
            starts[index] = start
    return Instance(abstract_id, tuple(levels), starts)


def _place(levels: list[Level], index: int, element: etree._Element) -> None:
    if 0 <= index < _LEVELS:
        levels[index] = _level(element)


def _level(element: etree._Element) -> Level:
    run = element.find(W + "rPr")
    fonts = None if run is None else run.find(W + "rFonts")
    level = Level(
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=number(value(element, "lvlRestart")),
        legal=bool(flag(element, "isLgl")),
        hidden=bool(flag(run, "vanish")),
        gap=value(element, "suff") or "tab",
        font="" if fonts is None else fonts.get(W + "ascii", fonts.get(W + "hAnsi", "")),
        style=value(element, "pStyle"),
    )
    start = number(value(element, "start"))
    return level if start is None else replace(level, start=start)


def _id(element: etree._Element, attribute: str) -> int:
    found = number(element.get(W + attribute))
    return -1 if found is None else found
