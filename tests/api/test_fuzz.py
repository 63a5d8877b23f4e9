"""Whatever is sent: no server error, and every answer is one that the description told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.db.models import QuerySet
from django.test.client import ClientHandler
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hezou.access.by_token import open_manuscripts
from hezou.api.models import Hook
from hezou.api.shapes.files import PIXEL
from hezou.api.urls import door
from hezou.files.models import Blob
from hezou.kernel import clock
from hezou.manuscripts.models import Attachment
from hezou.people.models import Absence
from hezou.review.models import CounterSignature, Seat, Sheet
from hezou.submissions.models import Submission
from tests.api.machine import Machine
from tests.support.furnished import Furnished, furnish
from tests.support.office import Office
from tests.support.undone import undone

EXAMPLES = 20
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WAYS: dict[str, list[tuple[str, str]]] = {}
"""First part of an address → the ways below it."""
for _path, _ways in door.get_openapi_schema()["paths"].items():
    WAYS.setdefault(_path.split("/")[3], []).extend((_path, method) for method in _ways)
handle = ClientHandler(enforce_csrf_checks=False)


def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The product as a WSGI application that stays in the test's own transaction."""
    answer = handle(environ)
    start(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
    return [b"".join(answer)]


@pytest.fixture
def world(db: None) -> Furnished:
    return furnish()


@pytest.mark.parametrize("below", WAYS)
def test_answers_what_its_description_says(world: Furnished, below: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    by = Machine.of(world.office, "editor")
    by.post("/webhooks", {"url": "https://9.9.9.9/x", "events": ["seat.opened"]})
    own = by.begin()
    file = {"name": "附件.png", "content": PIXEL, "revision": own["revision"]}
    assert by.post(f"/manuscripts/{own['id']}/attachments", file).status == 201
    by.post("/absences", {"kind": "leave", "starts": "2030-01-06", "ends": "2030-01-07"})
    for path, method in WAYS[below]:
        fuzz(schema[path][method], by.text, met(world.office))


def fuzz(way: Any, token: str, known: dict[str, list[Any]]) -> None:
    """Send a way whatever its description allows, about things that are there and others."""

    @given(case=way.as_strategy(), data=st.data())
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def run(case: schemathesis.Case, data: st.DataObject) -> None:
        places: list[Any] = [one for one in (case.path_parameters, case.body) if isinstance(one, dict)]
        for place in places:
            for name in place:
                if name in known and data.draw(st.integers(0, 9)):
                    place[name] = data.draw(st.sampled_from(known[name]))
        cache.clear()
        with undone():
            answer = case.call(headers={"Authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=CHECKS)

    run()


def met(office: Office) -> dict[str, list[Any]]:
    """Name of a part of an address or a body → values that mean something here."""
    seen = open_manuscripts(office.fresh("editor"))
    journals = [str(one.pk) for one in office.journal.values()]
    return {
        "manuscript_id": keys(seen),
        "submission_id": keys(Submission.objects.all()),
        "hook_id": keys(Hook.objects.all()),
        "seat": keys(Seat.objects.filter(manuscript__in=seen)),
        "to": [[str(one.pk)] for one in office.body.values()],
        "authors": [[str(office.person[key].pk)] for key in ("writer", "editor")],
        "journal": [*journals, None],
        "number": [1, 2],
        "revision": [1, 2, 3, 4, 5, 6],
        "kind": ["experience", "problem", "publicity"],
        "content_class": ["public", "internal"],
        "openness": ["proactive", "withheld"],
        "form": ["whole", "brief"],
        "evidence": ["verified", "oral"],
        "adopted_on": ["2020-01-06"],
        "url": ["https://9.9.9.9/", "http://10.0.0.1/", "https://[::1]/"],
        "opinion": ["同意。", ""],
        "decider": [str(office.person[key].pk) for key in ("head", "signer", "editor")],
        "person": [str(office.person[key].pk) for key in ("head", "editor")],
        "deputy": [str(office.person["leader"].pk), None],
        "attachment_id": keys(Attachment.objects.filter(manuscript__in=seen)),
        "owed_id": keys(CounterSignature.objects.all()),
        "absence_id": keys(Absence.objects.all()),
        "sheet": [*Sheet.objects.values_list("code", flat=True), "ABCD-2345"],
        "sha256": [*Blob.objects.values_list("sha256", flat=True), "0" * 64],
        "photo": [PIXEL, None],
        "content": [PIXEL, "JVBERi0=", "aGk="],
        "spoken_at": [clock.now().isoformat(), "2020-01-06T09:30:00+08:00", None],
        "day": ["2030-01-06", "2020-01-06"],
        "leader": ["庚某", "无名氏"],
    }


def keys(rows: QuerySet[Any]) -> list[str]:
    return [str(one) for one in rows.values_list("pk", flat=True)]
