"""The demo is made by actions and as history, fills up to any number, and proves itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hezou.audit.models import AuditEntry
from hezou.checks.rules import check
from hezou.kernel import clock
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import versions
from hezou.manuscripts.rules.compare import edit_class
from hezou.ops.cli import main
from hezou.ops.demo.building import directory
from hezou.people.models import Account, Person, Unit
from hezou.review.models import Decision
from hezou.submissions.models import Adoption, Submission

pytestmark = pytest.mark.django_db
LIVE = 31
"""Pieces that are still under way or lately done: made act by act."""
KINDS = {"news", "brief", "experience", "problem", "commentary", "research", "publicity"}


def test_demo_fills_an_agency_once_and_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--manuscripts", "60"]) == 0
    first = capsys.readouterr().out
    assert "qinghe.window" in first
    states = sorted(set(Manuscript.objects.values_list("state", flat=True)))
    assert states == ["draft", "in_review", "returned", "sent", "signed"]
    assert Manuscript.objects.count() == 60
    assert main(["verify"]) == 0
    capsys.readouterr()
    entries = AuditEntry.objects.count()
    assert main(["demo", "--manuscripts", "60"]) == 0
    assert capsys.readouterr().out == first
    assert (Manuscript.objects.count(), AuditEntry.objects.count()) == (60, entries)


def test_demo_adds_finished_pieces_to_a_bureau_of_ten_units(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--manuscripts", "1"]) == 0
    assert (Manuscript.objects.count(), Adoption.objects.count()) == (LIVE, 7)
    assert Unit.objects.exclude(parent=None).count() == 10
    staff = Person.objects.filter(is_system=False).exclude(unit__parent=None)
    names = [person["name"] for unit in directory()["units"] for person in unit["persons"]]
    assert (staff.count(), len(set(names))) == (60, 60)
    named = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    accounts = Account.objects.filter(username__in=named)
    assert [a.must_change_password for a in accounts] == [False] * len(named)
    assert main(["demo", "--manuscripts", "50"]) == 0
    assert Manuscript.objects.count() == 50
    assert main(["verify"]) == 0


def test_demo_year_is_what_an_office_would_have_done() -> None:
    assert main(["demo", "--manuscripts", "300"]) == 0
    pieces = list(Manuscript.objects.order_by("number"))
    assert {piece.kind for piece in pieces} == KINDS
    assert min(piece.created_at for piece in pieces) < clock.now() - timedelta(days=330)
    assert max(piece.touched_at for piece in pieces) <= clock.now()
    assert set(Decision.objects.values_list("edit_class", flat=True)) == {"", "wording", "substance"}
    assert 60 < Submission.objects.filter(state="adopted").count() < 300
    assert 10 < Manuscript.objects.filter(round__gt=1).count() < 100
    begun = [piece.created_at.date() for piece in pieces]
    assert begun == sorted(begun)
    could_have_been_handed_in(pieces)
    edits_are_of_the_class_they_say()


def could_have_been_handed_in(pieces: list[Manuscript]) -> None:
    for piece in pieces[::5]:
        for version in versions(piece).select_related("text"):
            found = check(version.text.plain(), kind=piece.kind)
            assert piece.state == "draft" or not [f for f in found if f.severity == "error"]


def edits_are_of_the_class_they_say() -> None:
    edited = Decision.objects.exclude(edit_class="").select_related(
        "version_before__text", "version_after__text"
    )
    assert len(edited) > 50
    for one in edited:
        before, after = one.version_before.text.plain(), one.version_after.text.plain()
        assert edit_class(before, after, marked=one.edit_class, most=50) == one.edit_class
