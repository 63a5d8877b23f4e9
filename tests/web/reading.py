"""Reading an answered page: what its fields hold, what its parts say, what the browser would send back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.messages import get_messages
from lxml import html

Element = Any
Answer = Any


def tree(answer: Answer) -> Element:
    """The page as elements."""
    return html.document_fromstring(answer.content.decode())


def words(element: Element) -> str:
    """The text of an element, each run of blanks one blank."""
    return " ".join(element.text_content().split())


def panels(answer: Answer) -> dict[str, str]:
    """Heading → words of each panel."""
    return {words(one.xpath("./h2")[0]): words(one) for one in tree(answer).xpath("//section[./h2]")}


def rows(answer: Answer, heading: str) -> list[list[str]]:
    """The cells of the work list under a heading."""
    found = tree(answer).xpath("//section[.//h2[normalize-space()=$name]]//tbody/tr", name=heading)
    return [[words(cell) for cell in row.xpath("./td")] for row in found]


def fields(answer: Answer, form_id: str) -> dict[str, str]:
    """What the browser would send from a form that nobody touched, buttons left out."""
    form = tree(answer).get_element_by_id(form_id)
    areas = {area.name for area in form.xpath(".//textarea")}
    sent = {name: str(value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    # The parser keeps the line end after <textarea>, which browsers drop.
    return {name: value.removeprefix("\n") if name in areas else value for name, value in sent.items()}


def summary(answer: Answer) -> list[str]:
    """The lines of the error summary."""
    return [words(line) for line in tree(answer).xpath("//*[@class='error-summary']//li")]


def field_errors(answer: Answer) -> list[str]:
    """What is said under the fields."""
    return [words(line) for line in tree(answer).xpath("//*[@class='field-error']")]


def said(answer: Answer) -> list[str]:
    """What the next page will say at its top."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def buttons(answer: Answer) -> Iterator[tuple[str, bool]]:
    """Label of each button and link of the main action, and whether it can be pressed."""
    for one in tree(answer).xpath("//*[@class='main-action']//*[self::a or self::button]"):
        yield words(one), one.get("aria-disabled") != "true"
