"""Forms: who decided what and how, with the sheet and the ink on it; and the signature that came later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from hezou.access.standing import standing_of
from hezou.kernel import clock
from hezou.kernel.errors import NotFound
from hezou.kernel.ids import parse
from hezou.kernel.messages import define
from hezou.kernel.text import NOT_TEXT, normalise, why_not_text
from hezou.manuscripts.rules.compare import WORDING
from hezou.manuscripts.rules.handing_in import EMPTY, SECRECY_MARK, TOO_LONG
from hezou.people.models import Person
from hezou.people.queries import persons
from hezou.review.actions import Edit
from hezou.review.actions.deciding import NO_EDIT
from hezou.review.actions.recording import IN_FUTURE, NO_BASIS, NO_PICTURE, NO_SHEET, TOO_EARLY
from hezou.review.models import Seat
from hezou.review.queries import deciders
from hezou.review.rules import (
    EARLIER_ROUND,
    FOR_THE_FILE,
    NO_REASON,
    OTHER_PIECE,
    OTHER_STEP,
    PAPER,
    PRINTED_BEFORE,
    RECORDED,
    TELEPHONE,
)
from hezou.web.forms import Words
from hezou.web.manuscripts.forms import UNREADABLE, readable
from hezou.web.recording.papers import NO_CODE, NOT_A_CODE, OTHER_CODE, TWO_CODES, UNKNOWN_CODE
from hezou.web.review.forms import WORDS_AT_MOST
from hezou.web.review.labels import EDIT, EDIT_BASIS, MODE
from hezou.web.review.round import Round
from hezou.web.templatetags.words import beside, label, message

PLACES = {
    NO_REASON.code: "words",
    IN_FUTURE.code: "spoken_at",
    TOO_EARLY.code: "spoken_at",
    NO_BASIS.code: "edit_basis",
    **dict.fromkeys((NOT_TEXT.code, TOO_LONG.code, UNREADABLE.code, SECRECY_MARK.code, NO_EDIT.code), "text"),
    **dict.fromkeys((NO_PICTURE.code, TWO_CODES.code, NO_CODE.code), "picture"),
    **dict.fromkeys((NO_SHEET.code, NOT_A_CODE.code, UNKNOWN_CODE.code, OTHER_CODE.code), "code"),
    **dict.fromkeys(
        (OTHER_PIECE.code, FOR_THE_FILE.code, OTHER_STEP.code, EARLIER_ROUND.code, PRINTED_BEFORE.code),
        "code",
    ),
}
"""Message code → the field it is said at."""

EDITING = ("text", "marked", "edit_basis")
"""Fields that are there only where a step edits."""
NOBODY = define("web.no_decider", "Choose whose decision this is.")


@dataclass(frozen=True)
class Hand:
    """Somebody who may decide at an open seat."""

    seat: Seat
    person: Person
    words: str

    @property
    def key(self) -> str:
        return f"{self.seat.pk}:{self.person.pk}"


def hands_of(person: Person, whole: Round) -> list[Hand]:
    """Everybody whose decision `person` could enter now: holders first, then their deputies."""
    today = standing_of(person).on
    return [
        Hand(seat, one, _words(whole, seat, one))
        for seat in whole.open_seats
        for one in deciders(person.agency, seat, today)
        if one.pk != person.pk
    ]


def _words(whole: Round, seat: Seat, person: Person) -> str:
    step = label(seat.name)
    if seat.person is None or seat.person_id == person.pk:
        return beside(person.name, step)
    principal = gettext("for %(principal)s") % {"principal": seat.person.name}
    return beside(person.name, f"{principal} · {step}")


class HandField(forms.ChoiceField):
    """Who was offered when the page was drawn; whether they may still decide is for the action to say."""

    widget = forms.RadioSelect

    def valid_value(self, value: Any) -> bool:
        return True


class PictureField(forms.FileField):
    """A photo or scan; telephones offer their camera."""

    widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg,application/pdf"})


class SheetForm(forms.Form):
    """A signed sheet: its picture, or its code typed."""

    picture = PictureField(
        label=gettext_lazy("Photo or scan of the sheet"),
        required=False,
        help_text=gettext_lazy("PNG, JPEG or PDF; the code on it is read from the picture."),
    )
    code = forms.CharField(
        label=gettext_lazy("Code of the sheet"),
        required=False,
        max_length=20,
        help_text=gettext_lazy(
            "Eight letters and digits beside the square, where the picture does not show them."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class RecordForm(SheetForm):
    """Whose decision, how it came, with which words; what was changed in the text by ink or aloud."""

    hand = HandField(label=gettext_lazy("Whose decision"))
    mode = forms.ChoiceField(
        label=gettext_lazy("By what means"),
        choices=[(code, MODE[code]) for code in RECORDED],
        widget=forms.RadioSelect,
    )
    spoken_at = forms.DateTimeField(
        label=gettext_lazy("When it was given"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    words = Words(
        label=gettext_lazy("Their words; for a return what should be changed"),
        required=False,
        max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(
        label=gettext_lazy("The text as they want it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "zh-Hans"}),
    )
    marked = forms.ChoiceField(
        label=gettext_lazy("The edit is"), choices=list(EDIT.items()), widget=forms.RadioSelect
    )
    edit_basis = forms.ChoiceField(
        label=gettext_lazy("How it was agreed"),
        choices=list(EDIT_BASIS.items()),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: QueryDict | None,
        files: Any = None,
        *,
        whole: Round,
        hands: list[Hand],
        current: str,
        code: str = "",
        seat: UUID | None = None,
    ) -> None:
        """`current`: the newest text; `code` and `seat`: what the address already names."""
        chosen = next((one for one in hands if one.seat.pk == seat), hands[0] if hands else None)
        now = timezone.localtime(clock.now()).replace(second=0, microsecond=0, tzinfo=None)
        initial = {
            "hand": chosen.key if chosen else "",
            "mode": PAPER if code else TELEPHONE,
            "spoken_at": now,
            "text": current,
            "marked": WORDING,
            "code": code,
        }
        super().__init__(data, files, initial=initial)
        fields: dict[str, Any] = self.fields
        self.whole, self.current = whole, current
        self.hands = {one.key: one for one in hands}
        fields["hand"].choices = [(one.key, one.words) for one in hands]
        fields["hand"].error_messages["required"] = message(NOBODY())
        fields["spoken_at"].widget.attrs["max"] = now.strftime("%Y-%m-%dT%H:%M")
        self.may_edit = any(one.seat.edits for one in hands)
        if not self.may_edit:
            for name in EDITING:
                del fields[name]

    @property
    def is_edited(self) -> bool:
        """Whether the area holds another text than the newest version."""
        if not self.may_edit:
            return False
        text = str(self["text"].value() or "")
        return bool(why_not_text(text)) or normalise(text) != self.current

    def clean(self) -> dict[str, Any]:
        """An area that was emptied is no edit that anybody wants."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.may_edit and not given.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", message(EMPTY()))
        return given

    def chosen(self) -> Hand:
        """Whose decision it is, of a valid form. Raises NotFound for a seat of another piece."""
        given = self.cleaned_data["hand"]
        if given in self.hands:
            return self.hands[given]
        manuscript = self.whole.manuscript
        seat_id, person_id = (parse(part) for part in given.partition(":")[::2])
        rows = Seat.objects.filter(agency_id=manuscript.agency_id, manuscript=manuscript)
        seat = rows.select_related("person", "unit").filter(pk=seat_id).first() if seat_id else None
        person = persons(manuscript.agency_id).filter(pk=person_id).first() if person_id else None
        if seat is None or person is None:
            raise NotFound
        return Hand(seat, person, _words(self.whole, seat, person))

    def edit(self) -> Edit | None:
        """The changed text; None where nothing was changed. Raises Refused where characters were lost."""
        if not self.is_edited:
            return None
        manuscript = self.whole.manuscript
        return Edit(
            text=readable(self.cleaned_data["text"]),
            kind=manuscript.kind,
            content_class=manuscript.content_class,
            openness=manuscript.openness,
            marked=self.cleaned_data["marked"],
        )
