"""What a token is for, and how long it holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy, ngettext

from hezou.access.by_token import grantable
from hezou.access.rules import (
    BY_HAND_ONLY,
    DAYS,
    NAME,
    NO_TOKEN_NAME,
    NO_VERBS,
    NOT_YOURS,
    TOO_MANY_TOKENS,
    UNKNOWN_DAYS,
)
from hezou.people.models import Person

PLACES = {
    NO_TOKEN_NAME.code: "name",
    NO_VERBS.code: "verbs",
    NOT_YOURS.code: "verbs",
    UNKNOWN_DAYS.code: "days",
    TOO_MANY_TOKENS.code: "name",
    BY_HAND_ONLY.code: "name",
}
"""Message code → the field it is said at."""

VERBS = {
    "manuscript.read": gettext_lazy("Read pieces"),
    "manuscript.create": gettext_lazy("Begin pieces"),
    "manuscript.edit": gettext_lazy("Edit my pieces"),
    "manuscript.hand_in": gettext_lazy("Hand in my pieces"),
    "manuscript.recall": gettext_lazy("Recall my pieces"),
    "seat.decide": gettext_lazy("Decide at my review steps"),
    "manuscript.admit_reader": gettext_lazy("Let persons read my pieces"),
    "seat.select": gettext_lazy("Select among what units sent"),
    "review.record": gettext_lazy("Enter decisions given on paper or aloud"),
    "manuscript.submit": gettext_lazy("Submit signed pieces"),
    "submission.read": gettext_lazy("Read the register of submissions"),
    "submission.record": gettext_lazy("Record adoptions"),
    "people.read": gettext_lazy("Read the directory"),
    "absence.record": gettext_lazy("Enter who is away"),
    "duty.keep": gettext_lazy("Keep the duty roster"),
    "notice.read": gettext_lazy("Read my notices"),
    "text.check": gettext_lazy("Check texts"),
    "hook.manage": gettext_lazy("Have an address told of what happens"),
}
"""Verb a token may be for → what a program does by it."""


class TokenForm(forms.Form):
    """Offers the verbs that are the asking person's own."""

    name = forms.CharField(
        label=gettext_lazy("For which program"),
        required=False,
        max_length=NAME,
        help_text=gettext_lazy("So that you know later which one to revoke."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    verbs = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do in my name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it holds"), coerce=int, initial=90, widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None, *, asking: Person) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["verbs"].choices = [(verb, VERBS[verb]) for verb in grantable(asking)]
        fields["days"].choices = [(n, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in DAYS]
