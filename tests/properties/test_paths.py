"""Every path out, walked at random by everybody: whatever leaves satisfies R1 and R2, read from the rows.

Persons with and without the right create, revise, hand in, edit, decide, return, recall and submit while
deputies come and go, roles change hands and days pass. After every step: what was submitted or signed may be,
by an oracle that shares nothing with the product; the chain verifies; the trail holds no word of any text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks
from hezou.kernel import clock
from hezou.kernel.errors import Refusal
from hezou.manuscripts.actions import revise
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import current_version
from hezou.people import actions as people
from hezou.people.models import Deputy, Grant
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.review.models import Decision, Seat
from hezou.submissions.actions import submit
from hezou.submissions.models import Submission
from tests.properties import oracle
from tests.properties.raw import is_of_substance, last_signature, may_enter, may_sit, story_of, text_of
from tests.support.office import POSTS, UNIT_ROLES, Office, edit_of, found_office, read
from tests.support.undone import undone

START = datetime.fromisoformat("2026-03-02T01:00:00+00:00")
HAN = re.compile(r"[\u3400-\u9fff]")
LONGER = "\n四、下一步\n继续推进，完善机制，巩固成果，形成长效，推广经验，扩大范围，让更多群众受益。"
EDITS: dict[str, Callable[[str], str]] = {
    "wording": lambda text: _toggle(text, "取得初步成效", "已见成效"),
    "numeral": lambda text: _toggle(text, "12项", "15项"),
    "what is counted": lambda text: _toggle(text, "事项12项", "事务12项"),
    "quotation": lambda text: _toggle(text, "群众只跑一次", "群众“只跑一次”"),
    "title": lambda text: _toggle(text, "的做法\n", "的几点做法\n"),
    "longer": lambda text: text + LONGER,
}
"""What an edit does to the text; `None` and `openness` leave it."""

CHANGES = [None, "wording", "wording", "wording", "openness", *EDITS]
DIRECTIONS = ["deputy", "deputy", "role", "end role", "end deputy", "cross", "hand over", "sleep"]
KEYS = sorted(POSTS)


def _toggle(text: str, one: str, other: str) -> str:
    return text.replace(one, other) if one in text else text.replace(other, one)


class OfficeAtWork(RuleBasedStateMachine):
    """One office of twelve persons, and whatever pieces they begin."""

    office: ClassVar[Office]
    told: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Manuscript] = []
        self.judged: set[UUID] = set()
        self.steps, self.now = 0, START
        self.block = ExitStack()
        self.block.enter_context(undone())

    def teardown(self) -> None:
        with self.block:
            self.judged.clear()
            self.what_was_submitted_satisfied_the_rules()  # and still does

    @contextmanager
    def trying(self, deed: str) -> Iterator[None]:
        """A deed at the machine's own time. Refusals are answers; all else is an error of the product."""
        with clock.moved_to(self.now):
            try:
                yield
                self._tell(deed)
            except Refusal as refusal:
                self._tell(f"{deed} refused: {refusal.messages[0].code}")
            self.now = clock.now() + timedelta(seconds=1)

    def _tell(self, words: str) -> None:
        self.told[words] += 1
        note(words)

    def piece(self, chance: Random) -> Manuscript:
        """One of the pieces; those that left are asked for less."""
        pieces = [read(piece) for piece in self.pieces]
        staying = [piece for piece in pieces if piece.state != "sent"]
        return chance.choice(staying if staying and chance.random() < 0.9 else pieces)

    # The work ------------------------------------------------------------------------------------

    @initialize(kind=st.sampled_from(["experience", "problem"]))
    def begin(self, kind: str) -> None:
        self._create("writer", None, kind, "public", "withheld")

    @rule(seed=st.integers(0, 2**32))
    def step(self, seed: int) -> None:
        """One deed. Chance is ours, so that deep paths are walked as often as refused first steps."""
        self.steps += 1
        chance = Random(f"{seed} {self.steps}")
        deeds = [self.go_on, self.meddle, self.go_back, self.direct, self.create]
        [deed] = chance.choices(deeds, weights=[6, 3, 2, 3, 1])
        deed(chance)

    def create(self, chance: Random) -> None:
        """Anybody begins a piece, alone or with anybody."""
        self._create(
            chance.choice(KEYS),
            chance.choice([None, *KEYS]),
            chance.choice(["experience", "problem", "publicity"]),
            chance.choice(["public", "public", "internal"]),
            chance.choice(["proactive", "withheld"]),
        )

    def go_on(self, chance: Random) -> None:
        """Whose turn it is does what is due, whoever of them comes first; the first to decide edits."""
        piece = self.piece(chance)
        if piece.state in ("draft", "returned"):
            self._hand_in(piece, self._key_of(piece.creator_id))
        edit = chance.choice(CHANGES)
        for _ in range(chance.randint(1, 5)):
            seat = Seat.objects.filter(manuscript=piece, state="open").order_by("level", "id").first()
            if seat is None:
                break
            may = (by for by in chance.sample(KEYS, len(KEYS)) if self._may(by, seat))
            marked = chance.choice(["wording", "wording", "substance"])
            if any(self._word(chance, read(piece), seat, by, edit, marked) for by in may):
                edit = None
        if chance.random() < 0.4:
            self._submit(read(piece), "editor", {"市局"})

    def meddle(self, chance: Random) -> None:
        """Anybody tries anything on any piece, at any of its seats of whatever round."""
        piece, by, edit = self.piece(chance), chance.choice(KEYS), chance.choice(CHANGES)
        verbs = ["revise", "hand in", "approve", "approve", "record", "return", "recall", "submit"]
        verb = chance.choice(verbs)
        if verb == "revise":
            self._revise(piece, by, chance.choice([None, *KEYS]), edit)
        elif verb == "hand in":
            self._hand_in(piece, by)
        elif verb == "recall":
            self._recall(piece, by)
        elif verb == "submit":
            self._submit(piece, by, {"市局", "区委办"})
        elif not (seats := list(Seat.objects.filter(manuscript=piece))):
            return
        elif verb == "record":
            self._record(piece, chance.choice(seats), by, chance.choice(KEYS), edit, "wording")
        else:
            self._decide(piece, chance.choice(seats), by, verdict=verb, edit=edit, marked="wording")

    def go_back(self, chance: Random) -> None:
        """Who may take a piece back or change it does so."""
        piece = self.piece(chance)
        creator = self._key_of(piece.creator_id)
        seats = list(Seat.objects.filter(manuscript=piece, state="open"))
        may = [(seat, by) for seat in seats for by in KEYS if self._may(by, seat)]
        if may and chance.random() < 0.5:
            seat, by = chance.choice(may)
            self._decide(piece, seat, by, "return", None, "")
        else:
            self._recall(piece, creator)
        self._revise(read(piece), creator, chance.choice([None, *KEYS]), chance.choice(CHANGES))

    def _create(self, by: str, second: str | None, kind: str, content_class: str, openness: str) -> None:
        authors = dict.fromkeys(key for key in (by, second) if key)
        with self.trying("create"):
            self.pieces.append(
                self.office.draft(*authors, kind=kind, content_class=content_class, openness=openness)
            )

    def _revise(self, piece: Manuscript, by: str, second: str | None, edit: str | None) -> None:
        text = current_version(piece).text.plain()
        with self.trying("revise"):
            revise(
                by=self.office.fresh(by),
                manuscript=piece,
                revision=piece.revision,
                text=EDITS[edit](text) if edit in EDITS else text,
                kind=piece.kind,
                content_class=piece.content_class,
                openness=piece.openness,
                named=[self.office.fresh(key) for key in dict.fromkeys(k for k in (by, second) if k)],
            )

    def _hand_in(self, piece: Manuscript, by: str) -> None:
        with self.trying("hand in"):
            review.hand_in(
                by=self.office.fresh(by), manuscript=piece, revision=piece.revision, confirmed=True
            )

    def _recall(self, piece: Manuscript, by: str) -> None:
        with self.trying("recall"):
            review.recall(by=self.office.fresh(by), manuscript=piece, revision=piece.revision)

    def _submit(self, piece: Manuscript, by: str, to: set[str]) -> None:
        with self.trying("submit"):
            submit(
                by=self.office.fresh(by),
                manuscript=piece,
                revision=piece.revision,
                to=[self.office.body[name] for name in sorted(to)],
            )

    def _decide(
        self, piece: Manuscript, seat: Seat, by: str, verdict: str, edit: str | None, marked: str
    ) -> bool:
        """Whether the decision was taken; if so by somebody whom the rows give the seat."""
        count, might = Decision.objects.count(), self._may(by, seat)
        with self.trying(verdict):
            review.decide(
                by=self.office.fresh(by),
                manuscript=piece,
                revision=piece.revision,
                seat=seat,
                verdict=verdict,
                opinion="请核实来源",
                edit=self._edited(piece, edit, marked) if edit else None,
            )
        if Decision.objects.count() == count:
            return False
        assert might
        self._edit_counts_as_it_should()
        return True

    def _word(
        self, chance: Random, piece: Manuscript, seat: Seat, by: str, edit: str | None, marked: str
    ) -> bool:
        """An approval by one's own hand, or entered by whoever comes along."""
        if chance.random() < 0.7:
            return self._decide(piece, seat, by, "approve", edit, marked)
        return self._record(piece, seat, chance.choice(KEYS), by, edit, marked)

    def _record(
        self, piece: Manuscript, seat: Seat, by: str, decider: str, edit: str | None, marked: str
    ) -> bool:
        """Whether an approval was entered; if so by and for somebody whom the rows let."""
        count, might = Decision.objects.count(), self._may(decider, seat)
        with self.trying("record"):
            review.record_decision(
                by=self.office.fresh(by),
                manuscript=piece,
                revision=piece.revision,
                seat=seat,
                decider=self.office.fresh(decider),
                mode="telephone",
                verdict="approve",
                edit=self._edited(piece, edit, marked) if edit else None,
                edit_basis="authorised",
            )
        if Decision.objects.count() == count:
            return False
        assert might
        assert may_enter(self.office.person[by].pk, self.now.date())
        assert by != decider
        self._edit_counts_as_it_should()
        return True

    def _edited(self, piece: Manuscript, edit: str, marked: str) -> review.Edit:
        text = current_version(piece).text.plain()
        if edit in EDITS:
            return edit_of(piece, EDITS[edit](text), marked=marked)
        other = "on_request" if piece.openness == "withheld" else "withheld"
        return edit_of(piece, text, marked=marked, openness=other)

    def _edit_counts_as_it_should(self) -> None:
        row = Decision.objects.order_by("at", "id").values().last()
        assert row is not None
        ids = (row["version_before_id"], row["version_after_id"])
        before, after = (Version.objects.filter(pk=one).values().get() for one in ids)
        if before["id"] != after["id"]:
            self.told[f"edit of {row['edit_class']}"] += 1
            assert row["edit_class"] == "substance" or not is_of_substance(before, after)

    def _key_of(self, person_id: object) -> str:
        return next(key for key, person in self.office.person.items() if person.pk == person_id)

    def _may(self, by: str, seat: Seat) -> bool:
        row = Seat.objects.filter(pk=seat.pk).values().get()
        with clock.moved_to(self.now):
            return may_sit(row, self.office.person[by].pk, today_of(self.office.agency))

    # The directory -------------------------------------------------------------------------------

    def direct(self, chance: Random) -> None:
        """The administrator changes the directory, or a day passes."""
        what = chance.choice(DIRECTIONS)
        by, one, other = self.office.fresh("administrator"), chance.choice(KEYS), chance.choice(KEYS)
        role = chance.choice(["unit_head", "leader_in_charge", "editor", "secrecy_reviewer", "signer"])
        over = self.office.unit[POSTS[one][0] if role in UNIT_ROLES else "某局"]
        first = self.now.date() + timedelta(days=chance.randint(-1, 1))
        with self.trying(what):
            if what == "deputy":
                people.name_deputy(
                    by=by,
                    principal=self.office.fresh(one),
                    deputy=self.office.fresh(other),
                    starts=first,
                    ends=first + timedelta(days=chance.randint(0, 3)),
                )
            elif what == "role":
                people.grant_role(by=by, person=self.office.fresh(one), role=role, unit=over)
            elif what == "hand over":
                person, to = self.office.fresh(one), self.office.fresh(other)
                review.hand_over(by=by, person=person, successor=to, with_roles=chance.random() < 0.5)
            elif what == "end role":
                grants = Grant.objects.filter(agency=self.office.agency, role=role).order_by("id")
                people.end_grant(by=by, grant=chance.choice(list(grants)))
            elif what == "cross":
                people.name_cross_reviewer(by=by, role=role, unit=over, person=self.office.fresh(other))
            elif what == "end deputy" and Deputy.objects.exists():
                people.end_deputy(by=by, deputy=chance.choice(list(Deputy.objects.order_by("id"))))
        if what == "sleep":
            self.now += timedelta(days=1)

    # What must hold ------------------------------------------------------------------------------

    @invariant()
    def what_was_submitted_satisfied_the_rules(self) -> None:
        for row in Submission.objects.filter(agency=self.office.agency).exclude(pk__in=self.judged).values():
            self.judged.add(row["id"])
            version = Version.objects.filter(pk=row["version_id"]).values().get()
            story = story_of(row["manuscript_id"], version["number"])
            assert oracle.faults(story, "up") == set()
            assert text_of(version) == text_of(last_signature(row["manuscript_id"]))
            self.told["left after an edit"] += story.present > story.first

    @invariant()
    def what_is_signed_may_leave_on_some_line(self) -> None:
        for row in Manuscript.objects.filter(agency=self.office.agency, state="signed").values():
            story = story_of(row["id"], row["version_count"])
            assert any(oracle.faults(story, line) == set() for line in story.lines)

    @invariant()
    def chain_verifies_and_holds_no_word(self) -> None:
        assert list(chain_breaks(self.office.agency.pk)) == []
        for entry in AuditEntry.objects.filter(agency_id=self.office.agency.pk).values():
            assert HAN.search(f"{entry['verb']} {entry['ref_id']} {entry['detail']}") is None

    @invariant()
    def nobody_holds_two_counted_seats_of_a_round(self) -> None:
        seats = Seat.objects.filter(agency=self.office.agency, counts=True, person__isnull=False)
        held = Counter(seats.values_list("manuscript", "round", "person"))
        assert [seat for seat, times in held.items() if times > 1] == []


@pytest.mark.django_db
def test_whatever_leaves_satisfies_the_rules() -> None:
    OfficeAtWork.office = office = found_office()
    for key in ("other_writer", "writer"):  # one of them an author now and then
        office.grant(key, "recorder", "某局")
    for role, key in (("unit_head", "leader"), ("signer", "leader"), ("editor", "other_head")):
        office.cross_reviewer(role, "某局", key)
    OfficeAtWork.told.clear()
    run_state_machine_as_test(
        OfficeAtWork,
        settings=settings(
            max_examples=20,
            phases=[Phase.explicit, Phase.generate],  # making a failure smaller takes minutes here
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    told = OfficeAtWork.told
    deeds = (
        "submit",
        "approve",
        "record",
        "recall",
        "deputy",
        "end role",
        "edit of wording",
        "edit of substance",
    )
    assert [deed for deed in deeds if told[deed] == 0] == []  # not in vain: what matters did happen
    assert told["left after an edit"] > 0
