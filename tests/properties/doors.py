"""The ways into the product: pages with a log-in, the machine door with a token; every address of each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter

from hezou.access.actions import make_token
from hezou.access.by_token import grantable
from hezou.api.urls import door
from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.people.models import Account, Person
from tests.web.test_every_page import patterns

LEAVING = {"account_logout"}
QUERIES: dict[str, tuple[str, ...]] = {
    "manuscript": tuple(
        f"?part={part}" for part in ("versions", "review", "readers", "history", "submissions")
    ),
    "manuscript_compare": ("?whole=1", "?from=1&to=1"),
    "manuscript_docx": ("?layout=official",),
    "manuscript_file": ("?size=page",),
    "manuscripts": ("?state=in_review", "?kind=experience", "?mine=1"),
    "selecting": ("?view=aside",),
    "submissions": ("?state=sent",),
    "people": ("?q=甲",),
    "trail": ("?thing=2026-0001", "?who=甲"),
    "route_try": ("?try-kind=experience",),
}
"""Parts and views of a page that its address alone does not open."""


@dataclass(frozen=True)
class Address:
    """An address with the parameters it takes; `numbers`: those that are no UUIDs.

    `asks`: each way of asking it, the reading one first where there is one.
    """

    name: str
    takes: frozenset[str]
    numbers: frozenset[str]
    path: Callable[[dict[str, Any]], str]
    asks: tuple[Callable[[Client, str], Any], ...]
    queries: tuple[str, ...] = ()

    @property
    def reads(self) -> bool:
        return self.asks[0] is look


@dataclass(frozen=True)
class Door:
    """One way in: who enters how, the addresses behind it, and which pieces it opens to their readers."""

    name: str
    enter: Callable[[Account], Client]
    addresses: Callable[[], list[Address]]
    opens: Callable[[Person, Manuscript], bool]
    shut: frozenset[int]
    """Statuses that say no."""


def look(client: Client, path: str) -> Any:
    cache.clear()  # nobody is slowed down here
    return client.get(path, follow=True)


# --- pages ----------------------------------------------------------------------------------------
def by_page(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="hezou.access.backend.Backend")
    return client


def pages() -> list[Address]:
    """Every page by its name; a new one is walked from its first day."""
    return [
        Address(
            pattern.name,
            frozenset(pattern.pattern.converters),
            frozenset(n for n, kind in pattern.pattern.converters.items() if isinstance(kind, IntConverter)),
            partial(_reversed, pattern.name),
            (look, press),
            QUERIES.get(pattern.name, ()),
        )
        for pattern in patterns(get_resolver("hezou.web.urls"))
        if pattern.name is not None and pattern.name not in LEAVING
    ]


def press(client: Client, path: str) -> Any:
    return client.post(path)


def _reversed(name: str, given: dict[str, Any]) -> str:
    return reverse(name, kwargs=given)


# --- the machine door -----------------------------------------------------------------------------
def by_token(account: Account) -> Client:
    """A program with a token for everything that its owner may do."""
    person = account.person
    made = make_token(by=person, name="一切", verbs=grantable(person), days=30)
    return Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {made.text}"})


def ways() -> list[Address]:
    """Every way of the description, each method by its own; bodies are those of the examples."""
    whole = door.get_openapi_schema()
    return [
        _way(path, method, way, whole["components"]["schemas"])
        for path, methods in whole["paths"].items()
        for method, way in methods.items()
    ]


def _way(path: str, method: str, way: dict[str, Any], forms: dict[str, Any]) -> Address:
    parts = {one["name"]: one["schema"] for one in way["parameters"] if one["in"] == "path"}
    body = None
    if "requestBody" in way:
        form = way["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        body = forms[form]["examples"][0]
    ask = look if method == "get" else partial(_do, method, body)
    numbers = frozenset(name for name, kind in parts.items() if kind.get("type") == "integer")
    return Address(way["operationId"], frozenset(parts), numbers, partial(_filled, path), (ask,))


def _filled(path: str, given: dict[str, Any]) -> str:
    return re.sub(r"{(\w+)}", lambda found: str(given[found[1]]), path)


def _do(method: str, body: Any, client: Client, path: str) -> Any:
    cache.clear()
    data = "" if body is None else json.dumps(body)
    headers = {"Idempotency-Key": str(uuid7())}
    if body is None:
        headers["If-Match"] = '"1"'
    return client.generic(method.upper(), path, data, content_type="application/json", headers=headers)


DOORS = (
    Door(
        "pages",
        by_page,
        pages,
        lambda person, piece: person.has_perm("manuscript.read", piece),
        frozenset({403, 404, 405}),
    ),
    Door(
        "programs",
        by_token,
        ways,
        lambda person, piece: piece.content_class != INTERNAL and person.has_perm("manuscript.read", piece),
        frozenset({403, 404}),
    ),
)
