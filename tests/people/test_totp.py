"""Codes of authenticator apps, by the vectors of RFC 6238 (appendix B, SHA-1, last six digits)."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from hezou.people.rules.totp import address, code_at, match, new_secret, step_of

SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_show_the_codes_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(SECRET, step_of(seconds)) == code
    assert match(SECRET, code, seconds, 0) == step_of(seconds)


@pytest.mark.parametrize(
    ("typed", "found"), [("287 082", 1), (" 287082\n", 1), ("28708", None), ("２８７０８２", None)]
)
def test_take_a_code_however_it_is_grouped(typed: str, found: int | None) -> None:
    assert match(SECRET, typed, 59, 0) == found


def test_allow_a_clock_one_step_off_and_no_more() -> None:
    code = code_at(SECRET, 100)
    assert [match(SECRET, code, step * 30, 0) for step in (98, 99, 100, 101, 102)] == [
        None,
        100,
        100,
        100,
        None,
    ]


def test_refuse_a_code_that_was_used_and_each_before_it() -> None:
    earlier, code, later = (code_at(SECRET, step) for step in (99, 100, 101))
    assert [match(SECRET, one, 3000, 100) for one in (earlier, code, later)] == [None, None, 101]


def test_make_secrets_of_160_bits_that_differ() -> None:
    one, other = new_secret(), new_secret()
    assert (len(base64.b32decode(one)), one == other) == (20, False)


def test_write_an_address_that_apps_read() -> None:
    parts = urlsplit(address(SECRET, issuer="Hezou", account="li.si@某局"))
    assert (parts.scheme, parts.netloc, unquote(parts.path)) == ("otpauth", "totp", "/Hezou:li.si@某局")
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["Hezou"]}
