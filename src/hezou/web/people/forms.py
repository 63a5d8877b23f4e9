"""Forms of the directory. They ask; what is allowed is said by the actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from hezou.packs.rules import Rulebook
from hezou.people.models import Person, Unit
from hezou.people.queries import persons, rules_of, today_of
from hezou.people.rules import names
from hezou.people.rules.roster import Row
from hezou.web.people.finding import unit_of
from hezou.web.people.listing import DEEPER, offered_units
from hezou.web.templatetags.words import beside, day_short, label

PLACES = {
    "people.name_missing": "name",
    "people.unit_name_missing": "name",
    "people.body_name_missing": "name",
    "people.journal_name_missing": "name",
    "people.name_taken": "name",
    "people.staff_number_taken": "staff_number",
    "people.username_missing": "username",
    "people.wrong_username": "username",
    "people.username_taken": "username",
    "people.unknown_role": "role",
    "people.excluded": "role",
    "people.holds_already": "role",
    "people.dates": "ends",
    "people.past": "ends",
    "people.already_deputy": "deputy",
    "people.circle": "deputy",
    "people.away_already": "starts",
    "people.day_is_over": "day",
    "people.wrong_password": "old",
    "people.same_password": "new",
    "people.password_short": "new",
    "people.password_common": "new",
    "people.password_similar": "new",
    "people.password_own_words": "new",
}
"""Message code → the field it is said at."""

Data = QueryDict | None


def day_field(text: Any, *, required: bool = False) -> forms.DateField:
    """A plain date."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=text, required=required, widget=widget)


def unit_choices(asking: Person) -> list[tuple[str, str]]:
    """The tree, each unit moved in by its depth."""
    return [(str(unit.pk), DEEPER * depth + unit.name) for unit, depth in offered_units(asking)]


def person_choices(asking: Person, without: Iterable[Person] = ()) -> list[tuple[str, str]]:
    """Everybody who works here, with their unit."""
    rows = persons(asking.agency_id).select_related("unit").order_by("sort_key", "id")
    left_out = {one.pk for one in without}
    return [(str(one.pk), beside(one.name, one.unit.name)) for one in rows if one.pk not in left_out]


def role_choices(rules: Rulebook) -> list[tuple[str, str]]:
    """The roles as the agency calls them."""
    return [(code, label(row.label)) for code, row in rules.roles.items()]


class DirectoryForm(forms.Form):
    """Base: knows who asks; `choices` fills the lists to choose from."""

    def __init__(
        self, data: Data = None, *, asking: Person, initial: Any = None, prefix: str | None = None
    ) -> None:
        super().__init__(
            data, initial=initial, prefix=prefix, auto_id=f"id_{prefix or type(self).__name__}_%s"
        )
        self.asking = asking
        for name, choices in self.choices().items():
            field: Any = self.fields[name]
            field.choices = choices

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Field → what there is to choose."""
        return {}

    def chosen_unit(self) -> Unit:
        """The unit chosen. Raises NotFound when it was retired meanwhile."""
        return unit_of(self.asking, UUID(self.cleaned_data["unit"]))


class PersonForm(DirectoryForm):
    """What is known of a person."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=names.PERSON)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    post = forms.CharField(label=gettext_lazy("Post"), required=False, max_length=names.LINE)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=names.NUMBER)
    staff_number = forms.CharField(
        label=gettext_lazy("Staff number"), required=False, max_length=names.NUMBER
    )

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {"unit": unit_choices(self.asking)}

    def values(self) -> dict[str, Any]:
        """What was typed, for the action."""
        return {**self.cleaned_data, "unit": self.chosen_unit()}


class UnitForm(DirectoryForm):
    """A new unit."""

    name = forms.CharField(label=gettext_lazy("Unit name"), required=False, max_length=names.UNIT)
    unit = forms.ChoiceField(label=gettext_lazy("Superior unit"))

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {"unit": unit_choices(self.asking)}


class RenameForm(DirectoryForm):
    """Another name for a unit."""

    name = forms.CharField(label=gettext_lazy("Unit name"), required=False, max_length=names.UNIT)


class GrantForm(DirectoryForm):
    """A role over a unit."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    unit = forms.ChoiceField(label=gettext_lazy("Over"))
    starts = day_field(gettext_lazy("From"))
    ends = day_field(gettext_lazy("Until"))

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        roles = role_choices(rules_of(self.asking.agency))
        return {"role": roles, "unit": unit_choices(self.asking)}

    def values(self) -> dict[str, Any]:
        """What was typed, for the action."""
        return {**self.cleaned_data, "unit": self.chosen_unit()}


class DeputyForm(DirectoryForm):
    """Somebody who signs in a person's name."""

    deputy = forms.ChoiceField(label=gettext_lazy("Deputy"))
    starts = day_field(gettext_lazy("From"), required=True)
    ends = day_field(gettext_lazy("Until"), required=True)

    def __init__(self, data: Data = None, *, asking: Person, principal: Person) -> None:
        self.principal = principal
        super().__init__(data, asking=asking, initial={"starts": today_of(asking.agency)})

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {"deputy": person_choices(self.asking, [self.principal])}


