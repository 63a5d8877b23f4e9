"""“Who would sign this piece?”: a route tried without a piece, by the rules that hand-in uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from hezou.kernel.errors import Refused
from hezou.kernel.ids import parse
from hezou.kernel.messages import Message
from hezou.manuscripts.rules.classes import lines_of, why_not_class
from hezou.packs.rules import Rulebook, route_for
from hezou.people.directory import directory
from hezou.people.models import Deputy, Person
from hezou.people.queries import in_force, persons, today_of
from hezou.review.seating import Place, lay_out, why_not_pass
from hezou.web.people.forms import person_choices
from hezou.web.review.labels import CLASS, OPENNESS
from hezou.web.settings.reading import Seat
from hezou.web.settings.words import all_in_words, seat_words, title


class TryForm(forms.Form):
    """A piece that is not there."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    author = forms.ChoiceField(label=gettext_lazy("Author"))
    other = forms.ChoiceField(label=gettext_lazy("Second author"), required=False)
    content_class = forms.ChoiceField(label=gettext_lazy("Class"), choices=list(CLASS.items()))
    openness = forms.ChoiceField(label=gettext_lazy("Openness"), choices=list(OPENNESS.items()))

    def __init__(self, data: QueryDict | None, *, asking: Person, rules: Rulebook) -> None:
        super().__init__(data, prefix="try")
        fields: dict[str, Any] = self.fields
        people = person_choices(asking)
        fields["kind"].choices = [(code, title(row)) for code, row in rules.kinds.items()]
        fields["author"].choices = people
        fields["other"].choices = [("", gettext("Nobody")), *people]


@dataclass(frozen=True)
class Tried:
    """One place: the step, who may sit there, who signs for them, and why nobody may."""

    level: int
    level_name: str
    step: Seat
    who: str
    crossed: bool
    why_not: Message | None


@dataclass(frozen=True)
class Trial:
    """What came out: the lines open to such a piece, the places, and what would be refused."""

    lines: str = ""
    places: list[Tried] = field(default_factory=list)
    refused: list[Message] = field(default_factory=list)


def try_route(asking: Person, rules: Rulebook, form: TryForm) -> Trial:
    """The trial of a valid form under some rules, in force or only proposed."""
    values = form.cleaned_data
    row = rules.kind(values["kind"])
    why_not = why_not_class(
        values["content_class"],
        values["openness"],
        allowed=rules.classes_of(row.code),
        lines=row.lines,
    )
    if why_not is not None:
        return Trial(refused=[why_not])
    lines = lines_of(row.lines, values["content_class"], values["openness"])
    wanted = [one for one in (parse(values["author"]), parse(values["other"])) if one is not None]
    authors = {one.pk: one for one in persons(asking.agency_id).select_related("unit").filter(pk__in=wanted)}
    if wanted[0] not in authors:
        return Trial()
    try:
        route = route_for(rules, row.code, lines)
    except Refused as refusal:
        return Trial(refused=all_in_words(refusal.messages, rules))
    today = today_of(asking.agency)
    here = directory(asking.agency)
    places = lay_out(route, here, authors[wanted[0]].unit_id, set(authors), today)
    names = _names(asking, places)
    refused = [one.why_not for one in places if one.why_not is not None]
    if not refused:
        refused = why_not_pass(places, set(authors), lines)
    named = gettext(", ").join(title(rules.lines[one]) for one in row.lines if one in lines)
    return Trial(named, [_tried(one, rules, names) for one in places], refused)


def _tried(place: Place, rules: Rulebook, names: dict[UUID, str]) -> Tried:
    step = Seat(title(place.step), seat_words(place.step, rules), [])
    who = gettext(", ").join(names[one] for one in place.persons)
    if len(place.persons) > 1:
        who = gettext("one of: %(persons)s") % {"persons": who}
    return Tried(place.level, title(place.of), step, who, place.crossed, place.why_not)


def _names(asking: Person, places: list[Place]) -> dict[UUID, str]:
    """Whoever may sit at one of the places → their name, with those who may sign in it today; two queries."""
    sitters = {person for place in places for person in place.persons}
    rows = Deputy.objects.filter(
        in_force(today_of(asking.agency)), agency_id=asking.agency_id, principal__in=sitters
    ).select_related("deputy")
    deputies: dict[UUID, list[str]] = {}
    for row in rows.order_by("deputy__sort_key", "id"):
        deputies.setdefault(row.principal_id, []).append(row.deputy.name)
    named = Person.objects.filter(agency_id=asking.agency_id, pk__in=sitters)
    return {one.pk: _with_deputies(one, deputies.get(one.pk, [])) for one in named}


def _with_deputies(person: Person, named: list[str]) -> str:
    if not named:
        return person.name
    return gettext("%(person)s (deputy: %(deputies)s)") % {
        "person": person.name,
        "deputies": gettext(", ").join(named),
    }
