"""What stands under 设置, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

ROOM = "settings"


def settings_tabs(active: str) -> dict[str, Any]:
    """The tabs of the settings for `parts/tabs.html`; `active` is the address name of one."""
    named = (
        ("settings", gettext("Bodies and journals")),
        ("rules", gettext("Rules")),
        ("route_try", gettext("Who would sign?")),
    )
    tabs = [{"label": label, "url": reverse(name), "active": name == active} for name, label in named]
    return {"tabs": tabs, "tabs_label": gettext("Settings")}
