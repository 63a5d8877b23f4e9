"""What no agency's rules may lack, each named in its own sentence."""

from __future__ import annotations

import pytest

from hezou.packs.rules import ROLES as SHIPPED_ROLES
from hezou.packs.rules import compose, objections, parse
from tests.packs.texts import BODIES, KINDS, LABELS, LIMITS, ROLES, ROUTES, book, said, swap

EXTRA_STEP = """
[[routes.levels.steps]]
code = "second_nod"
label = { zh = "再点头", en = "Second nod" }
role = "signer"
scope = "agency"
"""


NAMELESS = '{ masthead = "{unit}", under = [["{number}", "{boss}"]], foot = [["{writer}", ""]] }'


def test_says_nothing_against_rules_that_hold() -> None:
    assert objections(book(), ROLES) == []


@pytest.mark.parametrize(
    ("family", "body", "sentences"),
    [
        (
            "kinds",
            swap(KINDS, 'route = "alone"', 'route = "nowhere"'),
            ["Kind diary: the route nowhere does not exist."],
        ),
        (
            "kinds",
            swap(KINDS, 'route = "short"', 'route = "alone"'),
            [
                "Kind letter: the line up asks for at least 2 counted steps; the route alone has 1.",
                "Kind letter: the line out asks for at least 2 counted steps; the route alone has 1.",
                "Kind letter: the line out asks for a secrecy review; the route alone has none.",
            ],
        ),
        (
            "kinds",
            swap(KINDS, 'lines = ["in"]', 'lines = ["in", "up"]'),
            ["Kind diary: the line up asks for at least 2 counted steps; the route alone has 1."],
        ),
        (
            "kinds",
            swap(KINDS, 'route = "short"', 'route = "short"\nclasses = ["internal"]'),
            ["Kind letter: what goes out must allow the class public."],
        ),
        (
            "kinds",
            "schema = 1\nsource = 'a test'\nkinds = []\n",
            ["kinds: at least one row is needed."],
        ),
        (
            "limits",
            swap(LIMITS, "on = true", "on = false"),
            ["Kind diary: allows only the class internal, and limits say that none is kept."],
        ),
        (
            "limits",
            "schema = 1\nsource = 'a test'\nnumbers = []\nswitches = []\n",
            [
                "numbers: manuscript_characters is missing.",
                "numbers: wording_edit_characters is missing.",
                "numbers: countersign_working_days is missing.",
                "switches: internal_kept is missing.",
            ],
        ),
        (
            "routes",
            swap(ROUTES, "secrecy = true", "secrecy = false"),
            ["Kind letter: the line out asks for a secrecy review; the route short has none."],
        ),
        (
            "routes",
            swap(ROUTES, 'lines = ["out"]', 'lines = ["up"]'),
            ["Kind letter: the line out asks for a secrecy review; the route short has none."],
        ),
        (
            "routes",
            swap(ROUTES, 'scope = "unit"', 'scope = "unit"\ncounts = false'),
            [
                "Kind letter: the line up asks for at least 2 counted steps; the route short has 1.",
                "Kind letter: the line out asks for at least 2 counted steps; the route short has 1.",
            ],
        ),
        (
            "routes",
            swap(ROUTES, 'scope = "unit"', 'scope = "unit"\nlines = ["out"]'),
            ["Kind letter: the line up asks for at least 2 counted steps; the route short has 1."],
        ),
        (
            "routes",
            ROUTES + EXTRA_STEP,
            [
                "Route alone: the last level must be one step alone that counts and is asked of every line;"
                " it is the signature."
            ],
        ),
        (
            "routes",
            ROUTES + "counts = false\n",
            [
                "Route alone: the last level must be one step alone that counts and is asked of every line;"
                " it is the signature.",
                "Kind diary: the line in asks for at least 1 counted steps; the route alone has 0.",
            ],
        ),
        (
            "routes",
            ROUTES + 'lines = ["in"]\n',
            [
                "Route alone: the last level must be one step alone that counts and is asked of every line;"
                " it is the signature."
            ],
        ),
        (
            "routes",
            swap(ROUTES, 'code = "signing"', 'code = "reading"'),
            ["Route short: the code reading stands twice."],
        ),
        (
            "routes",
            swap(ROUTES, 'code = "two"', 'code = "one"'),
            ["Route short: the code one stands twice."],
        ),
        (
            "routes",
            swap(ROUTES, 'role = "unit_head"', 'role = "poet"'),
            ["Route short, step reading: the role poet does not exist."],
        ),
        (
            "labels",
            swap(LABELS, 'code = "unit_head"', 'code = "poet"'),
            ["roles: unit_head has no label.", "roles: poet is no code of this table."],
        ),
        (
            "labels",
            swap(LABELS, 'code = "in"', 'code = "down"'),
            ["lines: in has no label.", "lines: down is no code of this table."],
        ),
        (
            "labels",
            swap(LABELS, '{ code = "house", label = { zh = "家", en = "House" } }', ""),
            ["unit_types: at least one row is needed."],
        ),
        (
            "bodies",
            "schema = 1\nsource = 'a test'\nnatures = []\nadoption_forms = []\nevidence_grades = []\n",
            [
                "natures: at least one row is needed.",
                "adoption_forms: at least one row is needed.",
                "evidence_grades: at least one row is needed.",
            ],
        ),
        (
            "limits",
            swap(LIMITS, "value = 3,", "value = 0,"),
            ["countersign_working_days: from 1 to 60, no other figure."],
        ),
        (
            "limits",
            swap(LIMITS, "value = 3,", "value = 61,"),
            ["countersign_working_days: from 1 to 60, no other figure."],
        ),
        (
            "bodies",
            swap(BODIES, 'en = "Any" }', f'en = "Any" }}, report = {NAMELESS}'),
            [
                "Nature any: a report piece has no field boss.",
                "Nature any: the head or foot of a report piece must name signer.",
                "Nature any: the head or foot of a report piece must name telephone.",
            ],
        ),
        (
            "bodies",
            swap(BODIES, ", books = true", ""),
            ["The last grade of evidence must be one that books."],
        ),
    ],
)
def test_refuses_rules_that_lack_what_must_hold(family: str, body: str, sentences: list[str]) -> None:
    assert said(objections(book(**{family: body}), ROLES)) == sentences


def test_names_everything_that_an_agency_without_a_document_lacks() -> None:
    assert said(objections(compose([parse("kinds", KINDS)]), frozenset())) == [
        "unit_types: at least one row is needed.",
        "natures: at least one row is needed.",
        "adoption_forms: at least one row is needed.",
        "evidence_grades: at least one row is needed.",
        "Kind letter: the route short does not exist.",
        "Kind diary: the route alone does not exist.",
        "lines: in has no label.",
        "lines: out has no label.",
        "lines: up has no label.",
        "numbers: manuscript_characters is missing.",
        "numbers: wording_edit_characters is missing.",
        "numbers: countersign_working_days is missing.",
        "switches: internal_kept is missing.",
    ]


def test_asks_for_a_label_for_every_role_there_is() -> None:
    missing = sorted(SHIPPED_ROLES - ROLES)
    assert said(objections(book())) == [f"roles: {role} has no label." for role in missing]
