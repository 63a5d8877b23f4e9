"""Words on pages: times, waiting, labels of packs, messages and states, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from hezou.kernel import clock
from hezou.kernel.lifecycle import Lifecycle
from hezou.kernel.messages import Message, render
from hezou.kernel.text import Block
from hezou.kernel.text import figure as picture_line
from hezou.manuscripts import lifecycle as manuscripts
from hezou.manuscripts.lifecycle import MANUSCRIPT, PURGE
from hezou.review import lifecycle as review
from hezou.review.lifecycle import SEAT
from hezou.submissions import lifecycle as submissions
from hezou.submissions.lifecycle import SUBMISSION
from hezou.web.templatetags.assets import icon

register = template.Library()

LIFECYCLES: dict[str, Lifecycle] = {noun.noun: noun for noun in (MANUSCRIPT, SEAT, SUBMISSION, PURGE)}
LOOKS = {
    ("manuscript", manuscripts.DRAFT): ("quiet", "draft"),
    ("manuscript", manuscripts.IN_REVIEW): ("now", "clock"),
    ("manuscript", manuscripts.RETURNED): ("soon", "returned"),
    ("manuscript", manuscripts.SIGNED): ("done", "done"),
    ("manuscript", manuscripts.SENT): ("now", "sent"),
    ("manuscript", manuscripts.PURGED): ("quiet", "error"),
    ("purge", manuscripts.ASKED): ("soon", "clock"),
    ("purge", manuscripts.DONE): ("done", "done"),
    ("seat", review.OPEN): ("now", "now"),
    ("seat", review.PASSED): ("done", "done"),
    ("seat", review.GAVE_BACK): ("soon", "returned"),
    ("submission", submissions.SENT): ("now", "sent"),
    ("submission", submissions.ADOPTED): ("done", "done"),
}
"""Tone and icon by noun and state; what has no line here is quiet."""

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@register.filter
def figure(block: Block) -> dict[str, str]:
    """Caption and SHA-256 of a picture block."""
    caption, sha256 = picture_line(block.text) or ("", "")
    return {"caption": caption, "sha256": sha256}


# --- times ----------------------------------------------------------------------------------------
def _local(instant: datetime, zone: str) -> datetime:
    """In the zone named, or in the agency's, which the request has made the current one."""
    return instant.astimezone(ZoneInfo(zone) if zone else timezone.get_current_timezone())


def _time(instant: datetime, text: str) -> SafeString:
    return format_html('<time class="when" datetime="{}">{}</time>', instant.isoformat(), text)


def _written(instant: datetime, zone: str) -> str:
    return date_text(_local(instant, zone), gettext("j F Y, H:i"))


@register.filter
def when(instant: datetime | None, zone: str = "") -> SafeString | str:
    """An instant in full: `2026年3月5日 14:30`. `zone` (IANA) overrides the agency's; None gives nothing."""
    return _time(instant, _written(instant, zone)) if instant else ""


@register.filter
def when_short(instant: datetime | None, zone: str = "") -> SafeString | str:
    """For tables: `3月5日 14:30` within the present year, in full otherwise."""
    return _time(instant, moment(instant, zone)) if instant else ""


def moment(instant: datetime, zone: str = "") -> str:
    """The words of `when_short` alone, for what is copied elsewhere."""
    local = _local(instant, zone)
    if local.year != clock.today(str(local.tzinfo)).year:
        return _written(instant, zone)
    return date_text(local, gettext("j M, H:i"))


@register.filter
def minute(instant: datetime | None) -> str:
    """An instant on paper: `2026-03-05 14:30` in the agency's zone."""
    return f"{_local(instant, ''):%Y-%m-%d %H:%M}" if instant else ""


@register.filter
def day(value: date | None) -> str:
    """A legal day: `2026年3月5日`."""
    return date_text(value, gettext("j F Y")) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """A legal day in a sentence: `3月5日`."""
    return date_text(value, gettext("j M")) if value else ""


@register.filter
def weekday(value: date) -> str:
    """`周四`."""
    return date_text(value, gettext("D"))