class AbsenceForm(DirectoryForm):
    """How long somebody is away, and who stands in. Dates that are typed count before the choice above."""

    span = forms.ChoiceField(
        label=gettext_lazy("How long"), widget=forms.RadioSelect, initial="today", required=False
    )
    starts = day_field(gettext_lazy("From"))
    ends = day_field(gettext_lazy("Until"))
    deputy = forms.ChoiceField(label=gettext_lazy("Who stands in"), required=False)

    def __init__(
        self, data: Data = None, *, asking: Person, who: Person, deputy: Person | None = None
    ) -> None:
        self.who = who
        self.today = today_of(asking.agency)
        may_name = asking.has_perm("deputy.name", who)
        initial = {"deputy": str(deputy.pk)} if deputy and may_name else {}
        super().__init__(data, asking=asking, initial={"span": "today", **initial})
        if not may_name:
            del self.fields["deputy"]

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        nobody = [("", gettext("Nobody"))]
        return {
            "span": [
                (code, gettext("%(words)s (%(day)s)") % {"words": words, "day": day_short(day)})
                for code, words, day in self.spans()
            ],
            "deputy": nobody + person_choices(self.asking, [self.who]),
        }

    def spans(self) -> list[tuple[str, str, date]]:
        """The last days that one click chooses: today, tomorrow, the end of the week where that is later."""
        tomorrow = self.today + timedelta(days=1)
        sunday = self.today + timedelta(days=6 - self.today.weekday())
        found = [("today", gettext("Today"), self.today), ("tomorrow", gettext("Until tomorrow"), tomorrow)]
        return [*found, ("week", gettext("This week"), sunday)] if sunday > tomorrow else found

    def days(self) -> tuple[date, date]:
        """First and last day: what was typed, else what was chosen."""
        given = self.cleaned_data
        chosen = next((day for code, _, day in self.spans() if code == given["span"]), self.today)
        starts = given["starts"] or self.today
        return starts, given["ends"] or max(chosen, starts)


class DutyForm(DirectoryForm):
    """One day of the duty roster: names and telephones as a sheet would hold them."""

    day = day_field(gettext_lazy("Day"), required=True)
    leader = forms.CharField(label=gettext_lazy("Leader on duty"), required=False, max_length=200)
    leader_phone = forms.CharField(label=gettext_lazy("Leader's telephone"), required=False, max_length=200)
    staff = forms.CharField(label=gettext_lazy("On duty"), required=False, max_length=200)
    staff_phone = forms.CharField(label=gettext_lazy("Telephone on duty"), required=False, max_length=200)

    def row(self) -> Row:
        """What was typed, as one row of a roster."""
        return Row(line=0, **{**self.cleaned_data, "day": self.cleaned_data["day"].isoformat()})


class SuccessorForm(DirectoryForm):
    """Who takes over, and whether the roles go along."""

    to = forms.ChoiceField(label=gettext_lazy("Successor"))
    roles = forms.BooleanField(label=gettext_lazy("Hand over the roles as well"), required=False)

    def __init__(self, data: Data = None, *, asking: Person, who: Person) -> None:
        self.who = who
        super().__init__(data, asking=asking, initial={"roles": True})
        if not asking.has_perm("people.manage"):
            del self.fields["roles"]

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {"to": person_choices(self.asking, [self.who])}


class CrossReviewerForm(DirectoryForm):
    """Who takes a seat when its holder is an author."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    person = forms.ChoiceField(label=gettext_lazy("Cross reviewer"))

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {
            "role": role_choices(rules_of(self.asking.agency)),
            "person": person_choices(self.asking),
        }


class AccountForm(DirectoryForm):
    """The name to log in with."""

    username = forms.CharField(
        label=gettext_lazy("Account name"),
        required=False,
        max_length=names.USERNAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class BodyForm(DirectoryForm):
    """Whom the agency reports to."""

    name = forms.CharField(label=gettext_lazy("Body name"), required=False, max_length=names.UNIT)
    nature = forms.ChoiceField(label=gettext_lazy("Nature"))

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        natures = rules_of(self.asking.agency).natures
        return {"nature": [(code, label(row.label)) for code, row in natures.items()]}


class JournalForm(DirectoryForm):
    """What a body publishes."""

    name = forms.CharField(label=gettext_lazy("Journal name"), required=False, max_length=names.UNIT)


class FileForm(DirectoryForm):
    """A sheet to import."""

    file = forms.FileField(
        label=gettext_lazy("File (.xlsx)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def password_widget(hint: str) -> forms.PasswordInput:
    """A password's field; `hint` tells password keepers which one it is."""
    return forms.PasswordInput(attrs={"autocomplete": hint})


class PasswordForm(DirectoryForm):
    """One's own password."""

    old = forms.CharField(
        label=gettext_lazy("Present password"), strip=False, widget=password_widget("current-password")
    )
    new = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        max_length=200,
        help_text=gettext_lazy("At least 12 characters; a short sentence is easiest to keep in mind."),
        widget=password_widget("new-password"),
    )
    again = forms.CharField(
        label=gettext_lazy("New password again"), strip=False, widget=password_widget("new-password")
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(gettext_lazy("The two new passwords differ."))
        return again
