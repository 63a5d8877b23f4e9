"""The writing form: the text, what it is meant as, who wrote it. Keeps whatever was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext, gettext_lazy

from hezou.kernel.errors import NotFound, Refusal, Refused
from hezou.kernel.ids import parse
from hezou.kernel.messages import Message, define
from hezou.kernel.text import NOT_TEXT
from hezou.manuscripts import actions as pieces
from hezou.manuscripts.rules.classes import (
    BARRED_CLASS,
    CLASS_NOT_KEPT,
    INTERNAL_OPENLY,
    UNKNOWN_CLASS,
    UNKNOWN_OPENNESS,
)
from hezou.manuscripts.rules.handing_in import (
    EMPTY,
    HAS_ERRORS,
    NO_AUTHOR,
    SECRECY_MARK,
    TOO_LONG,
    UNCONFIRMED,
)
from hezou.manuscripts.rules.incoming import PICTURE_UNKNOWN
from hezou.packs.rules import MANUSCRIPT_CHARACTERS, Kind
from hezou.people.models import Person
from hezou.people.queries import rules_of
from hezou.web.forms import TextAsTyped, refuse
from hezou.web.manuscripts.findings import Report, report
from hezou.web.manuscripts.labels import CHOICES_OF_CLASS, CLASS_HELP
from hezou.web.manuscripts.people import (
    NO_SUCH_PERSON,
    SAME_NAME,
    UnitOfPersons,
    by_unit,
    chosen_persons,
    directory,
    named_persons,
)
from hezou.web.review.labels import OPENNESS

NO_KIND = define("web.no_kind", "Choose what kind of piece this is.")
UNREADABLE = define(
    "web.unreadable",
    "{count} characters could not be read (shown as �, the first at position {position}). "
    "Paste the text again from its source, or replace them.",
)

PLACES = {
    NOT_TEXT.code: "text",
    UNREADABLE.code: "text",
    EMPTY.code: "text",
    TOO_LONG.code: "text",
    SECRECY_MARK.code: "text",
    HAS_ERRORS.code: "text",
    PICTURE_UNKNOWN.code: "text",
    BARRED_CLASS.code: "content_class",
    UNKNOWN_CLASS.code: "content_class",
    CLASS_NOT_KEPT.code: "content_class",
    UNKNOWN_OPENNESS.code: "openness",
    INTERNAL_OPENLY.code: "openness",
    NO_AUTHOR.code: "authors",
    NO_SUCH_PERSON.code: "author_names",
    SAME_NAME.code: "author_names",
    UNCONFIRMED.code: "confirmed",
}
"""Message code → the field it is said at."""

_LOST = "\ufffd"
"""What a decoder writes in the place of bytes that are no character (a lone surrogate, another encoding)."""


def line_ends(text: str) -> str:
    """The text with the line ends that a browser counts by; it sends others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def readable(text: str) -> str:
    """The text, if it arrived whole; raises Refused where characters were lost on the way."""
    if _LOST in text:
        raise Refused(UNREADABLE(count=text.count(_LOST), position=text.index(_LOST) + 1))
    return text


@dataclass(frozen=True)
class Draft:
    """What a writer wants kept; the arguments of `create` and `revise`."""

    text: str
    kind: str
    content_class: str
    openness: str
    named: list[Person]

    def arguments(self) -> dict[str, Any]:
        return dict(vars(self))


def _lazy(said: Message) -> Any:
    """A message as a form's words, in the language of the moment it is shown."""
    return gettext_lazy(str(said))


