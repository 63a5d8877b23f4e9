"""Reading what left and what came of it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hezou.manuscripts.models import Manuscript
from hezou.people.models import Body, Journal
from hezou.submissions.models import Adoption, Submission


def submissions(agency_id: UUID) -> QuerySet[Submission]:
    """The register, newest first; callers narrow it to what a person may see."""
    return (
        Submission.objects.filter(agency_id=agency_id)
        .select_related("manuscript", "manuscript__unit", "version", "body", "submitted_by")
        .prefetch_related("adoptions", "adoptions__journal")
        .order_by("-submitted_at", "-id")
    )


def submissions_of(manuscript: Manuscript) -> QuerySet[Submission]:
    """Everything this piece was sent to."""
    return submissions(manuscript.agency_id).filter(manuscript=manuscript)


def bodies(agency_id: UUID) -> QuerySet[Body]:
    """The bodies in use, in the agency's order, with their journals."""
    rows = Body.objects.filter(agency_id=agency_id, retired_at=None)
    return rows.prefetch_related("journals").order_by("position", "sort_key", "id")


def journals(body: Body) -> QuerySet[Journal]:
    return Journal.objects.filter(agency_id=body.agency_id, body=body, retired_at=None).order_by("name")


def adoptions(agency_id: UUID) -> QuerySet[Adoption]:
    """Adoptions, the latest journal date first."""
    rows = Adoption.objects.filter(agency_id=agency_id)
    return rows.select_related("submission__manuscript", "submission__body", "journal").order_by(
        "-adopted_on", "-id"
    )
