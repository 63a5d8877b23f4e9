"""A piece's way over HTTP in process, and Wagtail's beside it in the same run.

    python benchmarks/way.py [sqlite|postgresql] [--pieces N]

Like for like with `../shared/bench/wagtail_workflow.py`: four requests (create and hand in, three levels),
each a POST as a browser sends it, by the in-process test client. Beside it the full path of six (submit,
adopt). First verifies one piece: its chain, its decisions, who was told, and that everybody sees exactly what
they may read; and after measuring, that every piece came to its end and the chain is whole. Our turns and
Wagtail's alternate, and the medians are told. Without `../shared` Wagtail is left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.support import ENGINES, Figures, figure, on_both, p95, statements, tables
from benchmarks.wagtail import peer

COMMAND = "python benchmarks/way.py"
TURNS = 3
PIECES = 60
LABELS = {"kind": "experience", "content_class": "public", "openness": "withheld"}


class Way:
    """An office whose people press buttons; `took` holds milliseconds and `asked` statements of each act."""

    def __init__(self) -> None:
        from django.test import Client  # Django is set up by now

        from tests.support.office import found_office  # beside it

        self.office = found_office()
        self.took: dict[str, list[float]] = {}
        self.asked: dict[str, int] = {}
        self.clients = {key: Client() for key in ("writer", "head", "editor", "signer")}
        for key, client in self.clients.items():
            client.force_login(self.office.account(key))
        self.pieces: list[UUID] = []

    def press(self, act: str, key: str, address: str, sent: dict[str, Any]) -> str:
        """One POST; where its answer leads."""
        from hezou.kernel.ids import uuid7  # Django is set up by now

        body = urlencode({**sent, "deed": uuid7()})
        begun = time.perf_counter()
        answer = self.clients[key].post(address, body, content_type="application/x-www-form-urlencoded")
        self.took.setdefault(act, []).append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 303, (act, answer.status_code, answer.content.decode())
        return str(answer["Location"])

    def four(self) -> None:
        """Create and hand in, and three levels."""
        from django.urls import reverse  # Django is set up by now

        from hezou.review.models import Seat  # beside it
        from tests.support.office import TEXT  # beside it

        me = self.office.person["writer"].pk
        sent: dict[str, Any] = {"text": TEXT, "authors": me, "do": "hand_in", **LABELS}
        made = self.press("create and hand in", "writer", reverse("manuscript_new"), sent)
        piece = UUID(made.split("/")[2])
        for key in ("head", "editor", "signer"):
            rows = Seat.objects.filter(manuscript=piece, state="open")
            seat, revision = rows.values_list("pk", "manuscript__revision")[0]
            sent = {"seat": seat, "revision": revision, "verdict": "approve", "opinion": "同意"}
            sent |= {"text": TEXT, "marked": "wording", "copy_revision": 0, **LABELS}
            act = "sign" if key == "signer" else "approve"
            self.press(act, key, reverse("review_decide", args=[piece]), sent)
        self.pieces.append(piece)

    def six(self) -> None:
        """The same, then submitted and adopted."""
        from django.urls import reverse  # Django is set up by now

        from hezou.manuscripts.models import Manuscript  # beside it
        from hezou.submissions.models import Submission  # beside it

        self.four()
        piece = self.pieces[-1]
        revision = Manuscript.objects.values_list("revision", flat=True).get(pk=piece)
        body, journal = self.office.body["区委办"].pk, self.office.journal["区委办"].pk
        sent = {"revision": revision, "body": body}
        self.press("submit", "editor", reverse("submission_new", args=[piece]), sent)
        row, revision = Submission.objects.values_list("pk", "revision").get(manuscript=piece)
        used = {"adopted_on": "2026-01-01", "form": "whole", "evidence": "verified", "issue_number": "第1期"}
        sent = {"revision": revision, "journal": journal, **used}
        self.press("adopt", "editor", reverse("submission_adopt", args=[row]), sent)

    def count(self) -> None:
        """How many statements each act runs, once everything is warm."""
        for _ in range(3):
            self.six()
        original = self.press

        def counting(act: str, key: str, address: str, sent: dict[str, Any]) -> str:
            with statements() as seen:
                answer = original(act, key, address, sent)
            self.asked[act] = max(len(seen), self.asked.get(act, 0))
            return answer

        self.press = counting  # type: ignore[method-assign]
        self.six()
        del self.press
        self.took.clear()


def verify(way: Way, *, submitted: int) -> None:
    """Raises AssertionError unless every piece went its way, told whom it concerns, and nothing else did."""
    from hezou.access.scopes import visible_manuscripts  # Django is set up by now
    from hezou.manuscripts.models import Manuscript  # beside it
    from hezou.notices.models import Notice  # beside it
    from hezou.ops.verifying import differences  # beside it
    from hezou.review.models import Decision  # beside it

    agency, count = way.office.agency, len(way.pieces)
    assert list(differences(agency.pk)) == []
    states = sorted(Manuscript.objects.values_list("state", flat=True))
    assert states == ["sent"] * submitted + ["signed"] * (count - submitted)
    keys = {way.office.person[key].pk: key for key in way.office.person}
    told = [keys[one] for one in Notice.objects.values_list("person_id", flat=True)]
    hands = sorted(keys[one] for one in Decision.objects.values_list("decided_by_id", flat=True))
    assert hands == ["editor"] * count + ["head"] * count + ["signer"] * count
    assert (told.count("head"), told.count("signer"), told.count("editor")) == (count, count, count)
    assert told.count("writer") == count + 2 * submitted
    for key in way.office.person:
        person = way.office.fresh(key)
        some = Manuscript.objects.filter(pk__in=way.pieces[:5])
        seen = set(visible_manuscripts(person).filter(pk__in=way.pieces[:5]).values_list("pk", flat=True))
        assert seen == {one.pk for one in some if person.has_perm("manuscript.read", one)}, key


def measure(engine: str, pieces: int) -> Figures:
    """Our turns and Wagtail's, one after the other."""
    ours: list[float] = []
    theirs: list[float] = []
    with tables(engine):
        way = Way()
        way.six()
        verify(way, submitted=1)
        way.count()
        for _ in range(TURNS):
            begun = time.perf_counter()
            for _ in range(pieces):
                way.four()
            ours.append(pieces / (time.perf_counter() - begun))
            theirs += peer.turn(engine, pieces)
        begun = time.perf_counter()
        for _ in range(pieces):
            way.six()
        full = pieces / (time.perf_counter() - begun)
        verify(way, submitted=5 + pieces)
        return _figures(engine, way, ours, theirs, full)


