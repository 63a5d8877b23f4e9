"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.review import selecting, views

urlpatterns: list[URLPattern] = [
    path("", views.review, name="review"),
    path("selecting", selecting.selecting, name="selecting"),
    path("<uuid:manuscript_id>", views.review_piece, name="review_piece"),
    path("<uuid:manuscript_id>/decide", views.review_decide, name="review_decide"),
]
