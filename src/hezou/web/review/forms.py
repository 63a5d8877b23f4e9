"""The deciding form: opinion or reason, and at a step that edits the text with what it is meant as."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from hezou.kernel.messages import define
from hezou.kernel.text import NOT_TEXT, normalise, why_not_text
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.rules.classes import (
    BARRED_CLASS,
    CLASS_NOT_KEPT,
    INTERNAL_OPENLY,
    UNKNOWN_CLASS,
    UNKNOWN_OPENNESS,
)
from hezou.manuscripts.rules.compare import WORDING
from hezou.manuscripts.rules.handing_in import EMPTY, SECRECY_MARK, TOO_LONG
from hezou.people.queries import rules_of
from hezou.review.actions import Edit
from hezou.review.models import Seat
from hezou.review.rules import NO_REASON, RETURN
from hezou.web.forms import TextAsTyped, Words
from hezou.web.manuscripts.forms import UNREADABLE, readable
from hezou.web.review.labels import CLASS, EDIT, OPENNESS
from hezou.web.templatetags.words import message

PLACES = {
    NO_REASON.code: "reason",
    NOT_TEXT.code: "text",
    TOO_LONG.code: "text",
    UNREADABLE.code: "text",
    SECRECY_MARK.code: "text",
    BARRED_CLASS.code: "content_class",
    UNKNOWN_CLASS.code: "content_class",
    CLASS_NOT_KEPT.code: "content_class",
    UNKNOWN_OPENNESS.code: "openness",
    INTERNAL_OPENLY.code: "openness",
}
"""Message code → the field it is said at."""

OPINIONS = (
    gettext_lazy("Agreed."),
    gettext_lazy("Figures checked; agreed."),
    gettext_lazy("Agreed after editing."),
)
REASONS = (
    gettext_lazy("The figures need a source."),
    gettext_lazy("What was done needs to be told more concretely."),
    gettext_lazy("Too long; please shorten."),
)
"""Words one tap away; everybody may write their own."""

WORDS_AT_MOST = 1000
UNSENT = define(
    "web.unsent_edit",
    "You edited the text, and an edit goes on with an approval only. "
    "Approve it, or tick that it is returned without your edit.",
)


class DecisionForm(forms.Form):
    """At a step that does not edit."""

    opinion = Words(
        label=gettext_lazy("Opinion"),
        required=False,
        max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = Words(
        label=gettext_lazy("What should be changed"),
        required=False,
        max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def verdict(self) -> str:
        """Which button was pressed."""
        return str(self.data.get("verdict", ""))

    def clean(self) -> dict[str, Any]:
        """A return without a reason is refused here too, so that everything wrong is said at once."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.verdict == RETURN and not given.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", message(NO_REASON()))
        return given

    def words(self) -> str:
        """What goes with the verdict: the reason of a return, else the opinion."""
        return str(self.cleaned_data["reason" if self.verdict == RETURN else "opinion"])

    def edit(self) -> Edit | None:
        """What the holder made of the piece; at this step nothing."""
        return None


class EditForm(DecisionForm):
    """At a step that edits: text, class, openness, and what the holder takes the edit for."""

    text = TextAsTyped(label=gettext_lazy("The text, yours to edit"), required=False)
    marked = forms.ChoiceField(
        label=gettext_lazy("The edit is"), choices=list(EDIT.items()), widget=forms.RadioSelect
    )
    content_class = forms.ChoiceField(label=gettext_lazy("Class"))
    openness = forms.ChoiceField(label=gettext_lazy("Openness"), choices=list(OPENNESS.items()))
    discard = forms.BooleanField(label=gettext_lazy("Return it without my edit"), required=False)

    def __init__(self, data: QueryDict | None, *, manuscript: Manuscript, current: str, text: str) -> None:
        """`current`: the newest version's text; `text`: what the area holds when the page opens."""
        labels = {"content_class": manuscript.content_class, "openness": manuscript.openness}
        super().__init__(data, initial={"text": text, "marked": WORDING, **labels})
        self.manuscript, self.current = manuscript, current
        kept = {*rules_of(manuscript.agency).classes_of(manuscript.kind), manuscript.content_class}
        classes: Any = self.fields["content_class"]
        classes.choices = [(code, label) for code, label in CLASS.items() if code in kept]
        asked = {"kind": manuscript.kind, "reviewing": "1"}
        self.fields["text"].widget.attrs["hx-vals"] = json.dumps(asked)

    @property
    def typed(self) -> str:
        """The text the area holds, normalised where it can be."""
        text = str(self["text"].value() or "")
        return text if why_not_text(text) else normalise(text)

    @property
    def is_edited(self) -> bool:
        """Whether the area holds another text than the newest version."""
        return self.typed != self.current

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.verdict != RETURN and not self.typed.strip():
            self.add_error("text", message(EMPTY()))
        if self.verdict == RETURN and self.is_edited and not given.get("discard"):
            self.add_error("discard", message(UNSENT()))
        return given

    def edit(self) -> Edit | None:
        """Raises Refused where characters were lost on the way."""
        given = self.cleaned_data
        return Edit(
            text=readable(given["text"]),
            kind=self.manuscript.kind,
            content_class=given["content_class"],
            openness=given["openness"],
            marked=given["marked"],
        )


def decision_form(
    manuscript: Manuscript, seat: Seat, data: QueryDict | None, *, current: str, text: str = ""
) -> DecisionForm:
    """The form of a seat: with the text where its step edits."""
    if not seat.edits:
        return DecisionForm(data)
    return EditForm(data, manuscript=manuscript, current=current, text=text)
