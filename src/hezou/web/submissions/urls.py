"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.submissions import views

urlpatterns: list[URLPattern] = [
    path("", views.submissions, name="submissions"),
    path("new/<uuid:manuscript_id>", views.submission_new, name="submission_new"),
    path("<uuid:submission_id>/adopt", views.submission_adopt, name="submission_adopt"),
]
