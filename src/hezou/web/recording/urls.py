"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.recording import evidence, owed, views

urlpatterns: list[URLPattern] = [
    path("", views.recording, name="recording"),
    path("<uuid:manuscript_id>", views.record, name="record"),
    path("owed/<uuid:owed_id>", owed.countersigning, name="countersigning"),
    path("evidence/<uuid:decision_id>", evidence.of_decision, name="evidence"),
    path("owed/<uuid:owed_id>/evidence", evidence.of_signature, name="countersigned_evidence"),
]
