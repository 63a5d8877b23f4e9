"""Setting up a second factor and taking it away; the password is asked for again first."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.hashers import check_password
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hezou.files.codes import drawn
from hezou.kernel.errors import Refusal
from hezou.people.actions import add_app, add_key, log_ins, remove_factor, renew_codes
from hezou.people.actions.sealing import keyring
from hezou.people.rules import totp
from hezou.web.forms import refuse
from hezou.web.security import gate
from hezou.web.security.confirming import confirmed
from hezou.web.security.entering import answered
from hezou.web.security.forms import WRONG_PASSWORD, AppForm, ConfirmForm, NewKeyForm, refusal_for_now
from hezou.web.security.keys import as_json
from hezou.web.security.overview import ROOM, overview
from hezou.web.shell import PageRequest, deed, done, page, see_other, show
from hezou.web.templatetags.words import message

PENDING = "pending_app"
"""Key in the session: the secret of an app that is being set up, closed."""
ISSUER = "Hezou"
PLACES = {"people.wrong_code_typed": "code"}


@sensitive_post_parameters()
@page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PageRequest) -> HttpResponse:
    """The password once more, before what would lock its owner out."""
    following = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        following, {request.get_host()}, require_https=request.is_secure()
    ):
        following = reverse("security")
    if request.method != "POST":
        return show(request, "security/confirm.html", {"form": ConfirmForm()}, room=ROOM)
    form = ConfirmForm(request.POST)
    if form.is_valid() and _is_mine(request, form):
        record_authentication(request, request.user, method="password", reauthenticated=True)
        request.session.cycle_key()
        return see_other(following)
    return answered(show(request, "security/confirm.html", {"form": form}, room=ROOM, status=422), form)


def _is_mine(request: PageRequest, form: ConfirmForm) -> bool:
    account = request.person.account
    try:
        attempt = gate.admit_confirmation(request, account)
    except gate.Throttled as error:
        form.add_error("password", refusal_for_now(error))
        return False
    if not check_password(form.cleaned_data["password"], account.password):
        log_ins.note_failure(account=account, at=log_ins.PASSWORD)
        form.add_error("password", message(WRONG_PASSWORD()))
        return False
    attempt.forgive()
    return True


@page
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: PageRequest) -> HttpResponse:
    """An authenticator app: the square code, then the code it shows."""
    secret = _pending(request)
    if request.method != "POST":
        return _app_page(request, AppForm(), secret)
    form = AppForm(request.POST)
    if not form.is_valid():
        return _app_page(request, form, secret, status=422)
    try:
        with deed(request) as pressed:
            pressed.target = reverse("security")
            codes = add_app(by=request.person, secret=secret, typed=form.cleaned_data["code"])
    except Refusal as refusal:
        refuse(form, refusal, PLACES)
        return _app_page(request, form, secret, status=refusal.status)
    del request.session[PENDING]
    return _added(request, codes, gettext("The authenticator app is set up."))


def _pending(request: PageRequest) -> str:
    """The secret offered to the app; the same until it is proved, so that a page may be loaded again."""
    if PENDING not in request.session:
        request.session[PENDING] = keyring().close(totp.new_secret())
    return keyring().open(request.session[PENDING])


def _app_page(request: PageRequest, form: AppForm, secret: str, status: int = 200) -> HttpResponse:
    address = totp.address(secret, issuer=ISSUER, account=request.person.account.username)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "square": drawn(address), "groups": groups}
    return show(request, "security/app.html", context, room=ROOM, status=status)


@page
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: PageRequest) -> HttpResponse:
    """A security key: a name, then its answer to our challenge."""
    if request.method != "POST":
        return _key_page(request, NewKeyForm())
    form = NewKeyForm(request.POST)
    if not form.is_valid():
        return _key_page(request, form, status=422)
    given = form.cleaned_data
    with deed(request) as pressed:
        pressed.target = reverse("security")
        codes = add_key(by=request.person, name=given["name"], credential=given["credential"])
    return _added(request, codes, gettext("The security key is set up."))


def _key_page(request: PageRequest, form: NewKeyForm, status: int = 200) -> HttpResponse:
    options = auth.begin_registration(request.person.account, passwordless=False)
    context = {"form": form, "options": as_json(options)}
    return show(request, "security/key.html", context, room=ROOM, status=status)


@page
@require_POST
@confirmed
def codes_renew(request: PageRequest) -> HttpResponse:
    """Fresh recovery codes, shown in the answer and never again."""
    with deed(request) as pressed:
        pressed.target = reverse("security")
        codes = renew_codes(by=request.person)
    return _codes_page(request, codes)


@page
@require_POST
@confirmed
def factor_remove(request: PageRequest, factor_id: int) -> HttpResponse:
    """An app or key that is no longer used."""
    try:
        with deed(request) as pressed:
            pressed.target = reverse("security")
            remove_factor(by=request.person, factor_id=factor_id)
    except Refusal as refusal:
        return overview(request, status=refusal.status, refusals=refusal.messages)
    return done(request, pressed.target, gettext("It no longer opens your account."))


def _added(request: PageRequest, codes: list[str], said: str) -> HttpResponse:
    return _codes_page(request, codes) if codes else done(request, reverse("security"), said)


def _codes_page(request: PageRequest, codes: list[str]) -> HttpResponse:
    return show(request, "security/codes.html", {"codes": codes}, room=ROOM)
