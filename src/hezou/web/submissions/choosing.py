"""Choosing the bodies that a piece is submitted to, and what is said before it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from hezou.kernel.errors import NotFound
from hezou.kernel.messages import Message, define
from hezou.manuscripts.lifecycle import MANUSCRIPT
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version
from hezou.manuscripts.rules.classes import UP
from hezou.packs.rules import Label
from hezou.people.models import Body
from hezou.people.queries import rules_of
from hezou.review.queries import board
from hezou.review.rules import why_not_leave
from hezou.submissions.models import Submission
from hezou.submissions.queries import bodies, submissions_of
from hezou.web.review.labels import CLASS, OPENNESS, kind_label
from hezou.web.templatetags.words import label

SENT_TO_ALL = define("web.sent_to_all", "The piece was already submitted to every body there is.")


@dataclass(frozen=True)
class Choice:
    """One body; `sent` is the submission that already went there."""

    body: Body
    sent: Submission | None
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """The bodies of one nature (条线, 属地, …)."""

    nature: Label | str
    choices: list[Choice]


def groups_of(manuscript: Manuscript, chosen: Iterable[UUID]) -> list[Group]:
    """Every body in use by nature, in the order of the rules; natures without bodies are left out."""
    sent = {row.body_id: row for row in submissions_of(manuscript)}
    wanted = set(chosen)
    rules = rules_of(manuscript.agency)
    found: dict[str, Group] = {code: Group(row.label, []) for code, row in rules.natures.items()}
    for body in bodies(manuscript.agency_id).prefetch_related(None):
        former = rules.known("natures", body.nature)
        group = found.setdefault(body.nature, Group(former.label if former else body.nature, []))
        group.choices.append(Choice(body, sent.get(body.pk), body.pk in wanted))
    return [group for group in found.values() if group.choices]


def chosen_bodies(manuscript: Manuscript, ids: list[UUID]) -> list[Body]:
    """The bodies named, in the agency's order. Raises NotFound for an id that is none of this agency's."""
    found = list(bodies(manuscript.agency_id).prefetch_related(None).filter(pk__in=ids))
    if len(found) != len(ids):
        raise NotFound
    return found


def names_of(chosen: Iterable[Body]) -> str:
    """The names of bodies as one phrase."""
    return gettext(", ").join(body.name for body in chosen)


def why_not_submit(manuscript: Manuscript, groups: list[Group]) -> list[Message]:
    """Why the piece may not go upward to any of the bodies now; empty when it may."""
    reasons = why_not_leave(board(manuscript), UP) or MANUSCRIPT.why_not("submit", manuscript.state, None)
    if not reasons and groups and all(choice.sent for group in groups for choice in group.choices):
        return [SENT_TO_ALL()]
    return reasons


def leaving_facts(manuscript: Manuscript) -> list[tuple[str, Any]]:
    """What exactly would leave."""
    version = current_version(manuscript)
    rules = rules_of(manuscript.agency)
    return [
        (gettext("Number"), manuscript.number),
        (gettext("Kind"), label(kind_label(rules, manuscript.kind))),
        (gettext("Class"), CLASS.get(manuscript.content_class, manuscript.content_class)),
        (gettext("Openness"), OPENNESS.get(manuscript.openness, manuscript.openness)),
        (gettext("Unit"), manuscript.unit.name),
        (gettext("Version"), version.number),
        (gettext("Seal"), version.seal[:12]),
    ]
