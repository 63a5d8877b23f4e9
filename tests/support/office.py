"""A small agency to test in: three units, a dozen people, the shipped rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hezou.audit.actions import act
from hezou.kernel import clock
from hezou.kernel.ids import uuid7
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.packs.actions import adopt_shipped
from hezou.people.actions.managing import renew
from hezou.people.models import (
    Account,
    Agency,
    Body,
    CrossReviewer,
    Deputy,
    Grant,
    Journal,
    Person,
    Unit,
)
from hezou.review import actions as review
from hezou.review.models import Seat
from hezou.review.rules import APPROVE

TEXT = """关于推行窗口帮办服务的做法
今年以来，某科聚焦群众办事中的难点，推行窗口帮办服务，取得初步成效。
一、明确帮办事项
梳理高频事项12项，编成一张清单，在大厅公开。
二、优化办理流程
材料由窗口代为整理，群众只跑一次。
三、建立回访机制
每件事项办结后由专人回访，问题当天转办。"""
"""A clean piece: the checks find nothing in it that stops or delays hand-in."""

PASSWORD = "a-long-enough-password"
POSTS = {
    "writer": ("第一科", ["writer"]),
    "colleague": ("第一科", ["writer"]),
    "head": ("第一科", ["writer", "unit_head"]),
    "other_writer": ("第二科", ["writer"]),
    "other_head": ("第二科", ["writer", "unit_head"]),
    "leader": ("某局", ["leader_in_charge"]),
    "editor": ("办公室", ["editor"]),
    "second_editor": ("办公室", ["editor"]),
    "signer": ("某局", ["signer"]),
    "secrecy": ("办公室", ["secrecy_reviewer"]),
    "auditor": ("办公室", ["auditor"]),
    "administrator": ("办公室", ["administrator"]),
}
NAMES = dict(zip(POSTS, "甲乙丙丁戊己庚辛壬癸子丑", strict=True))
UNIT_ROLES = frozenset({"unit_head", "writer"})


@dataclass
class Office:
    """An agency with everything a test names: `office.person["writer"]`, `office.unit["第一科"]`, bodies."""

    agency: Agency
    unit: dict[str, Unit] = field(default_factory=dict)
    person: dict[str, Person] = field(default_factory=dict)
    body: dict[str, Body] = field(default_factory=dict)
    journal: dict[str, Journal] = field(default_factory=dict)
    kind: str = ""

    def fresh(self, key: str) -> Person:
        """The person as a new request reads them: nothing remembered."""
        return Person.objects.select_related("agency", "unit").get(pk=self.person[key].pk)

    def account(self, key: str) -> Account:
        """A log-in for a person (name = key and agency code)."""
        account = Account(
            agency=self.agency,
            person=self.person[key],
            username=f"{key}.{self.agency.code}",
            created_at=clock.now(),
        )
        account.set_password(PASSWORD)
        account.save()
        return account

    def grant(self, key: str, role: str, unit: str) -> Grant:
        renew(self.person[key])
        return Grant.objects.create(
            agency=self.agency, person=self.person[key], role=role, unit=self.unit[unit]
        )

    def deputise(self, principal: str, deputy: str, starts: date, ends: date) -> Deputy:
        renew(self.person[principal])
        return Deputy.objects.create(
            agency=self.agency,
            principal=self.person[principal],
            deputy=self.person[deputy],
            starts=starts,
            ends=ends,
        )

    def cross_reviewer(self, role: str, unit: str, key: str) -> CrossReviewer:
        renew(self.person[key])
        return CrossReviewer.objects.create(
            agency=self.agency, role=role, unit=self.unit[unit], person=self.person[key]
        )

    def draft(self, *authors: str, text: str = TEXT, kind: str = "", **labels: str) -> Manuscript:
        """A draft by the first of the authors named (the writer by default)."""
        keys = authors or ("writer",)
        return pieces.create(
            by=self.fresh(keys[0]),
            text=text,
            kind=kind or self.kind,
            content_class=labels.get("content_class", "public"),
            openness=labels.get("openness", "withheld"),
            named=[self.fresh(key) for key in keys],
        )

    def handed_in(self, *authors: str, **more: str) -> Manuscript:
        """A piece in review."""
        manuscript = self.draft(*authors, **more)
        by = self.fresh(authors[0] if authors else "writer")
        return review.hand_in(by=by, manuscript=manuscript, revision=manuscript.revision, confirmed=True)

    def open_seat(self, manuscript: Manuscript) -> Seat:
        """The seat whose turn it is (the first, where several stand side by side)."""
        return Seat.objects.filter(manuscript=manuscript, round=manuscript.round, state="open").order_by(
            "level", "id"
        )[0]

    def decide(
        self,
        manuscript: Manuscript,
        key: str,
        *,
        verdict: str = APPROVE,
        opinion: str = "",
        edit: review.Edit | None = None,
    ) -> Manuscript:
        """One decision by a person at the seat whose turn it is."""
        fresh, by = read(manuscript), self.fresh(key)
        open_seats = Seat.objects.filter(manuscript=fresh, round=fresh.round, state="open")
        mine = [seat for seat in open_seats.order_by("level", "id") if by.has_perm("seat.decide", seat)]
        made = review.decide(
            by=by,
            manuscript=fresh,
            revision=fresh.revision,
            seat=mine[0] if mine else self.open_seat(fresh),
            verdict=verdict,
            opinion=opinion,
            edit=edit,
        )
        return made.whole.manuscript

    def signed(self, *authors: str, **more: str) -> Manuscript:
        """A piece passed by head, editor (and secrecy reviewer where asked) and signer."""
        manuscript = self.handed_in(*authors, **more)
        hands = {
            "unit_head": "head",
            "editor": "editor",
            "secrecy_reviewer": "secrecy",
            "leader_in_charge": "leader",
            "signer": "signer",
        }
        while read(manuscript).state == "in_review":
            self.decide(manuscript, hands[self.open_seat(read(manuscript)).role])
        return read(manuscript)


def read(manuscript: Manuscript) -> Manuscript:
    """The row as it stands in the table now."""
    return Manuscript.objects.select_related("agency", "unit", "creator").get(pk=manuscript.pk)


def edit_of(manuscript: Manuscript, text: str, *, marked: str = "wording", **labels: str) -> review.Edit:
    """An edit in review: the text given, the labels as they are unless named."""
    return review.Edit(
        text=text,
        kind=labels.get("kind", manuscript.kind),
        content_class=labels.get("content_class", manuscript.content_class),
        openness=labels.get("openness", manuscript.openness),
        marked=marked,
    )


def found_office(code: str = "lake", *, rules: str = "district-bureau", kind: str = "experience") -> Office:
    """An agency with its rules, units, people, roles, two bodies with a journal each."""
    office = Office(Agency.objects.create(code=code, name=f"某区{code}局", short_name="某局"), kind=kind)
    agency = office.agency
    with act(_Founder(agency)):
        adopt_shipped(agency_id=agency.pk, set_name=rules, effective_from=date(2020, 1, 1), adopted_by=None)
    root = Unit.objects.create(agency=agency, name="某局", sort_key="mou ju")
    office.unit["某局"] = root
    for name in ("办公室", "第一科", "第二科"):
        office.unit[name] = Unit.objects.create(agency=agency, parent=root, name=name, sort_key=name)
    for key, (unit, roles) in POSTS.items():
        person = Person.objects.create(
            agency=agency, unit=office.unit[unit], name=f"{NAMES[key]}某", sort_key=key
        )
        office.person[key] = person
        for role in roles:
            where = office.unit[unit] if role in UNIT_ROLES else root
            Grant.objects.create(agency=agency, person=person, role=role, unit=where)
    for name, nature in (("区委办", "territorial"), ("市局", "line")):
        body = Body.objects.create(agency=agency, name=name, sort_key=name, nature=nature)
        office.body[name] = body
        office.journal[name] = Journal.objects.create(agency=agency, body=body, name=f"{name}信息")
    return office


class _Founder:
    """Acts for the directory of a test agency."""

    def __init__(self, agency: Agency) -> None:
        self.id = uuid7()
        self.agency_id = agency.pk

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return True
