"""误录清除 (R7), the second person's part: what the pieces hold, and what reviews said of them."""

from __future__ import annotations

from hezou.audit.actions import action, compare_and_set, require, same_agency
from hezou.files.models import Blob
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.models import Manuscript, Purge
from hezou.people.models import Person
from hezou.review.actions.rounds import end_round
from hezou.review.jobs import scrub
from hezou.review.models import CounterSignature, Decision
from hezou.review.queries import round_of


@action
def confirm_purge(*, by: Person, purge: Purge, revision: int) -> None:
    """Destroy what a piece said, everywhere in reach; files on disk and old pages follow by a job.

    `by` is another than who asked. Decisions stay with who, when and what seal; their words go.
    """
    same_agency(by, purge)
    require(by, "manuscript.confirm_purge", purge)
    purge = compare_and_set(purge, revision)
    manuscript = pieces.take(purge.manuscript, purge.manuscript.revision)
    end_round(round_of(manuscript).seats)
    scans = _take_scans(manuscript)
    gone = [*pieces.destroy(by=by, purge=purge), *pieces.discard_all(scans)]
    work = scrub.using(agency_id=by.agency_id, unique_key=f"scrub:{purge.pk}")
    work.enqueue(str(by.agency_id), str(manuscript.pk), sorted(set(gone)))


def _take_scans(manuscript: Manuscript) -> list[Blob]:
    """Empty the opinions and take away the scans of signed sheets; what these were."""
    said = Decision.objects.filter(agency_id=manuscript.agency_id, seat__manuscript=manuscript)
    owed = CounterSignature.objects.filter(agency_id=manuscript.agency_id, decision__in=said)
    ids = {*said.values_list("evidence", flat=True), *owed.values_list("evidence", flat=True)} - {None}
    owed.update(evidence=None)
    said.update(opinion="", evidence=None)
    return list(Blob.objects.filter(pk__in=ids).order_by("sha256"))
