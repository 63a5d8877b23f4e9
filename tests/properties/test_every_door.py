"""Visible rows = allowed on every path: whatever address anybody opens tells of no piece they may not see.

Random offices are given roles, deputies and pieces that go as far as their plan leads. Then everybody opens
every address of every door, for every thing of every piece. What is about a piece answers to those who may
read it, and to all others exactly as if it did not exist; nothing else names a title, a text, an opinion or a
file of it. A further door (`DOORS`) is walked by the same test.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from hezou.files.actions import put
from hezou.files.rules import admit
from hezou.kernel.errors import Refusal
from hezou.kernel.ids import uuid7
from hezou.manuscripts.actions import ask_purge, attach
from hezou.manuscripts.models import Attachment, Manuscript, Purge
from hezou.manuscripts.rules.incoming import Enclosure
from hezou.manuscripts.rules.purging import CLASSIFIED
from hezou.notices.models import Notice
from hezou.people.models import Account, Person
from hezou.review.actions import hand_in, print_sheet
from hezou.review.models import CounterSignature, Decision, Sheet
from hezou.submissions.models import Submission
from tests.access.test_visible import deputies, keys, pieces, prepare, roles
from tests.properties.doors import DOORS, Address, Door, pages, ways
from tests.support.office import POSTS, TEXT, Office, edit_of, found_office, read
from tests.support.pictures import picture
from tests.support.undone import undone

MARKERS = ("海棠", "木槿", "银杏")
"""One word that stands in everything that is secret of one piece, and nowhere else."""
TOKENS = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|name="deed" value="[^"]*"')
NUMBERED = {"trail", "purges", "purge"}
"""Addresses whose readers learn the number or id of any piece: the auditor's, and those of a purge (R7)."""
PIECES_OWN = {
    "manuscript_id",
    "submission_id",
    "sheet_id",
    "decision_id",
    "owed_id",
    "notice_id",
    "attachment_id",
}
"""Parameters that lead to one piece."""
EVIDENCE = {"evidence", "countersigned_evidence"}
"""Addresses of pictures that not every decision has."""
GATED = {
    "notice",
    "manuscript_edit",
    "review_piece",
    "submission_new",
    "submission_adopt",
    "record",
    "countersigning",
    "read_submission",
}
"""Addresses of a piece that ask for more than reading it."""


@dataclass
class Things:
    """What addresses may name of one piece, by the name of their parameter."""

    piece: Manuscript
    marker: str
    of: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, piece: Manuscript, marker: str) -> Things:
        seats = {"seat__manuscript": piece}
        return cls(
            read(piece),
            marker,
            {
                "manuscript_id": [piece.pk],
                "number": list(range(1, read(piece).version_count + 1)),
                "sha256": list(
                    Attachment.objects.filter(manuscript=piece).values_list("blob__sha256", flat=True)
                ),
                "submission_id": _keys(Submission.objects.filter(manuscript=piece)),
                "sheet_id": _keys(Sheet.objects.filter(manuscript=piece)),
                "decision_id": _keys(Decision.objects.filter(**seats)),
                "attachment_id": _keys(Attachment.objects.filter(manuscript=piece)),
                "owed_id": _keys(CounterSignature.objects.filter(decision__seat__manuscript=piece)),
                "notice_id": _keys(Notice.objects.filter(ref_id=str(piece.pk))),
            },
        )


def _keys(rows: Any) -> list[Any]:
    return list(rows.values_list("pk", flat=True))


# --- offices ----------------------------------------------------------------------------------------
@pytest.fixture
def offices(db: None, settings: Any, tmp_path: Path) -> list[Office]:
    settings.BLOBS = tmp_path
    ours, hill = found_office(), found_office("hill")
    ours.cross_reviewer("unit_head", "某局", "leader")
    for office in (ours, hill):
        for key in POSTS:
            office.account(key)
    return [ours, hill]


