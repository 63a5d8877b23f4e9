"""One finished piece of the test agency as history, with whatever a test wants to be different."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hezou.audit.history import Past
from hezou.manuscripts import history as pieces
from hezou.manuscripts.lifecycle import SENT
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.rules.classes import lines_of
from hezou.packs.rules import WORDING_EDIT_CHARACTERS, route_for
from hezou.people.models import Body, Person, Unit
from hezou.people.queries import rules_of
from hezou.review.history import Place, Said, Terms, keep_round
from hezou.review.rules import APPROVE, Board
from hezou.submissions.actions import Result
from hezou.submissions.history import keep_submissions
from tests.support.office import TEXT, Office

BEGUN = datetime(2025, 3, 4, 1, tzinfo=UTC)
STEPS = {"unit_review": "head", "editing": "editor", "signature": "signer"}
"""The steps of a piece that is not to be published, and whose hand decides each."""


@dataclass
class Finished:
    """A piece being kept, hour by hour; `hands` are the steps and deciders of its one round."""

    office: Office
    past: Past = field(default_factory=lambda: Past("old-ledger"))
    state: str = SENT
    text: str = TEXT
    authors: tuple[str, ...] = ("writer",)
    number: str = "2025-0001"
    at: datetime = BEGUN

    def begin(self) -> Version:
        """The piece with its first version, handed in."""
        self.manuscript: Manuscript = pieces.keep_piece(
            self.past,
            agency=self.office.agency,
            number=self.number,
            labels=pieces.Labels(self.office.kind, "public", "withheld"),
            state=self.state,
            authors=self.named,
            begun_at=self.at,
            moved_at=self.at + timedelta(hours=9),
        )
        first = self.version(self.text, self.authors[0], "import")
        self.handed_in_at = self.later()
        by = self.named[0][0]
        pieces.hand_in(self.past, manuscript=self.manuscript, version=first, by=by, at=self.handed_in_at)
        return first

    @property
    def named(self) -> list[tuple[Person, Unit]]:
        persons = [self.office.person[key] for key in self.authors]
        return [(person, person.unit) for person in persons]

    def later(self) -> datetime:
        self.at += timedelta(hours=1)
        return self.at

    def version(self, text: str, by: str, reason: str) -> Version:
        return pieces.keep_version(
            self.past,
            manuscript=self.manuscript,
            text=text,
            by=self.office.person[by],
            at=self.at,
            reason=reason,
        )

    def say(self, step: str, by: str, before: Version, **more: object) -> Said:
        """One decision an hour later: approval of the text as it is unless told otherwise."""
        values = {"verdict": APPROVE, "after": before, **more}
        return Said(step, self.office.person[by], before=before, at=self.later(), **values)  # type: ignore[arg-type]

    def round(self, first: Version, said: list[Said]) -> Board:
        rules = rules_of(self.office.agency)
        lines = lines_of(rules.kind(self.office.kind).lines, "public", "withheld")
        route = route_for(rules, self.office.kind, lines)
        places = {
            step.code: Place(
                self.office.unit["第一科"].pk, (self.office.person[STEPS.get(step.code, "secrecy")].pk,)
            )
            for _, _, step in route.walk()
        }
        return keep_round(
            self.past,
            manuscript=self.manuscript,
            authors=[person for person, _ in self.named],
            terms=Terms(route, lines, rules.limit(WORDING_EDIT_CHARACTERS)),
            places=places,
            handed_in=first,
            handed_in_at=self.handed_in_at,
            said=said,
        )

    def send(self, judged: Board, version: Version, to: dict[Body, tuple[Result, datetime] | None]) -> None:
        keep_submissions(
            self.past,
            manuscript=self.manuscript,
            judged=judged,
            version=version,
            by=self.office.person["editor"],
            at=self.later(),
            to=to,
            authors=self.named,
        )


def finished(office: Office, **differing: object) -> Past:
    """A piece approved by everybody, sent to two bodies and used by the first of them."""
    piece = Finished(office, **differing)  # type: ignore[arg-type]
    first = piece.begin()
    judged = piece.round(first, [piece.say(step, by, first) for step, by in STEPS.items()])
    used = Result("whole", "verified", piece.at.date() + timedelta(days=9), office.journal["区委办"], "第3期")
    learned = (used, piece.at + timedelta(days=10))
    piece.send(judged, first, {office.body["区委办"]: learned, office.body["市局"]: None})
    return piece.past
