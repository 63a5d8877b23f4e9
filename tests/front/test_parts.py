"""The parts of pages: they take what they promise, and no page has a script or a style of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template.loader import get_template, render_to_string
from django.utils import translation

from hezou.kernel.errors import STALE
from hezou.kernel.messages import define
from hezou.kernel.text import blocks
from hezou.manuscripts.rules.compare import compare
from hezou.web.templatetags import fields

TEMPLATES = Path(fields.__file__).resolve().parent.parent / "templates"
PLACES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
ERRORS = sorted(path.name for path in TEMPLATES.glob("[45]*.html"))
OWN_SCRIPT = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", re.IGNORECASE)
SLIP = define("test.front_slip", "“{found}” was left over.")
FIRST = {"zh": "初审", "en": "First"}
INSTANT = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def visible(template: str, context: dict[str, Any]) -> str:
    """The words of a rendered part, blanks drawn together."""
    bare = re.sub(r"<[^>]*>", " ", render_to_string(template, context))
    return " ".join(bare.split())


class Piece(forms.Form):
    title = forms.CharField(label="Title", help_text="One line.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    place = forms.ChoiceField(label="Place", choices=[("b", "B")])
    sure = forms.BooleanField(label="Sure")
    text = forms.CharField(label="Text", widget=forms.Textarea)


@pytest.mark.parametrize("place", PLACES)
def test_holds_neither_script_nor_style_of_its_own(place: str) -> None:
    assert OWN_SCRIPT.findall((TEMPLATES / place).read_text(encoding="utf-8")) == []
    get_template(place)


@pytest.mark.parametrize("name", ERRORS)
def test_answers_an_error_without_any_context(name: str) -> None:
    page = render_to_string(name)
    heading = re.findall(r"<h1>([^<]+)</h1>", page)
    assert re.findall(r"<title>([^·]+) ·", page) == heading
    assert len(re.findall(r"<p[ >]", page)) == 4


def test_says_on_an_error_page_what_was_refused() -> None:
    assert str(STALE()) in render_to_string("409.html", {"refusals": [STALE()]})


def test_lists_errors_with_the_way_to_their_fields() -> None:
    page = render_to_string("parts/error_summary.html", {"form": Piece({}), "refusals": [STALE()]})
    assert str(STALE()) in page
    assert re.findall(r'href="#([^"]+)"', page) == [
        "id_title",
        "id_kind",
        "id_place",
        "id_sure",
        "id_text",
    ]
    assert render_to_string("parts/error_summary.html", {"form": Piece()}).strip() == ""


def test_labels_describes_and_blames_a_field() -> None:
    page = render_to_string("parts/field.html", {"field": Piece({})["title"]})
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    assert described == ["id_title_helptext id_title_error"]
    assert [f'id="{name}"' in page for name in described[0].split()] == [True, True]
    assert '<label class="form-label" for="id_title">' in page


def test_groups_choices_under_a_legend() -> None:
    page = render_to_string("parts/field.html", {"field": Piece()["kind"], "optional": True})
    assert re.findall(r"<(?:fieldset|legend|label)\b", page) == ["<fieldset", "<legend", "<label"]
    assert page.count('id="id_kind"') == 1


def test_puts_the_label_behind_a_box_to_tick() -> None:
    assert visible("parts/field.html", {"field": Piece()["sure"]}) == "Sure"


def test_carries_the_working_copys_revision() -> None:
    page = render_to_string(
        "parts/writing.html", {"field": Piece()["text"], "copy_revision": 0, "saved_at": INSTANT}
    )
    assert '<input type="hidden" name="copy_revision" value="0">' in page
    assert 'data-counts="id_text"' in page
    states = {"saved", "failed", "expired", "conflict", "large", "refused", "marked", "saving"}
    assert set(re.findall(r'data-([a-z]+)="[^"]+[.{}a-z]"', page)) >= states


def test_shows_an_impossible_action_with_its_reason() -> None:
    page = render_to_string("parts/main_action.html", {"label": "Sign", "why_not": [STALE()], "url": "/x"})
    assert page.count('aria-disabled="true"') == 1
    assert str(STALE()) in page
    assert "href" not in page


def test_draws_one_filled_button_and_the_others_in_outline() -> None:
    others = [{"label": "Return", "opens": "back"}, {"label": "Print", "url": "/print"}]
    page = render_to_string(
        "parts/main_action.html",
        {"label": "Sign", "form": "f", "name": "verdict", "value": "sign", "others": others},
    )
    assert re.findall(r"btn-(?:primary|outline-secondary)", page) == [
        "btn-outline-secondary",
        "btn-outline-secondary",
        "btn-primary",
    ]
    assert 'form="f" name="verdict" value="sign"' in page


def test_tells_who_decided_and_who_is_next() -> None:
    steps = [
        {
            "label": {"zh": "初审", "en": "First"},
            "state": "done",
            "person": "Li",
            "in_name_of": "Ma",
            "at": INSTANT,
        },
        {"label": "Second", "state": "now", "role": {"zh": "领导", "en": "Leader"}, "since": INSTANT},
        {"label": "Third", "state": "next"},
    ]
    page = render_to_string("parts/stepper.html", {"steps": steps})
    assert page.count('aria-current="step"') == 1
    said = visible("parts/stepper.html", {"steps": steps})
    assert re.sub(r"waiting [0-9a-z ]+?(?= Third)", "waiting", said) == (
        "First decided Li for Ma 5 March 2026, 06:30 "
        "Second waits for a decision Leader waiting Third comes later"
    )


def test_marks_what_was_added_and_cut_by_words() -> None:
    page = render_to_string("parts/diff.html", {"rows": compare("甲乙\n丙", "甲丁\n丙")})
    assert re.findall(r'<(ins|del) data-word="([\w ]+)">(\w)</', page) == [
        ("del", "cut", "乙"),
        ("ins", "put in", "丁"),
    ]
    assert '<p class="untouched">丙</p>' in page


def test_shows_a_finding_with_its_place_and_reason() -> None:
    place = {"before": "在", "found": "XX", "after": "月", "start": 3, "end": 5, "replacements": ("三", "五")}
    finding = {"severity": "error", "message": SLIP(found="XX"), "why": SLIP(found="§"), **place}
    assert visible("parts/findings.html", {"findings": [finding], "area": "id_text"}) == (
        "Must be changed “XX” was left over. 在 XX 月 Go to the place "
        "Suggested: 三 or 五 Why “§” was left over."
    )
    assert visible("parts/findings.html", {"findings": [], "checked": True}) == "Nothing was found."


def test_reads_a_text_with_headings_and_tables() -> None:
    page = render_to_string("parts/text.html", {"blocks": blocks("题\n一、甲\n（一）乙\n丙\n| 丁 | 戊 |")})
    assert re.findall(r"<(p class=\"[a-z-]+\"|h3|p|td)>", page) == [
        'p class="text-title"',
        "h3",
        'p class="text-heading"',
        "p",
        "td",
        "td",
    ]


def test_leaves_out_facts_without_a_value() -> None:
    assert visible("parts/facts.html", {"facts": [("A", ""), ("B", 0), ("C", None)]}) == "B 0"


@pytest.mark.parametrize(
    ("widget", "kind"),
    [
        (forms.TextInput(), "form-control"),
        (forms.PasswordInput(), "form-control"),
        (forms.DateInput(attrs={"class": "short"}), "short form-control"),
        (forms.FileInput(), "form-control"),
        (forms.Textarea(), "form-control"),
        (forms.Select(), "form-select"),
        (forms.SelectMultiple(), "form-select"),
        (forms.RadioSelect(), "choices"),
        (forms.CheckboxInput(), ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_gives_every_control_its_class(widget: forms.Widget, kind: str) -> None:
    form = forms.Form()
    form.fields["any"] = forms.CharField(widget=widget)
    assert re.findall(r'^<\w+[^>]*? class="([^"]*)"', fields.control(form["any"])) == [kind]
