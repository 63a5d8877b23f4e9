"""Times, labels, messages and states, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from hezou.kernel import clock
from hezou.kernel.messages import define
from hezou.web.templatetags import words

INSTANT = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
SAYS = define("test.front", "{who} waits since {since} for {label}, due on {due}: {why}")
WHY = define("test.front_why", "no reason")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"), timezone.override("Asia/Shanghai"):
        yield


def test_says_an_instant_in_the_agencys_zone() -> None:
    assert words.when(INSTANT) == (
        '<time class="when" datetime="2026-03-05T06:30:00+00:00">5 March 2026, 14:30</time>'
    )
    assert words.when(INSTANT, "UTC").endswith("5 March 2026, 06:30</time>")
    assert words.when(None) == ""


def test_leaves_out_the_year_only_while_it_runs() -> None:
    with clock.moved_to(datetime(2026, 12, 31, 15, 0, tzinfo=UTC)):
        assert words.when_short(INSTANT).endswith(">5 Mar, 14:30</time>")
    with clock.moved_to(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)):  # already the next year in the zone
        assert words.when_short(INSTANT).endswith(">5 March 2026, 14:30</time>")
    assert words.when_short(None) == ""


def test_says_a_legal_day() -> None:
    assert words.day(date(2026, 3, 5)) == "5 March 2026"
    assert words.day(None) == ""
    assert words.day_short(date(2026, 3, 5)) == "5 Mar"


def test_groups_hexadecimal_digits_for_the_eye() -> None:
    assert words.hexadecimal("0123456789abcdef01") == "01234567 89abcdef 01"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=1), "waiting 1 minute"),
        (timedelta(minutes=35, seconds=59), "waiting 35 minutes"),
        (timedelta(hours=1, minutes=59), "waiting 1 hour"),
        (timedelta(days=1), "waiting 1 day"),
        (timedelta(days=2, hours=3, minutes=50), "waiting 2 days 3 hours"),
        (timedelta(days=10, hours=3), "waiting 10 days"),
        (timedelta(seconds=59), "arrived just now"),
        (timedelta(seconds=-5), "arrived just now"),
        (timedelta(), "arrived just now"),
    ],
)
def test_says_how_long_something_waits(length: timedelta, said: str) -> None:
    assert words.waiting(length) == said


def test_counts_waiting_from_an_instant() -> None:
    with clock.moved_to(INSTANT + timedelta(hours=5)):
        assert words.waiting(INSTANT) == "waiting 5 hours"
    assert words.waiting(None) == ""
    assert words.waiting("") == ""


class Named:
    zh = "科室"
    en = "Section"


def test_takes_a_label_in_the_readers_language() -> None:
    assert words.label(Named()) == "Section"
    assert words.label({"zh": "科室", "en": "Section"}) == "Section"
    with translation.override("zh-hans"):
        assert words.label(Named()) == "科室"
    assert words.label("办公室") == "办公室"
    assert words.label(None) == ""


def test_says_a_message_with_all_its_parameters() -> None:
    said = SAYS(who="Li", since=INSTANT, label=Named(), due=date(2026, 3, 6), why=WHY())
    assert words.message(said) == (
        "Li waits since 5 March 2026, 14:30 for Section, due on 6 March 2026: no reason"
    )


def test_says_several_labels_as_the_language_does() -> None:
    said = SAYS(who=(Named(), "Li"), since="", label="", due="", why="")
    assert words.message(said).startswith("Section, Li waits")
    with translation.override("zh-hans"):
        assert words.message(said).startswith("科室、Li waits")


def test_puts_sentences_together_as_the_language_does() -> None:
    assert words.sentences([WHY(), WHY()]) == "no reason no reason"
    assert words.sentences(WHY()) == "no reason"
    assert words.sentences("as it is") == "as it is"
    with translation.override("zh-hans"):
        assert words.sentences(["甲。", "乙。"]) == "甲。乙。"


def test_shows_a_state_by_word_icon_and_tone() -> None:
    badge = words.state_badge("returned")
    assert badge.startswith('<span class="state tone-soon"><svg class="icon"')
    assert badge.endswith('#returned"></use></svg>Returned</span>')
    assert "tone-quiet" in words.state_badge("closed", "seat")


def test_knows_only_states_of_the_nouns() -> None:
    known = {(noun, state) for noun, cycle in words.LIFECYCLES.items() for state in cycle.states}
    assert sorted(set(words.LOOKS) - known) == []


def test_names_each_severity() -> None:
    said = {code: words.severity(code).rpartition("</svg>")[2] for code in ("error", "warning", "hint")}
    assert said == {
        "error": "Must be changed</span>",
        "warning": "Better changed</span>",
        "hint": "Hint</span>",
    }