def _figures(engine: str, way: Way, ours: list[float], theirs: list[float], full: float) -> Figures:
    command = f"{COMMAND} {engine}"
    four = ("create and hand in", "approve", "approve", "sign")
    asked = sum(way.asked[act] for act in four)
    found = {
        f"a piece's way in four requests, {engine}": figure(
            round(statistics.median(ours), 1), "pieces/s", command, asked
        ),
        f"a piece's way in six requests, {engine}": figure(
            round(full, 1), "pieces/s", command, asked + way.asked["submit"] + way.asked["adopt"]
        ),
    }
    if theirs:
        middle = statistics.median(theirs)
        found[f"the same in Wagtail {peer.VERSION}, {engine}"] = figure(round(middle, 1), "pieces/s", command)
        ratio = round(statistics.median(ours) / middle, 1)
        found[f"times Wagtail, {engine}"] = figure(ratio, "times", command)
    slowest = max(p95(times) for times in way.took.values())
    found[f"slowest act, {engine}: p95"] = figure(round(slowest, 1), "ms", command, max(way.asked.values()))
    for act, times in way.took.items():
        found[f"{act}, {engine}: p95"] = figure(round(p95(times), 1), "ms", command, way.asked[act])
    return found


def main() -> int:
    """One engine, or both."""
    parser = argparse.ArgumentParser(description="Measure a piece's way over HTTP.")
    parser.add_argument("engine", nargs="?", choices=ENGINES)
    parser.add_argument("--pieces", type=int, default=PIECES, help="in one turn (default: %(default)s)")
    asked = parser.parse_args()
    words = ["--pieces", str(asked.pieces)]
    found = measure(asked.engine, asked.pieces) if asked.engine else on_both(__file__, *words)
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
