"""Browser and system as their name for themselves says, coarsely: enough to tell one's own devices apart."""

from __future__ import annotations

UNKNOWN = "?"
BROWSERS = (
    # The order matters: most call themselves by the names of those they come from.
    ("MicroMessenger/", "WeChat"),
    ("Edg/", "Edge"),
    ("QAXBrowser", "Qi An Xin"),
    ("360", "360"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("UOS", "UOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """`Chrome · Windows`; a name of our own lists only, whatever a browser sends."""
    return f"{_first(BROWSERS, user_agent)} · {_first(SYSTEMS, user_agent)}"


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in known if sign in user_agent), UNKNOWN)
