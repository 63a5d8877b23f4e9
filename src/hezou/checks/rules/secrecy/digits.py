"""Check digits: what tells a number of its kind from any other row of figures."""

from __future__ import annotations

from datetime import date

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_identity_number(number: str) -> bool:
    """Eighteen characters of GB 11643—1999: a date of birth and ISO 7064 MOD 11-2."""
    if len(number) != 18 or not (number.isascii() and number[:17].isdigit()):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _IDENTITY_WEIGHTS, strict=False))
    return number[17].upper() == _IDENTITY_CHECKS[total % 11]


def passes_luhn(number: str) -> bool:
    """The check of bank card numbers (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_credit_code(code: str) -> bool:
    """The unified social credit code of GB 32100—2015: 18 characters, the last one checks the others."""
    if len(code) != 18 or any(character not in _CODE_ALPHABET for character in code):
        return False
    pairs = zip(code, _CODE_WEIGHTS, strict=False)
    total = sum(_CODE_ALPHABET.index(character) * weight for character, weight in pairs)
    return _CODE_ALPHABET[(31 - total % 31) % 31] == code[17]
