"""Everything the page of one piece in review shows."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from hezou.access.scopes import visible_waiting
from hezou.kernel.errors import Refusal
from hezou.kernel.text import blocks, count_characters, normalise
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import attachments, authors, current_version, working_copy
from hezou.manuscripts.rules.compare import compare
from hezou.packs.rules import MANUSCRIPT_CHARACTERS, WORDING_EDIT_CHARACTERS
from hezou.people.models import Person
from hezou.review.queries import at_work
from hezou.review.rules import why_not_decide
from hezou.web.forms import refuse
from hezou.web.manuscripts.findings import report
from hezou.web.manuscripts.forms import line_ends
from hezou.web.manuscripts.lease import lease_words
from hezou.web.review.area import area_for
from hezou.web.review.changes import changes_for, near_changes
from hezou.web.review.forms import OPINIONS, PLACES, REASONS, DecisionForm, EditForm, decision_form
from hezou.web.review.labels import CLASS, OPENNESS, kind_label
from hezou.web.review.outcome import outcome
from hezou.web.review.round import Round, Sitting, round_of, sitting_of
from hezou.web.review.steps import steps_of
from hezou.web.templatetags.words import beside, label


def piece_context(
    person: Person,
    manuscript: Manuscript,
    *,
    posted: QueryDict | None = None,
    refusal: Refusal | None = None,
    wanted: str = "",
) -> dict[str, Any]:
    """Context of `review/piece.html`.

    `posted` is what a refused form held; it goes back into the form, or beside the text where the piece no
    longer waits for this person. `wanted`: which text the area begins from (`area`).
    """
    whole = round_of(manuscript)
    current = current_version(manuscript)
    text = current.text.plain()
    sitting = sitting_of(person, manuscript)
    hands = {person.pk, sitting.principal.pk} if sitting else {person.pk}
    context = {
        "manuscript": manuscript,
        "steps": steps_of(whole),
        "changes": changes_for(hands, whole),
        "blocks": blocks(text),
        "attachments": list(attachments(manuscript)),
        "facts": _facts(whole, current),
        "sitting": sitting,
    }
    if sitting:
        return {**context, **_deciding(person, whole, current, sitting, posted, refusal, wanted)}
    mine = whole.last_by(hands)
    return {
        **context,
        "report": report(text, manuscript.kind),
        "kept": _kept(posted, text, whole.rules.limit(MANUSCRIPT_CHARACTERS)) if posted else None,
        "refusals": refusal.messages if refusal else (),
        "outcome": outcome(whole, mine) if mine else [],
        "next_seat": at_work(visible_waiting(person)).first(),
    }


def _deciding(
    person: Person,
    whole: Round,
    current: Version,
    sitting: Sitting,
    posted: QueryDict | None,
    refusal: Refusal | None,
    wanted: str,
) -> dict[str, Any]:
    """What the deciding form needs."""
    manuscript, seat = whole.manuscript, sitting.seat
    newest = current.text.plain()
    area = area_for(person, current, wanted) if seat.edits else None
    form: DecisionForm = decision_form(
        manuscript, seat, posted, current=newest, text=area.text if area else ""
    )
    if refusal:
        refuse(form, refusal, PLACES)
    line = next(line for line in whole.board.seats if line.id == seat.pk)
    most = whole.rules.limit(MANUSCRIPT_CHARACTERS)
    typed = form.typed if isinstance(form, EditForm) and len(form.typed) <= most else None
    elsewhere = _elsewhere(person, manuscript) if posted else ""
    return {
        "report": report(newest if typed is None else typed, manuscript.kind),
        "form": form,
        "area": area,
        "step": seat.name,
        "why_not": why_not_decide(whole.board, line, person.pk, sitting.principal.pk),
        "opinions": OPINIONS,
        "reasons": REASONS,
        "limit": most,
        "wording_most": whole.rules.limit(WORDING_EDIT_CHARACTERS),
        "version_number": current.number,
        "own_rows": near_changes(compare(newest, typed)) if typed is not None else [],
        "elsewhere": elsewhere,
        "elsewhere_rows": near_changes(compare(elsewhere, typed)) if elsewhere and typed is not None else [],
        "lease_says": lease_words(person, manuscript) if area else "",
        "is_editing": isinstance(form, EditForm) and (form.is_edited or "text" in form.errors),
    }


def _kept(posted: QueryDict, newest: str, most: int) -> dict[str, Any]:
    """What was typed at a step that is no longer open, to be copied; a text only where it differs."""
    text = line_ends(posted.get("text", ""))
    is_edited = bool(text) and text != newest
    rows = near_changes(compare(newest, text)) if is_edited and len(text) <= most else []
    words = {"opinion": posted.get("opinion", ""), "reason": posted.get("reason", "")}
    return {**words, "text": text if is_edited else "", "rows": rows}


def _elsewhere(person: Person, manuscript: Manuscript) -> str:
    """What another tab of the person saved; nothing where there is no such text."""
    copy = working_copy(manuscript, person)
    return normalise(copy.text) if copy else ""


def _facts(whole: Round, current: Version) -> list[tuple[str, Any]]:
    manuscript = whole.manuscript
    named = gettext(", ").join(beside(a.person.name, a.person.unit.name) for a in authors(manuscript))
    return [
        (gettext("Number"), manuscript.number),
        (gettext("Authors"), named),
        (gettext("Kind"), label(kind_label(whole.rules, manuscript.kind))),
        (gettext("Class"), CLASS.get(manuscript.content_class, manuscript.content_class)),
        (gettext("Openness"), OPENNESS.get(manuscript.openness, manuscript.openness)),
        (gettext("Round"), manuscript.round),
        (gettext("Version"), current.number),
        (gettext("Characters"), f"{count_characters(current.text.plain()):,}"),
        (gettext("Seal"), current.seal[:12]),
    ]
