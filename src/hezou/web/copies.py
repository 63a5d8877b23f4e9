"""复制到群: short texts for the office's group chat, complete without a link (R18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.packs.rules import Rulebook
from hezou.people.queries import rules_of
from hezou.submissions.models import Adoption
from hezou.web.manuscripts.hands import Hand, hands_at
from hezou.web.review.round import Round
from hezou.web.submissions.register import adoption_words, credited
from hezou.web.templatetags.words import day, label, moment

END_OF_SENTENCE = "。．. "


@dataclass(frozen=True)
class Copies:
    """What `parts/copies.html` offers; of an internal piece no text, and the page says why.

    The group reads the installation's `language`, whatever language the reader of the page chose.
    """

    texts: tuple[str, ...]
    is_internal: bool = False

    @property
    def language(self) -> str:
        return str(settings.LANGUAGE_CODE)


@dataclass(frozen=True)
class Call:
    """Who asks for what, until when, who is to write it, and who answers questions; each in one line."""

    asks: str
    wanted: str
    due_at: datetime
    writers: str
    back: str
    is_internal: bool = False


def of_call(call: Call) -> Copies:
    """For those who are to write; no text where the matter is internal (R4)."""
    if call.is_internal:
        return Copies((), is_internal=True)
    with translation.override(settings.LANGUAGE_CODE):
        said = gettext(
            "[Call for a piece] %(asks)s asks for: %(wanted)s. %(writers)s, please send it in by %(due)s. "
            "Questions: %(back)s. Thank you."
        )
        given = {**vars(call), "wanted": call.wanted.rstrip(END_OF_SENTENCE), "due": moment(call.due_at)}
        return Copies((said % given,))


def reminder(whole: Round) -> Copies:
    """For the hands that a piece waits for; nothing where it waits for nobody."""
    with translation.override(settings.LANGUAGE_CODE):
        return _copies(whole.manuscript, _reminders(whole))


def results(manuscript: Manuscript, adoptions: Iterable[Adoption]) -> Copies:
    """One text for each adoption of a piece; what is not certain yet says so."""
    rules = rules_of(manuscript.agency)
    with translation.override(settings.LANGUAGE_CODE):
        return _copies(manuscript, [_result(manuscript, rules, one) for one in adoptions])


def _reminders(whole: Round) -> list[str]:
    manuscript, hands = whole.manuscript, hands_at(whole)
    waits = gettext(", ").join(_waits(one) for one in hands)
    said = gettext(
        "[Waiting for review] “%(title)s” (number %(number)s, from %(unit)s) waits for %(waits)s. "
        "Please look at it when you can. Thank you."
    )
    facts = {"title": manuscript.title, "number": manuscript.number, "unit": manuscript.unit.name}
    return [said % {**facts, "waits": waits}] if hands else []


def _waits(one: Hand) -> str:
    since = moment(one.since) if one.since else ""
    return gettext("%(who)s (%(step)s, since %(since)s)") % {
        "who": one.who,
        "step": label(one.step),
        "since": since,
    }


def _result(manuscript: Manuscript, rules: Rulebook, adoption: Adoption) -> str:
    said = gettext("[Adopted] “%(title)s” was used by %(body)s: %(how)s, %(on)s. Written by %(authors)s.")
    facts = {
        "title": manuscript.title,
        "body": adoption.submission.body.name,
        "how": adoption_words(rules, adoption),
        "on": day(adoption.adopted_on),
        "authors": credited(adoption.submission),
    }
    grade = rules.evidence_grades.get(adoption.evidence)
    doubt = "" if grade and grade.books else gettext("(%(evidence)s)")
    return said % facts + doubt % {"evidence": label(grade.label if grade else adoption.evidence)}


def _copies(manuscript: Manuscript, texts: Iterable[str]) -> Copies:
    """A group chat is no place for internal pieces, their titles included (R4)."""
    found = tuple(texts)
    if found and manuscript.content_class == INTERNAL:
        return Copies((), is_internal=True)
    return Copies(found)
