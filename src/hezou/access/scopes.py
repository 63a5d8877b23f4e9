"""What opens pieces to a person, as scopes; and the visible rows as sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hezou.access.roles import HEADS, OFFICE
from hezou.access.standing import remember, standing_of, units_headed
from hezou.kernel.errors import NotFound
from hezou.kernel.ids import parse
from hezou.kernel.ref import Ref
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import Scope, manuscripts, readable_ids, scopes_open, whole
from hezou.people.models import Person
from hezou.people.queries import persons
from hezou.review.models import Seat
from hezou.review.queries import waiting_for
from hezou.submissions.models import Submission
from hezou.submissions.queries import submissions


def scopes_of(person: Person) -> list[Scope]:
    """Every scope of a person today; computed once for each person object."""
    standing = standing_of(person)
    kept: tuple[Any, list[Scope]] | None = person.__dict__.get("_scopes")
    if kept is not None and kept[0] is standing:
        return kept[1]
    found: list[Scope] = [("person", person.pk), ("seat", person.pk)]
    found += [("seat", principal) for principal in standing.principals]
    if standing.holds(*HEADS):
        found += [("head", unit) for unit in sorted(units_headed(person, *HEADS))]
    if standing.holds(*OFFICE):
        found.append(("office", person.agency_id))
    person.__dict__["_scopes"] = (standing, found)
    return found


def visible_manuscripts(person: Person) -> QuerySet[Manuscript]:
    """The pieces a person may see, as a set (search, exports, single look-ups; lists use `lists.page`)."""
    ids = readable_ids(person.agency_id, scopes_of(person))
    return manuscripts(person.agency_id).filter(pk__in=ids)


def who_may_see(manuscript: Manuscript) -> list[tuple[Person, list[Scope]]]:
    """Everybody who may see a piece today, each with those of their scopes that open it, in order of names.

    The same scopes, asked of everybody: `visible_manuscripts` of a person holds the piece exactly when the
    person stands here. Few queries whatever the number of persons.
    """
    opened = scopes_open(manuscript)
    rows = persons(manuscript.agency_id).select_related("agency", "unit").order_by("sort_key", "pk")
    everybody = list(rows)
    remember(everybody)
    found = ((person, [scope for scope in scopes_of(person) if scope in opened]) for person in everybody)
    return [(person, mine) for person, mine in found if mine]


def visible_submissions(person: Person) -> QuerySet[Submission]:
    """The submissions of pieces a person may see."""
    ids = readable_ids(person.agency_id, scopes_of(person))
    return submissions(person.agency_id).filter(manuscript__in=ids)


def visible_waiting(person: Person) -> QuerySet[Seat]:
    """The open steps that wait for a person, longest first; none of a piece that is withheld."""
    seats = waiting_for(person, standing_of(person).on)
    return seats.filter(manuscript__in=visible_manuscripts(person).values("pk"))


def find_manuscript(person: Person, manuscript_id: UUID | str) -> Manuscript:
    """A piece the person may see; NotFound for forged, foreign and invisible ids alike."""
    parsed = manuscript_id if isinstance(manuscript_id, UUID) else parse(manuscript_id)
    found = visible_manuscripts(person).filter(pk=parsed).first() if parsed else None
    return _found(person, found)


def find_whole(person: Person, manuscript_id: UUID) -> Manuscript:
    """As `find_manuscript`, with its newest text and its authors in the same query."""
    return _found(person, whole(person.agency_id, manuscript_id, scopes_of(person)))


def find_submission(person: Person, submission_id: UUID | str) -> Submission:
    """A submission of a piece the person may see; NotFound otherwise."""
    parsed = submission_id if isinstance(submission_id, UUID) else parse(submission_id)
    rows = visible_submissions(person).prefetch_related(None)
    found = rows.filter(pk=parsed).first() if parsed else None
    if found is None:
        raise NotFound
    _found(person, found.manuscript)
    found.agency = person.agency
    return found


def _found(person: Person, manuscript: Manuscript | None) -> Manuscript:
    if manuscript is None:
        raise NotFound
    manuscript.found_by, manuscript.agency = person.pk, person.agency
    return manuscript


def titles_of(person: Person, refs: Iterable[Ref]) -> dict[Ref, str]:
    """The titles of a list of things for this reader, in one query; what is not theirs to see is left out."""
    ids = {ref: parse(ref.id) for ref in refs if ref.kind == "manuscript"}
    wanted = {one for one in ids.values() if one is not None}
    found = dict(visible_manuscripts(person).filter(pk__in=wanted).values_list("pk", "title"))
    return {ref: found[one] for ref, one in ids.items() if one in found}


def title_of(person: Person, ref: Ref) -> str | None:
    """The title of a thing for this reader, or None where it is not theirs to see."""
    return titles_of(person, [ref]).get(ref)