def live(office: Office, plan: dict[str, Any], marker: str) -> Things:
    """A piece carried as far as its plan leads, with a file, opinions, a sheet; perhaps withheld."""
    text, by = TEXT.replace("窗口", marker), plan["authors"][0]
    piece = office.draft(*plan["authors"], text=text, content_class=plan["content_class"])
    enclose(office, piece, by, marker)
    with suppress(Refusal):  # what the rules refuse does not happen
        fresh = read(piece)
        hand_in(by=office.fresh(by), manuscript=fresh, revision=fresh.revision, confirmed=True)
        print_sheet(by=office.fresh(by), manuscript=read(piece), form="report", seat=None)
        for key in plan["hands"]:
            edit = edit_of(read(piece), text, content_class="internal") if plan["becomes_internal"] else None
            office.decide(piece, key, edit=edit, opinion=f"{marker}一节请再核")
    if plan["is_withheld"]:
        ask_purge(by=office.fresh("secrecy"), manuscript=read(piece), reason=CLASSIFIED)
    return Things.read(piece, marker)


def enclose(office: Office, piece: Manuscript, by: str, marker: str) -> None:
    content = admit(picture(colour=f"#{MARKERS.index(marker):02}4060"))
    put(office.agency.pk, content)
    attach(
        by=office.fresh(by),
        manuscript=piece,
        revision=piece.revision,
        enclosure=Enclosure(f"{marker}.png", content),
    )


plans = st.builds(
    lambda plan, is_withheld: {**plan, "is_withheld": is_withheld},
    pieces,
    st.sampled_from([False, False, True]),
)


SHUT = {
    "authors": ["writer"],
    "content_class": "internal",
    "hands": ["head"],
    "becomes_internal": False,
    "reader": None,
    "is_withheld": False,
}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: type(door).__name__.lower())
@example(
    planned=[SHUT, {**SHUT, "content_class": "public", "is_withheld": True}],
    granted=[("administrator", "unit_head"), ("other_writer", "editor")],
    deputed=[("head", "colleague", 0, 3), ("editor", "secrecy", -3, -1)],
    who=["administrator", "auditor", "colleague", "head", "other_writer", "secrecy"],
)
@given(
    planned=st.lists(plans, min_size=2, max_size=2),
    granted=st.lists(roles, max_size=3),
    deputed=st.lists(deputies, max_size=3),
    who=st.lists(keys, min_size=3, max_size=3, unique=True),
)
@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],  # making a failure smaller takes minutes here
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_address_tells_exactly_what_may_be_seen(
    offices: list[Office],
    door: Door,
    planned: list[dict[str, Any]],
    granted: list[tuple[str, str]],
    deputed: list[tuple[str, str, int, int]],
    who: list[str],
) -> None:
    with undone():
        office, hill = offices
        prepare(office, granted, deputed)
        things = [live(office, plan, marker) for plan, marker in zip(planned, MARKERS, strict=False)]
        foreign = {"authors": ["writer"], "content_class": "public", "hands": ["head"]}
        more = {"becomes_internal": False, "is_withheld": False}
        things.append(live(hill, foreign | more, MARKERS[2]))
        for key in who:
            assert list(Walk(office, key, door).faults(things)) == []


WALKED = {
    "page": {"manuscript", "desk", "mine", "review_piece", "submissions", "sheet", "notices"},
    "search": {"manuscripts", "people", "trail"},
    "list": {"manuscripts", "selecting", "review", "recording", "list_manuscripts", "list_waiting"},
    "export": {"manuscript_docx", "sheet_docx", "report_piece", "manuscript_file", "read_file"},
    "history": {"manuscript", "list_versions", "read_version", "list_decisions", "trail"},
    "compare": {"manuscript_compare"},
    "API": {"read_manuscript", "list_submissions", "list_notices", "decide", "record_decision"},
}
"""Path by path, some of the addresses that this walks; error pages are what the shut ones answer with."""


def test_every_path_is_walked() -> None:
    addresses = {one.name for one in (*pages(), *ways())}
    assert {path: names - addresses for path, names in WALKED.items() if names - addresses} == {}
    assert [one.name for one in pages() if "?part=history" in one.queries] == ["manuscript"]


