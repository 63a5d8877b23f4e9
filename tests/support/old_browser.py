"""Chromium 90, the browser of older office PCs, out of the npm package `chrome-aws-lambda` (x86-64 only).

The package holds the program compressed; it is unpacked once into `.cache/`. It is older than what Playwright
supports, so tests ask only plain things of it.
"""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import brotli  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "node_modules" / "chrome-aws-lambda"
CACHE = ROOT / ".cache"


def program() -> str:
    """The path of the program, unpacked at the first call. Raises RuntimeError where it is not installed."""
    if not PACKAGE.is_dir():
        raise RuntimeError("Chromium 90 is not installed: run `npm ci`")
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    place = CACHE / f"chromium-90-{version}"
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "chromium-90.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may ask at once
        if not place.exists():
            unpacked = place.with_suffix(".part")
            unpacked.write_bytes(brotli.decompress((PACKAGE / "bin" / "chromium.br").read_bytes()))
            unpacked.chmod(0o755)
            unpacked.rename(place)
    return str(place)