class WritingForm(forms.Form):
    """`text` is checked while it is typed; the authors are drawn by `manuscripts/authors.html`."""

    text = TextAsTyped(
        label=gettext_lazy("Text"),
        required=False,
        help_text=gettext_lazy("The first line is the title. Paste from WPS or Word as it is."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        error_messages={"required": _lazy(NO_KIND()), "invalid_choice": _lazy(NO_KIND())},
    )
    content_class = forms.ChoiceField(
        label=gettext_lazy("Class"),
        help_text=CLASS_HELP,
        choices=list(CHOICES_OF_CLASS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy(UNKNOWN_CLASS()), "invalid_choice": _lazy(UNKNOWN_CLASS())},
    )
    openness = forms.ChoiceField(
        label=gettext_lazy("Openness"),
        choices=list(OPENNESS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _lazy(UNKNOWN_OPENNESS()), "invalid_choice": _lazy(UNKNOWN_OPENNESS())},
    )
    authors = forms.Field(label=gettext_lazy("Authors"), required=False, widget=forms.CheckboxSelectMultiple)
    author_names = forms.CharField(
        label=gettext_lazy("Add by name"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Several names with commas between them."),
        widget=forms.TextInput(attrs={"list": "persons", "autocomplete": "off"}),
    )
    confirmed = forms.BooleanField(
        label=gettext_lazy("I have looked at the places marked “better changed”"), required=False
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        person: Person,
        chosen: Callable[[], list[Person]],
        initial: dict[str, Any],
    ) -> None:
        """`chosen` answers with the authors when the page opens."""
        super().__init__(data, initial=initial)
        self.person, self._chosen = person, chosen
        self.status = 200
        language = get_language() or "zh"
        kinds: Any = self.fields["kind"]
        kinds.choices = [
            ("", gettext("Choose")),
            *((kind.code, kind.label.of(language)) for kind in self.kinds),
        ]

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of this agency, for the list of what each asks."""
        return list(rules_of(self.person.agency).kinds.values())

    @property
    def most(self) -> int:
        """How many characters a piece holds at most."""
        return rules_of(self.person.agency).limit(MANUSCRIPT_CHARACTERS)

    @cached_property
    def typed(self) -> str:
        """The text in the area."""
        return line_ends(self["text"].value() or "")

    @cached_property
    def report(self) -> Report | None:
        """What the checks say of the text in the area; None for no text and for one that is refused whole."""
        if not self.typed.strip() or len(self.typed) > self.most:
            return None
        return report(self.typed, self["kind"].value())

    @cached_property
    def everybody(self) -> list[Person]:
        """The directory, read once."""
        return directory(self.person)

    @cached_property
    def chosen(self) -> list[Person]:
        """The authors as the page shows them ticked: those sent, else those it opened with."""
        if not self.is_bound:
            return self._chosen()
        try:
            return chosen_persons(self.person, self._ids())
        except NotFound:
            return self._chosen()

    @property
    def others(self) -> list[UnitOfPersons]:
        """Everybody else, unit by unit."""
        return by_unit(self.person, self.everybody, self.chosen)

    def draft(self) -> Draft:
        """What was sent, in full. Raises Refused, NotFound or TooLarge where it cannot be kept as it is."""
        pieces.admit(readable(self.typed), self.person.agency)
        named = [*chosen_persons(self.person, self._ids()), *self._by_name()]
        if not self.is_valid():
            raise Refused
        given = self.cleaned_data
        return Draft(
            text=self.typed,
            kind=given["kind"],
            content_class=given["content_class"],
            openness=given["openness"],
            named=list(dict.fromkeys(named)),
        )

    def refuse(self, refusal: Refusal) -> None:
        """Say why nothing was done, each reason at its field."""
        refuse(self, refusal, PLACES)
        self.status = refusal.status

    def _by_name(self) -> list[Person]:
        typed = self["author_names"].value() or ""
        return named_persons(self.everybody, typed) if typed.strip() else []

    def _ids(self) -> list[Any]:
        sent = self["authors"].value() or []
        return list(dict.fromkeys(found for one in sent if (found := parse(one)) is not None))


def typed_again(sent: QueryDict, *, person: Person, text: str | None = None) -> WritingForm:
    """The form as it was sent, nothing judged; `text` takes the place of the one in the area."""
    bound = WritingForm(sent, person=person, chosen=list, initial={})
    initial = {name: bound[name].value() for name in bound.fields}
    if text is not None:
        initial["text"] = text
    return WritingForm(None, person=person, chosen=lambda: bound.chosen, initial=initial)
