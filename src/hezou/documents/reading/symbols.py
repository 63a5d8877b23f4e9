"""Signs of symbol fonts as characters: Word stores them by font and place, not by meaning."""

from __future__ import annotations

MISSING = "〓"
"""The printers' mark for a sign that is not in the case."""

_PRIVATE = 0xF000
"""Word moves the 256 places of a symbol font to this private area."""


def _row(start: int, characters: str) -> dict[int, str]:
    return {start + offset: character for offset, character in enumerate(characters) if character != " "}


_WINGDINGS = {
    **_row(0x28, "☎✆✉"),
    **_row(0x6C, "●❍■□❐❑❒⬧⧫◆❖⬥☒"),
    **_row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x9E, "·•▪○⭘◯◉◎"),
    **_row(0xA7, "▪◻"),
    **_row(0xAA, "✦★✶"),
    **_row(0xD8, "➢"),
    **_row(0xDF, "←→↑↓"),
    **_row(0xE8, "➔"),
    **_row(0xEF, "⇦⇨⇧⇩"),
    **_row(0xFB, "✗✓☒☑"),
}
_WINGDINGS_2 = {**_row(0x4F, "✗✓☒☑"), 0x97: "●", 0xA3: "□"}
_SYMBOL = {
    **_row(0x20, "".join(map(chr, range(0x20, 0x40)))),
    **_row(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    **_row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
    **_row(0xA3, "≤⁄∞"),
    **_row(0xAB, "↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_row(0xD1, "∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    0xE5: "∑",
    0xF2: "∫",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_BULLETS = {**_WINGDINGS, 0xB7: "•"}

_RAISED = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def is_symbol_font(font: str) -> bool:
    """Whether the font's places are signs and not letters."""
    return font.strip(" '\"").lower() in _FONTS


def sign(font: str, code: int) -> str | None:
    """The character that a symbol font shows at a place (0–255, or moved to U+F000); None where unknown."""
    place = code - _PRIVATE if code >= _PRIVATE else code
    return _FONTS.get(font.strip(" '\"").lower(), {}).get(place)


def bullet(font: str, characters: str) -> str:
    """The bullet that a numbering level shows; what cannot be told is the plain round one."""
    shown = ""
    for character in characters:
        code = ord(character)
        if _PRIVATE <= code < _PRIVATE + 0x100:
            shown += sign(font, code) or _BULLETS.get(code - _PRIVATE, "•")
        elif is_symbol_font(font):
            shown += sign(font, code) or "•"
        else:
            shown += character
    return shown


def script(text: str, *, raised: bool) -> str | None:
    """The text in raised or lowered characters (m² and CO₂ keep their meaning); None where there are none."""
    table = _RAISED if raised else _LOWERED
    if not text or any(character not in table for character in text):
        return None
    return "".join(table[character] for character in text)
