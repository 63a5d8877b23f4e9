from __future__ import annotations

import base64
import stat
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from hezou.config import env
from hezou.config.env import Database, Post, WrongEnvironment

KEY = "k" * 40
NEW, OLD = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"n", b"o"))
KEYS = {"HEZOU_SECRET_KEY": KEY, "HEZOU_FACTOR_KEYS": NEW}


def test_reads_nothing_as_this_machine_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = env.read({})
    assert found == env.Environment(
        production=False,
        debug=False,
        https=False,
        hosts=["localhost", "127.0.0.1", "[::1]"],
        data_dir=tmp_path / "var",
        backups=tmp_path / "var" / "backups",
        database=Database("sqlite", str(tmp_path / "var" / "hezou.sqlite3")),
        secret_key=(tmp_path / "var" / "secret.key").read_text(),
        factor_keys=((tmp_path / "var" / "factor.key").read_text(),),
        idle=timedelta(hours=2),
        longest=timedelta(hours=12),
        proxies=0,
        logs="lines",
        post=None,
        hook_networks=(),
    )


def test_reads_production(tmp_path: Path) -> None:
    found = env.read(
        {
            "HEZOU_PRODUCTION": "1",
            "HEZOU_HOSTS": "a.example, b.example,",
            "HEZOU_SECRET_KEY": KEY,
            "HEZOU_FACTOR_KEYS": f"{NEW}, {OLD}",
            "HEZOU_SESSION_IDLE": "30",
            "HEZOU_SESSION_LONGEST": "8",
            "HEZOU_DATA_DIR": str(tmp_path),
            "HEZOU_BACKUPS": "/srv/backups",
            "HEZOU_LOGS": "json",
            "HEZOU_MAIL": "smtp+starttls://hezou:p%40ss@mail.example",
            "HEZOU_MAIL_FROM": "hezou@a.example",
            "HEZOU_DATABASE": "postgresql://hezou:p%40ss@db.example:5433/hezou",
            "HEZOU_HOOK_NETWORKS": "10.1.0.0/16, fd00::/8",
        }
    )
    assert found == env.Environment(
        production=True,
        debug=False,
        https=True,
        hosts=["a.example", "b.example"],
        data_dir=tmp_path,
        backups=Path("/srv/backups"),
        database=Database("postgresql", "hezou", "hezou", "p@ss", "db.example", "5433"),
        secret_key=KEY,
        factor_keys=(NEW, OLD),
        idle=timedelta(minutes=30),
        longest=timedelta(hours=8),
        proxies=1,
        logs="json",
        post=Post("mail.example", 587, "hezou@a.example", "hezou", "p@ss", "starttls"),
        hook_networks=(ip_network("10.1.0.0/16"), ip_network("fd00::/8")),
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "database"),
    [
        ("sqlite:////srv/h.db", Database("sqlite", "/srv/h.db")),
        ("postgresql:///hezou?host=/run/pg", Database("postgresql", "hezou", host="/run/pg")),
        ("postgresql://me@/hezou", Database("postgresql", "hezou", "me")),
    ],
)
def test_reads_databases(url: str, database: Database) -> None:
    assert env.read({**KEYS, "HEZOU_DATABASE": url}).database == database


