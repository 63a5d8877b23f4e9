"""Builds the demo agency: its directory and the pieces still under way by the product's own actions, act by
act, and a year of finished ones as history."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hezou.kernel import clock
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.ops.demo.year import Year
from hezou.people import actions as people
from hezou.people.directory import directory as directory_of
from hezou.people.models import Account, Agency, Body, Person, Unit
from hezou.people.queries import root_unit, today_of
from hezou.people.rules.absences import TRAVEL
from hezou.people.rules.roster import Row
from hezou.review import actions as review
from hezou.review.models import Seat
from hezou.review.rules import APPROVE, RETURN
from hezou.submissions import actions as submissions
from hezou.submissions.models import Submission

HERE = Path(__file__).resolve().parent
PASSWORD = "qinghe-demo-2026"  # noqa: S105  (printed at every start; the demo serves this machine only)
ROOT_ROLES = frozenset({"editor", "signer", "leader_in_charge", "secrecy_reviewer", "recorder"})
HANDS = {
    "editor": "editor",
    "secrecy_reviewer": "secrecy",
    "leader_in_charge": "leader",
    "signer": "signer",
}
"""Whose hand decides a step in the demo; unit heads are found in the seat."""


def directory() -> dict[str, Any]:
    """The demo's directory as written."""
    return tomllib.loads((HERE / "directory.toml").read_text(encoding="utf-8"))


def fill(manuscripts: int) -> None:
    """The demo agency with that many pieces; what is there already stays, and finished ones are added."""
    agency = Agency.objects.filter(code=directory()["code"]).first()
    if agency is None:
        Builder().build(manuscripts)
        return
    there = Manuscript.objects.filter(agency=agency).count()
    by = Person.objects.select_related("agency", "unit").get(agency=agency, grants__role="administrator")
    year, live = _year(by), len(_pieces()["pieces"])
    year.load(year.begun(range(there - live, manuscripts - live)))


def log_ins() -> Iterator[tuple[str, str]]:
    """Name and purpose of every demo log-in."""
    plan = directory()
    for row in plan["log_ins"]:
        yield f"{plan['code']}.{row['key']}", row["says"]
    for role, says in plan["administrators"].items():
        first = Account.objects.get(person__grants__role=role, agency__code=plan["code"])
        yield first.username, says


