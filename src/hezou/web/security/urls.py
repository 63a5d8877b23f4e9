"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.security import demands, factors, overview

urlpatterns: list[URLPattern] = [
    path("", overview.security, name="security"),
    path("confirm", factors.confirm, name="confirm"),
    path("app", factors.app, name="factor_app"),
    path("keys/new", factors.key, name="factor_key"),
    path("codes", factors.codes_renew, name="recovery_codes"),
    path("factors/<int:factor_id>/remove", factors.factor_remove, name="factor_remove"),
    path("sessions/end", overview.sessions_end, name="sessions_end"),
    path("sessions/<uuid:session_id>/end", overview.session_end, name="session_end"),
    path("demands", demands.demands, name="second_factor_demands"),
    path("persons/<uuid:person_id>/reset", demands.factor_reset, name="factor_reset"),
]
