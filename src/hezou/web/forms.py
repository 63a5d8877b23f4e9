"""What forms of several rooms share: refusals at their fields, text exactly as typed, words without marks."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from hezou.checks.rules import secrecy_mark
from hezou.kernel.errors import Refusal
from hezou.manuscripts.rules.handing_in import SECRECY_MARK
from hezou.web.templatetags.words import message


def refuse(form: forms.Form, refusal: Refusal, places: Mapping[str, str]) -> None:
    """Put an action's refusal into the form that asked for it; `places`: message code → field."""
    form.is_valid()  # errors can be added to a form only once it was looked at
    for said in refusal.messages:
        place = places.get(said.code)
        form.add_error(place if place in form.fields else None, message(said))


class TextAsTyped(forms.Field):
    """A manuscript's text: neither stripped nor judged here; the action that takes it says what is wrong.

    While it is typed the checks answer into the page's `#findings`.
    """

    widget = forms.Textarea(
        attrs={
            "lang": "zh-Hans",
            "hx-post": reverse_lazy("manuscript_check"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#findings",
            "hx-sync": "this:replace",
        }
    )


class Words(forms.CharField):
    """Somebody's own words beside a piece, such as a reason; marks of secrecy are refused (R7)."""

    widget = forms.Textarea

    def clean(self, value: object) -> str:
        words: str = super().clean(value)
        mark = secrecy_mark(words)
        if mark is not None:
            raise ValidationError(message(SECRECY_MARK(mark=words[mark.start : mark.end])))
        return words
