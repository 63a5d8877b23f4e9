"""Addresses of all pages, a folder a room."""

from __future__ import annotations

from allauth.account.views import logout
from django.urls import include, path

from hezou.web.language import language
from hezou.web.security.entering import LogIn, SecondStep

urlpatterns = [
    path("login/", LogIn.as_view(), name="account_login"),
    path("login/second", SecondStep.as_view(), name="mfa_authenticate"),
    path("logout/", logout, name="account_logout"),
    path("language", language, name="language"),
    path("", include("hezou.web.desk.urls")),
    path("manuscripts/", include("hezou.web.manuscripts.urls")),
    path("manuscripts/", include("hezou.web.files.urls")),
    path("review/", include("hezou.web.review.urls")),
    path("recording/", include("hezou.web.recording.urls")),
    path("calls/", include("hezou.web.calling.urls")),
    path("sheets/", include("hezou.web.sheets.urls")),
    path("submissions/", include("hezou.web.submissions.urls")),
    path("people/", include("hezou.web.people.urls")),
    path("rights/", include("hezou.web.rights.urls")),
    path("trail/", include("hezou.web.trail.urls")),
    path("security/", include("hezou.web.security.urls")),
    path("settings/", include("hezou.web.settings.urls")),
    path("notices/", include("hezou.web.notices.urls")),
    path("purges/", include("hezou.web.purging.urls")),
    path("tokens/", include("hezou.web.tokens.urls")),
    path("operations/", include("hezou.web.ops.urls")),
]
