"""Absences and the duty roster through the door: by the rights of the pages."""

from __future__ import annotations

from datetime import timedelta

from hezou.people.models import Absence, Deputy
from hezou.people.queries import today_of
from tests.api.conftest import MachineOf
from tests.support.office import Office


def test_one_is_away_with_a_deputy_and_comes_back(office: Office, machine: MachineOf) -> None:
    by = machine("head", "absence.record")
    today = today_of(office.agency)
    days = {"starts": today.isoformat(), "ends": (today + timedelta(days=2)).isoformat()}
    sent = {"kind": "travel", **days, "deputy": str(office.person["leader"].pk)}
    told = by.post("/absences", sent, key="one")
    assert (told.status, told.body["person"]["name"], told.body["deputy"]["name"]) == (
        201,
        office.person["head"].name,
        office.person["leader"].name,
    )
    assert by.post("/absences", sent, key="one").body == told.body
    assert by.post("/absences", sent).told == (422, "people.away_already")
    assert by.get("/absences").body["items"] == [told.body]
    assert len(Deputy.objects.all()) == 1
    assert by.delete(f"/absences/{told.body['id']}").status == 200
    assert by.get("/absences").body["items"] == []


def test_others_are_entered_by_the_office_alone(office: Office, machine: MachineOf) -> None:
    today = today_of(office.agency).isoformat()
    head = str(office.person["head"].pk)
    sent = {"person": head, "kind": "leave", "starts": today, "ends": today}
    writer, editor = machine("writer"), machine("editor")
    assert writer.post("/absences", sent).told == (403, "kernel.forbidden")
    assert writer.get("/absences", person=head).told == (403, "kernel.forbidden")
    told = editor.post("/absences", sent)
    assert told.status == 201
    assert editor.get("/absences", person=head).body["items"] == [told.body]
    assert writer.delete(f"/absences/{told.body['id']}").told == (404, "kernel.not_found")
    assert editor.delete(f"/absences/{2**70}").told == (404, "kernel.not_found")
    with_deputy = {**sent, "starts": "2030-01-06", "ends": "2030-01-06", "deputy": head}
    assert editor.post("/absences", with_deputy).told == (403, "kernel.forbidden")
    assert len(Absence.objects.all()) == 1


def test_the_roster_is_kept_and_read(office: Office, machine: MachineOf) -> None:
    editor, writer = machine("editor"), machine("writer")
    day = (today_of(office.agency) + timedelta(days=3)).isoformat()
    leader, staff = office.person["leader"], office.person["head"]
    sent = {"leader": leader.name, "leader_phone": "13900000000", "staff": staff.name, "staff_phone": "8001"}
    told = editor.put(f"/duty/{day}", sent)
    assert [(row["part"], row["person"]["id"], row["phone"]) for row in told.body["items"]] == [
        ("leader", str(leader.pk), "13900000000"),
        ("staff", str(staff.pk), "8001"),
    ]
    assert writer.get("/duty", first=day).body == told.body
    assert writer.get("/duty", first="1000-01-01", last="9999-12-31").body["items"] == []
    assert writer.get("/duty", first="9999-12-31", last="9999-12-31").status == 200
    assert writer.put(f"/duty/{day}", sent).told == (403, "api.not_in_token")
    wrong = editor.put(f"/duty/{day}", {"staff": "无名氏"})
    assert wrong.told == (422, "people.unknown_person")
    assert editor.put("/duty/2020-01-06", sent).status == 200  # entered late
    assert editor.put("/duty/2020-01-06", {"staff": leader.name}).told == (422, "people.day_is_over")
    assert editor.put("/duty/someday", sent).told == (422, "api.wrong")
