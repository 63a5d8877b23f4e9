"""Bad input on the review page: a clear answer, the right status, nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.kernel.ids import uuid7
from hezou.manuscripts.actions import save_working_copy
from hezou.manuscripts.models import Manuscript
from hezou.review import actions as review
from hezou.review.models import Decision, Seat
from hezou.review.rules import APPROVE, RETURN
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.web.conftest import LogIn
from tests.web.reading import Answer, field_errors, fields, panels, summary, tree, words

EDITED = TEXT.replace("聚焦", "紧盯")
STALE = (
    "Somebody else changed this in the meantime. What you typed is kept; look at the change, then try again."
)


@pytest.fixture
def piece(office: Office) -> Manuscript:
    """A piece that waits for the head."""
    return office.handed_in()


def opened(client: Client, piece: Manuscript) -> dict[str, str]:
    """What the browser holds after opening the page."""
    return fields(client.get(f"/review/{piece.pk}"), "decide")


def send(client: Client, piece: Manuscript, sent: dict[str, str], verdict: str = APPROVE) -> Answer:
    return client.post(f"/review/{piece.pk}/decide", {**sent, "verdict": verdict})


def changes(answer: Answer) -> list[str]:
    """What the edit not sent yet would change, as `-old +new`."""
    where = "//*[self::details or ./h2='What you typed']"
    marks = tree(answer).xpath(f"{where}//div[contains(@class,'diff')]//*[self::ins or self::del]")
    return [("+" if mark.tag == "ins" else "-") + words(mark) for mark in marks]


# --- somebody was faster --------------------------------------------------------------------------
def test_stale_page_keeps_edit_and_opinion_and_shows_the_difference(
    office: Office, log_in: LogIn, piece: Manuscript
) -> None:
    office.decide(piece, "head")
    client = log_in("editor")
    sent = {**opened(client, piece), "text": EDITED, "opinion": "已改。"}
    newer = TEXT.replace("12项", "15项")
    office.decide(piece, "second_editor", edit=edit_of(piece, newer))
    office.decide(piece, "head")
    answer = send(client, piece, sent)
    assert answer.status_code == 409
    assert words(tree(answer).get_element_by_id("kept_text")) == words_of(EDITED)
    assert words(tree(answer).get_element_by_id("kept_opinion")) == "已改。"
    assert summary(answer) == [STALE]


def words_of(text: str) -> str:
    return " ".join(text.split())


def test_stale_page_at_my_own_seat_offers_my_edit_again(
    office: Office, log_in: LogIn, piece: Manuscript
) -> None:
    client = log_in("head")
    sent = {**opened(client, piece), "text": EDITED, "opinion": "已改。"}
    office.decide(piece, "head", edit=edit_of(piece, TEXT.replace("12项", "15项")))
    office.decide(piece, "editor", edit=edit_of(piece, TEXT.replace("12项", "16项")))
    answer = send(client, piece, sent)
    assert answer.status_code == 409
    again = fields(answer, "decide")
    assert (again["text"], again["opinion"]) == (EDITED, "已改。")
    assert changes(answer) == ["-聚焦", "+紧盯", "-6", "+2"]
    assert again["revision"] == str(read(piece).revision)
    assert send(client, piece, again).status_code == 303


def test_two_persons_at_one_untaken_seat(office: Office, log_in: LogIn, piece: Manuscript) -> None:
    office.decide(piece, "head")
    first, second = log_in("editor"), log_in("second_editor")
    mine, theirs = opened(first, piece), {**opened(second, piece), "opinion": "请核。", "text": EDITED}
    assert send(first, piece, mine).status_code == 303
    answer = send(second, piece, theirs)
    assert (answer.status_code, summary(answer)) == (409, [STALE])
    assert words(tree(answer).get_element_by_id("kept_opinion")) == "请核。"
    assert changes(answer) == ["-聚焦", "+紧盯"]
    assert Decision.objects.filter(seat__step=seat_of("editor").step).count() == 1


def seat_of(role: str) -> Seat:
    return Seat.objects.get(role=role)


def test_another_tab_saved_a_text_this_one_has_not_seen(
    office: Office, log_in: LogIn, piece: Manuscript
) -> None:
    client = log_in("head")
    sent = {**opened(client, piece), "text": EDITED}
    save_working_copy(
        by=office.fresh("head"), manuscript=piece, text=TEXT.replace("12项", "15项"), revision=0
    )
    answer = send(client, piece, sent)
    assert answer.status_code == 409
    assert "Saved in another window, and what you sent" in panels(answer)["Edit in review"]
    assert fields(answer, "decide")["text"] == EDITED


def test_second_click_gets_the_first_answer(office: Office, log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    sent = opened(client, piece)
    first, second = send(client, piece, sent), send(client, piece, sent)
    assert (first.status_code, first["Location"]) == (303, f"/review/{piece.pk}")
    assert (second.status_code, second["Location"]) == (303, f"/review/{piece.pk}")
    assert Decision.objects.count() == 1


def test_form_of_an_earlier_round_is_stale(office: Office, log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    sent = opened(client, piece)
    writer = office.fresh("writer")
    fresh = read(piece)
    review.recall(by=writer, manuscript=fresh, revision=fresh.revision)
    fresh = read(piece)
    review.hand_in(by=writer, manuscript=fresh, revision=fresh.revision, confirmed=True)
    assert send(client, piece, sent).status_code == 409


# --- who may --------------------------------------------------------------------------------------
def test_page_is_closed_to_who_has_no_seat(office: Office, log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("writer")
    assert client.get(f"/review/{piece.pk}").status_code == 403
    sent = {"deed": str(uuid7()), "revision": "3", "seat": str(office.open_seat(piece).pk)}
    assert send(client, piece, sent).status_code == 403
    assert Decision.objects.count() == 0


def test_page_is_not_there_for_who_may_not_see_the_piece(
    office: Office, log_in: LogIn, piece: Manuscript
) -> None:
    client = log_in("other_writer")
    assert client.get(f"/review/{piece.pk}").status_code == 404
    assert send(client, piece, {"deed": str(uuid7())}).status_code == 404


def test_piece_of_another_agency_is_not_there(office: Office, log_in: LogIn, piece: Manuscript) -> None:
    stranger = log_in("head", found_office("hill"))
    assert stranger.get(f"/review/{piece.pk}").status_code == 404
    assert send(stranger, piece, {"deed": str(uuid7())}).status_code == 404


def test_seat_of_another_person_is_refused(office: Office, log_in: LogIn, piece: Manuscript) -> None:
    office.decide(piece, "head")
    client = log_in("head")
    sent = {
        "deed": str(uuid7()),
        "revision": str(read(piece).revision),
        "seat": str(office.open_seat(read(piece)).pk),
        "text": EDITED,
        "marked": "wording",
        "content_class": "public",
        "openness": "withheld",
        "copy_revision": "0",
        "opinion": "代办。",
    }
    answer = send(client, piece, sent)
    assert (answer.status_code, summary(answer)) == (403, ["You may not do this."])
    assert words(tree(answer).get_element_by_id("kept_opinion")) == "代办。"


def test_forged_seat_is_not_there(office: Office, log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    other = office.open_seat(office.handed_in())
    sent = opened(client, piece)
    assert send(client, piece, {**sent, "seat": str(other.pk)}).status_code == 404
    assert send(client, piece, {**sent, "seat": "x"}).status_code == 404


def test_deciding_asks_for_a_log_in(piece: Manuscript) -> None:
    answer = Client().get(f"/review/{piece.pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next=/review/{piece.pk}")


def test_deciding_takes_no_get(log_in: LogIn, piece: Manuscript) -> None:
    assert log_in("head").get(f"/review/{piece.pk}/decide").status_code == 405


# --- what was typed -------------------------------------------------------------------------------
def test_return_without_a_reason_says_so_at_the_field(log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    answer = send(client, piece, {**opened(client, piece), "opinion": "同意。"}, RETURN)
    assert answer.status_code == 422
    assert field_errors(answer) == ["Say in a few words what should be changed."]
    assert fields(answer, "decide")["opinion"] == "同意。"
    assert tree(answer).get_element_by_id("id_reason").get("aria-invalid") == "true"


def test_return_with_an_edit_asks_before_it_leaves_the_edit_out(log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    sent = {**opened(client, piece), "text": EDITED, "reason": "请补充。"}
    answer = send(client, piece, sent, RETURN)
    assert answer.status_code == 422
    assert field_errors(answer) == [
        "You edited the text, and an edit goes on with an approval only. "
        "Approve it, or tick that it is returned without your edit."
    ]
    again = fields(answer, "decide")
    assert (again["text"], again["reason"]) == (EDITED, "请补充。")
    assert send(client, piece, {**again, "discard": "on"}, RETURN).status_code == 303
    assert read(piece).version_count == 1


def test_too_long_edit_answers_413_and_keeps_it(log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    long = "关于帮办服务的做法\n" + "字" * 500_000
    answer = send(client, piece, {**opened(client, piece), "text": long, "opinion": "已改。"})
    assert answer.status_code == 413
    again = fields(answer, "decide")
    assert (again["text"], again["opinion"]) == (long, "已改。")
    assert field_errors(answer) == [
        "The text has 500,010 characters; a piece holds at most 200,000. "
        "It is still below: shorten or split it."
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            EDITED + "\x00",
            "The text holds characters that no text file may hold (position 139). Remove them and try again.",
        ),
        (
            EDITED + "\ufffd",
            "1 characters could not be read (shown as �, the first at position 139). "
            "Paste the text again from its source, or replace them.",
        ),
        (
            "秘密★1年\n" + EDITED,
            "The text bears a mark of secrecy (“秘密★1年”). It was not saved here; "
            "take it off this computer and handle it on paper.",
        ),
        ("  \n", "There is no text yet. Paste or type it first."),
    ],
    ids=["nul", "lost", "secret", "empty"],
)
def test_unfit_text_is_refused_and_kept(log_in: LogIn, piece: Manuscript, text: str, told: str) -> None:
    client = log_in("head")
    answer = send(client, piece, {**opened(client, piece), "text": text})
    assert (answer.status_code, field_errors(answer)) == (422, [told])
    assert text in answer.content.decode()
    assert (Decision.objects.count(), read(piece).version_count) == (0, 1)


@pytest.mark.parametrize("words_typed", ["同意\x00", "字" * 1001, "机密★"], ids=["nul", "long", "secret"])
def test_unfit_opinion_is_refused_and_kept(log_in: LogIn, piece: Manuscript, words_typed: str) -> None:
    client = log_in("head")
    answer = send(client, piece, {**opened(client, piece), "opinion": words_typed, "text": EDITED})
    assert answer.status_code == 422
    assert len(field_errors(answer)) == 1
    assert words_typed in answer.content.decode()
    assert fields(answer, "decide")["text"] == EDITED


def test_internal_class_with_openness_on_our_own_motion_is_refused(log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    sent = {**opened(client, piece), "content_class": "internal", "openness": "proactive"}
    answer = send(client, piece, sent)
    assert answer.status_code == 422
    assert field_errors(answer) == ["An internal piece cannot be public on our own motion."]


def test_form_without_revision_is_refused(log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    answer = send(client, piece, {**opened(client, piece), "revision": "", "opinion": "同意。"})
    assert answer.status_code == 422
    assert fields(answer, "decide")["opinion"] == "同意。"


def test_unknown_verdict_is_refused(log_in: LogIn, piece: Manuscript) -> None:
    client = log_in("head")
    assert send(client, piece, opened(client, piece), "close").status_code == 422
    assert Decision.objects.count() == 0