@register.filter
def span(length: timedelta) -> str:
    """A length of time in words: `2 天 3 小时`, `5 小时`, `35 分钟`; from ten days on in days alone."""
    days, rest = divmod(max(length, timedelta()), _DAY)
    hours, minutes = rest // _HOUR, rest // _MINUTE
    in_days = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    in_hours = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if days >= 10 or (days and not hours):
        return in_days
    if days:
        return f"{in_days} {in_hours}"
    return in_hours if hours else ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@register.filter
def waiting(since: datetime | timedelta | str | None) -> str:
    """How long something has waited, from an instant or a length: `已等 2 天 3 小时`; None gives nothing."""
    if since is None or isinstance(since, str):  # an absent value reaches a filter as empty text
        return ""
    length = since if isinstance(since, timedelta) else clock.now() - since
    if length < _MINUTE:
        return gettext("arrived just now")
    return gettext("waiting %(span)s") % {"span": span(length)}


@register.filter
def hexadecimal(digits: str) -> str:
    """Hexadecimal digits in groups of eight that an eye can follow."""
    return " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))


# --- labels and messages --------------------------------------------------------------------------
@register.filter
def label(value: Any) -> str:
    """A pack's label (`{zh, en}` as mapping or object) in the reader's language; text stays as it is."""
    if value is None or isinstance(value, str):
        return value or ""
    language = _language()
    return str(value[language] if isinstance(value, Mapping) else getattr(value, language))


@register.filter
def beside(name: str, detail: Any) -> str:
    """A name with what tells it apart from others: `甲某（第一科）`."""
    return gettext("%(name)s (%(detail)s)") % {"name": name, "detail": label(detail)}


def _language() -> str:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def _is_label(value: Any) -> bool:
    if isinstance(value, Mapping):
        return {"zh", "en"} <= value.keys()
    return hasattr(value, "zh") and hasattr(value, "en")


def _in_words(value: Any) -> Any:
    if isinstance(value, Message):
        return message(value)
    if isinstance(value, tuple):
        return gettext(", ").join(str(_in_words(one)) for one in value)
    if isinstance(value, datetime):
        return _written(value, "")
    if isinstance(value, date):
        return day(value)
    return label(value) if _is_label(value) else value


@register.filter
def message(value: Message) -> str:
    """A message as a sentence in the reader's language; its parameters may be messages, labels and times."""
    spoken = {name: _in_words(param) for name, param in value.params.items()}
    return render(Message(value.code, spoken), gettext)


@register.filter
def sentences(value: Any) -> str:
    """One sentence or a list of messages, in words, one after the other."""
    if isinstance(value, (str, Message)):
        value = [value]
    between = "" if _language() == "zh" else " "
    return between.join(message(one) if isinstance(one, Message) else str(one) for one in value)


# --- states ---------------------------------------------------------------------------------------
@register.filter
def tone_of(severity: str) -> str:
    """The tone of a finding's severity or of a flash message's level."""
    tones = {"error": "late", "warning": "soon", "hint": "now", "info": "now", "success": "done"}
    return tones.get(severity, "quiet")


@register.filter
def icon_of(severity: str) -> str:
    """The icon of the same."""
    icons = {"error": "error", "warning": "warning", "success": "done"}
    return icons.get(severity, "hint")


@register.simple_tag
def severity(code: str) -> SafeString:
    """A finding's severity as a badge with its word: 必改, 建议改, 提示."""
    words = {"error": gettext("Must be changed"), "warning": gettext("Better changed")}
    return _badge(tone_of(code), icon_of(code), words.get(code, gettext("Hint")))


@register.filter
def state_badge(state: str, noun: str = "manuscript") -> SafeString:
    """A state as a badge: its label from the noun's lifecycle, with tone and icon."""
    tone, sign = LOOKS.get((noun, state), ("quiet", "next"))
    return _badge(tone, sign, gettext(LIFECYCLES[noun].states[state]))


@register.simple_tag
def badge(tone: str, sign: str, text: Any) -> SafeString:
    """Any other badge: a tone (quiet, now, soon, late, done), an icon's name, a label or text."""
    return _badge(tone, sign, label(text))


def _badge(tone: str, sign: str, text: str) -> SafeString:
    return format_html('<span class="state tone-{}">{}{}</span>', tone, icon(sign), text)
