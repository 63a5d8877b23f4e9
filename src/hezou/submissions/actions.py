"""Sending upward and recording results; the only writer of this room's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hezou.audit.actions import action, advance, compare_and_set, record, same_agency
from hezou.audit.statements import insert
from hezou.kernel import clock
from hezou.kernel.errors import NotFound, Refused
from hezou.kernel.messages import define
from hezou.kernel.ref import Ref
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import authors, current_version
from hezou.manuscripts.rules.classes import UP
from hezou.merits.actions import Share, book
from hezou.notices.actions.telling import tell
from hezou.notices.rules import ADOPTED, SUBMITTED
from hezou.people.models import Body, Journal, Person, Unit
from hezou.people.queries import rules_of, today_of
from hezou.review.queries import board
from hezou.review.rules import why_not_leave
from hezou.submissions.lifecycle import ADOPTED as ADOPTED_ONCE
from hezou.submissions.lifecycle import SUBMISSION
from hezou.submissions.models import Adoption, Submission

NO_BODY = define("submission.no_body", "Choose at least one body to submit to.")
ALREADY_SENT = define("submission.already_sent", "The piece was already submitted to {body}.")
OTHER_BODY = define("submission.other_body", "This journal belongs to another body.")
IN_FUTURE = define("submission.in_future", "The date of the journal lies in the future.")
ALREADY_ADOPTED = define("submission.already_adopted", "This adoption is already recorded.")


@dataclass(frozen=True)
class Result:
    """What the office learned of an adoption; codes of the rules in force."""

    form: str
    evidence: str
    adopted_on: date
    journal: Journal | None = None
    issue_number: str = ""


@action
def submit(*, by: Person, manuscript: Manuscript, revision: int, to: list[Body]) -> list[Submission]:
    """上报: send the signed version to each body. Takes the piece first, then asks whether it may leave.

    Raises Refused with every reason why the present text may not leave upward.
    """
    same_agency(by, manuscript, *to)
    if not to:
        raise Refused(NO_BODY())
    manuscript = pieces.take(manuscript, revision)
    judged = board(manuscript)
    Refused.unless_none(why_not_leave(judged, UP))
    version = current_version(manuscript)
    sent_to = set(
        Submission.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript).values_list(
            "body_id", flat=True
        )
    )
    Refused.unless_none(ALREADY_SENT(body=body.name) if body.pk in sent_to else None for body in to)
    pieces.move(by=by, manuscript=manuscript, verb="submit", seal=version.seal)
    now = clock.now()
    rows = [
        Submission(
            agency_id=manuscript.agency_id,
            manuscript=manuscript,
            version=version,
            body=body,
            submitted_by=by,
            submitted_at=now,
        )
        for body in dict.fromkeys(to)
    ]
    for row in rows:
        record(row, "submit", manuscript=manuscript.pk, body=row.body_id, seal=version.seal)
    to_tell = {manuscript.creator_id, *judged.authors}
    tell(SUBMITTED, Ref.to(manuscript), by=by, to=to_tell, stage=str(rows[0].pk))
    insert(rows)
    return rows


@dataclass(frozen=True)
class Adopted:
    """An adoption and who has which part in it."""

    adoption: Adoption
    shares: list[Share]


@action
def adopt(*, by: Person, submission: Submission, revision: int, result: Result) -> Adopted:
    """采用: record that the body used the piece; books the authors' equal shares as merits (R17)."""
    same_agency(by, submission, result.journal)
    rules = rules_of(by.agency)
    rules.adoption_form(result.form)
    rules.evidence_grade(result.evidence)
    if result.journal is not None and result.journal.body_id != submission.body_id:
        raise Refused(OTHER_BODY())
    if result.adopted_on > today_of(by.agency):
        raise Refused(IN_FUTURE())
    submission = compare_and_set(submission, revision)
    known = Adoption.objects.filter(
        agency_id=by.agency_id,
        submission=submission,
        journal=result.journal,
        issue_number=result.issue_number,
    )
    if submission.state == ADOPTED_ONCE and known.exists():
        raise Refused(ALREADY_ADOPTED())
    advance(submission, SUBMISSION, "adopt", None, manuscript=submission.manuscript_id, form=result.form)
    adoption = Adoption(
        agency_id=by.agency_id,
        submission=submission,
        journal=result.journal,
        form=result.form,
        evidence=result.evidence,
        issue_number=result.issue_number,
        adopted_on=result.adopted_on,
        recorded_by=by,
        recorded_at=clock.now(),
    )
    insert([adoption])
    shares = shares_of([(a.person, a.unit) for a in authors(submission.manuscript)])
    book(
        by=by,
        fact="adoption",
        ref=Ref.to(adoption),
        shares=shares,
        occurred_on=result.adopted_on,
        detail=merit_detail(submission, result),
    )
    credited = [share.person.pk for share in shares]
    tell(ADOPTED, Ref.to(submission.manuscript), by=by, to=credited, stage=str(adoption.pk))
    return Adopted(adoption, shares)


def shares_of(named: Sequence[tuple[Person, Unit | None]]) -> list[Share]:
    """Equal shares of the authors, each with the unit frozen at hand-in."""
    if any(unit is None for _, unit in named):
        raise NotFound
    return [Share(person, unit, 1, len(named)) for person, unit in named if unit is not None]


def merit_detail(submission: Submission, result: Result) -> dict[str, str]:
    """The codes and ids of an adoption that a scheme may ask for."""
    return {
        "manuscript": str(submission.manuscript_id),
        "body": str(submission.body_id),
        "journal": str(result.journal.pk) if result.journal else "",
        "form": result.form,
        "evidence": result.evidence,
    }
