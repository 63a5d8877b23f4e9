"""What forms make is written as a text that says the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.packs import shipped
from hezou.packs.rules import FAMILIES, parse
from hezou.packs.rules.parsing import admit
from hezou.packs.rules.writing import write
from tests.packs.texts import BODIES_BY_FAMILY

CODES = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=400).filter(str.strip)
LABELS = st.fixed_dictionaries({"zh": WORDS, "en": WORDS})
AMOUNTS = st.none() | st.integers(0, 10_000_000)
KINDS = st.fixed_dictionaries(
    {
        "code": CODES,
        "source": st.none() | WORDS,
        "label": LABELS,
        "lines": st.lists(st.sampled_from(["up", "out", "in"]), min_size=1, unique=True),
        "route": CODES,
        "classes": st.lists(st.sampled_from(["public", "internal"]), min_size=1, unique=True),
        "note": st.none() | LABELS,
        "max_characters": AMOUNTS,
    }
)
STEPS = st.fixed_dictionaries(
    {
        "code": CODES,
        "label": LABELS,
        "role": CODES,
        "scope": st.sampled_from(["unit", "agency"]),
        "counts": st.booleans(),
        "lines": st.lists(st.sampled_from(["up", "out", "in"]), unique=True),
    }
)
LEVELS = st.fixed_dictionaries(
    {"code": CODES, "label": LABELS, "steps": st.lists(STEPS, min_size=1, max_size=3)}
)
ROUTES = st.fixed_dictionaries(
    {"code": CODES, "label": LABELS, "levels": st.lists(LEVELS, min_size=1, max_size=3)}
)
DAYS = st.lists(st.integers(0, 364), unique=True, max_size=40).map(
    lambda days: [date(2031, 1, 1) + timedelta(days=day) for day in days]
)
YEARS = st.fixed_dictionaries({"code": CODES, "year": st.just(2031), "off": DAYS, "work": st.just([])})
DOCUMENTS = {"kinds": ("kinds", KINDS), "routes": ("routes", ROUTES), "calendars": ("years", YEARS)}


@pytest.mark.parametrize("family", DOCUMENTS)
@given(data=st.data())
def test_writes_what_reads_the_same(family: str, data: st.DataObject) -> None:
    table, rows = DOCUMENTS[family]
    tree = {"source": data.draw(WORDS), table: data.draw(st.lists(rows, max_size=3))}
    document = admit(family, tree)
    assert not isinstance(document, list)
    assert parse(family, write(document)) == document


@pytest.mark.parametrize("family", FAMILIES)
def test_writes_shipped_and_small_documents_so_too(family: str) -> None:
    bodies = [BODIES_BY_FAMILY[family], *(shipped.read(name)[family] for name in shipped.names())]
    for body in bodies:
        document = parse(family, body)
        assert parse(family, write(document)) == document


def test_writes_long_lists_over_several_lines() -> None:
    lines = write(parse("calendars", shipped.read("county-station")["calendars"])).splitlines()
    assert max(map(len, lines)) < 120