@pytest.mark.parametrize("key", ["administrator", "auditor"])
def test_no_address_opens_an_internal_piece_to_who_keeps_or_audits_the_system(
    offices: list[Office], key: str
) -> None:
    """R22, on every path: by the role alone."""
    office = offices[0]
    things = live(office, SHUT, MARKERS[0])
    assert not office.fresh(key).has_perm("manuscript.read", things.piece)
    assert [list(Walk(office, key, door).faults([things])) for door in DOORS] == [[]] * len(DOORS)


@dataclass
class Walk:
    """One person at one door."""

    office: Office
    key: str
    door: Door

    def __post_init__(self) -> None:
        self.person: Person = self.office.fresh(self.key)
        self.client = self.door.enter(Account.objects.get(person=self.person))

    def faults(self, things: list[Things]) -> Iterator[str]:
        """What some address told or kept back that it should not have."""
        for address in self.door.addresses():
            if not address.takes & PIECES_OWN:
                path = address.path(self._others(address.takes))
                yield from self._others_told(address, path, things)
                continue
            for one in things:
                names = sorted(address.takes)
                for values in product(*(one.of.get(name, []) for name in names)):
                    given = dict(zip(names, values, strict=True))
                    yield from self._about(address, given, one, things)

    def _others(self, names: frozenset[str]) -> dict[str, Any]:
        there = {
            "person_id": self.office.person["writer"].pk,
            "unit_id": self.office.unit["第一科"].pk,
            "body_id": self.office.body["市局"].pk,
            "journal_id": self.office.journal["市局"].pk,
            "purge_id": Purge.objects.values_list("pk", flat=True).first() or uuid7(),
            "job_id": uuid7(),
            "session_id": uuid7(),
            "token_id": uuid7(),
        }
        return {name: there.get(name, 1) for name in names}

    def _others_told(self, address: Address, path: str, things: list[Things]) -> Iterator[str]:
        """An address that is about no piece, with every view of it."""
        for query in ("", *address.queries) if address.reads else ():
            yield from self._told(address, path + query, things)

    def _about(
        self, address: Address, given: dict[str, Any], one: Things, things: list[Things]
    ) -> Iterator[str]:
        """An address of a piece: it answers to those whom the door lets read it, and to nobody else."""
        path, absent = address.path(given), address.path(given | absent_from(address))
        if self.door.opens(self.person, one.piece):
            for query in ("", *address.queries) if address.reads else ():
                status = yield from self._told(address, path + query, things)
                if address.name not in GATED | EVIDENCE and status not in {200, 405}:
                    yield f"{self.key} is kept from {path}{query}: {status}"
            return
        may_read = self.person.has_perm("manuscript.read", one.piece)
        for ask in address.asks:
            hidden, gone = ask(self.client, path), ask(self.client, absent)
            if told(hidden, path) != told(gone, absent) and not may_read:
                yield f"{self.key} learns from {path}: {hidden.status_code}, {gone.status_code} if absent"
            if hidden.status_code not in self.door.shut:
                yield f"{self.key} is answered by {path}: {hidden.status_code}"
            if one.marker in hidden.content.decode(errors="replace"):
                yield f"{self.key} reads {one.marker} on {path}"

    def _told(self, address: Address, path: str, things: list[Things]) -> Generator[str, None, int]:
        """Whatever the address answers names no piece that this door may not show. Gives the status."""
        answer = address.asks[0](self.client, path)
        said = answer.content.decode(errors="replace")
        for one in things:
            if self.door.opens(self.person, one.piece):
                continue
            secrets = [one.marker]
            if address.name not in NUMBERED and not self.person.has_perm("manuscript.read", one.piece):
                secrets.append(str(one.piece.pk))
            yield from (f"{self.key} reads {word} on {path}" for word in secrets if word in said)
        return int(answer.status_code)


def absent_from(address: Address) -> dict[str, Any]:
    """Ids that nothing has, in the place of those that lead to a piece."""
    return {name: 10**9 if name in address.numbers else uuid7() for name in address.takes & PIECES_OWN}


def told(answer: Any, path: str) -> tuple[Any, ...]:
    """What somebody can learn from an answer: all but its own address, and tokens."""
    body = TOKENS.sub(b"", answer.content).replace(path.encode(), b"")
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, headers, body
