"""Bodies and their journals."""

from __future__ import annotations

import pytest

from hezou.audit.queries import trail
from hezou.kernel.errors import Forbidden, NotFound, Refused
from hezou.kernel.ref import Ref
from hezou.people.actions import add_body, add_journal, retire_body, retire_journal
from hezou.people.models import Body, Journal, Person
from hezou.submissions.queries import bodies, journals


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [message.code for message in caught.value.messages]


@pytest.fixture
def body(admin: Person) -> Body:
    return add_body(by=admin, name=" 某市局 ", nature="line")


def test_add_bodies_in_order(admin: Person, body: Body) -> None:
    second = add_body(by=admin, name="某区委办", nature="territorial")
    assert (body.name, body.sort_key, body.nature) == ("某市局", "mou shi ju 某市局", "line")
    assert list(bodies(admin.agency_id)) == [body, second]
    assert [entry.verb for entry in trail(admin.agency_id, Ref.to(body))] == ["add"]


def test_refuse_body(admin: Person, body: Body) -> None:
    for name, nature, code in (
        ("", "line", "people.body_name_missing"),
        ("某市局", "peer", "people.name_taken"),
        ("某省局", "king", "packs.unknown"),
    ):
        with pytest.raises(Refused) as caught:
            add_body(by=admin, name=name, nature=nature)
        assert codes(caught) == [code]


def test_add_journals(admin: Person, body: Body) -> None:
    daily = add_journal(by=admin, body=body, name="每日要情")
    other = add_body(by=admin, name="某区委办", nature="territorial")
    add_journal(by=admin, body=other, name="每日要情")
    assert list(journals(body)) == [daily]
    for name, code in (
        ("", "people.journal_name_missing"),
        ("每日 要情", None),
        ("每日要情", "people.name_taken"),
    ):
        if code is None:
            add_journal(by=admin, body=body, name=name)
            continue
        with pytest.raises(Refused) as caught:
            add_journal(by=admin, body=body, name=name)
        assert codes(caught) == [code]


def test_retire_journal_and_body(admin: Person, body: Body) -> None:
    journal = add_journal(by=admin, body=body, name="每日要情")
    retire_journal(by=admin, journal=journal)
    assert list(journals(body)) == []
    with pytest.raises(Refused) as caught:
        retire_journal(by=admin, journal=journal)
    assert codes(caught) == ["people.retired"]
    retire_body(by=admin, body=body)
    assert list(bodies(admin.agency_id)) == []
    with pytest.raises(Refused) as caught:
        add_journal(by=admin, body=body, name="月报")
    assert codes(caught) == ["people.retired"]
    assert add_body(by=admin, name="某市局", nature="line") != body


def test_bodies_of_another_agency_do_not_exist(
    stranger: Person, admin: Person, body: Body, person: Person
) -> None:
    with pytest.raises(NotFound):
        add_journal(by=stranger, body=body, name="月报")
    with pytest.raises(NotFound):
        retire_body(by=stranger, body=body)
    with pytest.raises(Forbidden):
        add_body(by=person, name="某县", nature="line")
    assert Journal.objects.count() == 0
