"""Addresses: the pages of `web`, the machine door of `api`, and whether all is well."""

from __future__ import annotations

from django.urls import include, path

from hezou.api.urls import ROOT, door
from hezou.ops.health import healthz, readyz

handler500 = "hezou.web.faults.server_error"

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path(ROOT.removeprefix("/"), door.urls),
    path("", include("hezou.web.urls")),
]
