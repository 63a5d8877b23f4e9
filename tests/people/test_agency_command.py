"""`hezou agency`: the door to an empty agency."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from hezou.ops.cli import main
from hezou.people.models import Agency
from hezou.people.queries import rules_of

pytestmark = pytest.mark.django_db


def test_new_prints_three_accounts_that_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agency", "new", "--code", "lake", "--name", "某某区湖泊局", "--short", "湖泊局"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == "lake\t某某区湖泊局"
    printed = [line.split("\t") for line in lines]
    assert [username for _, username, _ in printed] == [
        "lake-administrator",
        "lake-secrecy_reviewer",
        "lake-auditor",
    ]
    for _, username, password in printed:
        assert authenticate(RequestFactory().post("/"), username=username, password=password) is not None
    assert Agency.objects.get().short_name == "湖泊局"


def test_new_begins_with_the_rules_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agency", "new", "--code", "hill", "--name", "山地站", "--pack", "county-station"]) == 0
    capsys.readouterr()
    agency = Agency.objects.get()
    assert (agency.short_name, agency.zone) == ("山地站", "Asia/Shanghai")
    assert list(rules_of(agency).natures) == ["trade", "county"]


def test_new_refuses_a_code_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agency", "new", "--code", "A B", "--name", "山地站"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert Agency.objects.count() == 0


def test_list_agencies_by_code(capsys: pytest.CaptureFixture[str]) -> None:
    main(["agency", "new", "--code", "lake", "--name", "湖泊局"])
    main(["agency", "new", "--code", "hill", "--name", "山地站"])
    capsys.readouterr()
    assert main(["agency", "list"]) == 0
    assert capsys.readouterr().out.splitlines() == ["hill\t山地站", "lake\t湖泊局"]
