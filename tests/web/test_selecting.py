"""The office's selection list: drawn, chosen, confirmed together, and nothing lost by a refusal."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.manuscripts.actions import ask_purge
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.rules.purging import PRIVACY
from hezou.review.actions import select
from hezou.review.models import Selection
from tests.support.office import TEXT, Office, found_office, read
from tests.web.conftest import LogIn
from tests.web.directory import post
from tests.web.forms import body
from tests.web.reading import Answer, said, summary, tree, words

HERE = "/review/selecting"


@pytest.fixture
def editor(log_in: LogIn) -> Client:
    return log_in("editor")


def came_in(office: Office, *authors: str, **more: str) -> Manuscript:
    piece = office.handed_in(*authors, **more)
    office.decide(piece, "head")
    return read(piece)


def drawn(answer: Answer) -> dict[str, str]:
    """What the browser would send of the list if nobody touched it."""
    form = tree(answer).get_element_by_id("selecting")
    return {
        name: str(value) for name, value in form.form_values() if name not in ("csrfmiddlewaretoken", "seat")
    }


def send(
    client: Client, office: Office, picks: Mapping[Manuscript, tuple[str, str]], view: str = ""
) -> Answer:
    """Choose for these pieces and confirm; the rest as it was drawn."""
    seats = {piece: str(office.open_seat(piece).pk) for piece in picks}
    chosen = {f"verdict-{seats[piece]}": verdict for piece, (verdict, _) in picks.items()}
    reasons = {f"reason-{seats[piece]}": reason for piece, (_, reason) in picks.items()}
    form = drawn(client.get(HERE + view))
    return post(client, HERE + view, **{**form, **chosen, **reasons}, seat=list(seats.values()))


def titles(client: Client, view: str = "") -> list[str]:
    return [words(one) for one in tree(client.get(HERE + view)).xpath("//li[@data-row]//h2")]


def test_empty_list_says_what_comes(editor: Client, office: Office) -> None:
    office.handed_in()
    assert "Nothing new came in" in body(editor.get(HERE))
    assert "Nothing is laid aside" in body(editor.get(f"{HERE}?view=aside"))


def test_row_shows_what_is_needed_to_select(editor: Client, office: Office) -> None:
    piece = came_in(office)
    [row] = tree(editor.get(HERE)).xpath("//li[@data-row]")
    shown = words(row)
    assert [one in shown for one in (piece.title, "第一科", piece.number, TEXT.split("\n")[1][:20])] == [
        True
    ] * 4
    assert [words(one) for one in row.xpath(".//label[@class='pick-one']")] == [
        "1 Taken up",
        "2 Kept for later",
        "3 For a composite",
        "4 For publicity",
        "5 Back for more",
        "0 Not yet",
    ]
    assert row.xpath(".//input[@checked]/@value") == [""]


def test_choices_are_confirmed_together(editor: Client, office: Office) -> None:
    kept, back, untouched = (came_in(office) for _ in range(3))
    answer = send(editor, office, {kept: ("keep", ""), back: ("supplement", "补充数据来源")})
    assert (answer.status_code, answer["Location"]) == (303, HERE)
    assert said(answer) == ["Selected: Kept for later 1, Back for more 1. The writers were told."]
    assert [read(one).state for one in (kept, back, untouched)] == ["in_review", "returned", "in_review"]
    assert titles(editor) == [untouched.title]
    assert titles(editor, "?view=aside") == [kept.title]


def test_laid_aside_piece_is_selected_anew_and_waits_again(editor: Client, office: Office) -> None:
    piece = came_in(office)
    send(editor, office, {piece: ("merge", "")})
    assert f"/review/{piece.pk}" not in body(editor.get("/"))
    assert f"/review/{piece.pk}" not in body(editor.get("/review/"))
    send(editor, office, {piece: ("take_up", "")}, "?view=aside")
    assert (titles(editor), titles(editor, "?view=aside")) == ([], [])
    assert f"/review/{piece.pk}" in body(editor.get("/"))
    assert f"/review/{piece.pk}" in body(editor.get("/review/"))


def test_refusal_keeps_every_choice_and_does_nothing(editor: Client, office: Office) -> None:
    kept, back = came_in(office), came_in(office)
    answer = send(editor, office, {kept: ("keep", ""), back: ("supplement", " ")})
    assert answer.status_code == 422
    assert summary(answer) == [f"Say what the writers of the piece {back.number} should add."]
    form = drawn(answer)
    assert form[f"verdict-{office.open_seat(kept).pk}"] == "keep"
    assert form[f"verdict-{office.open_seat(back).pk}"] == "supplement"
    assert Selection.objects.count() == 0


def test_reason_with_a_mark_of_secrecy_is_refused(editor: Client, office: Office) -> None:
    back = came_in(office)
    answer = send(editor, office, {back: ("supplement", "机密★ 请补充")})
    assert (answer.status_code, read(back).state) == (422, "in_review")


def test_selection_made_meanwhile_is_not_overwritten(editor: Client, office: Office) -> None:
    piece = came_in(office)
    form = drawn(editor.get(HERE))
    seat = office.open_seat(piece)
    select(
        by=office.fresh("second_editor"),
        manuscript=piece,
        revision=piece.revision,
        seat=seat,
        verdict="keep",
        seen=0,
    )
    chosen = {**form, f"verdict-{seat.pk}": "take_up"}
    answer = post(editor, HERE, **chosen, seat=[str(seat.pk)])
    assert (answer.status_code, Selection.objects.count()) == (422, 1)


def test_piece_decided_meanwhile_is_left_out(editor: Client, office: Office) -> None:
    piece = came_in(office)
    form, seat = drawn(editor.get(HERE)), office.open_seat(piece)
    office.decide(piece, "second_editor")
    answer = post(editor, HERE, **{**form, f"verdict-{seat.pk}": "keep"}, seat=[str(seat.pk)])
    assert (answer.status_code, Selection.objects.count()) == (422, 0)
    assert post(editor, HERE).status_code == 422


def test_publicity_cannot_be_chosen_where_the_rules_forbid_it(editor: Client, office: Office) -> None:
    internal = came_in(office, content_class="internal")
    assert tree(editor.get(HERE)).xpath("//input[@disabled]/@value") == ["publicise"]
    answer = send(editor, office, {internal: ("publicise", "")})
    assert (answer.status_code, Selection.objects.count()) == (422, 0)


def test_list_is_the_offices_alone(office: Office, log_in: LogIn) -> None:
    came_in(office)
    for key in ("writer", "head", "signer", "administrator", "auditor"):
        client = log_in(key)
        assert (client.get(HERE).status_code, post(client, HERE).status_code) == (403, 403)
    assert 'href="/review/selecting"' in body(log_in("second_editor").get("/"))


def test_list_shows_nothing_of_another_agency_and_nothing_of_ones_own(editor: Client, office: Office) -> None:
    came_in(found_office("hill"))
    came_in(office, "writer", "editor")
    assert titles(editor) == []


def test_withheld_piece_is_not_shown_and_not_selected(editor: Client, office: Office) -> None:
    piece = came_in(office)
    form, seat = drawn(editor.get(HERE)), office.open_seat(piece)
    ask_purge(by=office.fresh("secrecy"), manuscript=piece, reason=PRIVACY)
    assert titles(editor) == []
    assert (
        post(editor, HERE, **{**form, f"verdict-{seat.pk}": "keep"}, seat=[str(seat.pk)]).status_code == 422
    )
    assert not office.fresh("editor").has_perm("seat.select", seat)


def test_writer_reads_what_became_of_it(editor: Client, office: Office, log_in: LogIn) -> None:
    piece = came_in(office)
    send(editor, office, {piece: ("merge", "")})
    writer = log_in("writer")
    assert "Goes into a composite of the office" in body(writer.get("/notices/"))
    assert "looked through it: For a composite" in body(writer.get(f"/manuscripts/{piece.pk}?part=history"))


def test_list_costs_the_same_whatever_its_length(editor: Client, office: Office) -> None:
    counts = []
    for number in range(30):
        came_in(office)
        if number in (0, 29):
            with CaptureQueriesContext(connection) as seen:
                editor.get(HERE)
            counts.append(len(seen))
    assert counts[0] == counts[1] <= 15
    came_in(office)
    assert "Only the 30 that have waited longest are shown." in body(editor.get(HERE))
