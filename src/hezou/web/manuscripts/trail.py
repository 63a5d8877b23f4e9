"""What happened to a piece, from the audit's entries, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from hezou.audit.history import happened
from hezou.audit.models import AuditEntry
from hezou.audit.queries import trail
from hezou.kernel.ids import parse
from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Person
from hezou.review.models import Seat, Selection, Sheet
from hezou.review.queries import signatures
from hezou.review.rules import grouped
from hezou.submissions.models import Submission
from hezou.web.review.labels import SELECTION
from hezou.web.templatetags.words import day, label


@dataclass(frozen=True)
class Event:
    """One entry for `parts/timeline.html`."""

    at: datetime
    who: str
    what: str
    icon: str
    tone: str


SAYS: dict[tuple[str, str], tuple[Promise, str, str]] = {
    ("manuscript", "create"): (gettext_lazy("began the piece"), "draft", "quiet"),
    ("manuscript", "make_version"): (gettext_lazy("made version %(version)s"), "draft", "quiet"),
    ("manuscript", "relabel"): (gettext_lazy("changed kind, class or openness"), "draft", "quiet"),
    ("manuscript", "name_authors"): (gettext_lazy("named the authors: %(persons)s"), "draft", "quiet"),
    ("manuscript", "admit_reader"): (gettext_lazy("let %(persons)s read it"), "draft", "quiet"),
    ("manuscript", "hand_over"): (gettext_lazy("handed the writing over to %(persons)s"), "next", "quiet"),
    ("manuscript", "attach"): (gettext_lazy("attached a file"), "draft", "quiet"),
    ("manuscript", "detach"): (gettext_lazy("took a file away"), "draft", "quiet"),
    ("manuscript", "hand_in"): (gettext_lazy("handed in version %(version)s"), "sent", "now"),
    ("manuscript", "return"): (gettext_lazy("gave it back to the writers"), "returned", "soon"),
    ("manuscript", "recall"): (gettext_lazy("took it back"), "returned", "soon"),
    ("manuscript", "sign"): (gettext_lazy("signed it"), "done", "done"),
    ("manuscript", "submit"): (gettext_lazy("submitted it upward"), "sent", "now"),
    ("manuscript", "ask_purge"): (gettext_lazy("asked for it to be purged"), "error", "late"),
    ("manuscript", "purge"): (gettext_lazy("purged it"), "error", "late"),
    ("seat", "open"): (gettext_lazy("brought it to the step “%(step)s”"), "next", "quiet"),
    ("seat", "approve"): (gettext_lazy("approved at the step “%(step)s”"), "done", "done"),
    ("seat", "return"): (gettext_lazy("returned it at the step “%(step)s”"), "returned", "soon"),
    ("seat", "record_approve"): (
        gettext_lazy("entered that %(persons)s approved at the step “%(step)s”"),
        "done",
        "done",
    ),
    ("seat", "record_return"): (
        gettext_lazy("entered that %(persons)s returned it at the step “%(step)s”"),
        "returned",
        "soon",
    ),
    ("sheet", "print"): (gettext_lazy("printed the sheet %(code)s"), "draft", "quiet"),
    ("countersignature", "ask"): (
        gettext_lazy("asked for a signature on paper by %(day)s"),
        "clock",
        "quiet",
    ),
    ("countersignature", "countersign"): (
        gettext_lazy("handed in the signature on paper for the step “%(step)s”"),
        "done",
        "done",
    ),
    ("seat", "hand_over"): (
        gettext_lazy("handed the step “%(step)s” over to %(persons)s"),
        "next",
        "quiet",
    ),
    ("selection", "select"): (gettext_lazy("looked through it: %(selected)s"), "next", "quiet"),
    ("seat", "close"): (gettext_lazy("closed the step “%(step)s”"), "void", "quiet"),
    ("submission", "submit"): (gettext_lazy("sent it to %(body)s"), "sent", "now"),
    ("submission", "adopt"): (gettext_lazy("recorded that %(body)s adopted it"), "done", "done"),
}
"""Noun and verb of an entry → sentence after the actor's name, icon and tone."""


NAMED = ("reader", "decider", "to")
"""Details of an entry that hold a person's id."""


def history(manuscript: Manuscript) -> list[Event]:
    """Every entry about the piece, its seats, sheets and submissions, newest first."""
    mine = {"agency_id": manuscript.agency_id, "manuscript": manuscript}
    seats = {str(seat.pk): seat for seat in Seat.objects.filter(**mine)}
    sent = {str(one.pk): one for one in Submission.objects.filter(**mine).select_related("body")}
    selected = Selection.objects.filter(**mine).values_list("pk", flat=True)
    printed = Sheet.objects.filter(**mine).values_list("pk", flat=True)
    owed = signatures(manuscript).values_list("pk", flat=True)
    refs = [
        Ref.to(manuscript),
        *(Ref("selection", str(key)) for key in selected),
        *(Ref("sheet", str(key)) for key in printed),
        *(Ref("countersignature", str(key)) for key in owed),
        *(Ref("seat", key) for key in seats),
        *(Ref("submission", key) for key in sent),
    ]
    entries = list(trail(manuscript.agency_id, *refs))
    names = _names(manuscript.agency_id, entries)

    def words(entry: AuditEntry) -> dict[str, Any]:
        seat, submission = seats.get(entry.detail.get("seat", entry.ref_id)), sent.get(entry.ref_id)
        return {
            "version": entry.detail.get("version", ""),
            "persons": gettext(", ").join(names.get(one, "") for one in _named(entry)),
            "step": label(seat.name) if seat else "",
            "selected": SELECTION.get(entry.detail.get("verdict", ""), ""),
            "body": submission.body.name if submission else "",
            "code": grouped(entry.detail.get("code", "")),
            "day": day(date.fromisoformat(entry.detail["due_on"])) if "due_on" in entry.detail else "",
        }

    return [_event(entry, names, words(entry)) for entry in reversed(entries)]


def _event(entry: AuditEntry, names: dict[UUID, str], words: dict[str, Any]) -> Event:
    sentence, icon, tone = SAYS.get((entry.ref_kind, entry.verb), (entry.verb, "now", "quiet"))
    who, at = happened(entry)
    return Event(at, names.get(who, ""), str(sentence) % words, icon, tone)


def _names(agency_id: UUID, entries: list[AuditEntry]) -> dict[UUID, str]:
    ids = {happened(entry)[0] for entry in entries} | {one for entry in entries for one in _named(entry)}
    return dict(Person.objects.filter(agency_id=agency_id, pk__in=ids).values_list("pk", "name"))


def _named(entry: AuditEntry) -> Iterator[UUID]:
    """The persons an entry names besides its actor."""
    told = [*entry.detail.get("authors", ()), *(entry.detail.get(one, "") for one in NAMED)]
    return (found for one in told if (found := parse(one)) is not None)
