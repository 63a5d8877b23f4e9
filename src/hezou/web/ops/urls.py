"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.ops import views

urlpatterns: list[URLPattern] = [
    path("", views.operations, name="operations"),
    path("letters/<uuid:job_id>/retry", views.letter_retry, name="letter_retry"),
    path("letters/<uuid:job_id>/drop", views.letter_drop, name="letter_drop"),
]
