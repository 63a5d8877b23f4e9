"""Forms of getting in, and of second factors."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, ngettext

from hezou.kernel.messages import define
from hezou.people.actions import log_ins
from hezou.people.actions.second_factor import LONGEST_NAME, pass_code
from hezou.people.models import Account
from hezou.people.queries import factors
from hezou.web.security import gate
from hezou.web.templatetags.words import message

THROTTLED = define(
    "web.throttled",
    "Too many wrong attempts. The next one is possible in {wait}. In a browser you logged in from before, the"
    " attempts of others do not count.",
)
WRONG_CODE = define(
    "web.wrong_code",
    "This code does not hold: it is neither the app's code of now nor an unused recovery code.",
)
WRONG_KEY = define("web.wrong_key", "The security key did not answer as it should. Try again.")
WRONG_PASSWORD = define("web.wrong_password", "The password is not right.")
THROTTLED_CODE = "throttled"
BROKEN = (ValidationError, InvalidSignature, ValueError, TypeError, KeyError, AttributeError)
"""What reading an answer that no key gave may raise."""


def refusal_for_now(error: gate.Throttled) -> ValidationError:
    """What a form says of too many attempts, with the time left."""
    seconds, minutes = error.seconds, -(-error.seconds // 60)
    wait = (
        ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
        if seconds < 60
        else ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    )
    return ValidationError(message(THROTTLED(wait=wait)), code=THROTTLED_CODE, params={"seconds": seconds})


def seconds_left(form: forms.Form) -> int:
    """How long a form told somebody to wait; 0 where it did not."""
    told = [error for errors in form.errors.as_data().values() for error in errors]
    waits = [error.params["seconds"] for error in told if error.code == THROTTLED_CODE and error.params]
    return max(waits, default=0)


def code_field(text: Any) -> forms.CharField:
    """What an app or a list of recovery codes shows."""
    hooks = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=text, max_length=40, widget=forms.TextInput(attrs=hooks))


class CodeForm(forms.Form):
    """The second step by a code."""

    code = code_field(gettext_lazy("Code"))

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        try:
            attempt = gate.admit_code(context.request, self.user)
        except gate.Throttled as error:
            raise refusal_for_now(error) from None
        self.factor = pass_code(account=self.user, typed=typed)
        if not self.factor:
            log_ins.note_failure(account=self.user, at=log_ins.CODE)
            raise ValidationError(message(WRONG_CODE()))
        attempt.forgive()
        return typed

    def save(self) -> None:
        post_authentication(context.request, factors(self.user).get(type=self.factor))


class KeyForm(AuthenticateWebAuthnForm):
    """The second step by a security key."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except BROKEN:
            log_ins.note_failure(account=self.user, at=log_ins.KEY)
            raise ValidationError(message(WRONG_KEY())) from None


class AppForm(forms.Form):
    """The code that proves a new app."""

    code = code_field(gettext_lazy("Code that the app shows"))


class NewKeyForm(forms.Form):
    """A new key: what it is called, and what it answered."""

    name = forms.CharField(
        label=gettext_lazy("Name of the key"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("So that you tell it from others, such as: the blue one on my key ring."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("credential") is not None:
            try:
                auth.parse_registration_response(given["credential"])
                auth.complete_registration(given["credential"])
            except BROKEN:
                raise ValidationError(message(WRONG_KEY())) from None
        return given


class ConfirmForm(forms.Form):
    """One's password once more."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class DemandForm(forms.Form):
    """Whose holders must log in with a second factor."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["roles"]
        field.choices = roles
