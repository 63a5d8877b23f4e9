"""The list of pieces a person may see, narrowed by what the address says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from hezou.access.lists import count_up_to, visible_page
from hezou.access.scopes import visible_manuscripts
from hezou.audit.actions import require
from hezou.manuscripts.lifecycle import MANUSCRIPT
from hezou.manuscripts.models import Author, Manuscript
from hezou.manuscripts.queries import manuscripts
from hezou.packs.rules import Label, Rulebook
from hezou.people.models import Person
from hezou.people.queries import rules_of
from hezou.web.manuscripts.hands import Hand, hands
from hezou.web.review.labels import kind_label
from hezou.web.shell import PageRequest, page, show
from hezou.web.templatetags.words import label


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    manuscript: Manuscript
    kind: Label | str
    hands: list[Hand]


@dataclass(frozen=True)
class Filters:
    """What the address narrows by; a value nobody knows narrows by nothing."""

    state: str
    kind: str
    mine: bool

    @classmethod
    def of(cls, query: QueryDict, rules: Rulebook) -> Filters:
        state, kind = query.get("state", ""), query.get("kind", "")
        return cls(
            state=state if state in MANUSCRIPT.states else "",
            kind=kind if kind in rules.kinds else "",
            mine=query.get("mine") == "1",
        )

    def narrow(self, rows: QuerySet[Manuscript], person: Person) -> QuerySet[Manuscript]:
        if self.state:
            rows = rows.filter(state=self.state)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        return rows.filter(written_by(person)) if self.mine else rows

    def address(self, **changed: str) -> str:
        """The list's address with these filters, some of them changed; an empty value leaves one out."""
        values = {"state": self.state, "kind": self.kind, "mine": "1" if self.mine else "", **changed}
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in values.items() if value})
        return f"?{query.urlencode()}"

    def chips(self, rules: Rulebook) -> Iterator[dict[str, str]]:
        """The filters in force, each with the address that leaves it out."""
        if self.mine:
            yield {"label": gettext("Mine"), "remove_url": self.address(mine="")}
        if self.state:
            yield {"label": gettext(MANUSCRIPT.states[self.state]), "remove_url": self.address(state="")}
        if self.kind:
            yield {"label": label(rules.kind(self.kind).label), "remove_url": self.address(kind="")}


def written_by(person: Person) -> Q:
    """Pieces a person began or is named in as author."""
    named = Author.objects.filter(agency_id=person.agency_id, person=person, manuscript=OuterRef("pk"))
    return Q(Q(creator=person) | Exists(named))


@page
@require_safe
def listing(request: PageRequest) -> HttpResponse:
    """The pieces I may see, last touched first."""
    me = request.person
    require(me, "manuscript.create")
    rules = rules_of(me.agency)
    filters = Filters.of(request.GET, rules)
    after = request.GET.get("after", "")
    found = visible_page(me, filters.narrow(manuscripts(me.agency_id), me), after=after)
    chips = list(filters.chips(rules))
    context = {
        "rows": _rows(rules, found.rows),
        "filters": filters,
        "states": [(code, gettext(name)) for code, name in MANUSCRIPT.states.items()],
        "kinds": [(code, kind.label) for code, kind in rules.kinds.items()],
        "chips": chips,
        "clear_url": "?" if len(chips) > 1 else "",
        "count": count_up_to(filters.narrow(visible_manuscripts(me), me)),
        "next_url": filters.address(after=found.after) if found.after else "",
        "first_url": filters.address() if after else "",
    }
    return show(request, "manuscripts/list.html", context, room="manuscripts")


def _rows(rules: Rulebook, found: list[Manuscript]) -> list[Row]:
    next_hands: dict[Any, list[Hand]] = hands(rules, found)
    return [Row(one, kind_label(rules, one.kind), next_hands[one.pk]) for one in found]
