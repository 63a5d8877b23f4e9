"""Browsers and systems by name."""

from __future__ import annotations

import pytest

from hezou.people.rules.devices import device_of

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/90.0 Safari/537.36", "Chrome · Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/90.0 Safari/537.36 Edg/90.0", "Edge · Windows"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/90.0 Safari/537.36", "Chrome · Linux"),
        (f"Mozilla/5.0 (X11; UOS; Linux aarch64) {WEBKIT} Chrome/90.0 Safari/537.36", "Chrome · UOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox · Linux"),
        (f"Mozilla/5.0 (Linux; Android 12) {WEBKIT} Chrome/99 MicroMessenger/8.0", "WeChat · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Safari/604.1", "Safari · iOS"),
        ("<script>alert(1)</script>", "? · ?"),
        ("", "? · ?"),
    ],
)
def test_name_browser_and_system_coarsely(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
