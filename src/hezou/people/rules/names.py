"""How names are written: one form for comparing, one key for sorting."""

from __future__ import annotations

import re
import unicodedata

from pypinyin import lazy_pinyin

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Code, define
from hezou.kernel.text import why_not_text

NAME_MISSING = define("people.name_missing", "Enter a name.")
TOO_LONG = define("people.too_long", "“{start}…” is too long: at most {most} characters.")
CONTROL = define("people.control", "“{start}…” holds characters that cannot be shown.")
USERNAME_MISSING = define("people.username_missing", "Enter an account name.")
WRONG_USERNAME = define(
    "people.wrong_username",
    "The account name {username} may hold letters, digits and the marks . _ - only, 2 to {most} characters.",
)

PERSON, UNIT, LINE, NUMBER, USERNAME, KEY = 60, 100, 60, 40, 60, 200
"""At most so many characters: a person's name, that of a unit (body, journal), a post, a number, an account,
a sort key."""

SURNAMES = {  # read otherwise as a surname than as a word
    "区": "ou",
    "仇": "qiu",
    "朴": "piao",
    "任": "ren",
    "华": "hua",
    "单": "shan",
    "曾": "zeng",
    "查": "zha",
    "盖": "ge",
    "翟": "zhai",
    "解": "xie",
    "缪": "miao",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "长孙": "zhang sun",
}

_BLANKS = re.compile(r"\s+")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff\U00020000-\U000323af]) (?=[\u3400-\u9fff\U00020000-\U000323af])"
)
_DOTS = re.compile(r"[・•‧･⸱]")
_USERNAME = re.compile(rf"[\w.\-]{{2,{USERNAME}}}")


def normal(text: str) -> str:
    """A line as compared and stored: NFC, nothing invisible, blanks single and none at the ends."""
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", visible).strip())


def normal_name(text: str) -> str:
    """A person's name: as `normal`, no blanks between Han characters (`张　三`), one middle dot."""
    return _DOTS.sub("·", _BETWEEN_HAN.sub("", normal(text)))


def admit_line(text: str, most: int, *, missing: Code | None = None) -> str:
    """The line normalised. Raises Refused when too long, unprintable or, with `missing`, blank."""
    return _admitted(normal(text), most, missing)


def admit_name(text: str) -> str:
    """A person's name normalised. Raises Refused when blank, too long or unprintable."""
    return _admitted(normal_name(text), PERSON, NAME_MISSING)


def admit_username(text: str) -> str:
    """The name of an account: small letters of any script, digits and `. _ -`. Raises Refused otherwise."""
    username = unicodedata.normalize("NFKC", normal(text)).lower()
    if not username:
        raise Refused(USERNAME_MISSING())
    if not _USERNAME.fullmatch(username):
        raise Refused(WRONG_USERNAME(username=_start(username), most=USERNAME))
    return username


def sort_key(name: str) -> str:
    """What a name sorts by: its pinyin without tones, then the name itself; at most 200 characters."""
    return f"{' '.join(lazy_pinyin(name)).lower()} {name}"[:KEY]


def person_sort_key(name: str) -> str:
    """As `sort_key`, the surname read as a surname."""
    for length in (2, 1):
        surname = SURNAMES.get(name[:length])
        if surname is not None:
            return f"{surname} {' '.join(lazy_pinyin(name[length:])).lower()} {name}"[:KEY]
    return sort_key(name)


def _admitted(line: str, most: int, missing: Code | None) -> str:
    if missing is not None and not line:
        raise Refused(missing())
    if why_not_text(line) is not None or any(unicodedata.category(c) == "Cc" for c in line):
        raise Refused(CONTROL(start=_start(line)))
    if len(line) > most:
        raise Refused(TOO_LONG(start=_start(line), most=most))
    return line


def _start(line: str) -> str:
    """A beginning short enough for a sentence, without what cannot be shown."""
    return "".join(c for c in line[:12] if unicodedata.category(c) not in {"Cc", "Cs"})
