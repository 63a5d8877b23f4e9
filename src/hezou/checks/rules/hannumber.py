"""Small numbers written in Han characters, as lists and levels use them."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS["零"] = 0
_DIGITS["两"] = 2


def small_number(text: str) -> int:
    """`十二` → 12, for 1–999. Raises ValueError for what is no such number."""
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            raise ValueError(f"not a small number: {text}")
    return total + digit
