"""The demo is made by actions and proves itself."""

from __future__ import annotations

import pytest

from hezou.manuscripts.models import Manuscript
from hezou.ops.cli import main
from hezou.people.models import Account
from hezou.submissions.models import Adoption

pytestmark = pytest.mark.django_db


def test_demo_fills_an_agency_once_and_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    first = capsys.readouterr().out
    assert "qinghe.window" in first
    states = sorted(set(Manuscript.objects.values_list("state", flat=True)))
    assert states == ["draft", "in_review", "returned", "sent", "signed"]
    assert (Manuscript.objects.count(), Adoption.objects.count()) == (31, 7)
    assert main(["verify"]) == 0
    capsys.readouterr()
    assert main(["demo"]) == 0
    assert capsys.readouterr().out == first
    assert Manuscript.objects.count() == 31


def test_demo_log_ins_need_no_new_password(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    named = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    accounts = Account.objects.filter(username__in=named)
    assert [a.must_change_password for a in accounts] == [False] * len(named)
