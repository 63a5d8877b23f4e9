"""What tests of the rules' pages do: draw a form, send it, press 采用, read what the page says."""

from __future__ import annotations

from typing import Any

from django.test import Client
from lxml import html

from tests.web.forms import Response

RULES = "/settings/rules"


def address(family: str, page: str = "") -> str:
    return f"{RULES}/{family}/main{page}"


def tree(page: Response) -> Any:
    """The page as a tree of elements."""
    return html.fromstring(page.content)


def form_of(page: Response, form: str = "rules") -> dict[str, Any]:
    """Every field of a form as the page drew it, without a button."""
    [found] = tree(page).xpath(f"//form[@id='{form}']")
    values: dict[str, Any] = {}
    for name, value in found.form_values():
        values.setdefault(name, []).append(value.removeprefix("\n"))
    blanks = found.xpath(".//input[not(@type='checkbox')][not(@value)]/@name")
    return {**{name: [""] for name in blanks}, **values}


def edited(client: Client, family: str, **changes: Any) -> dict[str, Any]:
    """The form of a family as a browser sends it, with some fields changed; None takes a field out."""
    values = form_of(client.get(address(family, "/edit")))
    for name, value in changes.items():
        values[name.replace("__", "-")] = value
    return {name: value for name, value in values.items() if value is not None}


def preview(client: Client, family: str, **changes: Any) -> Response:
    return client.post(address(family, "/edit"), {**edited(client, family, **changes), "do": "preview"})


def adopt(client: Client, page: Response, family: str, **more: Any) -> Response:
    """Press 采用 on a preview."""
    values = {**form_of(page, "adopt"), "reason": "局长办公会议定", "do": "adopt", **more}
    return client.post(address(family, "/preview"), values)


def words(page: Response, path: str) -> list[str]:
    """What stands at the places of a page, each with single blanks."""
    return [" ".join(" ".join(one.itertext()).split()) for one in tree(page).xpath(path)]


def changes_of(page: Response) -> list[str]:
    """The differences of a preview, line by line."""
    return words(page, "//h2[.='What changes']/following-sibling::table/tbody/tr")


def errors_at(page: Response) -> dict[str, list[str]]:
    """Field or place → what is said there."""
    found: dict[str, list[str]] = {}
    for one in tree(page).xpath("//p[@class='field-error']"):
        [place, *_] = one.xpath("ancestor-or-self::*[@id][1]/@id")
        said = " ".join(one.text_content().split())
        found.setdefault(place.removeprefix("id_").removesuffix("_error"), []).append(said)
    return found
