"""What the settings promise on a real database and in a real answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory

from hezou.config import env
from hezou.config.settings import database
from hezou.people.models import Account


def pragma(name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_sqlite_keeps_keys_and_waits_its_turn() -> None:
    if connection.vendor == "sqlite":
        found = [pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")]
        assert found == ["wal", 1, 1, 20_000]
    else:
        assert connection.vendor == "postgresql"


def test_sqlite_transactions_begin_immediately() -> None:
    assert database(env.Database("sqlite", "x"))["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_keeps_connections_and_asks_whether_they_live() -> None:
    found = database(env.Database("postgresql", "hezou", host="db.example"))
    assert {key: found[key] for key in ("ENGINE", "HOST", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS")} == {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "db.example",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


@pytest.mark.django_db
def test_healthz_answers_once_the_database_does(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_every_answer_carries_the_policy(client: Client) -> None:
    answer = client.get("/healthz")
    assert sorted(answer["Content-Security-Policy"].split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert {
        name: answer[name] for name in ("X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options")
    } == {
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.django_db
def test_log_in_page_hides_its_cookies_from_scripts(client: Client) -> None:
    client.get("/login/")
    flags = [(c.key, bool(c["httponly"]), c["samesite"]) for c in client.cookies.values()]
    assert flags == [("csrftoken", True, "Lax")]


@pytest.mark.django_db
def test_nobody_signs_up(client: Client) -> None:
    assert [client.get(f"/{path}/").status_code for path in ("signup", "accounts/signup")] == [404, 404]


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("elf Zeichen", ["password_too_short"]),
        ("qwertyuiop123", ["password_too_common"]),
        ("836492175068", []),
        ("zhaomingyuan", ["password_too_similar"]),
        ("ein ganzer Satz", []),
    ],
)
def test_weak_passwords_are_refused(password: str, codes: list[str]) -> None:
    told: list[str] = []
    try:
        validate_password(password, Account(username="zhaomingyuan"))
    except ValidationError as refused:
        told = [str(error.code) for error in refused.error_list]
    assert told == codes


def test_a_form_of_half_a_million_characters_reaches_the_page() -> None:
    request = RequestFactory().post("/", {"text": "字" * 500_000})
    assert len(request.POST["text"]) == 500_000
    urlencoded = RequestFactory().post(
        "/", "text=" + "%F0%A0%AE%B7" * 500_000, content_type="application/x-www-form-urlencoded"
    )
    assert len(urlencoded.POST["text"]) == 500_000
