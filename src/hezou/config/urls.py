"""Addresses: the pages of `web`, and whether all is well."""

from __future__ import annotations

from django.urls import include, path

from hezou.ops.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("", include("hezou.web.urls")),
]
