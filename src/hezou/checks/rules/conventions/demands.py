"""What the agency's packs ask of a kind: its length and its parts."""

from __future__ import annotations

from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Severity
from hezou.checks.rules.pack import Pack, Part
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import HOUSE
from hezou.kernel.messages import define
from hezou.kernel.text import count_characters

_EXAMPLE = Pack(
    "example",
    source="信息报送要求",
    least=20,
    most=60,
    parts=(Part("问题", ("问题", "困难")), Part("建议", ("建议", "对策"))),
)


def _missing(page: Page) -> Iterator[Hit]:
    """At the head of the text: what is missing has no place of its own."""
    for pack in page.packs:
        for part in pack.parts:
            if page.lines and not any(word in page.text for word in part.words):
                yield _at_head(page, pack, part=part.name)


def _short(page: Page) -> Iterator[Hit]:
    for pack in page.packs:
        if page.lines and pack.least is not None and (count := count_characters(page.text)) < pack.least:
            yield _at_head(page, pack, count=count, limit=pack.least)


def _long(page: Page) -> Iterator[Hit]:
    for pack in page.packs:
        if page.lines and pack.most is not None and (count := count_characters(page.text)) > pack.most:
            yield _at_head(page, pack, count=count, limit=pack.most)


def _at_head(page: Page, pack: Pack, **params: object) -> Hit:
    head = page.lines[0]
    return Hit(head.start, head.end, (), 1.0, params, pack.source)


CHECKS = (
    Check(
        says=define(
            "check.conventions.part_missing", "A piece of this kind has a part “{part}”: none is seen here."
        ),
        severity=Severity.WARNING,
        source=HOUSE,
        clause="",
        find=_missing,
        pack=_EXAMPLE,
        bad=("⟦关于停车的反映⟧\n路边停车问题突出，群众反映强烈，影响通行，亟须解决。",),
        good=("关于停车的反映\n路边停车问题突出，群众反映强烈，建议增设泊位，加强引导。",),
    ),
    Check(
        says=define(
            "check.conventions.too_short", "{count} characters: a piece of this kind has at least {limit}."
        ),
        severity=Severity.WARNING,
        source=HOUSE,
        clause="",
        find=_short,
        pack=_EXAMPLE,
        bad=("⟦停车问题建议⟧",),
        good=("关于停车的反映\n路边停车问题突出，群众反映强烈，建议增设泊位，加强引导。",),
    ),
    Check(
        says=define(
            "check.conventions.too_long", "{count} characters: a piece of this kind has at most {limit}."
        ),
        severity=Severity.WARNING,
        source=HOUSE,
        clause="",
        find=_long,
        pack=_EXAMPLE,
        bad=(
            "⟦关于停车的反映⟧\n路边停车问题突出，群众反映强烈，建议增设泊位，加强引导，规范收费，"
            "完善标识，强化执法，鼓励错时共享，推动机关单位车位夜间开放。",
        ),
        good=("关于停车的反映\n路边停车问题突出，群众反映强烈，建议增设泊位，加强引导。",),
    ),
)
