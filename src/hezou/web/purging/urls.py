"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.purging import views

urlpatterns: list[URLPattern] = [
    path("", views.purges, name="purges"),
    path("ask", views.purge_ask, name="purge_ask"),
    path("<uuid:purge_id>", views.purge, name="purge"),
    path("<uuid:purge_id>/confirm", views.purge_confirm, name="purge_confirm"),
    path("<uuid:purge_id>/withdraw", views.purge_withdraw, name="purge_withdraw"),
]
