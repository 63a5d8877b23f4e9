"""The office at work again, every deed of a piece by a program: whatever leaves satisfies R1 and R2."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from hezou.access.by_token import TOKEN_VERBS
from hezou.access.models import Token
from hezou.kernel import clock
from hezou.kernel.errors import Refusal
from hezou.kernel.messages import Message
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.review.models import Decision, Seat
from tests.api.machine import Answer, Machine
from tests.properties.raw import may_enter
from tests.properties.test_paths import EDITS, START, OfficeAtWork
from tests.support.office import POSTS, TEXT, Office, found_office


class OfficeByDoor(OfficeAtWork):
    """The same persons and chances; every deed of a piece goes through the door."""

    machines: ClassVar[dict[str, Machine]] = {}

    def call(self, by: str, method: str, path: str, body: dict[str, Any]) -> Answer:
        """One request. A problem is a refusal; a status that nobody told of is an error of the product."""
        cache.clear()
        machine = self.machines[by]
        answer = machine.put(path, body) if method == "put" else machine.post(path, body)
        assert answer.status in {200, 201, 403, 404, 409, 422}
        if answer.status >= 400:
            raise Refusal(Message(answer.code))
        return answer

    def act(self, deed: str, by: str, piece: Manuscript, way: str, **body: Any) -> None:
        """One deed of a piece at the revision that was seen."""
        with self.trying(deed):
            self.call(by, "post", f"/manuscripts/{piece.pk}/{way}", {"revision": piece.revision, **body})

    def ids(self, *keys: str | None) -> list[str]:
        """The persons' ids, each once."""
        return list(dict.fromkeys(str(self.office.person[key].pk) for key in keys if key))

    def _create(self, by: str, second: str | None, kind: str, content_class: str, openness: str) -> None:
        labels = {"kind": kind, "content_class": content_class, "openness": openness}
        with self.trying("create"):
            body = {"text": TEXT, **labels, "authors": self.ids(by, second)}
            made = self.call(by, "post", "/manuscripts", body)
            self.pieces.append(Manuscript.objects.get(pk=made.body["id"]))

    def _revise(self, piece: Manuscript, by: str, second: str | None, edit: str | None) -> None:
        text = current_version(piece).text.plain()
        labels = {name: getattr(piece, name) for name in ("kind", "content_class", "openness", "revision")}
        text = EDITS[edit](text) if edit in EDITS else text
        with self.trying("revise"):
            body = {**labels, "text": text, "authors": self.ids(by, second)}
            self.call(by, "put", f"/manuscripts/{piece.pk}", body)

    def _hand_in(self, piece: Manuscript, by: str) -> None:
        self.act("hand in", by, piece, "hand-in", confirmed=True)

    def _recall(self, piece: Manuscript, by: str) -> None:
        self.act("recall", by, piece, "recall")

    def _submit(self, piece: Manuscript, by: str, to: set[str]) -> None:
        bodies = [str(self.office.body[name].pk) for name in sorted(to)]
        self.act("submit", by, piece, "submissions", to=bodies)

    def _decide(
        self, piece: Manuscript, seat: Seat, by: str, verdict: str, edit: str | None, marked: str
    ) -> bool:
        count, might = len(Decision.objects.all()), self._may(by, seat)
        edited = asdict(self._edited(piece, edit, marked)) if edit else None
        said = {"seat": str(seat.pk), "verdict": verdict, "opinion": "请核实来源"}
        self.act(verdict, by, piece, "decisions", **said, edit=edited)
        if len(Decision.objects.all()) == count:
            return False
        assert might
        self._edit_counts_as_it_should()
        return True

    def _record(
        self, piece: Manuscript, seat: Seat, by: str, decider: str, edit: str | None, marked: str
    ) -> bool:
        count, might = len(Decision.objects.all()), self._may(decider, seat)
        edited = asdict(self._edited(piece, edit, marked)) if edit else None
        said = {"seat": str(seat.pk), "decider": self.ids(decider)[0], "mode": "telephone"}
        word = {"verdict": "approve", "edit": edited, "edit_basis": "authorised"}
        self.act("record", by, piece, "recorded-decisions", **said, **word)
        if len(Decision.objects.all()) == count:
            return False
        assert might
        assert may_enter(self.office.person[by].pk, self.now.date())
        assert by != decider
        self._edit_counts_as_it_should()
        return True


def programs(office: Office) -> dict[str, Machine]:
    """A program of everybody, with a token for every verb there is: only access stands in its way."""
    with clock.moved_to(START):
        machines = {key: Machine.of(office, key) for key in POSTS}
    Token.objects.update(verbs=list(TOKEN_VERBS))
    return machines


@pytest.mark.django_db
def test_whatever_leaves_through_the_door_satisfies_the_rules() -> None:
    OfficeByDoor.office = office = found_office()
    OfficeByDoor.told = Counter()
    OfficeByDoor.machines = programs(office)
    for key in ("other_writer", "writer"):
        office.grant(key, "recorder", "某局")
    for role, key in (("unit_head", "leader"), ("signer", "leader"), ("editor", "other_head")):
        office.cross_reviewer(role, "某局", key)
    run_state_machine_as_test(
        OfficeByDoor,
        settings=settings(
            max_examples=20,
            phases=[Phase.explicit, Phase.generate],
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    told = OfficeByDoor.told
    deeds = ("submit", "approve", "record", "recall", "deputy", "edit of wording", "edit of substance")
    assert [deed for deed in deeds if told[deed] == 0] == []  # not in vain: what matters did happen
    refusals = {words.partition(": ")[2] for words in told if "refused" in words}
    assert {"review.undecided", "kernel.forbidden", "access.internal_stays"} <= refusals
