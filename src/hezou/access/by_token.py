"""What a token may be for, how it limits whoever acts by it, and what of the pieces it opens (R4)."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from hezou.access.scopes import (
    find_manuscript,
    find_submission,
    visible_manuscripts,
    visible_submissions,
    visible_waiting,
)
from hezou.files.models import Blob
from hezou.kernel.errors import Forbidden, NotFound
from hezou.kernel.messages import define
from hezou.kernel.text import picture_hashes
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import attachments, file_of, versions
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.people.models import Person
from hezou.review.models import Seat
from hezou.submissions.models import Submission

INTERNAL_STAYS = define(
    "access.internal_stays",
    "Internal pieces stay inside: programs neither get nor change them. Use the pages.",
)

READ = "manuscript.read"
Classed = TypeVar("Classed", Manuscript, Version)
TOKEN_VERBS: dict[str, frozenset[str]] = {
    READ: frozenset(),
    "manuscript.create": frozenset({READ}),
    "manuscript.edit": frozenset({READ}),
    "manuscript.hand_in": frozenset({READ}),
    "manuscript.recall": frozenset({READ}),
    "seat.decide": frozenset({READ, "manuscript.review", "review.enter"}),
    "manuscript.admit_reader": frozenset({READ}),
    "seat.select": frozenset({READ}),
    "review.record": frozenset({READ}),
    "manuscript.submit": frozenset({READ, "submission.read"}),
    "submission.read": frozenset(),
    "submission.record": frozenset({"submission.read"}),
    "people.read": frozenset(),
    "absence.record": frozenset({"deputy.name"}),
    "duty.keep": frozenset({"people.read"}),
    "notice.read": frozenset(),
    "text.check": frozenset(),
    "hook.manage": frozenset({READ}),
}
"""Verb a token may be for → the further verbs that it cannot be used without."""


def verbs_of(chosen: list[str]) -> frozenset[str]:
    """Everything a token may do that is for the verbs chosen; unknown ones open nothing."""
    known = [verb for verb in chosen if verb in TOKEN_VERBS]
    return frozenset(known).union(*(TOKEN_VERBS[verb] for verb in known))


def grantable(person: Person) -> list[str]:
    """The verbs a person may make a token for: those they may do themselves."""
    return [verb for verb in TOKEN_VERBS if person.has_perm(verb)]


def open_manuscripts(person: Person) -> QuerySet[Manuscript]:
    """The pieces that a program may see in a person's name: the visible ones that are not internal."""
    return visible_manuscripts(person).exclude(content_class=INTERNAL)


def open_submissions(person: Person) -> QuerySet[Submission]:
    """The submissions of such pieces."""
    internal = Q(manuscript__content_class=INTERNAL) | Q(version__content_class=INTERNAL)
    return visible_submissions(person).exclude(internal)


def find_open_manuscript(person: Person, manuscript_id: UUID) -> Manuscript:
    """Such a piece; NotFound where the person may not see it, Forbidden for an internal one."""
    return not_internal(find_manuscript(person, manuscript_id))


def find_open_submission(person: Person, submission_id: UUID) -> Submission:
    """A submission of such a piece; NotFound and Forbidden as for the piece."""
    found = find_submission(person, submission_id)
    not_internal(found.manuscript)
    not_internal(found.version)
    return found


def open_waiting(person: Person) -> QuerySet[Seat]:
    """The open steps of such pieces that wait for a person, longest first."""
    return visible_waiting(person).exclude(manuscript__content_class=INTERNAL)


def open_versions(manuscript: Manuscript) -> QuerySet[Version]:
    """The versions of a piece that a program may have."""
    return versions(manuscript).exclude(content_class=INTERNAL)


def open_file(manuscript: Manuscript, sha256: str) -> tuple[Blob, str]:
    """A file of a piece with its name: attached now, or part of a version that a program may have.

    Raises NotFound for any other hash, those of internal versions among them.
    """
    found = file_of(manuscript, sha256)
    is_attached = attachments(manuscript).filter(blob__sha256=sha256).exists()
    if is_attached or any(sha256 in files_of(one) for one in open_versions(manuscript)):
        return found
    raise NotFound


def files_of(version: Version) -> set[str]:
    """The hashes of everything that a version shows or that went with it."""
    return {*version.attachments, *picture_hashes(version.text.plain())}


def not_internal(thing: Classed) -> Classed:
    """The piece or version, if a program may have it; raises Forbidden for an internal one."""
    refuse_internal(thing.content_class)
    return thing


def refuse_internal(content_class: str) -> None:
    """Raise Forbidden for the class that no program gets or gives."""
    if content_class == INTERNAL:
        raise Forbidden(INTERNAL_STAYS())
