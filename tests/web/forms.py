"""What a browser would send: the fields of a form as the page drew them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from hezou.manuscripts.models import Manuscript
from hezou.people.models import Person
from tests.support.office import TEXT

Response = Any
"""What the test client answers: a response with a few attributes more."""

_AREA = re.compile(r"<textarea[^>]*data-text[^>]*>\n(.*?)</textarea>", re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def body(response: Response) -> str:
    return response.content.decode()


def area(response: Response) -> str:
    """What stands in the text area."""
    found = _AREA.search(body(response))
    assert found is not None
    return unescape(found[1])


def hidden(response: Response) -> dict[str, str]:
    """The hidden fields of the page's forms, the token apart; of one name the first."""
    pairs = [(name, unescape(value)) for name, value in _HIDDEN.findall(body(response))]
    return {name: value for name, value in reversed(pairs) if name != "csrfmiddlewaretoken"}


def writing(kind: str, *authors: Person, text: str = TEXT, **more: Any) -> dict[str, Any]:
    """The writing form filled in."""
    return {
        "text": text,
        "kind": kind,
        "content_class": "public",
        "openness": "withheld",
        "authors": [str(one.pk) for one in authors],
        **more,
    }


def edit_url(manuscript: Manuscript) -> str:
    return f"/manuscripts/{manuscript.pk}/edit"
