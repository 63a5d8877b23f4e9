"""One piece for whoever may read it: text, versions, review, submissions, readers, history; and comparing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hezou.access.scopes import find_manuscript
from hezou.kernel.text import blocks
from hezou.manuscripts.lifecycle import SENT, SIGNED, WRITABLE
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import attachments, authors, current_version, version, versions, working_copy
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.manuscripts.rules.compare import compare as compare_texts
from hezou.packs.rules import Rulebook
from hezou.people.models import Person
from hezou.review.models import CounterSignature, Decision
from hezou.review.queries import signatures
from hezou.review.rules import RETURN, why_not_leave
from hezou.submissions.models import Adoption
from hezou.submissions.queries import submissions_of
from hezou.web.copies import reminder, results
from hezou.web.files.documents import LAYOUTS
from hezou.web.manuscripts.acts import buttons
from hezou.web.manuscripts.findings import report
from hezou.web.manuscripts.hands import hands_at
from hezou.web.manuscripts.labels import VERSION_REASON
from hezou.web.manuscripts.readers import others, seers
from hezou.web.manuscripts.returns import last_return
from hezou.web.manuscripts.trail import history
from hezou.web.review.changes import near_changes, relabelled
from hezou.web.review.labels import (
    CLASS,
    EDIT,
    EDIT_BASIS,
    OPENNESS,
    kind_label,
    recorded_words,
    verdict_label,
)
from hezou.web.review.round import Round, round_of
from hezou.web.review.steps import steps_of
from hezou.web.sheets.choosing import print_choices
from hezou.web.shell import PageRequest, page, show
from hezou.web.submissions.register import adoption_words
from hezou.web.templatetags.words import label

TEXT = "text"
"""The part a piece opens with."""


@page
@require_safe
def piece(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """One piece, a part at a time (`?part=`); unknown parts open the text."""
    me = request.person
    manuscript = find_manuscript(me, manuscript_id)
    whole = round_of(manuscript)
    parts = _parts(me, manuscript)
    wanted = request.GET.get("part", TEXT)
    chosen = wanted if wanted in parts else TEXT
    main, further = buttons(me, whole)
    context = {
        "manuscript": manuscript,
        "authors": list(authors(manuscript)),
        "part": chosen,
        "template": f"manuscripts/part_{chosen}.html",
        "tabs": [
            {"label": name, "url": f"?part={code}", "active": code == chosen, "count": count}
            for code, (name, count, _) in parts.items()
        ],
        "main": main,
        "others": further,
        "revision": manuscript.revision,
        "hands": hands_at(whole),
        "returned": last_return(manuscript),
        "copy": working_copy(manuscript, me) if manuscript.state in WRITABLE else None,
        **parts[chosen][2](me, whole),
    }
    return show(request, "manuscripts/piece.html", context, room="manuscripts")


@page
@require_safe
def compare(request: PageRequest, manuscript_id: UUID) -> HttpResponse:
    """Two versions side by side in one text (`?from=1&to=3`; by default the newest with the one before)."""
    manuscript = find_manuscript(request.person, manuscript_id)
    last = manuscript.version_count
    end = version(manuscript, _number(request.GET.get("to"), last))
    start = version(manuscript, _number(request.GET.get("from"), max(1, end.number - 1)))
    before, after = start.text.plain(), end.text.plain()
    rows = compare_texts(before, after)
    whole = request.GET.get("whole") == "1"
    context = {
        "manuscript": manuscript,
        "start": start,
        "end": end,
        "before": before,
        "after": after,
        "is_changed": any(row.changed for row in rows),
        "rows": rows if whole else near_changes(rows),
        "whole": whole,
        "labels": relabelled(round_of(manuscript).rules, start, end),
        "numbers": range(last, 0, -1),
    }
    return show(request, "manuscripts/compare.html", context, room="manuscripts")


Part = tuple[str, int | None, Callable[[Person, Round], dict[str, Any]]]
"""A part's name, how many things it holds (None: not said), and what it reads."""


def _parts(me: Person, manuscript: Manuscript) -> dict[str, Part]:
    found: dict[str, Part] = {
        TEXT: (gettext("Text"), None, _text),
        "versions": (gettext("Versions"), manuscript.version_count, _versions),
        "review": (gettext("Review"), None, _review),
    }
    if me.has_perm("submission.read"):
        sent = len(submissions_of(manuscript).values_list("pk", flat=True))
        found["submissions"] = (gettext("Submission and adoption"), sent, _submissions)
    found["readers"] = (gettext("Who may see it"), None, _readers)
    found["history"] = (gettext("History"), None, _history)
    return found


def _text(me: Person, whole: Round) -> dict[str, Any]:
    manuscript = whole.manuscript
    newest = current_version(manuscript)
    text = newest.text.plain()
    return {
        "blocks": blocks(text),
        "attachments": list(attachments(manuscript)),
        "newest": newest,
        "layouts": LAYOUTS.items(),
        "report": report(text, manuscript.kind),
        "steps": steps_of(whole),
        "facts": _facts(whole, newest),
        "leaving": _leaving(whole) if manuscript.state in (SIGNED, SENT) else [],
    }


