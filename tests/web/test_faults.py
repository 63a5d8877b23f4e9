"""A fault of ours gives back what was being sent, and nothing that is not for the eye."""

from __future__ import annotations

from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import get_resolver

from hezou.web.faults import server_error
from tests.support.office import TEXT
from tests.web.reading import tree


def given_back(request: HttpRequest) -> list[str]:
    answer = server_error(request)
    assert (answer.status_code, answer["Cache-Control"]) == (500, "private, no-store")
    return [box.value.strip() for box in tree(answer).xpath("//textarea")]


def test_page_of_a_fault_gives_back_every_text_that_was_sent() -> None:
    sent = {"text": f"{TEXT}\n", "words": "同意，请办。", "opinion": " ", "kind": "experience"}
    assert given_back(RequestFactory().post("/manuscripts/new", sent)) == [TEXT, "同意，请办。"]


def test_page_of_a_fault_shows_no_password_and_nothing_where_nothing_was_sent() -> None:
    factory = RequestFactory()
    assert given_back(factory.post("/login/", {"login": "甲", "password": "not-to-be-seen"})) == []
    assert given_back(factory.get("/")) == []


def test_page_of_a_fault_stands_also_where_the_form_came_in_pieces() -> None:
    broken = RequestFactory().generic("POST", "/", b"--x", content_type="multipart/form-data; boundary=")
    assert given_back(broken) == []


def test_faults_are_answered_by_this_page() -> None:
    assert get_resolver().resolve_error_handler(500) is server_error