@pytest.mark.parametrize(
    ("environ", "complaint"),
    [
        ({"HEZOU_DEBUGG": "1"}, "HEZOU_DEBUGG is unknown"),
        ({"HEZOU_DEBUG": "maybe"}, "HEZOU_DEBUG must be 1 or 0"),
        ({"HEZOU_PROXIES": "-1"}, "HEZOU_PROXIES must be a whole number"),
        ({"HEZOU_LOGS": "xml"}, "HEZOU_LOGS must be lines or json"),
        ({"HEZOU_MAIL": "http://me:secret@host"}, "HEZOU_MAIL must be smtp://"),
        ({"HEZOU_MAIL": "smtp://host"}, "HEZOU_MAIL_FROM must be given"),
        ({"HEZOU_HOOK_NETWORKS": "10.1.0.1/16"}, "HEZOU_HOOK_NETWORKS must be networks"),
        ({"HEZOU_SECRET_KEY": "short"}, "HEZOU_SECRET_KEY must hold at least 40 characters"),
        ({"HEZOU_DATABASE": "mysql://me:secret@host/hezou"}, "HEZOU_DATABASE must be sqlite"),
        ({"HEZOU_DATABASE": "sqlite://host/x"}, "HEZOU_DATABASE must be sqlite"),
        ({"HEZOU_DATABASE": "postgresql://host/"}, "HEZOU_DATABASE must be sqlite"),
        ({"HEZOU_PRODUCTION": "1", "HEZOU_DEBUG": "1"}, "HEZOU_DEBUG must be off"),
        ({"HEZOU_PRODUCTION": "1", "HEZOU_SECRET_KEY": KEY}, "HEZOU_HOSTS must name"),
        ({"HEZOU_PRODUCTION": "1", "HEZOU_HOSTS": "a.example"}, "HEZOU_SECRET_KEY must be given"),
        (
            {"HEZOU_PRODUCTION": "1", "HEZOU_HOSTS": "a.example", "HEZOU_SECRET_KEY": KEY},
            "HEZOU_FACTOR_KEYS must be given",
        ),
        ({"HEZOU_SECRET_KEY": KEY, "HEZOU_FACTOR_KEYS": f"{NEW},short"}, "HEZOU_FACTOR_KEYS must be keys"),
        ({"HEZOU_SECRET_KEY": KEY, "HEZOU_FACTOR_KEYS": "ä"}, "HEZOU_FACTOR_KEYS must be keys"),
        ({**KEYS, "HEZOU_SESSION_IDLE": "0"}, "HEZOU_SESSION_IDLE must lie between 1 and 1440"),
        ({**KEYS, "HEZOU_SESSION_LONGEST": "169"}, "HEZOU_SESSION_LONGEST must lie between 1 and 168"),
    ],
)
def test_refuses_what_cannot_be_meant(environ: dict[str, str], complaint: str) -> None:
    with pytest.raises(WrongEnvironment, match=complaint):
        env.read(environ)


def test_refuses_a_database_without_repeating_its_password() -> None:
    with pytest.raises(WrongEnvironment) as raised:
        env.read({**KEYS, "HEZOU_DATABASE": "mysql://me:hush@host/hezou"})
    assert "hush" not in str(raised.value)


def test_leaves_the_suites_own_variables_alone() -> None:
    assert env.read({"HEZOU_TEST_ANYTHING": "1", **KEYS}).secret_key == KEY


def test_makes_one_secret_key_for_the_owner_alone(tmp_path: Path) -> None:
    first = env.read({"HEZOU_DATA_DIR": str(tmp_path)}).secret_key
    kept = tmp_path / "secret.key"
    assert (stat.S_IMODE(kept.stat().st_mode), len(first)) == (0o600, 64)
    assert env.read({"HEZOU_DATA_DIR": str(tmp_path)}).secret_key == first


def test_makes_one_key_for_second_factors_for_the_owner_alone(tmp_path: Path) -> None:
    first = env.read({"HEZOU_DATA_DIR": str(tmp_path)}).factor_keys
    kept = tmp_path / "factor.key"
    assert (stat.S_IMODE(kept.stat().st_mode), len(base64.urlsafe_b64decode(first[0]))) == (0o600, 32)
    assert env.read({"HEZOU_DATA_DIR": str(tmp_path)}).factor_keys == first


def test_keeps_the_key_of_whoever_was_first(tmp_path: Path) -> None:
    kept = tmp_path / "secret.key"
    kept.write_text("first")
    env._keep_once(kept, "second")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("secret.key", "first")]


def test_shows_no_secret_when_printed() -> None:
    found = env.read({**KEYS, "HEZOU_DATABASE": "postgresql://me:hush@host/hezou"})
    assert [secret in repr(found) for secret in (KEY, NEW, "hush")] == [False, False, False]
