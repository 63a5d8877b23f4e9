"""The form that withholds a piece, and what reasons are called."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hezou.kernel.messages import define
from hezou.manuscripts.rules.purging import (
    ASKED_ALREADY,
    CLASSIFIED,
    NO_REASON,
    PRIVACY,
    PURGED_ALREADY,
    WORK_SECRET,
    WRONG_TEXT,
)

NO_PIECE = define("web.no_piece_of_number", "There is no piece with the number {number}.")

REASON: dict[str, str | Promise] = {
    CLASSIFIED: gettext_lazy("A state secret, or it may be one"),
    WORK_SECRET: gettext_lazy("A work secret that may not be kept here"),
    PRIVACY: gettext_lazy("Somebody's private data"),
    WRONG_TEXT: gettext_lazy("A text that does not belong here"),
}
PLACES = {
    NO_PIECE.code: "number",
    ASKED_ALREADY.code: "number",
    PURGED_ALREADY.code: "number",
    NO_REASON.code: "reason",
}
"""Message code → the field it is said at."""


class AskForm(forms.Form):
    """Which piece, and why."""

    number = forms.CharField(
        label=gettext_lazy("Number of the piece"),
        max_length=20,
        help_text=gettext_lazy("It stands beside the title, such as 2026-0123."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason for the purge"), widget=forms.RadioSelect, choices=list(REASON.items())
    )
