"""The writers' page: autosave, new versions, hand-in, two tabs, two writers, and every bad input."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hezou.manuscripts.actions import revise, save_working_copy
from hezou.manuscripts.models import Manuscript, Version
from hezou.manuscripts.queries import current_version, working_copy
from tests.support.office import TEXT, Office, found_office, read
from tests.web.conftest import LogIn
from tests.web.forms import Response, area, body, edit_url, hidden, writing

MINE = TEXT.replace("取得初步成效", "群众反映良好")
THEIRS = TEXT.replace("12项", "15项")


@pytest.fixture
def client(log_in: LogIn) -> Client:
    return log_in("writer")


@pytest.fixture
def draft(office: Office) -> Manuscript:
    return office.draft("writer", "colleague")


def form(client: Client, draft: Manuscript, office: Office, **more: Any) -> dict[str, Any]:
    """The form as the page draws it, with my text in the area."""
    named = [office.person["writer"], office.person["colleague"]]
    return {**writing(draft.kind, *named, text=MINE), **hidden(client.get(edit_url(draft))), **more}


def colleague_keeps(office: Office, draft: Manuscript, text: str = THEIRS) -> Manuscript:
    """Another author makes a version in between."""
    fresh = read(draft)
    return revise(
        by=office.fresh("colleague"),
        manuscript=fresh,
        revision=fresh.revision,
        text=text,
        kind=fresh.kind,
        content_class=fresh.content_class,
        openness=fresh.openness,
        named=[office.fresh("writer"), office.fresh("colleague")],
    )


def save(client: Client, draft: Manuscript, text: str, copy_revision: int = 0) -> Response:
    url = f"/manuscripts/{draft.pk}/working-copy"
    return client.post(url, {"text": text, "copy_revision": copy_revision})


# --- opening --------------------------------------------------------------------------------------
def test_open_shows_the_newest_version(client: Client, draft: Manuscript) -> None:
    response = client.get(edit_url(draft))
    assert (response.status_code, area(response)) == (200, TEXT)


def test_open_shows_what_was_typed_last(client: Client, office: Office, draft: Manuscript) -> None:
    save_working_copy(by=office.fresh("writer"), manuscript=draft, text=MINE, revision=0)
    assert area(client.get(edit_url(draft))) == MINE


def test_open_of_another_agency_is_not_found(client: Client) -> None:
    foreign = found_office("hill").draft()
    assert client.get(edit_url(foreign)).status_code == 404
    assert client.post(edit_url(foreign), writing(foreign.kind)).status_code == 404


def test_open_for_somebody_who_only_reads_is_forbidden(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in()
    assert log_in("editor").get(edit_url(piece)).status_code == 403


def test_open_in_review_leads_to_the_piece(client: Client, office: Office) -> None:
    piece = office.handed_in()
    response = client.get(edit_url(piece))
    assert (response.status_code, response["Location"]) == (303, f"/manuscripts/{piece.pk}")


# --- autosave -------------------------------------------------------------------------------------
def test_save_keeps_the_text_and_counts_on(client: Client, office: Office, draft: Manuscript) -> None:
    first, second = save(client, draft, MINE), save(client, draft, THEIRS, 1)
    assert [one.json()["copy_revision"] for one in (first, second)] == [1, 2]
    kept = working_copy(draft, office.person["writer"])
    assert kept is not None
    assert (kept.text, read(draft).revision) == (THEIRS, draft.revision)


def test_save_from_a_tab_left_behind_is_a_conflict(client: Client, office: Office, draft: Manuscript) -> None:
    save(client, draft, MINE)
    response = save(client, draft, THEIRS)
    assert response.status_code == 409
    assert response.json() == {
        "message": "Another window of yours saved a different text. Yours is still on this page: "
        "keep it to bring both together.",
        "text": MINE,
        "copy_revision": 1,
    }
    kept = working_copy(draft, office.person["writer"])
    assert kept is not None
    assert kept.text == MINE


def test_save_after_the_other_window_kept_its_text_is_a_conflict(
    client: Client, office: Office, draft: Manuscript
) -> None:
    save(client, draft, MINE)
    client.post(edit_url(draft), form(client, draft, office, do="keep"))
    response = save(client, draft, THEIRS, 1)
    assert (response.status_code, list(response.json())) == (409, ["message"])
    assert current_version(read(draft)).text.plain() == MINE


@pytest.mark.parametrize(
    ("text", "status"),
    [("字" * 200_001, 413), ("甲\x00", 422), ("机密★1年\n甲", 422), ("甲\ufffd", 422)],
)
def test_save_refuses_what_may_not_be_kept(
    client: Client, office: Office, draft: Manuscript, text: str, status: int
) -> None:
    assert save(client, draft, text).status_code == status
    assert working_copy(draft, office.person["writer"]) is None


def test_save_of_a_mangled_form_is_refused(client: Client, draft: Manuscript) -> None:
    url = f"/manuscripts/{draft.pk}/working-copy"
    assert client.post(url, {"text": MINE, "copy_revision": "1e3"}).status_code == 422
    assert client.post(url, {"text": "\ud800"}, content_type="application/json").status_code == 422


def test_save_into_a_piece_of_another_agency_is_not_found(client: Client) -> None:
    assert save(client, found_office("hill").draft(), MINE).status_code == 404


# --- keeping and handing in -----------------------------------------------------------------------
def test_keep_makes_the_next_version(client: Client, office: Office, draft: Manuscript) -> None:
    response = client.post(edit_url(draft), form(client, draft, office, do="keep"))
    assert (response.status_code, response["Location"]) == (303, f"/manuscripts/{draft.pk}")
    newest = current_version(read(draft))
    assert (newest.number, newest.text.plain(), newest.reason) == (2, MINE, "keep")


def test_hand_in_keeps_and_begins_the_round(client: Client, office: Office, draft: Manuscript) -> None:
    client.post(edit_url(draft), form(client, draft, office, do="hand_in"))
    after = read(draft)
    assert (after.state, after.round, after.version_count) == ("in_review", 1, 2)


def test_hand_in_with_a_warning_asks_once_and_keeps_nothing_else(
    client: Client, office: Office, draft: Manuscript
) -> None:
    sent = form(client, draft, office, do="hand_in", text=MINE + "。")
    response = client.post(edit_url(draft), sent)
    assert (response.status_code, area(response)) == (422, MINE + "。")
    assert 'href="#id_confirmed"' in body(response)
    assert (read(draft).state, read(draft).version_count) == ("draft", 1)
    client.post(edit_url(draft), {**sent, **hidden(response), "confirmed": "on"})
    assert read(draft).state == "in_review"


def test_hand_in_with_an_error_is_refused(client: Client, office: Office, draft: Manuscript) -> None:
    sent = form(client, draft, office, do="hand_in", text=MINE.replace("12项", "XX项"))
    response = client.post(edit_url(draft), sent)
    assert response.status_code == 422
    assert "The text has 1 places that must be corrected before it is handed in." in body(response)
    assert read(draft).state == "draft"


def test_second_click_gets_the_first_answer(client: Client, office: Office, draft: Manuscript) -> None:
    sent = form(client, draft, office, do="hand_in")
    answers = [client.post(edit_url(draft), sent) for _ in range(2)]
    assert [one["Location"] for one in answers] == [f"/manuscripts/{draft.pk}"] * 2
    assert (read(draft).round, Version.objects.count()) == (1, 2)


# --- others at the same time ----------------------------------------------------------------------
def test_stale_form_keeps_my_text_and_shows_theirs(client: Client, office: Office, draft: Manuscript) -> None:
    sent = form(client, draft, office, do="keep")
    colleague_keeps(office, draft)
    response = client.post(edit_url(draft), sent)
    assert (response.status_code, area(response)) == (409, MINE)
    assert f'href="/manuscripts/{draft.pk}/compare?from=1&amp;to=2"' in body(response)
    assert current_version(read(draft)).text.plain() == THEIRS
    client.post(edit_url(draft), {**sent, **hidden(response)})
    assert current_version(read(draft)).text.plain() == MINE


def test_stale_form_of_a_piece_handed_in_by_another_keeps_my_text(
    client: Client, office: Office, log_in: LogIn, draft: Manuscript
) -> None:
    sent = form(client, draft, office, do="keep")
    other = log_in("colleague")
    other.post(edit_url(draft), {**form(other, draft, office, do="hand_in"), "text": THEIRS})
    response = client.post(edit_url(draft), sent)
    assert (response.status_code, area(response)) == (409, MINE)
    assert 'aria-disabled="true"' in body(response)
    assert current_version(read(draft)).text.plain() == THEIRS


def test_form_of_a_tab_left_behind_drops_nothing(client: Client, office: Office, draft: Manuscript) -> None:
    sent = form(client, draft, office, do="keep")
    save(client, draft, THEIRS)
    response = client.post(edit_url(draft), sent)
    assert (response.status_code, area(response)) == (409, MINE)
    assert "Another window of yours saved a different text." in body(response)
    kept = working_copy(draft, office.person["writer"])
    assert kept is not None
    assert (kept.text, read(draft).version_count) == (THEIRS, 1)


# --- bad input ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "status"), [("字" * 500_000, 413), (MINE + "\x00", 422), ("秘密★\n" + MINE, 422), ("", 422)]
)
def test_bad_text_is_refused_and_stays_on_the_page(
    client: Client, office: Office, draft: Manuscript, text: str, status: int
) -> None:
    response = client.post(edit_url(draft), form(client, draft, office, do="hand_in", text=text))
    assert (response.status_code, area(response)) == (status, text)
    assert read(draft).version_count == 1


def test_form_without_its_revision_is_refused(client: Client, office: Office, draft: Manuscript) -> None:
    sent = form(client, draft, office, do="keep")
    del sent["revision"]
    response = client.post(edit_url(draft), sent)
    assert (response.status_code, area(response)) == (422, MINE)


def test_barred_class_is_refused(client: Client, office: Office, draft: Manuscript) -> None:
    sent = form(client, draft, office, do="keep", content_class="barred")
    response = client.post(edit_url(draft), sent)
    assert (response.status_code, area(response)) == (422, MINE)
    assert (read(draft).content_class, read(draft).version_count) == ("public", 1)


def test_forged_author_of_another_agency_is_not_found(
    client: Client, office: Office, draft: Manuscript
) -> None:
    stranger = found_office("hill").person["writer"]
    sent = form(client, draft, office, do="keep", authors=[str(stranger.pk)])
    response = client.post(edit_url(draft), sent)
    assert (response.status_code, area(response)) == (404, MINE)


def test_forged_form_is_refused_by_its_token(office: Office, draft: Manuscript) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.account("writer"), backend="hezou.access.backend.Backend")
    assert client.post(edit_url(draft), form(client, draft, office, do="keep")).status_code == 403
    assert read(draft).version_count == 1
