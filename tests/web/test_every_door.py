"""What holds of every address: no act without a token, nothing for strangers, headers, dull errors."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import path, reverse

from hezou.audit.models import AuditEntry
from tests.support.doors import doors
from tests.support.furnished import Furnished, furnish
from tests.support.office import Office
from tests.support.sources import ROOT
from tests.web.conftest import LogIn
from tests.web.reading import tree
from tests.web.test_every_page import PAGES

OPEN = {
    "account_login": 200,
    "notices_count": 204,
    "language": 405,
}
"""What answers somebody who is not logged in, and how; every other named address leads to the log-in."""
SHEETS = "spreadsheet", "csv", "opendocument"


def urls_of(world: Furnished, who: str) -> list[tuple[str, str]]:
    seen = [one for one in PAGES if one.who == who and one.status == 200]
    return [(one.name, reverse(one.name, args=one.args(world)) + one.query) for one in seen]


# --- no act without a token -----------------------------------------------------------------------
def test_no_post_without_a_token(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.account("administrator"), backend="hezou.access.backend.Backend")
    through = []
    for name, address in doors():
        answer = client.post(address)
        templates = [one.name for one in answer.templates]
        if answer.status_code != 403 or "403_csrf.html" not in templates:
            through.append((name, answer.status_code))
    assert through == []


def test_no_post_with_a_token_from_elsewhere(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.account("administrator"), backend="hezou.access.backend.Backend")
    client.get("/")
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else "x" * 64
    answer = client.post(
        "/security/sessions/end",
        {"csrfmiddlewaretoken": token},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_opening_a_page_changes_nothing(transactional_db: None) -> None:
    world = furnish()
    client = Client()
    client.force_login(world.office.account("writer"), backend="hezou.access.backend.Backend")
    before = AuditEntry.objects.order_by("id").last()
    statuses = {name: client.get(address).status_code for name, address in urls_of(world, "writer")}
    assert set(statuses.values()) <= {200, 302}
    assert AuditEntry.objects.order_by("id").last() == before


# --- nothing for strangers ------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_opens_to_who_is_not_logged_in(office: Office, method: str) -> None:
    client = Client()
    found = {}
    for name, address in doors():
        answer = getattr(client, method)(address)
        leads_in = answer.status_code == 302 and answer["Location"].startswith("/login/")
        if not leads_in:
            found[name] = answer.status_code
    # Logging out, and skipping the first step, leads to the front page, which leads to the log-in.
    expected = {**OPEN, "account_logout": 302}
    if method == "post":
        expected |= {"notices_count": 405, "language": 404}
    assert found == expected


def test_role_that_must_have_a_second_factor_opens_nothing_without(office: Office, log_in: LogIn) -> None:
    type(office.agency).objects.filter(pk=office.agency.pk).update(second_factor_roles=["administrator"])
    client = log_in("administrator")
    found = {}
    for name, address in doors():
        answer = client.get(address)
        if (answer.status_code, answer.headers.get("Location")) != (302, "/security/"):
            found[name] = answer.status_code
    assert found == {
        "account_login": 302,
        "account_logout": 200,
        "mfa_authenticate": 302,
        "change_password": 200,
        "notices_count": 200,
        "security": 200,
        "confirm": 200,
        "factor_app": 302,
        "factor_key": 302,
        "language": 405,
    }


def test_forged_session_is_nobodys(office: Office) -> None:
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    assert client.get("/people/").status_code == 302
    assert SESSION_KEY not in client.session


# --- headers --------------------------------------------------------------------------------------
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(),"
    " usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def test_every_page_carries_the_headers(transactional_db: None) -> None:
    world = furnish()
    offences = []
    for who in ("writer", "editor", "administrator"):
        client, person = Client(), world.office.person[who]
        account = person.account if hasattr(person, "account") else world.office.account(who)
        client.force_login(account, backend="hezou.access.backend.Backend")
        for name, address in [*urls_of(world, who), ("nothing", "/no/such/page")]:
            answer = client.get(address)
            found = {header: answer.headers.get(header, "") for header in HEADERS}
            policy = answer.headers.get("Content-Security-Policy", "")
            if found != HEADERS or "frame-ancestors 'none'" not in policy or "unsafe" in policy:
                offences.append((who, name, found))
    assert offences == []


def test_no_address_carries_words_of_a_piece(transactional_db: None) -> None:
    """What holds more than a filter is sent in the body."""
    world, offences = furnish(), []
    for who in ("writer", "editor", "administrator"):
        client = Client()
        client.force_login(world.office.account(who), backend="hezou.access.backend.Backend")
        for name, address in urls_of(world, who):
            answer = client.get(address)
            if answer.status_code != 200:
                continue
            asking = tree(answer).xpath("//form[not(@method) or translate(@method, 'GET', 'get')='get']")
            kept = [one for form in asking for one in form.xpath(".//textarea | .//input[@type='password']")]
            offences += [(who, name, one.get("name")) for one in kept]
    assert offences == []


def test_every_sheet_that_pages_give_holds_no_formula(transactional_db: None) -> None:
    world, given, computing = furnish(), [], []
    for who in ("administrator", "editor"):
        client, person = Client(), world.office.person[who]
        account = person.account if hasattr(person, "account") else world.office.account(who)
        client.force_login(account, backend="hezou.access.backend.Backend")
        for name, address in doors():
            answer = client.get(address)
            if any(kind in answer.headers.get("Content-Type", "") for kind in SHEETS):
                given.append(name)
                computing += [name] if b"<f>" in unpacked(answer.content) else []
    assert ("people_template" in given, computing) == (True, [])


def unpacked(data: bytes) -> bytes:
    """Every part of an .xlsx, one after the other."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