class Builder:
    """Makes one demo agency; every write is an action of the person who would do it."""

    def __init__(self) -> None:
        self.plan = directory()
        self.now = clock.now()
        self.persons: dict[str, Person] = {}
        self.bodies: list[Body] = []

    def build(self, manuscripts: int) -> Agency:
        """The whole demo; some seconds. Raises Refused where the shipped rules would not let it happen."""
        with clock.moved_to(self._at(days=380)):
            self._found()
            self._staff()
        directory_of(self._fresh(self.persons["administrator"]).agency)  # outside any act, so that it is kept
        plan = _pieces()
        texts = {row["key"]: row for row in plan["texts"]}
        year = _year(self._fresh(self.persons["administrator"]))
        finished = year.begun(range(manuscripts - len(plan["pieces"])))
        for number, piece in enumerate(plan["pieces"]):
            begun_at = self._at(days=piece["days"])
            year.load([one for one in finished if one.at < begun_at])
            finished = [one for one in finished if one.at >= begun_at]
            self._live(number, piece, texts[piece["text"]])
        year.load(finished)
        self._attend()
        return Agency.objects.get(code=self.plan["code"])

    def _found(self) -> None:
        founding = people.found_agency(
            code=self.plan["code"],
            name=self.plan["name"],
            short_name=self.plan["short_name"],
            zone="Asia/Shanghai",
            pack_set=self.plan["rules"],
        )
        agency = founding.agency
        for role, key in (("administrator", "administrator"), ("secrecy_reviewer", "secrecy")):
            grants = Person.objects.filter(agency=agency, grants__role=role)
            self.persons[key] = self._fresh(grants[0])
        for once in founding.accounts:
            by = self._fresh(once.account.person)
            people.change_own_password(by=by, old=once.password, new=PASSWORD)

    def _staff(self) -> None:
        admin = self.persons["administrator"]
        root = root_unit(admin.agency_id)
        for row in self.plan["units"]:
            unit = people.add_unit(by=admin, parent=root, name=row["name"])
            for person in row["persons"]:
                self._person(admin, root, unit, person)
        for row in self.plan["bodies"]:
            body = people.add_body(by=admin, name=row["name"], nature=row["nature"])
            self.bodies.append(body)
            for journal in row["journals"]:
                people.add_journal(by=admin, body=body, name=journal)
        for row in self.plan["log_ins"]:
            self._log_in(admin, row["key"])

    def _person(self, admin: Person, root: Unit, unit: Unit, row: dict[str, Any]) -> None:
        person = people.add_person(by=admin, unit=unit, name=row["name"], post=row["post"])
        for role in row["roles"]:
            people.grant_role(by=admin, person=person, role=role, unit=root if role in ROOT_ROLES else unit)
        self.persons[row["key"]] = person

    def _log_in(self, admin: Person, key: str) -> None:
        person = self._fresh(self.persons[key])
        once = people.open_account(by=admin, person=person, username=f"{self.plan['code']}.{key}")
        people.change_own_password(by=person, old=once.password, new=PASSWORD)

    def _attend(self) -> None:
        """Who is on duty in the next weeks, and somebody who travels."""
        editor, plan = self._fresh(self.persons["editor"]), self.plan["duty"]
        today = today_of(editor.agency)
        rows = []
        for number in range(plan["days"]):
            leader, staff = (
                self.persons[plan[part][number % len(plan[part])]].name for part in ("leaders", "staff")
            )
            day = (today + timedelta(days=number)).isoformat()
            rows.append(Row(number + 1, day, leader, "", staff, plan["phone"]))
        people.keep_roster(by=editor, rows=rows, dry_run=False)
        away = self._fresh(self.persons[plan["away"]])
        people.be_away(by=away, person=away, kind=TRAVEL, starts=today, ends=today + timedelta(days=1))

    def _live(self, number: int, piece: dict[str, Any], text: dict[str, Any]) -> None:
        """One piece from its beginning as far as its fate leads, a few hours between acts."""
        self.instant = self._at(days=piece["days"])
        named = [self.persons[key] for key in piece["by"]]
        with self._later():
            manuscript = pieces.create(
                by=self._fresh(named[0]),
                text=_fill(text["text"], number, named[0].unit.name, self.instant),
                kind=text["kind"],
                content_class="public",
                openness=text.get("openness", "on_request"),
                named=[self._fresh(person) for person in named],
            )
        if piece["fate"] == "draft":
            return
        self._hand_in(manuscript, named[0])
        if piece["fate"] == "returned":
            self._decide(manuscript, RETURN, piece["reason"], None)
            if "again" not in piece:
                return
            self._hand_in(manuscript, named[0])
        self._review(manuscript, piece)
        fate = piece.get("again", piece["fate"])
        if fate in ("sent", "adopted"):
            self._submit(manuscript, number, adopted=fate == "adopted")

    def _review(self, manuscript: Manuscript, piece: dict[str, Any]) -> None:
        """Decide seat after seat until the piece is signed or waits where its fate leaves it."""
        edit = piece.get("edit")
        while (manuscript := self._read(manuscript)).state == "in_review":
            seat = self._open_seat(manuscript)
            if seat.role == piece["fate"]:
                return
            at_editor = seat.role == "editor" and edit is not None
            self._decide(manuscript, APPROVE, "", edit if at_editor else None)
            edit = None if at_editor else edit

    def _decide(self, manuscript: Manuscript, verdict: str, opinion: str, edit: str | None) -> None:
        manuscript = self._read(manuscript)
        seat = self._open_seat(manuscript)
        hand = seat.person if seat.person is not None else self.persons[HANDS[seat.role]]
        with self._later():
            review.decide(
                by=self._fresh(hand),
                manuscript=manuscript,
                revision=manuscript.revision,
                seat=seat,
                verdict=verdict,
                opinion=opinion or ("同意" if seat.signs else ""),
                edit=_edit(manuscript, edit) if edit else None,
            )

    def _hand_in(self, manuscript: Manuscript, by: Person) -> None:
        manuscript = self._read(manuscript)
        with self._later():
            review.hand_in(
                by=self._fresh(by), manuscript=manuscript, revision=manuscript.revision, confirmed=True
            )

    def _submit(self, manuscript: Manuscript, number: int, *, adopted: bool) -> None:
        editor = self.persons["editor"]
        manuscript = self._read(manuscript)
        to = [self.bodies[number % 3], self.bodies[(number + 1) % 3]]
        with self._later():
            rows = submissions.submit(
                by=self._fresh(editor), manuscript=manuscript, revision=manuscript.revision, to=to
            )
        if not adopted:
            return
        self.instant += timedelta(days=3)
        submission = Submission.objects.select_related("manuscript").get(pk=rows[0].pk)
        journal = submission.body.journals.order_by("name")[0]
        with self._later():
            submissions.adopt(
                by=self._fresh(editor),
                submission=submission,
                revision=submission.revision,
                result=submissions.Result(
                    form=self.plan["forms"][number % 3],
                    evidence=self.plan["evidence"][number % 2],
                    adopted_on=self.instant.date(),
                    journal=journal,
                    issue_number=f"第{number + 40}期",
                ),
            )

    def _later(self) -> Any:
        """The clock a few hours on from the last act of this piece, never past the present."""
        self.instant = min(self.instant + timedelta(hours=5), self.now)
        return clock.moved_to(self.instant)

    def _at(self, *, days: int) -> datetime:
        return self.now - timedelta(days=days)

    @staticmethod
    def _open_seat(manuscript: Manuscript) -> Seat:
        seats = Seat.objects.filter(manuscript=manuscript, round=manuscript.round, state="open")
        return seats.select_related("person").order_by("level", "id")[0]

    @staticmethod
    def _fresh(person: Person) -> Person:
        return Person.objects.select_related("agency", "unit").get(pk=person.pk)

    @staticmethod
    def _read(manuscript: Manuscript) -> Manuscript:
        return Manuscript.objects.select_related("agency", "unit").get(pk=manuscript.pk)


