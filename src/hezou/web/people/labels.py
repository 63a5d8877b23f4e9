"""What the codes of absence and duty are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from hezou.people.models import Absence
from hezou.people.rules.absences import LEAVE, MEETING, TRAVEL
from hezou.web.templatetags.words import day_short

ABSENCE: dict[str, Promise] = {
    LEAVE: gettext_lazy("On leave"),
    TRAVEL: gettext_lazy("Travelling"),
    MEETING: gettext_lazy("At a meeting"),
}


def away_words(absence: Absence | None) -> str:
    """`出差至6月5日，由李某代签`; empty for somebody who is here."""
    if absence is None:
        return ""
    said = {
        "kind": ABSENCE[absence.kind],
        "ends": day_short(absence.ends),
        "deputy": absence.deputy.name if absence.deputy else "",
    }
    if absence.deputy is None:
        return gettext("%(kind)s until %(ends)s, nobody stands in") % said
    return gettext("%(kind)s until %(ends)s, %(deputy)s stands in") % said
