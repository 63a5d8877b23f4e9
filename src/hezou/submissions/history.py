"""What left the house earlier and what came of it, as rows for `audit.actions.load_history`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hezou.audit.history import Past
from hezou.kernel.errors import Refused
from hezou.manuscripts import history as pieces
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.rules.classes import UP
from hezou.merits.history import keep_merits
from hezou.people.models import Body, Person, Unit
from hezou.review.rules import Board, why_not_leave
from hezou.submissions.actions import Result, merit_detail, shares_of
from hezou.submissions.lifecycle import ADOPTED, SENT, SUBMISSION
from hezou.submissions.models import Adoption, Submission


def keep_submissions(
    past: Past,
    *,
    manuscript: Manuscript,
    judged: Board,
    version: Version,
    by: Person,
    at: datetime,
    to: Mapping[Body, tuple[Result, datetime] | None],
    authors: Sequence[tuple[Person, Unit]],
) -> None:
    """The signed version of a piece being kept, sent to each body, and what the office learned and when.

    `judged` is the round it was signed in, `authors` have the units frozen at hand-in. Raises Refused where
    the text could not have left upward.
    """
    Refused.unless_none(why_not_leave(judged, UP))
    pieces.move(past, manuscript=manuscript, verb="submit", version=version, by=by, at=at)
    for body, learned in to.items():
        row = Submission(
            agency_id=manuscript.agency_id,
            manuscript_id=manuscript.pk,
            version_id=version.pk,
            body_id=body.pk,
            submitted_by_id=by.pk,
            submitted_at=at,
        )
        past.keep(row, SUBMISSION, SENT if learned is None else ADOPTED)
        past.tell(row, "submit", by.pk, at, manuscript=manuscript.pk, body=body.pk, seal=version.seal)
        if learned is not None:
            _keep_adoption(past, row, by, *learned, authors)


def _keep_adoption(
    past: Past,
    row: Submission,
    by: Person,
    result: Result,
    at: datetime,
    authors: Sequence[tuple[Person, Unit]],
) -> None:
    row.revision += 1
    past.tell(row, "adopt", by.pk, at, manuscript=row.manuscript_id, form=result.form)
    adoption = Adoption(
        agency_id=row.agency_id,
        submission_id=row.pk,
        journal_id=result.journal.pk if result.journal else None,
        form=result.form,
        evidence=result.evidence,
        issue_number=result.issue_number,
        adopted_on=result.adopted_on,
        recorded_by_id=by.pk,
        recorded_at=at,
    )
    past.keep(adoption)
    keep_merits(
        past,
        fact="adoption",
        thing=adoption,
        shares=shares_of(authors),
        by=by,
        at=at,
        occurred_on=result.adopted_on,
        detail=merit_detail(row, result),
    )
