"""Proof of what happened: the chain, every sealed text, every decision, and everything that left."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from hezou.audit.models import AuditEntry
from hezou.audit.queries import chain_breaks
from hezou.kernel.ids import NIL
from hezou.kernel.messages import Message, define
from hezou.manuscripts.models import Text, Version
from hezou.manuscripts.rules.classes import UP
from hezou.manuscripts.rules.sealing import Envelope
from hezou.people.models import Agency
from hezou.review.models import Decision
from hezou.review.queries import rounds_of
from hezou.review.rules import why_not_leave
from hezou.submissions.models import Submission

SEAL_DIFFERS = define("verify.seal_differs", "The stored text is not the one that was sealed.")
UNTOLD_VERSION = define("verify.untold_version", "The chain does not tell of this version with this seal.")
UNTOLD_DECISION = define("verify.untold_decision", "The chain does not tell of this decision on this text.")
UNTOLD_SUBMISSION = define(
    "verify.untold_submission", "The chain does not tell of this submission of this text."
)
STRAY_TEXT = define("verify.stray_text", "A stored text belongs to no version.")
LEFT_UNDULY = define("verify.left_unduly", "The text left without being allowed to: {reason}")
NO_HEAD = define("verify.no_head", "The chain has no entry {number} with the hash {hash}.")


BATCH = 300
"""Submissions whose rounds are read at once; an engine takes some thousand ids in a query at most."""


@dataclass(frozen=True)
class Difference:
    """Where something is not what it was (a noun and an id or number), and what is wrong."""

    place: str
    message: Message


def agencies() -> list[tuple[UUID, str]]:
    """Every chain of the installation: its own, then each agency's, with a name."""
    return [(NIL, "-"), *((a.pk, a.code) for a in Agency.objects.order_by("code"))]


def differences(agency_id: UUID) -> Iterator[Difference]:
    """Everything in one agency's data that differs from what its chain proves."""
    for found in chain_breaks(agency_id):
        yield Difference(f"entry {found.number}", found.message)
    told = _told(agency_id)
    yield from _texts(agency_id, told)
    yield from _decisions(agency_id, told)
    yield from _submissions(agency_id, told)


def holds_head(agency_id: UUID, number: int, hash_: str) -> Difference | None:
    """Whether the chain still contains a head that was printed or filed earlier."""
    known = AuditEntry.objects.filter(agency_id=agency_id, number=number, hash=hash_)
    if number == 0 or known.exists():
        return None
    return Difference(f"entry {number}", NO_HEAD(number=number, hash=hash_))


def _told(agency_id: UUID) -> set[tuple[str, str, str]]:
    """What the chain tells of texts: (verb, id of the thing, seal)."""
    verbs = ["make_version", "approve", "return", "record_approve", "record_return", "submit", "purge"]
    rows = AuditEntry.objects.filter(agency_id=agency_id, verb__in=verbs)
    lines = rows.values_list("verb", "ref_id", "detail").iterator(chunk_size=5000)
    return {(verb, ref_id, detail.get("seal", "")) for verb, ref_id, detail in lines}


def _texts(agency_id: UUID, told: set[tuple[str, str, str]]) -> Iterator[Difference]:
    rows = Version.objects.filter(agency_id=agency_id).select_related("text").iterator(chunk_size=500)
    for version in rows:
        place = f"version {version.manuscript_id}/{version.number}"
        if not _holds(version, told):
            yield Difference(place, SEAL_DIFFERS())
        if ("make_version", str(version.manuscript_id), version.seal) not in told:
            yield Difference(place, UNTOLD_VERSION())
    known = Version.objects.filter(agency_id=agency_id).values("text_id")
    for text in Text.objects.filter(agency_id=agency_id).exclude(pk__in=known).values_list("pk", flat=True):
        yield Difference(f"text {text}", STRAY_TEXT())


def _holds(version: Version, told: set[tuple[str, str, str]]) -> bool:
    """Whether the text is the one that was sealed, or is gone as the chain tells."""
    if not version.salt:
        return not version.text.body and ("purge", str(version.manuscript_id), "") in told
    return _seal(version) == version.seal == version.text.seal


def _seal(version: Version) -> str:
    """The seal of what is stored now, by the normalisation it was made with; '' where it is unreadable."""
    try:
        text = version.text.plain()
    except (zlib.error, UnicodeDecodeError):
        return ""
    envelope = Envelope(
        kind=version.kind,
        content_class=version.content_class,
        openness=version.openness,
        text=text,
        salt=version.salt,
        norm=version.norm,
        attachments=tuple(version.attachments),
    )
    return envelope.seal()


def _decisions(agency_id: UUID, told: set[tuple[str, str, str]]) -> Iterator[Difference]:
    rows = Decision.objects.filter(agency_id=agency_id).select_related("version_after")
    for decision in rows.iterator(chunk_size=2000):
        verb = f"record_{decision.verdict}" if decision.recorded_by_id else decision.verdict
        if (verb, str(decision.seat_id), decision.version_after.seal) not in told:
            yield Difference(f"decision {decision.pk}", UNTOLD_DECISION())


def _submissions(agency_id: UUID, told: set[tuple[str, str, str]]) -> Iterator[Difference]:
    rows = Submission.objects.filter(agency_id=agency_id).select_related("manuscript__agency", "version")
    each = rows.order_by("manuscript").iterator(chunk_size=BATCH)
    while some := list(islice(each, BATCH)):
        rounds = rounds_of(agency_id, list({one.manuscript_id: one.manuscript for one in some}.values()))
        for submission in some:
            place = f"submission {submission.pk}"
            if ("submit", str(submission.pk), submission.version.seal) not in told:
                yield Difference(place, UNTOLD_SUBMISSION())
            judged = rounds[submission.manuscript_id].board(submission.version.number)
            for reason in why_not_leave(judged, UP):
                yield Difference(place, LEFT_UNDULY(reason=reason))
