"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.submissions import report, views

urlpatterns: list[URLPattern] = [
    path("", views.submissions, name="submissions"),
    path("new/<uuid:manuscript_id>", views.submission_new, name="submission_new"),
    path("report/<uuid:manuscript_id>/<uuid:body_id>.docx", report.report, name="report_piece"),
    path("<uuid:submission_id>/adopt", views.submission_adopt, name="submission_adopt"),
]
