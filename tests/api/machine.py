"""A program at the door: a token of somebody's, JSON in and out."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from hezou.access.actions import make_token
from hezou.access.by_token import grantable
from hezou.access.models import Token
from hezou.api.rules.events import EVENTS
from hezou.kernel.ids import uuid7
from hezou.people.models import Account
from tests.support.office import TEXT, Office

ROOT = "/api/v1"
PIECE = {"text": TEXT, "kind": "experience", "content_class": "public", "openness": "withheld"}


@dataclass(frozen=True)
class Answer:
    """Status, body and headers of an answer; `code` is the type of a problem."""

    status: int
    body: Any
    headers: dict[str, str] = field(repr=False)

    @property
    def code(self) -> str:
        return str(self.body["type"])

    @property
    def told(self) -> tuple[int, str]:
        """Status and code of a problem."""
        return self.status, self.code


@dataclass
class Machine:
    """Calls the door with a token; every POST gets a new key unless one is given."""

    text: str
    token: Token | None = None
    language: str = "en"
    client: Client = field(default_factory=lambda: Client(SERVER_NAME="localhost"))

    @classmethod
    def of(cls, office: Office, key: str, *verbs: str) -> Machine:
        """A program of a person: for the verbs named, or for all that are theirs."""
        person = office.fresh(key)
        if not Account.objects.filter(person=person).exists():
            office.account(key)
        made = make_token(by=person, name=f"台账{key}", verbs=list(verbs) or grantable(person), days=90)
        return cls(made.text, made.token)

    def get(self, path: str, **query: Any) -> Answer:
        return self.call("GET", path, query=query)

    def post(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> Answer:
        headers["Idempotency-Key"] = str(uuid7()) if key is None else key
        return self.call("POST", path, body or {}, headers=headers)

    def put(self, path: str, body: Any, **headers: str) -> Answer:
        return self.call("PUT", path, body, headers=headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self.call("DELETE", path, headers=headers)

    def download(self, path: str) -> Any:
        """The whole answer of a way that gives bytes."""
        return self.client.get(ROOT + path, headers={"Authorization": f"Bearer {self.text}"})

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Answer:
        """One request; a body that is no string is written as JSON."""
        sent = {"Authorization": f"Bearer {self.text}", "Accept-Language": self.language, **(headers or {})}
        data = body if isinstance(body, str | bytes) or body is None else json.dumps(body)
        answer = self.client.generic(
            method,
            ROOT + path,
            data or "",
            content_type=content_type,
            headers=sent,
            query_params=query or None,
        )
        return Answer(
            answer.status_code,
            json.loads(answer.content) if answer.content else None,
            dict(answer.headers.items()),
        )

    def begin(self, **changed: Any) -> dict[str, Any]:
        """A piece begun; as it was answered."""
        answer = self.post("/manuscripts", {**PIECE, **changed})
        assert answer.status == 201, answer.body
        body: dict[str, Any] = answer.body
        return body

    def listen(self, url: str, *events: str) -> dict[str, Any]:
        """A hook for events (all by default); as it was answered."""
        answer = self.post("/webhooks", {"url": url, "events": list(events or EVENTS)})
        assert answer.status == 201, answer.body
        body: dict[str, Any] = answer.body
        return body
