"""The adoption form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from hezou.packs.rules import Rulebook
from hezou.people.models import Journal
from hezou.people.queries import rules_of, today_of
from hezou.submissions.actions import ALREADY_ADOPTED, IN_FUTURE, OTHER_BODY, Result
from hezou.submissions.models import Submission
from hezou.submissions.queries import journals
from hezou.web.templatetags.words import label

PLACES = {
    OTHER_BODY.code: "journal",
    ALREADY_ADOPTED.code: "journal",
    IN_FUTURE.code: "adopted_on",
}
"""Message code → the field it is said at."""


class AdoptionForm(forms.Form):
    """Where, how and when a body used a submission, and how sure the office is."""

    journal = forms.ModelChoiceField(
        Journal.objects.none(),
        label=gettext_lazy("Journal"),
        required=False,
        empty_label=gettext_lazy("No journal"),
    )
    issue_number = forms.CharField(label=gettext_lazy("Issue"), required=False, max_length=40)
    adopted_on = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    form = forms.ChoiceField(label=gettext_lazy("Form of adoption"), widget=forms.RadioSelect)
    evidence = forms.ChoiceField(label=gettext_lazy("Evidence"), widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None, *, submission: Submission) -> None:
        today = today_of(submission.agency)
        super().__init__(data, initial={"adopted_on": today})
        rules = rules_of(submission.agency)
        fields: dict[str, Any] = self.fields
        fields["journal"].queryset = journals(submission.body)
        fields["adopted_on"].widget.attrs["max"] = today.isoformat()
        fields["form"].choices = [(code, label(row.label)) for code, row in rules.adoption_forms.items()]
        fields["evidence"].choices = _grades(rules)

    def result(self) -> Result:
        """What was typed, for the action."""
        given = self.cleaned_data
        return Result(
            form=given["form"],
            evidence=given["evidence"],
            adopted_on=given["adopted_on"],
            journal=given["journal"],
            issue_number=given["issue_number"],
        )


def _grades(rules: Rulebook) -> list[tuple[str, str]]:
    return [(code, label(row.label)) for code, row in rules.evidence_grades.items()]
