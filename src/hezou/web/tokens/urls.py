"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.tokens import views

urlpatterns: list[URLPattern] = [
    path("", views.tokens, name="tokens"),
    path("make", views.token_make, name="token_make"),
    path("of/<uuid:person_id>", views.tokens_of_person, name="tokens_of_person"),
    path("<uuid:token_id>/revoke", views.token_revoke, name="token_revoke"),
]
