"""The duty roster (值班表, R13): its sheet, and what a row of it would change.

A row is one day. It replaces whom it names, part by part; a blank cell changes nothing, and days that a
sheet does not hold stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hezou.kernel.errors import Refused
from hezou.kernel.messages import Message, define
from hezou.people.rules import names
from hezou.people.rules.absences import Days
from hezou.people.rules.planning import CHANGED, CREATED, REFUSED, UNCHANGED
from hezou.people.rules.table import Layout, empty_sheet, read_table

LEADER, STAFF = "leader", "staff"
PARTS = (LEADER, STAFF)

COLUMNS: dict[str, tuple[str, ...]] = {
    "day": ("日期", "值班日期", "时间"),
    "leader": ("带班领导", "值班领导", "带班", "带班人员"),
    "leader_phone": ("带班领导电话", "带班电话", "领导电话"),
    "staff": ("值班人员", "值班员", "值班人", "值班"),
    "staff_phone": ("值班电话", "值班人员电话", "联系电话", "电话"),
}
LAYOUT = Layout(
    COLUMNS,
    ("day",),
    numbers=frozenset({"leader_phone", "staff_phone"}),
    days=frozenset({"day"}),
)
MOST_PLACES = 9
"""Persons of one part on one day."""

NO_DAY = define("people.no_day", "“{text}” is no day. Write it as 2026-03-05 or 3月5日.")
SAME_DAY = define("people.same_day", "The same day as in row {line}.")
DAY_IS_OVER = define("people.day_is_over", "This day is over: who was on duty then is not changed any more.")
NOBODY_ON_DUTY = define("people.nobody_on_duty", "Name the leader on duty or who keeps watch.")
UNKNOWN_PERSON = define(
    "people.unknown_person", "Nobody here is called {name}. Add the person first, or correct the name."
)
TWO_OF_THE_NAME = define(
    "people.two_of_the_name",
    "Several persons are called {name} ({units}). Write the unit in brackets behind the name.",
)
TOO_MANY_ON_DUTY = define("people.too_many_on_duty", "At most {most} persons may stand in one cell.")
TWICE_ON_DUTY = define("people.twice_on_duty", "{name} stands twice in this cell.")
PHONES_DIFFER = define(
    "people.phones_differ",
    "There are {phones} telephones for {persons} persons. Write one for all, or one for each, in order.",
)

PUTS_LEADER = define("people.puts_leader", "Leader on duty: {names}.")
PUTS_STAFF = define("people.puts_staff", "On duty: {names}.")
CHANGES_LEADER = define("people.changes_leader", "Leader on duty: {names} instead of {before}.")
CHANGES_STAFF = define("people.changes_staff", "On duty: {names} instead of {before}.")
NEW_PHONE = define("people.new_phone", "Changes the telephones to {phones}.")
AWAY_THEN = define("people.away_then", "Mind: {name} is entered as away on this day.")

_PUTS = {LEADER: PUTS_LEADER, STAFF: PUTS_STAFF}
_CHANGES = {LEADER: CHANGES_LEADER, STAFF: CHANGES_STAFF}
_DAY = re.compile(
    r"(?:(?P<year>\d{4})\s*[年./-]\s*)?(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"\s*(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)?"
)
_BETWEEN = re.compile(r"[、，,;；/\n|]+|\s+(?=\d)|(?<=\d)\s+|\s{2,}")
_WITH_UNIT = re.compile(r"(?P<name>[^（(]+?)\s*(?:[（(](?P<unit>[^）)]+)[）)])?")


@dataclass(frozen=True)
class Row:
    """One line of a roster as written; `line` as the office program counts, 0 for one typed into a form."""

    line: int
    day: str = ""
    leader: str = ""
    leader_phone: str = ""
    staff: str = ""
    staff_phone: str = ""
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Colleague:
    """Somebody who may be on duty; `away`: the days on which they are not here."""

    id: Any
    name: str
    unit: str
    phone: str = ""
    away: tuple[Days, ...] = ()


@dataclass(frozen=True)
class Post:
    """One place of one part of a day."""

    person: Any
    name: str
    phone: str


@dataclass(frozen=True)
class Stands:
    """The roster as it stands: day → part → places in order; `today` by the agency's calendar."""

    persons: Sequence[Colleague]
    days: Mapping[date, Mapping[str, tuple[Post, ...]]]
    today: date


@dataclass(frozen=True)
class Plan:
    """What one row would do: the parts to write, and the messages that say so, or why not."""

    line: int
    outcome: str
    messages: tuple[Message, ...] = ()
    name: str = ""
    day: date | None = None
    parts: Mapping[str, tuple[Post, ...]] = field(default_factory=dict)


def read_roster(data: bytes) -> list[Row]:
    """The rows of the first visible sheet; raises as `read_table`."""
    return [Row(line=row.line, problems=row.problems, **row.values) for row in read_table(data, LAYOUT)]


