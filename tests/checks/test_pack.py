"""An agency's rules for the checks come as documents."""

from __future__ import annotations

import tomllib

import pytest

from hezou.checks.rules import Pack, Part, check

DOCUMENT = """
code = "proposals"
source = "信息报送要求（2024年）"
kinds = ["proposal"]
off = ["punctuation.between_quoted"]
least = 5
most = 20
parts = [{ name = "建议", words = ["建议", "对策"] }]
"""


def test_reads_a_pack_from_a_document() -> None:
    assert Pack.of(tomllib.loads(DOCUMENT)) == Pack(
        "proposals",
        "信息报送要求（2024年）",
        off=frozenset({"punctuation.between_quoted"}),
        kinds=frozenset({"proposal"}),
        least=5,
        most=20,
        parts=(Part("建议", ("建议", "对策")),),
    )


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"code": "a", "source": "b", "colour": 1}, "unknown key: colour"),
        ({"code": "a"}, "source must be a string"),
        ({"code": "a", "source": "b", "least": "5"}, "least must be a number"),
        ({"code": "a", "source": "b", "most": True}, "most must be a number"),
        ({"code": "a", "source": "b", "off": "x"}, "off must be a list of strings"),
        ({"code": "a", "source": "b", "parts": ["x"]}, "parts must have a name and words"),
        ({"code": "a", "source": "b", "parts": [{"name": "x"}]}, "words must be a list of strings"),
        ({"code": "a", "source": "b", "parts": 5}, "parts must be a list"),
    ],
)
def test_refuses_a_document_and_says_why(document: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Pack.of(document)


@pytest.mark.parametrize(
    ("kind", "found"), [("proposal", ["conventions.part_missing", "conventions.too_long"]), ("news", [])]
)
def test_asks_a_kind_for_its_parts_and_length(kind: str, found: list[str]) -> None:
    text = "路边停车问题十分突出，群众反映强烈，影响通行。"

    findings = check(text, kind=kind, packs=[Pack.of(tomllib.loads(DOCUMENT))])

    assert [each.check for each in findings] == found


def test_names_the_pack_as_the_reason() -> None:
    (finding,) = check("路边停车问题。", kind="proposal", packs=[Pack.of(tomllib.loads(DOCUMENT))])

    assert finding.why.params == {"clause": "信息报送要求（2024年）"}
