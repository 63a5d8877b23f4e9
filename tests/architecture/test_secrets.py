"""No secret lies in the tree, and what is installed is exactly what was looked at."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.sources import ROOT, files

SECRETS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA|LTAI|AKID)[0-9A-Za-z]{12,}\b"),
    "token": re.compile(r"\b(?:gh[pousr]_[0-9A-Za-z]{30,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{20,})"),
    "signed token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "fernet key": re.compile(r"(?<![\w+/-])[\w-]{43}=(?![\w=])"),
    "fernet token": re.compile(r"\bgAAAAA[\w-]{60,}"),
    "secret in a setting": re.compile(
        r"(?i)\b(?:secret_key|factor_keys?|api_?key|access_?token)\b\"?\s*[:=]\s*[\"'][\w+/=-]{24,}[\"']"
    ),
    "password in an address": re.compile(
        r"\b(?:postgresql|mysql|redis|smtps?|https?)://[\w.]+:(?!PASSWORD@|p%40ss@)[^@\s/{}$<…]{6,}@[\w.-]+\."
    ),
}
BINARY = {".png", ".docx", ".xlsx", ".woff2", ".mo", ".pdf", ".jpg"}
HASHES = ("package-lock.json", "requirements/")
"""Long random words that are no secrets: what a package must hash to."""


def found(text: str) -> list[str]:
    """What kinds of secrets a text holds."""
    return [kind for kind, sign in SECRETS.items() if sign.search(text)]


def test_no_secret_lies_in_the_tree() -> None:
    offences = [
        f"{place}: {kind}"
        for place in files()
        if Path(place).suffix not in BINARY and not place.startswith(HASHES)
        for kind in found((ROOT / place).read_text(errors="replace"))
    ]
    assert offences == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        # In pieces, so that this file holds none itself.
        ("private key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
        ("private key", "-----BEGIN " + "PRIVATE KEY-----"),
        ("cloud key", "id = AKIA" + "IOSFODNN7EXAMPLE"),
        ("token", "ghp_" + "0123456789abcdefghijklmnopqrstuvwxyz"),
        ("signed token", "eyJhbGciOiJIUzI1" + "." + "eyJzdWIiOiIxMjM0" + "." + "SflKxwRJSMeKKF2QT4"),
        ("fernet key", "KEYS=" + "A" * 43 + "="),
        ("secret in a setting", "SECRET_KEY = '" + "x" * 30 + "'"),
        ("password in an address", "postgresql://hezou:" + "hunter22@db.example"),
    ],
)
def test_secrets_are_recognised(kind: str, text: str) -> None:
    assert kind in found(text)


def test_every_package_is_pinned_with_its_hashes() -> None:
    for place in ("requirements/run.txt", "requirements/dev.txt"):
        packages = re.split(r"\n(?=\S)", (ROOT / place).read_text().strip())
        loose = [
            one.split()[0] for one in packages if "==" not in one.split()[0] or "--hash=sha256:" not in one
        ]
        assert (place, loose) == (place, [])


def test_every_script_package_is_pinned_with_its_hash() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    wanted = {**asked["dependencies"], **asked["devDependencies"]}
    assert [name for name, version in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    # What comes inside another package is covered by the hash of that.
    own = {name: one for name, one in locked.items() if name and not one.get("inBundle")}
    assert [name for name, one in own.items() if "integrity" not in one] == []


def test_what_is_run_is_asked_for_by_name() -> None:
    """Whatever `run.txt` installs comes with a package of `pyproject.toml`; tools of developers stay out."""
    run = (ROOT / "requirements/run.txt").read_text()
    assert [
        name for name in ("pytest", "playwright", "ruff", "mypy", "hypothesis") if f"\n{name}==" in run
    ] == []
