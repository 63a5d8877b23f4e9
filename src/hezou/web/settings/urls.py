"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.settings import editing, previewing, views

DOCUMENT = "rules/<slug:family>/<slug:code>"

urlpatterns: list[URLPattern] = [
    path("rules", views.rules, name="rules"),
    path("rules/try", views.route_try, name="route_try"),
    path("rules/<slug:family>/upgrade", previewing.rule_upgrade, name="rule_upgrade"),
    path(DOCUMENT, views.rule_document, name="rule_document"),
    path(f"{DOCUMENT}/versions/<int:number>", views.rule_version, name="rule_version"),
    path(f"{DOCUMENT}/edit", editing.rule_edit, name="rule_edit"),
    path(f"{DOCUMENT}/preview", previewing.rule_preview, name="rule_preview"),
]