def _year(by: Person) -> Year:
    plan = directory()
    return Year(by, clock.now(), forms=plan["forms"], grades=plan["evidence"])


def _pieces() -> dict[str, Any]:
    """The pieces still under way and their texts as written."""
    return tomllib.loads((HERE / "pieces.toml").read_text(encoding="utf-8"))


def _fill(text: str, number: int, unit: str, at: datetime) -> str:
    """The text with numbers of its own, so that no two pieces are alike to the letter."""
    return text.format(
        unit=unit,
        month=at.month,
        day=at.day,
        n1=30 + number * 3,
        n2=6 + number % 7,
        n3=12 + number % 5,
    )


def _edit(manuscript: Manuscript, marked: str) -> review.Edit:
    """An editor's touch: a few words only, or a sentence of substance."""
    text = current_version(manuscript).text.plain()
    if marked == "wording":
        text = (
            text.replace("今年以来，", "今年，", 1)
            .replace("下一步，将", "下一步将", 1)
            .replace("会同有关", "会同相关", 1)
        )
    else:
        text += "\n各项建议已与有关部门沟通，拟在下个月组织试点。"
    return review.Edit(
        text=text,
        kind=manuscript.kind,
        content_class=manuscript.content_class,
        openness=manuscript.openness,
        marked=marked,
    )