def _facts(whole: Round, newest: Version) -> list[tuple[str, object]]:
    manuscript, rules = whole.manuscript, whole.rules
    may = [label(line.label) for code, line in rules.lines.items() if code in whole.board.lines]
    never = [label(line.label) for code, line in rules.lines.items() if code not in whole.board.lines]
    comma = gettext(", ")
    return [
        (gettext("Kind"), label(kind_label(rules, manuscript.kind))),
        (gettext("Class"), CLASS[manuscript.content_class]),
        (gettext("Openness"), OPENNESS[manuscript.openness]),
        (gettext("May go"), comma.join(may)),
        (gettext("Never goes"), comma.join(never)),
        (gettext("Characters"), f"{newest.text.characters:,}"),
        (gettext("Version"), newest.number),
        (gettext("Seal"), seal_words(newest.seal)),
    ]


def _leaving(whole: Round) -> list[dict[str, object]]:
    """Each line the piece may take, with the reasons that keep it from leaving there now."""
    return [
        {"line": line.label, "why_not": why_not_leave(whole.board, code)}
        for code, line in whole.rules.lines.items()
        if code in whole.board.lines
    ]


def _versions(me: Person, whole: Round) -> dict[str, Any]:
    rows = [
        {
            "version": one,
            "reason": VERSION_REASON.get(one.reason, one.reason),
            "seal": seal_words(one.seal),
            "before": one.number - 1,
        }
        for one in versions(whole.manuscript)
    ]
    return {"rows": rows, "layouts": LAYOUTS.items()}


def _review(me: Person, whole: Round) -> dict[str, Any]:
    """The present round as a way, and every decision of every round, newest round first."""
    rounds: dict[int, list[dict[str, Any]]] = {}
    later = {row.decision_id: row for row in signatures(whole.manuscript)}
    for one in reversed(whole.decisions):
        shown = {**_decision(whole, one), **_signature(later.get(one.pk))}
        rounds.setdefault(one.seat.round, []).append(shown)
    return {
        "steps": steps_of(whole),
        "rounds": list(rounds.items()),
        "prints": print_choices(me, whole),
        "copies": reminder(whole),
        "records": bool(whole.open_seats) and me.has_perm("review.record", whole.open_seats[0]),
    }


def _decision(whole: Round, one: Decision) -> dict[str, Any]:
    """A decision for `parts/timeline.html`; an edit links to what it changed."""
    is_return, is_edit = one.verdict == RETURN, one.version_before_id != one.version_after_id
    verdict = verdict_label(one.verdict, signs=one.seat.signs)
    edit = [EDIT.get(one.edit_class, ""), EDIT_BASIS.get(one.edit_basis, "")]
    said = [label(one.seat.name), verdict, *edit]
    url = reverse("manuscript_compare", args=[whole.manuscript.pk])
    return {
        "at": one.given_at,
        "who": one.decided_by.name + (_for(one.in_name_of.name) if one.in_name_of else ""),
        "what": " · ".join(str(word) for word in said if word),
        "note": one.opinion,
        "recorded": recorded_words(one),
        "picture": reverse("evidence", args=[one.pk]) if one.evidence_id else "",
        "icon": "returned" if is_return else "done",
        "tone": "soon" if is_return else "done",
        "url": f"{url}?from={one.version_before.number}&to={one.version_after.number}" if is_edit else "",
    }


def _signature(row: CounterSignature | None) -> dict[str, Any]:
    """The signature on paper that a consent by word of mouth asks for: until when, or the sheet itself."""
    if row is None:
        return {}
    if row.closed_at is None:
        return {"sign_by": row.due_on}
    sheet = reverse("countersigned_evidence", args=[row.pk]) if row.evidence_id else ""
    return {"signed_at": row.closed_at, "signed_picture": sheet}


def _for(principal: str) -> str:
    return gettext(" (for %(principal)s)") % {"principal": principal}


def _submissions(me: Person, whole: Round) -> dict[str, Any]:
    rules = whole.rules
    found = list(submissions_of(whole.manuscript))
    rows = [
        {"submission": sent, "adoptions": [_adoption(rules, one) for one in sent.adoptions.all()]}
        for sent in found
    ]
    adopted = [one for sent in found for one in sent.adoptions.all()]
    copies = results(whole.manuscript, adopted)
    return {"rows": rows, "copies": copies, "submits": me.has_perm("manuscript.submit", whole.manuscript)}


def _adoption(rules: Rulebook, one: Adoption) -> dict[str, Any]:
    """An adoption in words: form, journal and issue; the day; how sure the office is."""
    grade = rules.known("evidence_grades", one.evidence)
    evidence = grade.label if grade else one.evidence
    return {"words": adoption_words(rules, one), "on": one.adopted_on, "evidence": evidence}


def _readers(me: Person, whole: Round) -> dict[str, Any]:
    manuscript = whole.manuscript
    is_internal = manuscript.content_class == INTERNAL
    may_admit = is_internal and me.has_perm("manuscript.admit_reader", manuscript)
    return {
        "seers": seers(me, manuscript),
        "may_know": me.has_perm("people.read"),
        "units": others(me, manuscript) if may_admit else [],
        "may_admit": may_admit,
    }


def _history(me: Person, whole: Round) -> dict[str, Any]:
    return {"events": history(whole.manuscript)}


def seal_words(seal: str) -> str:
    """The head of a seal in groups of four, enough to tell versions apart by eye."""
    return " ".join(seal[at : at + 4] for at in range(0, 16, 4))


def _number(given: str | None, default: int) -> int:
    """A version's number from the address; what is no number asks for a version that does not exist."""
    if given is None:
        return default
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
