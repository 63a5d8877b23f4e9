"""A document being changed: what it began from, and its two pages, the form and the preview."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from hezou.kernel.errors import NotFound
from hezou.packs.models import PackVersion
from hezou.packs.queries import document_of, offers, rulebook_with
from hezou.packs.rules import Document, Rulebook, remarks, text_hash
from hezou.packs.rules.differences import differences
from hezou.packs.rules.writing import write
from hezou.people.models import Person
from hezou.people.queries import rules_of, today_of
from hezou.web.forms import Words
from hezou.web.people.forms import day_field
from hezou.web.settings.changes import in_words
from hezou.web.settings.form import RuleForm
from hezou.web.settings.reading import told, versions_for
from hezou.web.settings.tabs import ROOM
from hezou.web.settings.touched import touched
from hezou.web.settings.trying import TryForm
from hezou.web.settings.views import document_frame
from hezou.web.settings.words import all_in_words
from hezou.web.shell import PageRequest, revision_of, show

PLACES = {
    "packs.too_early": "effective_from",
    "people.no_reason_for_rules": "reason",
    "people.reason_for_rules_long": "reason",
}
"""Message code → the field of the adoption it is said at."""
TRIED = ("kinds", "routes", "labels", "limits")
"""Families that have a say in who signs."""


class AdoptForm(forms.Form):
    """From when, and why."""

    effective_from = day_field(gettext_lazy("In force from"), required=True)
    reason = Words(
        label=gettext_lazy("Why the rules change"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


@dataclass(frozen=True)
class Draft:
    """Whose draft of which document, begun when version `seen` was the newest.

    `upgrade`: the hash of the shipped text that it takes over, blank for none.
    """

    asking: Person
    family: str
    code: str
    versions: tuple[PackVersion, ...]
    seen: int
    upgrade: str = ""

    @property
    def base(self) -> PackVersion:
        """The newest version when the draft was begun. Raises NotFound for a number there never was."""
        found = next((one for one in self.versions if one.number == self.seen), None)
        if found is None:
            raise NotFound
        return found

    @property
    def rules(self) -> Rulebook:
        """The rules in force today."""
        return rules_of(self.asking.agency)

    def rules_with(self, document: Document) -> Rulebook:
        """The rules of today with this document. Raises Refused for a code that stands twice."""
        on = today_of(self.asking.agency)
        return rulebook_with(self.asking.agency_id, on, self.family, self.code, document)

    @property
    def later(self) -> list[PackVersion]:
        """Versions decided for a later day: they take the place of one adopted for a day before theirs."""
        today = today_of(self.asking.agency)
        return [one for one in self.versions if one.effective_from > today]


def fresh_draft(asking: Person, family: str, code: str) -> Draft:
    """A draft that begins now."""
    versions = versions_for(asking, family, code)
    return Draft(asking, family, code, tuple(versions), versions[0].number)


def sent_draft(request: PageRequest, family: str, code: str) -> Draft:
    """The draft that a form carries on."""
    versions = versions_for(request.person, family, code)
    seen, upgrade = revision_of(request, "seen"), request.POST.get("upgrade", "")
    return Draft(request.person, family, code, tuple(versions), seen, upgrade)


def edit_page(request: PageRequest, draft: Draft, form: RuleForm, *, status: int = 200) -> HttpResponse:
    """The form, with everything typed in it."""
    context = {
        **document_frame(draft.family, draft.code),
        "form": form,
        "draft": draft,
        "refusals": (),
        "is_typed": request.method == "POST",
        "later": draft.later,
    }
    return show(request, "settings/edit.html", context, room=ROOM, status=status)


def preview_page(
    request: PageRequest, draft: Draft, document: Document, *, status: int = 200, **more: Any
) -> HttpResponse:
    """What would change, whom it touches, who would sign; and the way to adopt it.

    Raises Refused where the document does not make rules together with the others.
    """
    rules, book = draft.rules, draft.rules_with(document)
    found = differences(document_of(draft.base), document)
    today = today_of(draft.asking.agency)
    begin = max(today, draft.base.effective_from)
    context = {
        **document_frame(draft.family, draft.code),
        "draft": draft,
        "body": write(document),
        "changes": in_words(found, rules, book),
        "touched": touched(draft.asking, rules, book),
        "remarks": all_in_words([one for one in remarks(book) if one not in remarks(rules)], book),
        "later": [one for one in draft.later if one.number != draft.seen],
        "adopt_form": AdoptForm(initial={"effective_from": begin}),
        "try_form": TryForm(None, asking=draft.asking, rules=book) if draft.family in TRIED else None,
        "trial": None,
        "conflict": None,
        "upgrade": None,
        "base": told(draft.asking, [draft.base])[0],
        **more,
    }
    return show(request, "settings/preview.html", context, room=ROOM, status=status)


@dataclass(frozen=True)
class Upgrade:
    """What the program brought anew, and what the agency had made of what it brought before."""

    theirs: list[Any]
    ours: list[Any]
    clashes: list[Any]


def offer_for(draft: Draft) -> Any:
    """The shipped text that the draft takes over. Raises NotFound where another is shipped by now."""
    found = offers(draft.asking.agency_id).get(draft.family)
    if found is None or text_hash(found.text) != draft.upgrade:
        raise NotFound
    return found


def join_with(draft: Draft) -> Any:
    """For `RuleForm.check`: the rules of today with a document."""
    return partial(Draft.rules_with, draft)
