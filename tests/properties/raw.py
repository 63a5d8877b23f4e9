"""What the tables say, read row by row and told in the oracle's words; none of the product's own readings.

Whether an edit was of substance is judged anew here, the round's beginning comes from the trail, the lines a
kind takes from the shipped document itself.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from hezou.audit.models import AuditEntry
from hezou.manuscripts.models import Author, Manuscript, Text, Version
from hezou.packs.shipped import read
from hezou.people.models import Deputy, Grant
from hezou.review.models import Decision, Seat
from tests.properties.oracle import Chair, Story, Word

DIGITS = "0123456789零一二三四五六七八九十百千万亿%"
QUOTED = re.compile("“[^”]*”|《[^》]*》")


def story_of(manuscript_id: UUID, version_number: int, *, rules: str = "district-bureau") -> Story:
    """The present round of a piece up to a version."""
    piece = Manuscript.objects.filter(pk=manuscript_id).values().get()
    seats = list(Seat.objects.filter(manuscript_id=manuscript_id, round=piece["round"]).values())
    version = Version.objects.filter(manuscript_id=manuscript_id, number=version_number).values().get()
    decisions = Decision.objects.filter(seat__in=[seat["id"] for seat in seats])
    return Story(
        lines=_lines(rules, version),
        authors=frozenset(
            Author.objects.filter(manuscript_id=manuscript_id).values_list("person_id", flat=True)
        ),
        first=handed_in(manuscript_id),
        present=version_number,
        chairs=tuple(Chair(s["id"], s["level"], s["counts"], s["secrecy"]) for s in seats),
        words=tuple(_word(row) for row in decisions.order_by("at", "id").values()),
    )


def handed_in(manuscript_id: UUID) -> int:
    """The version the last hand-in was about, as the trail has it."""
    told = AuditEntry.objects.filter(ref_kind="manuscript", ref_id=str(manuscript_id), verb="hand_in")
    last = told.order_by("-number").values_list("detail", flat=True).first()
    return int(last["version"]) if last else 1


def text_of(version: Mapping[str, Any]) -> str:
    """The stored text of a version row."""
    body = Text.objects.filter(pk=version["text_id"]).values_list("body", flat=True).get()
    return zlib.decompress(bytes(body)).decode()


def last_signature(manuscript_id: UUID) -> Mapping[str, Any]:
    """The version row that the last approval at the signing seat is about."""
    number = Manuscript.objects.filter(pk=manuscript_id).values_list("round", flat=True).get()
    seats = Seat.objects.filter(manuscript_id=manuscript_id, round=number, signs=True)
    signed = Decision.objects.filter(seat__in=seats, verdict="approve").order_by("at", "id").values().last()
    assert signed is not None
    return Version.objects.filter(pk=signed["version_after_id"]).values().get()


def may_sit(seat: Mapping[str, Any], by: UUID, today: date) -> bool:
    """Whether the rows give this person the seat as it was: by name, by role, or as a deputy on that day."""
    grants = Grant.objects.filter(role=seat["role"], unit_id=seat["unit_id"]).values()
    by_role = {row["person_id"] for row in grants if _holds(row, today)}
    owners = {seat["person_id"]} if seat["person_id"] else by_role
    principals = {
        row["principal_id"] for row in Deputy.objects.filter(deputy_id=by).values() if _holds(row, today)
    }
    return bool(owners & ({by} | principals))


def may_enter(by: UUID, today: date) -> bool:
    """Whether the rows let this person enter what others decided, on that day."""
    grants = Grant.objects.filter(person_id=by, role__in=["recorder", "editor"]).values()
    return any(_holds(row, today) for row in grants)


def is_of_substance(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a change touches what R1 protects, or more than a few characters."""
    labels = ("kind", "content_class", "openness")
    old, new = text_of(before), text_of(after)
    taken, put = Counter(old), Counter(new)
    return (
        any(before[name] != after[name] for name in labels)
        or old.split("\n")[0] != new.split("\n")[0]
        or [c for c in old if c in DIGITS] != [c for c in new if c in DIGITS]
        or QUOTED.findall(old) != QUOTED.findall(new)
        or sum((taken - put).values()) + sum((put - taken).values()) > 20
    )


def _word(row: Mapping[str, Any]) -> Word:
    before = Version.objects.filter(pk=row["version_before_id"]).values().get()
    after = Version.objects.filter(pk=row["version_after_id"]).values().get()
    edited = before["id"] != after["id"]
    if edited:
        hand = row["recorded_by_id"] or row["decided_by_id"]
        assert (after["made_by_id"], after["number"]) == (hand, before["number"] + 1)
    return Word(
        chair=row["seat_id"],
        approves=row["verdict"] == "approve",
        by=row["decided_by_id"],
        in_name_of=row["in_name_of_id"] or row["decided_by_id"],
        saw=before["number"],
        left=after["number"],
        substance=edited and (row["edit_class"] != "wording" or is_of_substance(before, after)),
        entered_by=row["recorded_by_id"],
    )


def _holds(row: Mapping[str, Any], today: date) -> bool:
    return (row["starts"] is None or row["starts"] <= today) and (row["ends"] is None or today <= row["ends"])


@cache
def _kinds(rules: str) -> dict[str, set[str]]:
    return {row["code"]: set(row["lines"]) for row in tomllib.loads(read(rules)["kinds"])["kinds"]}


def _lines(rules: str, version: Mapping[str, Any]) -> frozenset[str]:
    lines = _kinds(rules)[version["kind"]]
    closed = version["content_class"] != "public" or version["openness"] == "withheld"
    return frozenset(lines - {"out"} if closed else lines)
