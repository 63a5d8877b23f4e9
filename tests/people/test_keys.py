"""Secrets at rest, and keys that are replaced."""

from __future__ import annotations

import base64

import pytest

from hezou.people.rules.keys import Keyring, WrongKey

OLD, NEW = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n"))


def test_close_a_secret_so_that_nothing_of_it_is_seen() -> None:
    closed = Keyring([NEW]).close("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in closed
    assert "JBSWY3DP" not in base64.urlsafe_b64decode(closed).decode("latin-1")
    assert Keyring([NEW]).open(closed) == "JBSWY3DPEHPK3PXP"


def test_open_under_the_old_key_until_it_is_renewed() -> None:
    closed = Keyring([OLD]).close("secret")
    assert Keyring([NEW, OLD]).open(closed) == "secret"
    renewed = Keyring([NEW, OLD]).renew(closed)
    assert Keyring([NEW]).open(renewed) == "secret"
    with pytest.raises(WrongKey):
        Keyring([OLD]).open(renewed)


def test_refuse_what_none_of_our_keys_closed() -> None:
    closed = Keyring([OLD]).close("secret")
    for strange in (Keyring([NEW]).open, Keyring([NEW]).renew):
        with pytest.raises(WrongKey):
            strange(closed)
