"""One's own password; the first log-in ends here before anything else."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hezou.kernel.errors import Refusal
from hezou.people.actions import change_own_password
from hezou.web.forms import refuse
from hezou.web.people.forms import PLACES, PasswordForm
from hezou.web.shell import PageRequest, done, page, show


@sensitive_post_parameters()
@page
@rate_limit(action="change_password")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: PageRequest) -> HttpResponse:
    """The holder's own password in place of a one-time or an old one; stays logged in here, nowhere else."""
    if request.method != "POST":
        return _password_page(request, PasswordForm(asking=request.person))
    form = PasswordForm(request.POST, asking=request.person)
    if not form.is_valid():
        return _password_page(request, form, status=422)
    given = form.cleaned_data
    try:
        here = request.session.session_key or ""
        account = change_own_password(by=request.person, old=given["old"], new=given["new"], session_key=here)
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _password_page(request, form, status=refusal.status)
    update_session_auth_hash(request, account)
    return done(request, "/", gettext("Your password was changed."))


def _password_page(request: PageRequest, form: PasswordForm, status: int = 200) -> HttpResponse:
    is_first = request.person.account.must_change_password
    context = {"form": form, "is_first": is_first}
    return show(request, "people/password.html", context, room="", status=status)