def template() -> bytes:
    """An empty roster with its headings."""
    return empty_sheet(LAYOUT, {})


def read_day(text: str, today: date) -> date:
    """A day as offices write it; without a year the one nearest to today. Raises Refused for what is none."""
    written = _DAY.fullmatch(names.normal(text))
    if written is None:
        raise Refused(NO_DAY(text=text[:20]))
    month, day = int(written["month"]), int(written["day"])
    years = [int(written["year"])] if written["year"] else [today.year + shift for shift in (-1, 0, 1)]
    found = [one for year in years if (one := _date(year, month, day)) is not None]
    if not found:
        raise Refused(NO_DAY(text=text[:20]))
    return min(found, key=lambda one: abs(one - today))


def plan(rows: Sequence[Row], stands: Stands) -> list[Plan]:
    """One plan a row, in their order; rows are independent of each other."""
    lines: dict[date, int] = {}
    return [_guarded(row, lambda row: _plan(row, stands, lines)) for row in rows]


def _plan(row: Row, stands: Stands, lines: dict[date, int]) -> Plan:
    day = read_day(row.day, stands.today)
    if day in lines:
        raise Refused(SAME_DAY(line=lines[day]))
    asked = {
        LEADER: tuple(_posts(row.leader, row.leader_phone, stands.persons)),
        STAFF: tuple(_posts(row.staff, row.staff_phone, stands.persons)),
    }
    lines[day] = row.line
    before = stands.days.get(day, {})
    parts = {part: posts for part, posts in asked.items() if posts and posts != before.get(part)}
    is_kept = any(before.values())
    if not is_kept and not parts:
        raise Refused(NOBODY_ON_DUTY())
    if is_kept and parts and day < stands.today:
        raise Refused(DAY_IS_OVER())
    said = [one for part, posts in parts.items() for one in _says(part, posts, before.get(part, ()))]
    warned = _away(day, parts, stands.persons)
    outcome = UNCHANGED if not parts else CHANGED if is_kept else CREATED
    return Plan(row.line, outcome, (*said, *warned), day.isoformat(), day, parts)


def _says(part: str, posts: Sequence[Post], before: Sequence[Post]) -> Iterator[Message]:
    """What a part's change does, in words."""
    if [post.person for post in posts] == [post.person for post in before]:
        yield NEW_PHONE(phones=_list(dict.fromkeys(post.phone for post in posts)))
    elif before:
        yield _CHANGES[part](names=_names(posts), before=_names(before))
    else:
        yield _PUTS[part](names=_names(posts))


def _away(day: date, parts: Mapping[str, tuple[Post, ...]], persons: Sequence[Colleague]) -> list[Message]:
    named = {post.person for posts in parts.values() for post in posts}
    return [
        AWAY_THEN(name=one.name)
        for one in persons
        if one.id in named and any(starts <= day <= ends for starts, ends in one.away)
    ]


def _posts(written: str, phones: str, persons: Sequence[Colleague]) -> Iterator[Post]:
    """The places of a cell of names and its cell of telephones."""
    found = [_who(part, persons) for part in _parts(written)]
    if len(found) > MOST_PLACES:
        raise Refused(TOO_MANY_ON_DUTY(most=MOST_PLACES))
    for number, one in enumerate(found):
        if one in found[:number]:
            raise Refused(TWICE_ON_DUTY(name=one.name))
    numbers = [names.admit_line(part, names.NUMBER) for part in _parts(phones)]
    if found and len(numbers) > 1 and len(numbers) != len(found):
        raise Refused(PHONES_DIFFER(phones=len(numbers), persons=len(found)))
    for number, one in enumerate(found):
        phone = numbers[number] if len(numbers) > 1 else numbers[0] if numbers else one.phone
        yield Post(one.id, one.name, phone)


def _who(written: str, persons: Sequence[Colleague]) -> Colleague:
    """The person a name means, alone or with the unit in brackets."""
    match = _WITH_UNIT.fullmatch(written)
    name, unit = (match["name"], match["unit"]) if match else (written, None)
    name = names.normal_name(name)
    fits = [one for one in persons if one.name == name and unit in (None, one.unit)]
    if not fits:
        raise Refused(UNKNOWN_PERSON(name=written[:40]))
    if len(fits) > 1:
        raise Refused(TWO_OF_THE_NAME(name=name, units=_list(dict.fromkeys(one.unit for one in fits))))
    return fits[0]


def _parts(written: str) -> list[str]:
    return [part for part in map(str.strip, _BETWEEN.split(written)) if part]


def _names(posts: Sequence[Post]) -> str:
    return _list(post.name for post in posts)


def _list(words: Iterable[str]) -> str:
    return "、".join(words)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _guarded(row: Row, planned: Callable[[Row], Plan]) -> Plan:
    """The plan, or the reasons against it."""
    try:
        Refused.unless_none(row.problems)
        return planned(row)
    except Refused as refusal:
        return Plan(row.line, REFUSED, refusal.messages, name=row.day)
