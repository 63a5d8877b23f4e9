"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.trail import views

urlpatterns: list[URLPattern] = [path("", views.trail, name="trail")]