# --- hosts, methods, errors -----------------------------------------------------------------------
@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_other_hosts_names_are_refused_or_ignored(office: Office, header: str) -> None:
    answer = Client().get("/people/", **{header: "evil.example"})  # type: ignore[arg-type]
    assert answer.status_code == (400 if header == "HTTP_HOST" else 302)
    assert "evil.example" not in answer.headers.get("Location", "") + answer.content.decode()


@pytest.mark.django_db
def test_trace_is_answered_nowhere() -> None:
    assert [Client().generic("TRACE", address).status_code for address in ("/login/", "/healthz")] == [
        405,
        405,
    ]


SECRET = "the text of a piece"


def fails(request: HttpRequest) -> HttpResponse:
    raise ValueError(SECRET)


class Failing:
    """Addresses with one that fails."""

    urlpatterns = [path("fails", fails), path("login/", fails, name="account_login")]


@pytest.mark.django_db
def test_error_page_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=Failing):
        answer = client.get("/fails?q=1")
    shown = answer.content.decode()
    assert (
        answer.status_code,
        [word in shown for word in (SECRET, "ValueError", "Traceback", "tests/")],
    ) == (
        500,
        [False] * 4,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/no/such/page", "/people/0", "/.git/config", "/static/", "/admin/", "/var/"]
)
def test_what_is_not_there_tells_nothing(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, "urlconf" in answer.content.decode().lower()) == (404, False)


# --- under https ----------------------------------------------------------------------------------
PRODUCTION = """
import json, django
django.setup()
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client
from django.test.utils import override_settings
files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={**settings.STORAGES, "staticfiles": files}).enable()  # none is collected here
names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT",
  "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
  "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME",
  "SECURE_CROSS_ORIGIN_OPENER_POLICY", "DEBUG", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH")
plain = Client().get("/login/", headers={"Host": "hezou.example"})
safe = Client().get("/no/such/page", headers={"Host": "hezou.example"}, secure=True)
print(json.dumps({
  "settings": {name: getattr(settings, name) for name in names},
  "checks": sorted(one.id for one in run_checks(include_deployment_checks=True)),
  "plain": [plain.status_code, plain.headers.get("Location")],
  "hsts": safe.headers.get("Strict-Transport-Security"),
  "coop": safe.headers.get("Cross-Origin-Opener-Policy"),
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What an installation in production says of itself."""
    folder: Path = tmp_path_factory.mktemp("production")
    key = "bmV3" * 10 + "bmU="
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("HEZOU_", "DJANGO_"))},
        "DJANGO_SETTINGS_MODULE": "hezou.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "HEZOU_PRODUCTION": "1",
        "HEZOU_HOSTS": "hezou.example",
        "HEZOU_SECRET_KEY": "Kq3-unguessable-and-long-enough-for-anybody-who-guesses-79",
        "HEZOU_FACTOR_KEYS": key,
        "HEZOU_DATA_DIR": str(folder),
    }
    (folder / "static").mkdir()
    command = [sys.executable, "-W", "ignore", "-c", PRODUCTION]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_cookies_are_sent_over_https_alone_and_from_this_host(production: Any) -> None:
    assert production["settings"] == {
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "DEVICE_COOKIE_NAME": "__Host-device",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "DEBUG": False,
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
    }


def test_production_speaks_https_and_says_so(production: Any) -> None:
    assert production["plain"] == [301, "https://hezou.example/login/"]
    assert production["hsts"] == "max-age=31536000; includeSubDomains"
    assert production["coop"] == "same-origin"


def test_frameworks_own_checks_find_nothing_but_the_preload_list(production: Any) -> None:
    # security.W021: whether browsers ship the host's name in their lists is for its owner to decide.
    assert production["checks"] == ["security.W021"]


def test_forwarded_addresses_are_believed_from_our_proxies_alone(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4"}, REMOTE_ADDR="10.0.0.1")
    assert get_client_ip(request) == "10.0.0.1"
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        forged = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 1.2.3.4"}, REMOTE_ADDR="10.0.0.1")
        assert get_client_ip(forged) == "1.2.3.4"
