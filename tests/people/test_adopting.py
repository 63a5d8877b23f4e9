"""An agency changes its own rules: by right, with a reason, known to the trail, against what was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hezou.audit.models import AuditEntry
from hezou.kernel.errors import Forbidden, Refused, Stale
from hezou.packs.models import PackVersion
from hezou.packs.queries import offers, rulebook, versions_of
from hezou.packs.rules import parse
from hezou.packs.shipped import read
from hezou.people.actions import adopt_rules, adopt_upgrade
from hezou.people.queries import rules_of, today_of
from tests.packs.texts import said, swap
from tests.support.office import Office, found_office
from tests.support.rules import change, newest, proposal, with_older_rules

pytestmark = pytest.mark.django_db

LIMIT = 'code = "countersign_working_days"\nvalue = 3\nunit = "working_days"\n'
COMPOSITE = '  { code = "composite", label = { zh = "综合采用", en = "Adopted in a composite" } },\n'


@pytest.fixture
def office() -> Office:
    return found_office()


def longer(body: str) -> str:
    return swap(body, "value = 200000", "value = 100000")


def refusal(office: Office, **other: object) -> list[str]:
    offered = replace(proposal(office, "limits", longer(newest(office, "limits").body)), **other)  # type: ignore[arg-type]
    with pytest.raises(Refused) as caught:
        adopt_rules(by=office.fresh("administrator"), proposal=offered)
    return said(caught.value.messages)


def test_adopts_a_version_that_names_who_and_why(office: Office) -> None:
    version = change(office, "limits", longer)
    assert (version.number, version.parent, version.adopted_by) == (
        2,
        versions_of(office.agency.pk, "limits").get(number=1),
        office.person["administrator"].pk,
    )
    assert (version.source, version.reason) == ("局办公室通知", "按局长办公会意见调整")


def test_the_next_request_reads_the_new_rules(office: Office) -> None:
    writer = office.fresh("writer")
    assert rules_of(writer.agency).limit("manuscript_characters") == 200000
    change(office, "limits", longer)
    assert rules_of(office.fresh("writer").agency).limit("manuscript_characters") == 100000


def test_a_version_for_a_later_day_waits_for_it(office: Office) -> None:
    today = today_of(office.agency)
    later = today + timedelta(days=9)
    change(office, "limits", longer, on=later)
    found = [rulebook(office.agency.pk, day).limit("manuscript_characters") for day in (today, later)]
    assert found == [200000, 100000]


def test_days_that_are_over_are_recomputed_alike(office: Office) -> None:
    days = [date(2020, 1, 1), today_of(office.agency) - timedelta(days=1)]
    before = [rulebook(office.agency.pk, day) for day in days]
    change(office, "limits", longer)
    change(office, "labels", lambda body: body.replace("信息员", "通讯员"))
    assert [rulebook(office.agency.pk, day) for day in days] == before


def test_an_adoption_is_chained_without_its_reason(office: Office) -> None:
    version = change(office, "limits", longer)
    entry = AuditEntry.objects.get(ref_kind="packversion", ref_id=str(version.pk))
    assert (entry.verb, entry.actor_id) == ("adopt", office.person["administrator"].pk)
    assert entry.detail == {
        "family": "limits",
        "code": "main",
        "number": 2,
        "effective_from": version.effective_from.isoformat(),
        "parent": str(version.parent_id),
        "sha256": version.sha256,
    }


@pytest.mark.parametrize("who", ["writer", "editor", "signer", "auditor", "secrecy"])
def test_nobody_else_adopts(office: Office, who: str) -> None:
    offered = proposal(office, "limits", longer(newest(office, "limits").body))
    with pytest.raises(Forbidden):
        adopt_rules(by=office.fresh(who), proposal=offered)
    with pytest.raises(Forbidden):
        adopt_upgrade(by=office.fresh(who), proposal=offered, offer=None)  # type: ignore[arg-type]
    assert newest(office, "limits").number == 1


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (" ", "Say in a few words why the rules change."),
        ("因" * 401, "Say it shorter: at most 400 characters."),
        (
            "a\0",
            "The text holds characters that no text file may hold (position 2). Remove them and try again.",
        ),
    ],
)
def test_asks_for_a_reason(office: Office, reason: str, says: str) -> None:
    assert refusal(office, reason=reason) == [says]


def test_refuses_what_would_break_an_invariant(office: Office) -> None:
    body = newest(office, "routes").body.replace("secrecy = true\n", "")
    with pytest.raises(Refused) as caught:
        adopt_rules(by=office.fresh("administrator"), proposal=proposal(office, "routes", body))
    assert said(caught.value.messages)[1] == (
        "Kind news: the line out asks for a secrecy review; the route standard has none."
    )
    assert newest(office, "routes").number == 1


def test_refuses_a_proposal_written_before_another_version(office: Office) -> None:
    change(office, "limits", longer)
    body = swap(newest(office, "limits").body, "value = 100000", "value = 50000")
    with pytest.raises(Stale):
        adopt_rules(by=office.fresh("administrator"), proposal=proposal(office, "limits", body, seen=1))
    assert newest(office, "limits").number == 2


def test_refuses_the_same_rules_in_other_words(office: Office) -> None:
    body = "# a remark\n" + newest(office, "limits").body
    assert refusal(office, body=body) == ["These very rules are in force on that day already."]


def test_offers_nothing_while_the_shipped_rules_are_in_force(office: Office) -> None:
    assert offers(office.agency.pk) == {}


def test_offers_a_limit_that_was_shipped_later(office: Office) -> None:
    with_older_rules(office, "limits", f"[[numbers]]\n{LIMIT}")
    [(family, offer)] = offers(office.agency.pk).items()
    assert (family, offer.set_name, offer.text) == (
        "limits",
        "district-bureau",
        read("district-bureau")["limits"],
    )
    assert (offer.base, offer.ours) == (newest(office, "limits"), newest(office, "limits"))


def test_offers_nothing_of_a_set_that_is_shipped_no_more(office: Office) -> None:
    with_older_rules(office, "limits", f"[[numbers]]\n{LIMIT}")
    PackVersion.objects.filter(family="limits").update(source="shipped set gone")
    PackVersion.objects.filter(family="bodies").update(source="by hand")
    assert offers(office.agency.pk) == {}


def test_offers_nothing_that_the_agency_has_made_itself(office: Office) -> None:
    with_older_rules(office, "bodies", COMPOSITE)
    change(office, "bodies", lambda _: read("district-bureau")["bodies"])
    assert offers(office.agency.pk) == {}


def upgraded(office: Office, body: str) -> PackVersion:
    offered = proposal(office, "bodies", body)
    offer = offers(office.agency.pk)["bodies"]
    return adopt_upgrade(by=office.fresh("administrator"), proposal=offered, offer=offer)


def test_takes_a_newer_shipped_text_over_as_it_is(office: Office) -> None:
    with_older_rules(office, "bodies", COMPOSITE)
    version = upgraded(office, read("district-bureau")["bodies"])
    assert (version.number, version.source) == (2, "shipped set district-bureau")
    assert offers(office.agency.pk) == {}


def test_keeps_what_the_agency_made_of_a_newer_shipped_text(office: Office) -> None:
    with_older_rules(office, "bodies", COMPOSITE)
    change(office, "bodies", lambda body: body.replace("单篇采用", "整篇采用"))
    shipped = read("district-bureau")["bodies"]
    version = upgraded(office, shipped.replace("单篇采用", "整篇采用"))
    rows = versions_of(office.agency.pk, "bodies").order_by("number")
    assert [(one.number, one.source) for one in rows] == [
        (1, "shipped set district-bureau"),
        (2, "局办公室通知"),
        (3, "shipped set district-bureau"),
        (4, "局办公室通知"),
    ]
    assert (version.number, version.parent) == (4, rows[2])
    forms = rulebook(office.agency.pk, today_of(office.agency)).adoption_forms
    assert [one.label.zh for one in forms.values()] == ["整篇采用", "综合采用", "简讯采用"]
    assert offers(office.agency.pk) == {}
    entries = AuditEntry.objects.filter(verb="adopt", ref_kind="packversion").order_by("number")
    assert [entry.detail["number"] for entry in entries] == [2, 3, 4]


def test_refuses_an_upgrade_for_a_day_that_is_over_or_against_another_version(office: Office) -> None:
    with_older_rules(office, "bodies", COMPOSITE)
    offer, body = offers(office.agency.pk)["bodies"], read("district-bureau")["bodies"]
    yesterday = today_of(office.agency) - timedelta(days=1)
    with pytest.raises(Refused) as caught:
        adopt_upgrade(
            by=office.fresh("administrator"),
            proposal=proposal(office, "bodies", body, on=yesterday),
            offer=offer,
        )
    assert said(caught.value.messages)[0].startswith("Rules take effect from today")
    change(office, "bodies", lambda text: text.replace("单篇采用", "整篇采用"))
    with pytest.raises(Stale):
        adopt_upgrade(
            by=office.fresh("administrator"), proposal=proposal(office, "bodies", body, seen=1), offer=offer
        )
    assert parse("bodies", newest(office, "bodies").body).source != ""
    assert newest(office, "bodies").number == 2
