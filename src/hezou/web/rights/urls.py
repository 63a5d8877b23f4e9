"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.rights import views

urlpatterns: list[URLPattern] = [path("", views.rights, name="rights")]
