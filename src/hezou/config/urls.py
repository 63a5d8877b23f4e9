"""Addresses: the pages of `web`, and the health check."""

from __future__ import annotations

from django.urls import include, path

from hezou.ops.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("", include("hezou.web.urls")),
]
