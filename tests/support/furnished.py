"""An office in the middle of its work: pieces in every state, so that every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hezou.access.actions import make_token
from hezou.kernel import clock
from hezou.manuscripts.actions import ask_purge, hold_lease, revise
from hezou.manuscripts.models import Manuscript, Purge
from hezou.manuscripts.rules.purging import PRIVACY
from hezou.people.actions import add_app, add_key, be_away, demand_second_factor, put_on_duty
from hezou.people.rules.absences import TRAVEL
from hezou.people.rules.roster import Row
from hezou.people.rules.totp import code_at, new_secret, step_of
from hezou.review.actions import print_sheet, record_decision, select
from hezou.review.models import CounterSignature, Sheet
from hezou.review.rules import APPROVE, RETURN
from hezou.submissions.actions import Result, adopt, submit
from hezou.submissions.models import Submission
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.support.rules import change, with_older_rules

SLIPS = TEXT.replace("12项", "XX项").replace("公开。", "公开。。")
EDITED = TEXT.replace("取得初步成效", "群众反映良好")
LONG_TITLE = "关于在全区各镇街推行窗口帮办服务、优化办理流程并建立回访机制的做法与成效"
COMPOSITE = '  { code = "composite", label = { zh = "综合采用", en = "Adopted in a composite" } },\n'
MANY = 35
"""Pieces of one writer: more than one page of a list."""


@dataclass(frozen=True)
class Furnished:
    """The office and the things that pages are opened for."""

    office: Office
    draft: Manuscript
    returned: Manuscript
    waiting: Manuscript
    edited: Manuscript
    signed: Manuscript
    sent: Submission
    sheet: Sheet
    owed: CounterSignature
    purge: Purge


def furnish() -> Furnished:
    """Everything a page may show: two versions, findings, a return, an edit in review, adoptions, a lease."""
    office = found_office()
    with_older_rules(office, "bodies", COMPOSITE)
    make_token(by=office.fresh("writer"), name="信息台账", verbs=["manuscript.read", "text.check"], days=90)
    _guard(office)
    for number in range(MANY):
        office.draft(text=TEXT.replace("某科", f"第{number}科"))
    draft = _with_two_versions(office, office.draft("writer", "colleague", text=f"{LONG_TITLE}\n{SLIPS}"))
    hold_lease(by=office.fresh("colleague"), manuscript=draft)
    _on_duty_and_away(office)
    _came_in(office)
    returned = office.handed_in()
    office.decide(returned, "head", verdict=RETURN, opinion="数据请注明来源。")
    edited = office.handed_in(content_class="internal")
    office.decide(edited, "head", edit=edit_of(edited, EDITED, marked="wording"))
    waiting = office.handed_in(text=SLIPS.replace("XX", "20"))
    change(office, "labels", lambda body: body.replace("责任编辑", "责任编辑（文字）"))
    return Furnished(
        office=office,
        draft=draft,
        returned=returned,
        waiting=waiting,
        edited=edited,
        signed=office.signed(),
        sent=_adopted(office),
        sheet=print_sheet(
            by=office.fresh("editor"), manuscript=read(waiting), form="report", seat=office.open_seat(waiting)
        ),
        owed=_consented(office),
        purge=ask_purge(by=office.fresh("secrecy"), manuscript=office.draft(), reason=PRIVACY),
    )


def _guard(office: Office) -> None:
    """A secrecy reviewer who logs in with an app or a key, and roles that ask for it."""
    office.account("secrecy")
    secret = new_secret()
    typed = code_at(secret, step_of(clock.now().timestamp()))
    add_app(by=office.fresh("secrecy"), secret=secret, typed=typed)
    add_key(by=office.fresh("secrecy"), name="钥匙扣上蓝色的那把", credential={})
    demand_second_factor(by=office.fresh("administrator"), roles=["secrecy_reviewer"])


def _on_duty_and_away(office: Office) -> None:
    """A week's roster, and a head who travels while the leader stands in."""
    today = clock.today(office.agency.zone)
    by, head, leader = (office.fresh(key) for key in ("editor", "head", "leader"))
    for number in range(7):
        day = (today + timedelta(days=number)).isoformat()
        put_on_duty(by=by, row=Row(0, day, leader.name, "13900000000", "甲某、乙某", "8001"))
    be_away(by=head, person=head, kind=TRAVEL, starts=today, ends=today + timedelta(days=2), deputy=leader)


def _came_in(office: Office) -> None:
    """Pieces at the office's step, one of them laid aside; of one the kind is never published."""
    for number, kind in enumerate(("experience", "problem", "news", "experience")):
        piece = office.handed_in(text=TEXT.replace("某科", f"第{number}组"), kind=kind)
        office.decide(piece, "head")
        if kind == "problem":
            office.decide(piece, "leader")
    fresh = read(piece)
    seat = office.open_seat(fresh)
    by = office.fresh("editor")
    select(by=by, manuscript=fresh, revision=fresh.revision, seat=seat, verdict="merge", seen=0)


def _consented(office: Office) -> CounterSignature:
    """A leader's word by telephone, whose signature is still owed."""
    piece = read(office.handed_in())
    record_decision(
        by=office.fresh("editor"),
        manuscript=piece,
        revision=piece.revision,
        seat=office.open_seat(piece),
        decider=office.fresh("head"),
        mode="telephone",
        verdict=APPROVE,
        words="同意",
        spoken_at=clock.now(),
    )
    return CounterSignature.objects.get()


def _with_two_versions(office: Office, piece: Manuscript) -> Manuscript:
    labels = {name: getattr(piece, name) for name in ("kind", "content_class", "openness")}
    by, named = office.fresh("writer"), [office.fresh("writer"), office.fresh("colleague")]
    text = f"{LONG_TITLE}\n{SLIPS}\n四、持续改进"
    return revise(by=by, manuscript=piece, revision=piece.revision, text=text, named=named, **labels)


def _adopted(office: Office) -> Submission:
    """A piece that a body used, with the day of today."""
    piece, editor = office.signed(), office.fresh("editor")
    body = office.body["市局"]
    [row] = submit(by=editor, manuscript=piece, revision=read(piece).revision, to=[body])
    today = clock.today(office.agency.zone)
    result = Result(form="whole", evidence="verified", adopted_on=date(today.year, 1, 1))
    adopt(by=office.fresh("editor"), submission=row, revision=row.revision, result=result)
    return Submission.objects.get(pk=row.pk)
