"""Acts: one transaction, its entries written once at its end, one answer to one deed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError

from hezou.audit.actions import act, action, advance, compare_and_set, record, require, same_agency
from hezou.audit.models import AuditEntry, ChainHead, Deed
from hezou.audit.queries import chain_breaks, head, trail
from hezou.audit.rules import GENESIS
from hezou.kernel.errors import AlreadyDone, Forbidden, NotFound, Refused, Stale
from hezou.kernel.ids import uuid7
from hezou.kernel.lifecycle import Lifecycle, Transition
from hezou.kernel.messages import Message
from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Person
from tests.support.office import Office, found_office

pytestmark = pytest.mark.django_db

THING = Ref("thing", "t")


@pytest.fixture
def office() -> Office:
    return found_office()


@action
def note(*, by: Person, word: str) -> str:
    """An action that leaves one entry."""
    record(THING, word, said_by=by.pk)
    return word


@action
def note_twice(*, by: Person) -> None:
    """An action made of two."""
    note(by=by, word="first")
    note(by=by, word="second")


def note_and_fail(*, by: Person) -> None:
    note(by=by, word="first")
    raise Refused(Message("test.no"))


def verbs(office: Office) -> list[str]:
    """The verbs about THING, oldest first."""
    return list(trail(office.agency.pk, THING).values_list("verb", flat=True))


def test_action_within_another_is_written_once_in_order(office: Office) -> None:
    before, _ = head(office.agency.pk)
    note_twice(by=office.person["writer"])
    assert verbs(office) == ["first", "second"]
    assert [e.number for e in trail(office.agency.pk, THING)] == [before + 1, before + 2]
    assert list(chain_breaks(office.agency.pk)) == []


def test_entry_tells_who_and_when_and_what(office: Office) -> None:
    writer = office.person["writer"]
    note(by=writer, word="first")
    entry = trail(office.agency.pk, THING).get()
    assert (entry.actor_id, entry.detail) == (writer.pk, {"said_by": str(writer.pk)})
    assert head(office.agency.pk) == (entry.number, entry.hash)


def test_act_that_fails_leaves_no_entry(office: Office) -> None:
    before = head(office.agency.pk)
    with pytest.raises(Refused), act(office.person["writer"]):
        note_and_fail(by=office.person["writer"])
    assert verbs(office) == []
    assert head(office.agency.pk) == before


def test_act_without_entries_leaves_the_chain(office: Office) -> None:
    before = head(office.agency.pk)
    with act(office.person["writer"]):
        pass
    assert head(office.agency.pk) == before


def test_act_of_one_person_inside_the_act_of_another_is_an_error(office: Office) -> None:
    with pytest.raises(RuntimeError), act(office.person["writer"]):
        note(by=office.person["head"], word="first")
    assert verbs(office) == []


def test_record_outside_any_act_is_an_error(office: Office) -> None:
    with pytest.raises(RuntimeError):
        record(THING, "first")


def test_record_keeps_what_json_writes_in_one_way(office: Office) -> None:
    someone = uuid7()
    with act(office.person["writer"]):
        record(THING, "all", a="甲", b=1, c=True, d=someone, e=[someone, None], f={"g": (1, 2)}, h=None)
    assert trail(office.agency.pk, THING).get().detail == {
        "a": "甲",
        "b": 1,
        "c": True,
        "d": str(someone),
        "e": [str(someone), None],
        "f": {"g": [1, 2]},
    }


@pytest.mark.parametrize("value", [0.5, b"x", date(2026, 1, 1)])
def test_record_refuses_what_json_writes_in_many_ways(office: Office, value: object) -> None:
    with pytest.raises(TypeError), act(office.person["writer"]):
        record(THING, "all", value=value)


def test_chains_of_two_agencies_are_apart(office: Office) -> None:
    other = found_office("hill")
    before = head(office.agency.pk)
    note(by=other.person["writer"], word="first")
    assert head(office.agency.pk) == before
    assert verbs(office) == []
    assert verbs(other) == ["first"]


def test_first_entry_of_an_agency_begins_its_chain(office: Office) -> None:
    AuditEntry.objects.all().delete()
    ChainHead.objects.all().delete()
    assert head(office.agency.pk) == (0, GENESIS)
    assert list(chain_breaks(office.agency.pk)) == []
    note(by=office.person["writer"], word="first")
    entry = AuditEntry.objects.get()
    assert (entry.number, entry.previous) == (1, GENESIS)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "recall"},
        {"detail": {}},
        {"actor_id": UUID(int=1)},
        {"ref_id": "u"},
        {"hash": "0" * 64},
    ],
    ids=["verb", "detail", "actor", "ref", "hash"],
)
def test_stored_entry_that_was_altered_is_found(office: Office, change: dict[str, object]) -> None:
    note_twice(by=office.person["writer"])
    first = trail(office.agency.pk, THING)[0]
    AuditEntry.objects.filter(pk=first.pk).update(**change)
    assert next(chain_breaks(office.agency.pk)).number == first.number


def test_stored_end_that_was_cut_off_is_found(office: Office) -> None:
    note_twice(by=office.person["writer"])
    number, _ = head(office.agency.pk)
    AuditEntry.objects.filter(agency_id=office.agency.pk, number=number).delete()
    assert [b.number for b in chain_breaks(office.agency.pk)] == [number - 1]


def test_trail_of_two_things_is_one_story(office: Office) -> None:
    with act(office.person["writer"]):
        record(THING, "first")
        record(Ref("thing", "u"), "second")
        record(Ref("thing", "v"), "third")
    found = trail(office.agency.pk, Ref("thing", "u"), THING)
    assert list(found.values_list("verb", flat=True)) == ["first", "second"]
    assert list(trail(office.agency.pk)) == []


# Deeds ---------------------------------------------------------------------------------------------


def press(by: Person, deed: UUID, target: str = "/first") -> None:
    """One press of a button."""
    with act(by, deed=deed) as mine:
        note(by=by, word="pressed")
        mine.target = target


def test_second_press_gets_the_first_answer(office: Office) -> None:
    deed = uuid7()
    press(office.person["writer"], deed)
    with pytest.raises(AlreadyDone) as caught:
        press(office.person["writer"], deed, target="/second")
    assert caught.value.target == "/first"
    assert verbs(office) == ["pressed"]


def test_press_that_was_refused_may_be_tried_again(office: Office) -> None:
    deed, writer = uuid7(), office.person["writer"]
    with pytest.raises(Refused), act(writer, deed=deed):
        raise Refused(Message("test.no"))
    press(writer, deed)
    assert verbs(office) == ["pressed"]


def test_second_press_that_finds_the_row_changed_gets_the_first_answer(office: Office) -> None:
    deed, writer = uuid7(), office.person["writer"]
    press(writer, deed)
    with pytest.raises(AlreadyDone) as caught, act(writer, deed=deed):
        raise Stale
    assert caught.value.target == "/first"


def test_deed_of_somebody_else_is_another_deed(office: Office) -> None:
    deed = uuid7()
    press(office.person["writer"], deed)
    press(office.person["head"], deed)
    assert verbs(office) == ["pressed", "pressed"]
    assert Deed.objects.filter(deed=deed).count() == 2


def test_broken_constraint_without_a_deed_stays_one(office: Office) -> None:
    row = Deed.objects.create(
        agency_id=office.agency.pk,
        actor_id=uuid7(),
        deed=uuid7(),
        at=office.draft().created_at,
    )
    with pytest.raises(IntegrityError), act(office.person["writer"]):
        Deed.objects.create(agency_id=row.agency_id, actor_id=row.actor_id, deed=row.deed, at=row.at)


# The one hand --------------------------------------------------------------------------------------


def objects(facts: str | None) -> Message | None:
    return Message("test.objection", {"to": facts}) if facts else None


LIFE = Lifecycle(
    noun="manuscript",
    states={"draft": "Draft", "moved": "Moved"},
    transitions=(
        Transition("move", frozenset({"draft"}), "moved", "manuscript.edit", (objects, objects)),
        Transition("follow", frozenset({"draft"}), "moved", ""),
    ),
)


def state_of(manuscript: Manuscript) -> str:
    return Manuscript.objects.get(pk=manuscript.pk).state


def test_advance_moves_the_state_and_tells_it(office: Office) -> None:
    manuscript = office.draft()
    with act(office.fresh("writer")):
        advance(manuscript, LIFE, "move", None, word="given")
    assert (manuscript.state, state_of(manuscript)) == ("moved", "moved")
    last = trail(office.agency.pk, Ref.to(manuscript)).last()
    assert last is not None
    assert (last.verb, last.detail) == ("move", {"before": "draft", "after": "moved", "word": "given"})


def test_advance_by_a_verb_the_state_does_not_know_is_refused(office: Office) -> None:
    manuscript = office.draft()
    with pytest.raises(Refused) as caught, act(office.fresh("writer")):
        advance(manuscript, LIFE, "fly", None)
    assert [m.code for m in caught.value.messages] == ["kernel.impossible"]


def test_advance_without_the_right_is_forbidden(office: Office) -> None:
    manuscript = office.draft()
    with pytest.raises(Forbidden), act(office.fresh("head")):
        advance(manuscript, LIFE, "move", None)
    assert state_of(manuscript) == "draft"


def test_advance_as_a_consequence_asks_for_no_right(office: Office) -> None:
    manuscript = office.draft()
    with act(office.fresh("head")):
        advance(manuscript, LIFE, "follow", None)
    assert state_of(manuscript) == "moved"


def test_advance_against_guards_gives_every_objection(office: Office) -> None:
    manuscript = office.draft()
    with pytest.raises(Refused) as caught, act(office.fresh("writer")):
        advance(manuscript, LIFE, "move", "dusk")
    assert caught.value.messages == (objects("dusk"), objects("dusk"))
    assert state_of(manuscript) == "draft"


def test_advance_of_a_row_that_moved_meanwhile_is_stale(office: Office) -> None:
    manuscript = office.draft()
    with act(office.fresh("writer")):
        advance(Manuscript.objects.get(pk=manuscript.pk), LIFE, "follow", None)
    with pytest.raises(Stale), act(office.fresh("writer")):
        advance(manuscript, LIFE, "follow", None)


def test_compare_and_set_bumps_the_revision(office: Office) -> None:
    manuscript = office.draft()
    taken = compare_and_set(manuscript, manuscript.revision)
    assert taken.revision == 2
    assert Manuscript.objects.get(pk=manuscript.pk).revision == 2


def test_compare_and_set_against_another_revision_is_stale(office: Office) -> None:
    manuscript = office.draft()
    with pytest.raises(Stale):
        compare_and_set(manuscript, manuscript.revision + 1)
    assert Manuscript.objects.get(pk=manuscript.pk).revision == 1


def test_compare_and_set_after_somebody_else_is_stale(office: Office) -> None:
    manuscript = office.draft()
    compare_and_set(Manuscript.objects.get(pk=manuscript.pk), 1)
    with pytest.raises(Stale):
        compare_and_set(manuscript, 1)
    assert Manuscript.objects.get(pk=manuscript.pk).revision == 2


def test_compare_and_set_of_a_row_read_too_early_is_stale(office: Office) -> None:
    manuscript = office.draft()
    compare_and_set(Manuscript.objects.get(pk=manuscript.pk), 1)
    with pytest.raises(Stale):
        compare_and_set(manuscript, 2)  # the form is of today, the row in hand is not


def test_thing_of_another_agency_is_not_found(office: Office) -> None:
    foreign = found_office("hill").draft()
    for ask in (lambda by: same_agency(by, None, foreign), lambda by: require(by, "people.read", foreign)):
        with pytest.raises(NotFound):
            ask(office.person["writer"])


def test_require_without_the_right_is_forbidden(office: Office) -> None:
    require(office.fresh("administrator"), "people.manage")
    with pytest.raises(Forbidden):
        require(office.fresh("writer"), "people.manage")
