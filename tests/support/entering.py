"""People who log in by typing, with what a browser would send."""

from __future__ import annotations

from typing import Any

from django.test import Client

from hezou.kernel import clock
from hezou.people.models import Account
from tests.support.office import PASSWORD

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0 Safari/537.36"


def browser(address: str = "10.0.0.1") -> Client:
    """A browser that nobody has logged in from."""
    return Client(REMOTE_ADDR=address, HTTP_USER_AGENT=CHROME)


def type_in(client: Client, username: str, password: str = PASSWORD) -> Any:
    """The answer to name and password."""
    return client.post("/login/", {"login": username, "password": password})


def is_in(client: Client) -> bool:
    """Whether somebody is logged in there, all steps done."""
    return client.get("/people/password").status_code == 200


def just_typed(client: Client, account: Account) -> None:
    """Make the open session one whose password was typed a moment ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": clock.now().timestamp()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
