"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.calling import views

urlpatterns: list[URLPattern] = [path("", views.calling, name="calling")]
