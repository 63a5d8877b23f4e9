"""What is asked for, by whom, until when, and who answers questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from hezou.kernel import clock
from hezou.kernel.messages import define
from hezou.manuscripts.rules.classes import INTERNAL
from hezou.people.models import Person
from hezou.web.copies import Call
from hezou.web.forms import Words
from hezou.web.review.labels import CLASS
from hezou.web.templatetags.words import message

IS_OVER = define("web.call_is_over", "This time is over already. Name a later one.")


class CallForm(forms.Form):
    """A call before it is words; marks of secrecy are refused in every field (R7)."""

    content_class = forms.ChoiceField(
        label=gettext_lazy("Class"), choices=list(CLASS.items()), widget=forms.RadioSelect
    )
    asks = Words(label=gettext_lazy("Who asks"), max_length=60, widget=forms.TextInput)
    wanted = Words(
        label=gettext_lazy("What is wanted"),
        help_text=gettext_lazy("In one sentence, with the number of characters."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("By when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    writers = Words(label=gettext_lazy("Who is to write"), max_length=100, widget=forms.TextInput)
    back = Words(label=gettext_lazy("Whom to ask, with telephone"), max_length=60, widget=forms.TextInput)

    def __init__(self, data: QueryDict | None, *, person: Person) -> None:
        super().__init__(data, initial={"back": f"{person.name} {person.phone}".strip()})

    def clean_due_at(self) -> datetime:
        due: datetime = self.cleaned_data["due_at"]
        if due <= clock.now():
            raise ValidationError(message(IS_OVER()))
        return due

    def call(self) -> Call:
        """What was typed, each thing in one line."""
        given: dict[str, Any] = self.cleaned_data
        lines = {name: " ".join(given[name].split()) for name in ("asks", "wanted", "writers", "back")}
        is_internal = given["content_class"] == INTERNAL
        return Call(due_at=given["due_at"], is_internal=is_internal, **lines)
