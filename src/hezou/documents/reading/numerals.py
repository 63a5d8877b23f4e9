"""Numbers as Word and WPS write them in automatic numbering (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_HAN_DIGITS = "零一二三四五六七八九"
_HAN_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 9_999
"""Above this every form is written as 1, 2, 3: no list counts so far, and some forms grow with the number."""


def format_number(number: int, form: str) -> str | None:
    """The number in the form named; None for a form that is not known here."""
    if form == "none":
        return ""
    writer = _FORMS.get(form)
    if writer is None:
        return None
    return writer(number) if 0 < number <= _LARGEST else str(number)


def circled(number: int) -> str:
    """① to ㊿; plain digits beyond."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def _han(number: int, digits: str = _HAN_DIGITS, units: str = "千百十", *, bare_ten: bool = True) -> str:
    """1–9,999 in words: 十二, 一百零五; `bare_ten` leaves out the 一 of 十 to 十九."""
    written = ""
    for power, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit = number // power % 10
        if digit:
            written += digits[digit] + unit
        elif written and number % power and not written.endswith(digits[0]):
            written += digits[0]
    leading_one = digits[1] + units[2]
    return written[1:] if bare_ten and written.startswith(leading_one) else written


def _han_by_digit(number: int) -> str:
    return "".join("○一二三四五六七八九"[int(digit)] for digit in str(number))


def _han_then_digits(number: int) -> str:
    return _han(number) if number < 100 else _han_by_digit(number)


def _japanese(number: int) -> str:
    """As `_han`, but without 零 and with bare 十, 百 and 千."""
    written = _han(number).replace("零", "")
    for unit in "千百十":
        written = written.replace("一" + unit, unit)
    return written


def _legal(number: int) -> str:
    return _han(number, _HAN_LEGAL, "仟佰拾", bare_ten=False)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letter(number: int) -> str:
    """A … Z, AA, BB …: the letter repeated, not a number of base 26."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _from_row(row: str) -> Callable[[int], str]:
    return lambda number: row[number - 1] if number <= len(row) else str(number)


def _from_block(start: int, size: int) -> Callable[[int], str]:
    return lambda number: chr(start + number - 1) if number <= size else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _from_block(0x2474, 20),
    "decimalEnclosedFullstop": _from_block(0x2488, 20),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "chineseCounting": _han_then_digits,
    "taiwaneseCounting": _han_then_digits,
    "chineseCountingThousand": _han,
    "taiwaneseCountingThousand": _han,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal,
    "ideographDigital": _han_by_digit,
    "japaneseDigitalTenThousand": _han_by_digit,
    "taiwaneseDigital": _han_by_digit,
    "ideographTraditional": _from_row(_STEMS),
    "ideographZodiac": _from_row(_BRANCHES),
    "ideographEnclosedCircle": _from_block(0x3280, 10),
}
