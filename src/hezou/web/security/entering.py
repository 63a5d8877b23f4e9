"""Logging in and out: budgets before a password is looked at, the trail behind it, the device remembered."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.userkit import get_user_by_username
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hezou.people.actions import log_ins
from hezou.people.models import Account
from hezou.people.queries import factors
from hezou.people.rules.devices import device_of
from hezou.web.security import gate
from hezou.web.security.forms import CodeForm, KeyForm, refusal_for_now, seconds_left
from hezou.web.security.keys import as_json


class Adapter(DefaultAccountAdapter):
    """What the log-in library calls."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Look at a password, within the budgets; a name that does not exist is treated as one that does."""
        username = str(credentials.get("username", ""))
        account: Any = get_user_by_username(username)
        try:
            attempt = gate.admit_password(request, username, account)
        except gate.Throttled as error:
            raise refusal_for_now(error) from None
        found: Account | None = super().authenticate(request, **credentials)
        if found is None:
            log_ins.note_failure(account=account, at=log_ins.PASSWORD)
        else:
            attempt.forgive()
        return found

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        log_ins.note_failure(account=user, at=log_ins.CLOSED)
        return render(request, "account/account_inactive.html", status=403)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        passed = [one for one in get_authentication_records(request, user) if one["method"] == "mfa"]
        device = device_of(request.headers.get("User-Agent", ""))
        log_ins.note_log_in(account=user, device=device, second=passed[-1]["type"] if passed else "")

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        response = super().post_login(request, user, **hooks)
        gate.remember(request, response, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        account: Any = request.user
        key = request.session.session_key or ""
        super().logout(request)
        log_ins.note_log_out(account=account, session_key=key)


def answered(response: HttpResponse, form: Form) -> HttpResponse:
    """The page of a form that was refused: 429 where somebody has to wait."""
    if seconds := seconds_left(form):
        response.status_code = 429
        response["Retry-After"] = str(seconds)
    return response


class LogIn(LoginView):
    """Name and password."""

    def form_invalid(self, form: Form) -> HttpResponse:
        return answered(super().form_invalid(form), form)


class SecondStep(AuthenticateView):
    """Code or key, after the password and before anything else."""

    form_class = CodeForm
    webauthn_form_class = KeyForm
    template_name = "account/second_step.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        return answered(super().form_invalid(form), form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        types = set(factors(self.stage.login.user).values_list("type", flat=True))
        return {
            **context,
            "has_app": Authenticator.Type.TOTP in types,
            "has_key": Authenticator.Type.WEBAUTHN in types,
            "options": as_json(context["js_data"]["request_options"]),
        }
