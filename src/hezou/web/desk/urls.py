"""Addresses of this folder."""

from django.urls import URLPattern, path

from hezou.web.desk import views

urlpatterns: list[URLPattern] = [path("", views.desk, name="desk")]
