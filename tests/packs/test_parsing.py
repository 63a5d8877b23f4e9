"""Documents read, and hostile texts refused at the place where they are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hezou.kernel.errors import Refused
from hezou.packs.rules import FAMILIES, is_code, parse, text_hash
from hezou.packs.rules.parsing import MAX_BYTES, MIGRATORS, SCHEMA, upgrade
from tests.packs.texts import BODIES, BODIES_BY_FAMILY, KINDS, LABELS, LIMITS, ROUTES, said, swap


def refusal(family: str, body: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        parse(family, body)
    return said(caught.value.messages)


@pytest.mark.parametrize("family", FAMILIES)
def test_reads_every_table_of_a_family(family: str) -> None:
    document = parse(family, BODIES_BY_FAMILY[family])
    assert [name for name, rows in document.tables() if not rows] == []


def test_gives_rows_the_source_of_their_document_where_they_name_none() -> None:
    [(_, rows)] = parse("kinds", KINDS).tables()
    assert [(row.code, row.source) for row in rows] == [
        ("letter", "a test"),
        ("diary", "a diary of its own"),
    ]


@pytest.mark.parametrize(
    ("family", "body", "sentences"),
    [
        ("poems", KINDS, ["There is no family of rules called poems."]),
        (
            "kinds",
            "schema = ",
            ["kinds: line 1 cannot be read as TOML."],
        ),
        (
            "kinds",
            "schema = 1\nschema = 1",
            ["kinds: line 2 cannot be read as TOML."],
        ),
        ("kinds", "kinds = []\nsource = 'x'", ["kinds: the first value must be the number of the schema."]),
        ("kinds", "schema = true", ["kinds: the first value must be the number of the schema."]),
        ("kinds", "schema = 0", ["kinds: the first value must be the number of the schema."]),
        (
            "kinds",
            "schema = 2",
            ["kinds: written in schema 2, this installation reads up to 1. Upgrade it first."],
        ),
        ("kinds", "schema = 1", ["kinds.source: a value is missing.", "kinds.kinds: a value is missing."]),
        (
            "kinds",
            swap(KINDS, 'zh = "信"', "zh = 信"),
            ["kinds: line 6 cannot be read as TOML."],
        ),
        (
            "kinds",
            swap(KINDS, '"up", ', '"sideways", '),
            ["kinds.kinds[1].lines[1]: this value is not allowed here (sideways)."],
        ),
        (
            "kinds",
            swap(KINDS, '"up", ', '"in", '),
            ["kinds.kinds[1].lines: this value is not allowed here (list)."],
        ),
        (
            "kinds",
            swap(KINDS, 'lines = ["in"]', "lines = []"),
            ["kinds.kinds[2].lines: this value is not allowed here (list)."],
        ),
        (
            "kinds",
            swap(KINDS, 'lines = ["in"]', 'lines = "in"'),
            ["kinds.kinds[2].lines: this value is not allowed here (in)."],
        ),
        (
            "kinds",
            swap(KINDS, 'route = "alone"', 'route = "alone"\ncolour = "red"'),
            ["kinds.kinds[2].colour: this key is not known."],
        ),
        (
            "kinds",
            swap(KINDS, 'code = "diary"', 'code = "Diary!"'),
            ["kinds.kinds[2].code: this value is not allowed here (Diary!)."],
        ),
        (
            "kinds",
            swap(KINDS, 'zh = "信"', 'zh = "  "'),
            ["kinds.kinds[1].label.zh: this value is not allowed here (  )."],
        ),
        (
            "kinds",
            swap(KINDS, 'zh = "信"', 'zh = "\\u0000"'),
            ["kinds.kinds[1].label.zh: this value is not allowed here (\0)."],
        ),
        (
            "kinds",
            swap(KINDS, 'zh = "信"', 'zh = "a\\u202Eb"'),
            ["kinds.kinds[1].label.zh: this value is not allowed here (a\u202eb)."],
        ),
        (
            "kinds",
            KINDS + "min_characters = 9\nmax_characters = 8\n",
            ["kinds.kinds[2]: this value is not allowed here (dict)."],
        ),
        (
            "kinds",
            KINDS + 'min_characters = "9"\n',
            ["kinds.kinds[2].min_characters: this value is not allowed here (9)."],
        ),
        (
            "kinds",
            KINDS + "min_characters = true\n",
            ["kinds.kinds[2].min_characters: this value is not allowed here (True)."],
        ),
        (
            "kinds",
            KINDS + f"min_characters = 0x{'f' * 900}\n",
            ["kinds.kinds[2].min_characters: this value is not allowed here (…)."],
        ),
        (
            "routes",
            swap(ROUTES, "edits = false", "edits = 0"),
            ["routes.routes[1].levels[1].steps[2].edits: this value is not allowed here (0)."],
        ),
        (
            "routes",
            swap(ROUTES, 'scope = "unit"', 'scope = "world"'),
            ["routes.routes[1].levels[1].steps[1].scope: this value is not allowed here (world)."],
        ),
        (
            "routes",
            "schema = 1\nsource = 'x'\nroutes = [{code = 'r', label = {zh = 'r', en = 'r'}, levels = []}]",
            ["routes.routes[1].levels: this value is not allowed here (list)."],
        ),
        (
            "labels",
            swap(LABELS, 'code = "house"', "code = 1979-05-27"),
            ["labels.unit_types[1].code: this value is not allowed here (date)."],
        ),
        (
            "bodies",
            swap(BODIES, "books = true", "books = 1.5"),
            ["bodies.evidence_grades[2].books: this value is not allowed here (1.5)."],
        ),
        (
            "limits",
            swap(LIMITS, "value = 1000", "value = -1"),
            ["limits.numbers[1].value: this value is not allowed here (-1)."],
        ),
    ],
)
def test_refuses_what_is_no_document_and_names_the_place(
    family: str, body: str, sentences: list[str]
) -> None:
    assert refusal(family, body) == sentences


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "x\0",
            "The text holds characters that no text file may hold (position 2). Remove them and try again.",
        ),
        (
            "\ud800",
            "The text holds characters that no text file may hold (position 1). Remove them and try again.",
        ),
        ("#\n" * MAX_BYTES, "kinds: the document is larger than 131072 bytes."),
        ("字\n" * (MAX_BYTES // 4 + 1), "kinds: the document is larger than 131072 bytes."),
        ("\n" + "a." * 600 + "a = 1", "kinds: line 2 is longer than 1000 characters."),
        ("x = " + "[\n" * 60_000, "kinds: the values are nested too deep."),
        (
            "x = " + "{a=" * 300,
            "kinds: line 1 cannot be read as TOML.",
        ),
    ],
)
def test_refuses_hostile_text_before_it_costs_anything(body: str, sentence: str) -> None:
    assert refusal("kinds", body) == [sentence]


def test_names_ten_faults_at_most() -> None:
    body = "schema = 1\nsource = 'x'\n" + "[[kinds]]\n" * 50
    assert refusal("kinds", body) == [
        f"kinds.kinds[{row}].{key}: a value is missing."
        for row, key in [
            *((1, key) for key in ("code", "label", "lines", "route")),
            *((2, key) for key in ("code", "label", "lines", "route")),
            *((3, key) for key in ("code", "label")),
        ]
    ]


def read_or_refused(family: str, body: str) -> bool:
    """Whether a document came back or a refusal of one to ten messages; anything else is raised."""
    try:
        parse(family, body)
    except Refused as refusal:
        return 1 <= len(refusal.messages) <= 10
    return True


@given(st.sampled_from(sorted(FAMILIES)), st.text(max_size=200))
def test_reads_or_refuses_any_text(family: str, body: str) -> None:
    assert read_or_refused(family, body)


@given(st.sampled_from(sorted(FAMILIES)), st.integers(0, 1500), st.integers(0, 60), st.text(max_size=9))
def test_reads_or_refuses_a_damaged_document(family: str, start: int, length: int, instead: str) -> None:
    body = BODIES_BY_FAMILY[family]
    assert read_or_refused(family, body[:start] + instead + body[start + length :])


def test_has_a_migrator_for_every_earlier_schema() -> None:
    assert sorted(MIGRATORS) == list(range(1, SCHEMA))


def test_carries_an_older_document_through_every_schema_in_between() -> None:
    migrators = {
        1: lambda family, tree: {**tree, "one": family},
        2: lambda family, tree: {**tree, "two": len(tree)},
    }
    tree = upgrade("kinds", {"schema": 1, "source": "x"}, target=3, migrators=migrators)
    assert tree == {"source": "x", "one": "kinds", "two": 2}


def test_leaves_a_document_of_the_present_schema_as_it_is() -> None:
    assert upgrade("kinds", {"schema": 3, "a": 1}, target=3, migrators={}) == {"a": 1}


def test_knows_a_text_by_its_hash() -> None:
    assert text_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_tells_codes_from_other_words() -> None:
    words = ("main", "a_1", "", "A", "1a", "a-b", "a" * 41, "a\n")
    assert [word for word in words if is_code(word)] == ["main", "a_1"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2031-01-02", "2032-01-02"),  # a day of another year
        ("2031-01-04", "2031-01-06"),  # a Monday needs no exchange
        ("2031-01-04", "2031-01-04, 2031-01-04"),  # twice
        ("[2031-01-01", "[2031-01-04"),  # off and worked at once
    ],
)
def test_refuses_a_calendar_that_contradicts_itself(old: str, new: str) -> None:
    with pytest.raises(Refused):
        parse("calendars", BODIES_BY_FAMILY["calendars"].replace(old, new))
