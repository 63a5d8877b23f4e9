"""The list of persons: who sees it, how it is narrowed, where it goes on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.people.models import Deputy, Grant, Person
from hezou.people.queries import persons
from tests.support.office import Office
from tests.web.conftest import LogIn
from tests.web.reading import Answer, buttons, rows, tree, words


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in("administrator")


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


def named(answer: Answer) -> list[str]:
    """The names in the list of persons."""
    return [words(one) for one in tree(answer).xpath("//section[@aria-label='Persons']//td[1]")]


def further(answer: Answer) -> str:
    """Where the next rows are."""
    return str(tree(answer).xpath("//a[@rel='next']/@href")[0])


def test_list_shows_persons_beside_the_tree(office: Office, writer: Client) -> None:
    answer = writer.get("/people/")
    assert len(named(answer)) == 12
    assert rows(answer, "Units") == [["某局"], *([name] for name in sorted(office.unit.keys() - {"某局"}))]
    table = tree(answer).xpath("//section[@aria-label='Persons']//tbody/tr")
    cells = {words(row.xpath("./td")[0]): [words(td) for td in row.xpath("./td")[1:]] for row in table}
    head = office.person["head"]
    assert cells[head.name] == ["第一科", "", "Writer, Unit head", ""]
    assert list(buttons(answer)) == []


def test_list_offers_changes_to_who_keeps_the_directory(admin: Client) -> None:
    answer = admin.get("/people/")
    assert list(buttons(answer)) == [("Import a list", True), ("Add a person", True)]
    assert [row[-1] for row in rows(answer, "Units")] == ["Change"] * 4


def test_list_narrows_by_unit_and_words(office: Office, writer: Client) -> None:
    unit = office.unit["第一科"]
    assert named(writer.get(f"/people/?unit={unit.pk}")) == [
        office.person[key].name for key in ("colleague", "head", "writer")
    ]
    assert named(writer.get(f"/people/?unit={unit.pk}&q=HEAD")) == [office.person["head"].name]
    assert named(writer.get("/people/?unit=forged")) == named(writer.get("/people/"))
    answer = writer.get("/people/?q=nobody")
    assert named(answer) == []
    assert "Nobody fits these words" in words(tree(answer))


@pytest.mark.parametrize("query", ["?q=%00", "?after=%00~", "?after=a~b", "?q=%ED%A0%80"])
def test_list_survives_mangled_addresses(office: Office, writer: Client, query: str) -> None:
    assert writer.get(f"/people/{query}").status_code == 200


def test_list_goes_on_where_the_page_ended(office: Office, writer: Client) -> None:
    for number in range(50):
        Person.objects.create(
            agency=office.agency,
            unit=office.unit["第二科"],
            name=f"人{number:02}",
            sort_key=f"ren {number // 3}",
        )
    first = writer.get("/people/")
    second = writer.get(f"/people/{further(first)}")
    third = writer.get(f"/people/{further(second)}")
    assert "Back to the beginning" in words(tree(third))
    names = named(first) + named(second) + named(third)
    order = persons(office.agency.pk).order_by("sort_key", "pk").values_list("name", flat=True)
    assert names == list(order)
    assert [len(named(one)) for one in (first, second, third)] == [30, 30, 2]


def test_list_takes_as_many_queries_for_thirty_as_for_one(office: Office, log_in: LogIn) -> None:
    Grant.objects.exclude(person=office.person["writer"]).delete()
    keep = office.person["writer"].pk
    Deputy.objects.all().delete()
    Person.objects.filter(agency=office.agency).exclude(pk=keep).delete()
    client = log_in("writer")
    counts = []
    for number in (0, 1, 29):
        for _ in range(number):
            one = Person.objects.create(
                agency=office.agency, unit=office.unit["第二科"], name="人", sort_key="r"
            )
            Grant.objects.create(agency=office.agency, person=one, role="writer", unit=office.unit["第二科"])
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/")
        counts.append(len(queries))
    assert counts[1:] == [counts[1]] * 2
    assert counts[1] <= 15
