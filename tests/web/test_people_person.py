"""A person's page and what is done from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from hezou.kernel.ids import uuid7
from hezou.people.actions import change_person
from hezou.people.models import Account, Deputy, Grant, Person
from hezou.people.queries import today_of
from tests.support.office import PASSWORD, Office
from tests.web.conftest import LogIn
from tests.web.directory import post, url
from tests.web.reading import buttons, field_errors, panels, rows, said, summary, tree, words


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


def test_person_page_for_a_colleague(office: Office, writer: Client) -> None:
    head = office.person["head"]
    answer = writer.get(url(head))
    assert list(panels(answer)) == ["Particulars", "Roles", "Deputies"]
    assert rows(answer, "Roles") == [["Writer", "第一科", ""], ["Unit head", "第一科", ""]]
    assert list(buttons(answer)) == []


def test_own_page_leads_to_the_password(office: Office, writer: Client) -> None:
    answer = writer.get(url(office.person["writer"]))
    assert tree(answer).xpath("//section//a[@href='/people/password']") != []


def test_add_person(office: Office, admin: Client) -> None:
    unit = office.unit["第一科"]
    opened = admin.get(f"/people/new?unit={unit.pk}")
    assert tree(opened).xpath("//option[@selected]/@value") == [str(unit.pk)]
    answer = post(admin, "/people/new", name="张　三", unit=str(unit.pk), post="科员", phone="8001")
    added = Person.objects.get(agency=office.agency, name="张三")
    assert (answer.status_code, answer["Location"]) == (303, url(added))
    assert (added.unit, added.post, added.phone) == (unit, "科员", "8001")
    assert said(answer) == ["张三 was added."]


def test_add_person_again_with_the_same_deed(office: Office, admin: Client) -> None:
    form = {"deed": str(uuid7()), "name": "张三", "unit": str(office.unit["第一科"].pk)}
    first, second = (admin.post("/people/new", form) for _ in range(2))
    assert (second.status_code, second["Location"]) == (303, first["Location"])
    assert Person.objects.filter(agency=office.agency, name="张三").count() == 1


def test_refused_person_keeps_what_was_typed(office: Office, admin: Client) -> None:
    Person.objects.filter(pk=office.person["head"].pk).update(staff_number="07")
    unit = str(office.unit["第一科"].pk)
    answer = post(admin, "/people/new", name=" ", unit=unit, phone="8001")
    assert (answer.status_code, summary(answer)) == (422, ["Name: Enter a name."])
    answer = post(admin, "/people/new", name="张三", unit=unit, staff_number="07")
    expected = f"The staff number 07 belongs to {office.person['head'].name} already."
    assert (answer.status_code, field_errors(answer)) == (422, [expected])
    assert tree(answer).xpath("//input[@name='name']/@value") == ["张三"]
    answer = post(admin, "/people/new", name="张三", unit=str(uuid7()))
    assert answer.status_code == 422


def edit(person: Person, **typed: object) -> dict[str, object]:
    fields = {"name": person.name, "unit": str(person.unit_id), "revision": person.revision}
    return {**fields, "post": "", "phone": "", "staff_number": "", **typed}


def test_change_person(office: Office, admin: Client) -> None:
    head = office.person["head"]
    assert admin.get(url(head, "/edit")).status_code == 200
    answer = post(admin, url(head, "/edit"), **edit(head, phone="8001"))
    assert (answer.status_code, answer["Location"]) == (303, url(head))
    assert Person.objects.get(pk=head.pk).phone == "8001"
    answer = post(admin, url(head, "/edit"), **edit(head, unit="x"))
    assert answer.status_code == 422


def test_stale_form_keeps_what_was_typed_and_shows_what_stands(office: Office, admin: Client) -> None:
    head, by = office.person["head"], office.fresh("administrator")
    change_person(
        by=by, person=head, revision=1, unit=head.unit, name=head.name, post="科长", phone="", staff_number=""
    )
    answer = post(admin, url(head, "/edit"), **edit(head, revision=1, phone="8001"))
    assert answer.status_code == 409
    assert panels(answer)["As it stands now"] == "As it stands now Unit第一科Post科长"
    assert tree(answer).xpath("//input[@name='phone']/@value") == ["8001"]
    assert tree(answer).xpath("//form[@id='one']//input[@name='revision']/@value") == ["2"]
    answer = post(admin, url(head, "/edit"), **edit(head, revision="forged"))
    assert answer.status_code == 422


def test_give_and_take_back_a_role(office: Office, admin: Client) -> None:
    head, unit = office.person["head"], office.unit["第二科"]
    answer = post(admin, url(head, "/roles"), role="recorder", unit=str(unit.pk), starts="", ends="")
    assert (answer.status_code, answer["Location"]) == (303, url(head))
    assert rows(admin.get(url(head)), "Roles")[-1] == ["Recorder", "第二科", "", "Take back"]
    answer = post(admin, url(head, "/roles"), role="recorder", unit=str(unit.pk))
    assert (answer.status_code, field_errors(answer)) == (
        422,
        [f"{head.name} holds this role over 第二科 on some of these days."],
    )
    answer = post(admin, url(head, "/roles"), role="king", unit=str(unit.pk))
    assert answer.status_code == 422
    grant = Grant.objects.get(person=head, role="recorder")
    answer = post(admin, f"/people/grants/{grant.pk}/end")
    assert (answer.status_code, said(answer)) == (
        303,
        ["It has ended with effect at once."],
    )
    assert len(rows(admin.get(url(head)), "Roles")) == 2


def test_refuse_to_end_the_last_administrator(office: Office, admin: Client) -> None:
    grant = Grant.objects.get(agency=office.agency, role="administrator")
    answer = post(admin, f"/people/grants/{grant.pk}/end")
    assert answer.status_code == 422
    assert len(summary(answer)) == 1
    answer = post(admin, url(office.person["administrator"], "/retire"))
    assert answer.status_code == 422
    assert Grant.objects.get(pk=grant.pk).ends is None


def test_name_and_take_back_a_deputy(office: Office, admin: Client) -> None:
    head, leader = office.person["head"], office.person["leader"]
    today = today_of(office.agency)
    until = today + timedelta(days=3)
    days = {"starts": today.isoformat(), "ends": until.isoformat()}
    answer = post(admin, url(head, "/deputies"), deputy=str(leader.pk), **days)
    assert answer.status_code == 303
    assert rows(admin.get(url(head)), "Deputies")[0][0] == f"{leader.name} signs in this person's name"
    assert rows(admin.get(url(leader)), "Deputies")[0][0] == f"signs in the name of {head.name}"
    answer = post(admin, url(leader, "/deputies"), deputy=str(head.pk), **days)
    assert (answer.status_code, len(field_errors(answer))) == (422, 1)
    answer = post(admin, url(leader, "/deputies"), deputy=str(head.pk), starts="", ends="nonsense")
    assert (answer.status_code, len(field_errors(answer))) == (422, 2)
    named_deputy = Deputy.objects.get(principal=head)
    assert post(admin, f"/people/deputies/{named_deputy.pk}/end").status_code == 303
    assert rows(admin.get(url(head)), "Deputies") == []


def test_open_account_shows_its_password_once(office: Office, admin: Client) -> None:
    head = office.person["head"]
    form = {"deed": str(uuid7()), "username": "Head.One"}
    answer = admin.post(url(head, "/account"), form)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    username, password = (words(one) for one in tree(answer).xpath("//samp"))
    assert username == "head.one"
    assert Account.objects.get(person=head).check_password(password)
    again = admin.post(url(head, "/account"), form)
    assert (again.status_code, again["Location"]) == (303, url(head))
    assert "head.one: the one-time password was not used yet." in words(tree(admin.get(url(head))))


def test_refused_account_says_so_at_its_field(office: Office, admin: Client) -> None:
    head = office.person["head"]
    for typed, said_there in (
        ("", "Enter an account name."),
        (
            f"administrator.{office.agency.code}",
            f"The account name administrator.{office.agency.code} is taken.",
        ),
    ):
        answer = post(admin, url(head, "/account"), username=typed)
        assert (answer.status_code, field_errors(answer)) == (422, [said_there])


def test_reset_password_shows_the_new_one_once(office: Office, admin: Client) -> None:
    account = office.account("head")
    answer = post(admin, url(account.person, "/account/reset"))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    password = words(tree(answer).xpath("//samp")[1])
    assert Account.objects.get(pk=account.pk).check_password(password)
    assert not Account.objects.get(pk=account.pk).check_password(PASSWORD)
    assert post(admin, url(office.person["leader"], "/account/reset")).status_code == 404


def test_person_who_left_is_still_named(office: Office, admin: Client) -> None:
    head = office.person["head"]
    answer = post(admin, url(head, "/retire"))
    assert (answer.status_code, answer["Location"]) == (303, "/people/")
    listed = tree(admin.get("/people/")).xpath("//td//a/text()")
    assert (head.name in listed, office.person["leader"].name in listed) == (False, True)
    page = admin.get(url(head))
    assert page.status_code == 200
    assert list(buttons(page)) == []
    assert post(admin, url(head, "/roles"), role="writer", unit=str(head.unit_id)).status_code == 422
