"""`load_history`: the second and last door to a state, for what is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from hezou.audit.actions import load_history
from hezou.audit.history import Past, happened
from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks, head, trail
from hezou.kernel.errors import Forbidden, NotFound
from hezou.kernel.ref import Ref
from hezou.manuscripts.lifecycle import DRAFT, IN_REVIEW, MANUSCRIPT, RETURNED, SENT, SIGNED
from hezou.manuscripts.models import Author, Manuscript, Reader, Text, Version
from hezou.ops.verifying import differences
from hezou.review.lifecycle import CLOSED, GAVE_BACK, OPEN, PASSED, SEAT, WAITING
from hezou.review.models import Decision, Seat
from hezou.submissions.actions import submit
from hezou.submissions.models import Submission
from tests.support.office import Office, found_office, read
from tests.support.past import BEGUN, finished
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


def load(office: Office, past: Past) -> int:
    return load_history(by=office.fresh("administrator"), past=past)


def test_load_history_writes_every_room_and_proves_itself(office: Office) -> None:
    past = finished(office)
    assert load(office, past) == sum(len(chapter.rows) for chapter in past.chapters.values()) == 20
    manuscript = Manuscript.objects.get()
    assert (manuscript.state, manuscript.number, manuscript.round) == (SENT, "2025-0001", 1)
    assert (Version.objects.count(), Text.objects.count(), Author.objects.count()) == (1, 1, 1)
    assert sorted(Seat.objects.values_list("state", flat=True)) == [PASSED] * 3
    assert (Decision.objects.count(), Reader.objects.count()) == (3, 6)
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["adopted", "sent"]
    assert list(differences(office.agency.pk)) == []


def test_load_history_chains_now_and_says_when_it_happened(office: Office) -> None:
    load(office, finished(office))
    manuscript, administrator = Manuscript.objects.get(), office.person["administrator"]
    entries = list(trail(office.agency.pk, Ref.to(manuscript)))
    assert [e.verb for e in entries] == ["create", "make_version", "hand_in", "sign", "submit"]
    assert {e.actor_id for e in entries} == {administrator.pk}
    assert {e.detail["source"] for e in entries} == {"old-ledger"}
    assert happened(entries[0]) == (office.person["writer"].pk, BEGUN)
    assert happened(entries[3]) == (office.person["signer"].pk, BEGUN + timedelta(hours=4))
    assert all(e.at > BEGUN + timedelta(days=30) for e in entries)
    told = AuditEntry.objects.get(verb="load_history")
    assert (told.ref_id, told.detail) == (str(office.agency.pk), {"source": "old-ledger", "rows": 20})
    assert list(chain_breaks(office.agency.pk)) == []


def test_happened_of_a_live_entry_is_its_own(office: Office) -> None:
    manuscript = office.draft()
    entry = trail(office.agency.pk, Ref.to(manuscript))[0]
    assert happened(entry) == (office.person["writer"].pk, entry.at)


def test_load_history_writes_the_head_once_for_all(office: Office) -> None:
    before, _ = head(office.agency.pk)
    past = finished(office)
    finished(office, past=past, number="2025-0002")
    load(office, past)
    assert head(office.agency.pk)[0] == before + 1 + len(past.told)


@pytest.mark.parametrize("state", [DRAFT, IN_REVIEW, SIGNED])
def test_load_history_refuses_open_pieces_and_those_not_yet_sent(office: Office, state: str) -> None:
    past = finished(office, state=state)
    with refused("audit.still_open"):
        load(office, past)
    assert Manuscript.objects.count() == 0


@pytest.mark.parametrize("state", [WAITING, OPEN])
def test_load_history_refuses_open_seats(office: Office, state: str) -> None:
    past = finished(office)
    past.chapters[Seat].states[-1] = state
    with refused("audit.still_open"):
        load(office, past)


def test_load_history_refuses_a_table_with_states_and_none_named(office: Office) -> None:
    past = Past("old-ledger")
    past.keep(finished(office).chapters[Manuscript].rows[0])
    with refused("audit.still_open"):
        load(office, past)


def test_settled_states_are_those_in_which_nothing_is_open() -> None:
    assert MANUSCRIPT.settled == {RETURNED, SENT}
    assert SEAT.settled == {PASSED, GAVE_BACK, CLOSED}


def test_load_history_refuses_rows_that_join_a_thing_that_is_here(office: Office) -> None:
    live = office.handed_in()
    past = Past("old-ledger")
    past.keep(Reader(agency=office.agency, manuscript=live, scope_kind="person", scope_id=office.agency.pk))
    with refused("audit.joins_present"):
        load(office, past)
    past = finished(office)
    seat = office.open_seat(live)
    past.chapters[Decision].rows[0].seat_id = seat.pk  # type: ignore[attr-defined]
    with refused("audit.joins_present"):
        load(office, past)


@pytest.mark.parametrize("source", ["", "Ledger", "旧台账", "a", "x" * 41])
def test_load_history_refuses_a_source_without_a_code(office: Office, source: str) -> None:
    with refused("audit.no_source"):
        load(office, finished(office, past=Past(source)))


@pytest.mark.parametrize("key", ["writer", "editor", "signer", "auditor"])
def test_load_history_asks_for_the_right(office: Office, key: str) -> None:
    with pytest.raises(Forbidden):
        load_history(by=office.fresh(key), past=finished(office))


def test_load_history_keeps_agencies_apart(office: Office) -> None:
    other = found_office("hill")
    with pytest.raises(NotFound):
        load_history(by=other.fresh("administrator"), past=finished(office))
    assert Manuscript.objects.count() == 0


def test_load_history_loads_all_or_nothing(office: Office) -> None:
    load(office, finished(office))
    entries = AuditEntry.objects.count()
    past = finished(office, number="2025-0002")
    finished(office, past=past)  # the number is taken
    with pytest.raises(IntegrityError):
        load(office, past)
    assert (Manuscript.objects.count(), AuditEntry.objects.count()) == (1, entries)


def test_submit_goes_on_from_a_loaded_piece(office: Office) -> None:
    load(office, finished(office))
    third = office.body["市局"]
    Submission.objects.filter(body=third).delete()
    manuscript = read(Manuscript.objects.get())
    submit(by=office.fresh("editor"), manuscript=manuscript, revision=manuscript.revision, to=[third])
    assert list(differences(office.agency.pk)) == []


def test_load_history_names_every_reason(office: Office) -> None:
    with refused("audit.no_source", "audit.still_open"):
        load(office, finished(office, state=DRAFT, past=Past("")))
