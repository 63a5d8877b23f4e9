"""What a person may do from a piece's own page: buttons from the lifecycle's table, two small acts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from hezou.access.scopes import find_manuscript
from hezou.kernel.errors import NotFound
from hezou.kernel.lifecycle import Transition
from hezou.kernel.messages import Message
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.lifecycle import MANUSCRIPT
from hezou.manuscripts.rules.classes import UP
from hezou.people.models import Person
from hezou.people.queries import persons
from hezou.review import actions as review
from hezou.review.rules import why_not_decide, why_not_leave
from hezou.web.review.round import Round, sitting_of
from hezou.web.shell import PageRequest, deed, done, ids_of, page, revision_of


@dataclass(frozen=True)
class Button:
    """For `parts/main_action.html`: a link (`url`) or the opener of a dialog (`opens`)."""

    label: str
    url: str = ""
    opens: str = ""
    why_not: list[Message] | None = None
    form: str = ""
    name: str = ""
    value: str = ""


def buttons(person: Person, whole: Round) -> tuple[Button | None, list[Button]]:
    """The page's main action and the others, in the order of the lifecycle's table."""
    piece = whole.manuscript
    may = {
        step.verb: step
        for step in MANUSCRIPT.from_state(piece.state)
        if not step.permission or person.has_perm(step.permission, piece)
    }
    others = [Button(gettext("Recall"), opens="recall")] if "recall" in may else []
    return _main(person, whole, may), others


def _main(person: Person, whole: Round, may: dict[str, Transition]) -> Button | None:
    key = whole.manuscript.pk
    if "hand_in" in may:
        return Button(gettext("Edit and hand in"), url=reverse("manuscript_edit", args=[key]))
    if "sign" in may and (sitting := sitting_of(person, whole.manuscript)) is not None:
        line = next(one for one in whole.board.seats if one.id == sitting.seat.pk)
        why_not = why_not_decide(whole.board, line, person.pk, sitting.principal.pk)
        return Button(gettext("Review it"), url=reverse("review_piece", args=[key]), why_not=why_not or None)
    if "submit" in may and UP in whole.board.lines:
        why_not = why_not_leave(whole.board, UP)
        return Button(
            gettext("Submit upward"), url=reverse("submission_new", args=[key]), why_not=why_not or None
        )
    return None


@page
@require_POST
def recall(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """撤回: back to the writers; the round ends without effect."""
    manuscript = find_manuscript(request.person, manuscript_id)
    with deed(request) as pressed:
        pressed.target = reverse("manuscript", args=[manuscript.pk])
        review.recall(by=request.person, manuscript=manuscript, revision=revision_of(request))
    return done(request, pressed.target, gettext("Recalled. It is a draft again."))


@page
@require_POST
def admit_reader(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """Put somebody on the reader list of a piece."""
    manuscript = find_manuscript(request.person, manuscript_id)
    reader = persons(request.person.agency_id).filter(pk__in=ids_of(request, "reader")).first()
    if reader is None:
        raise NotFound
    with deed(request) as pressed:
        pressed.target = reverse("manuscript", args=[manuscript.pk]) + "?part=readers"
        pieces.admit_reader(
            by=request.person, manuscript=manuscript, revision=revision_of(request), reader=reader
        )
    return done(request, pressed.target, gettext("%(name)s may read it now.") % {"name": reader.name})
