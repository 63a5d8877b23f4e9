"""The reviewer's list and the page of one piece: what waits, what changed, deciding."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hezou.kernel import clock
from hezou.manuscripts.actions import revise, save_working_copy
from hezou.manuscripts.models import Manuscript
from hezou.manuscripts.queries import current_version, working_copy
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.review.models import Decision
from hezou.review.rules import APPROVE, RETURN
from tests.support.office import TEXT, Office, edit_of, read
from tests.web.conftest import LogIn
from tests.web.reading import Answer, buttons, fields, panels, rows, said, tree, words

LIST = "/review/"


def address(manuscript: Manuscript) -> str:
    return f"/review/{manuscript.pk}"


def press(client: object, manuscript: Manuscript, verdict: str = APPROVE, **typed: str) -> Answer:
    """Open the page, type, press a button."""
    opened = client.get(address(manuscript))  # type: ignore[attr-defined]
    sent = {**fields(opened, "decide"), **typed, "verdict": verdict}
    return client.post(f"{address(manuscript)}/decide", sent)  # type: ignore[attr-defined]


def hand_in_again(office: Office, manuscript: Manuscript, text: str = TEXT) -> None:
    """The writer changes the returned text and hands it in."""
    fresh, by = read(manuscript), office.fresh("writer")
    labels = {"kind": fresh.kind, "content_class": fresh.content_class, "openness": fresh.openness}
    fresh = revise(by=by, manuscript=fresh, revision=fresh.revision, text=text, named=[by], **labels)
    review.hand_in(by=by, manuscript=fresh, revision=fresh.revision, confirmed=True)


def deletions(answer: Answer) -> list[str]:
    return [words(one) for one in tree(answer).xpath("//div[contains(@class,'diff')]//del")]


def insertions(answer: Answer) -> list[str]:
    return [words(one) for one in tree(answer).xpath("//div[contains(@class,'diff')]//ins")]


# --- the list -------------------------------------------------------------------------------------
def test_list_says_so_when_nothing_waits(office: Office, log_in: LogIn) -> None:
    answer = log_in("head").get(LIST)
    assert answer.status_code == 200
    assert panels(answer) == {
        "Waiting for your decision": "Waiting for your decision Nothing waits for you "
        "A piece appears here when it is your turn, the longest wait first."
    }
    assert list(buttons(answer)) == []


def test_list_begins_with_longest_wait(office: Office, log_in: LogIn) -> None:
    with clock.moved_to(clock.now() - timedelta(days=2, hours=3)):
        first = office.handed_in(text=TEXT.replace("帮办", "代办"))
    second = office.handed_in()
    answer = log_in("head").get(LIST)
    assert rows(answer, "Waiting for your decision") == [
        [
            "关于推行窗口代办服务的做法",
            "Unit review",
            "Experience",
            "第一科",
            "waiting 2 days 3 hours",
            first.number,
        ],
        [
            "关于推行窗口帮办服务的做法",
            "Unit review",
            "Experience",
            "第一科",
            "arrived just now",
            second.number,
        ],
    ]
    assert list(buttons(answer)) == [("Review the one that has waited longest", True)]


def test_list_is_closed_to_who_never_reviews(office: Office, log_in: LogIn) -> None:
    assert log_in("writer").get(LIST).status_code == 403


def test_list_names_principal_and_round(office: Office, log_in: LogIn) -> None:
    today = today_of(office.agency)
    office.deputise("head", "colleague", today, today)
    manuscript = office.handed_in()
    office.decide(manuscript, "head", verdict=RETURN, opinion="补充数据。")
    hand_in_again(office, manuscript)
    waiting = rows(log_in("colleague").get(LIST), "Waiting for your decision")
    assert [row[1] for row in waiting] == ["Unit review for 丙某 round 2"]


def test_list_asks_the_same_for_thirty_rows(office: Office, log_in: LogIn) -> None:
    office.handed_in()
    client = log_in("head")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _ in range(29):
        office.handed_in()
    with CaptureQueriesContext(connection) as thirty:
        answer = client.get(LIST)
    assert len(rows(answer, "Waiting for your decision")) == 30
    assert len(thirty) == len(one) <= 15


def test_list_shows_what_was_edited_after_my_approval(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, TEXT.replace("聚焦", "紧盯")))
    client = log_in("head")
    found = rows(client.get(LIST), "Edited after your approval")
    assert [row[:3] for row in found] == [["关于推行窗口帮办服务的做法", "庚某", "Wording only"]]
    assert "Edited after your approval" not in panels(log_in("editor").get(LIST))


def test_list_drops_a_piece_that_came_back_to_me(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor", edit=edit_of(manuscript, TEXT.replace("12项", "15项")))
    client = log_in("head")
    opened = client.get(LIST)
    assert "Edited after your approval" not in panels(opened)
    assert len(rows(opened, "Waiting for your decision")) == 1
    office.decide(manuscript, "head")
    assert "Edited after your approval" not in panels(client.get(LIST))


def test_list_shows_what_i_decided_lately(office: Office, log_in: LogIn) -> None:
    returned = office.handed_in(text=TEXT.replace("帮办", "代办"))
    office.decide(returned, "head", verdict=RETURN, opinion="补充数据。")
    office.decide(office.handed_in(), "head")
    found = rows(log_in("head").get(LIST), "Decided lately")
    assert [(row[0], row[1], row[2], row[4]) for row in found] == [
        ("关于推行窗口帮办服务的做法", "Approved", "Unit review", "In review"),
        ("关于推行窗口代办服务的做法", "Returned", "Unit review", "Returned"),
    ]


# --- one piece ------------------------------------------------------------------------------------
def test_piece_shows_text_route_and_findings(office: Office, log_in: LogIn) -> None:
    answer = log_in("head").get(address(office.handed_in()))
    found = panels(answer)
    assert list(found) == ["Text", "Edit in review", "Your decision", "Route", "Findings", "The piece"]
    assert found["Route"].startswith("Route Unit review waits for a decision 丙某 第一科 Unit head")
    assert found["Findings"] == "Findings Nothing was found."
    assert list(buttons(answer)) == [("Approve", True)]


def test_piece_shows_next_reviewer_what_was_edited_before(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT.replace("聚焦", "紧盯")))
    answer = log_in("editor").get(address(manuscript))
    assert (
        "丙某 edited at the step Unit review: Wording only."
        in panels(answer)["Changed in review since hand-in"]
    )
    assert (deletions(answer), insertions(answer)) == (["聚焦"], ["紧盯"])


def test_piece_shows_only_what_changed_since_my_decision(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    once = TEXT.replace("聚焦", "紧盯")
    office.decide(manuscript, "head", edit=edit_of(manuscript, once))
    office.decide(manuscript, "editor", edit=edit_of(manuscript, once.replace("12项", "15项")))
    answer = log_in("head").get(address(manuscript))
    assert "庚某 edited at the step Editing: Of substance." in panels(answer)["Changed since your decision"]
    assert (deletions(answer), insertions(answer)) == (["2"], ["5"])


def test_piece_shows_what_the_writers_changed_after_a_return(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", verdict=RETURN, opinion="请写明回访时限。")
    hand_in_again(office, manuscript, text=TEXT.replace("由专人回访", "三日内由专人回访"))
    answer = log_in("head").get(address(manuscript))
    assert panels(answer)["Changed by the writers since the round before"].startswith(
        "Changed by the writers since the round before 丙某 returned it with these words: 请写明回访时限。"
    )
    assert (deletions(answer), insertions(answer)) == ([], ["三日内"])


def test_piece_shows_labels_that_changed(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT, openness="on_request"))
    found = panels(log_in("editor").get(address(manuscript)))["Changed in review since hand-in"]
    assert "Openness: Not public Public on request" in found


def test_piece_offers_no_editing_at_a_step_that_does_not_edit(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in(openness="proactive")
    office.decide(manuscript, "head")
    answer = log_in("secrecy").get(address(manuscript))
    assert "Edit in review" not in panels(answer)
    assert sorted(fields(answer, "decide")) == ["deed", "opinion", "reason", "revision", "seat"]


def test_piece_says_in_whose_name_a_deputy_signs(office: Office, log_in: LogIn) -> None:
    today = today_of(office.agency)
    office.deputise("head", "colleague", today, today)
    manuscript = office.handed_in()
    client = log_in("colleague")
    assert "You sign for 丙某" in words(tree(client.get(address(manuscript))))
    assert press(client, manuscript).status_code == 303
    assert "乙某 for 丙某" in panels(client.get(address(manuscript)))["Route"]


def test_piece_says_why_i_may_not_decide(office: Office, log_in: LogIn) -> None:
    office.grant("head", "editor", "某局")
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    answer = log_in("head").get(address(manuscript))
    assert list(buttons(answer)) == [("Approve", False)]
    assert words(tree(answer).get_element_by_id("why-verdictapprovedecide")) == (
        "You (or the person you sign for) already decided another level of this round."
    )


# --- deciding -------------------------------------------------------------------------------------
def test_approve_names_the_next_hand(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    answer = press(log_in("head"), manuscript, opinion="同意。")
    assert (answer.status_code, answer["Location"]) == (303, address(manuscript))
    assert said(answer) == ["Approved. Next: 某局Editor (Editing)."]
    made = Decision.objects.get()
    assert (made.verdict, made.opinion, made.edit_class) == (APPROVE, "同意。", "")
    assert current_version(read(manuscript)).number == 1


def test_sign_passes_the_piece(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    office.decide(manuscript, "editor")
    client = log_in("signer")
    assert list(buttons(client.get(address(manuscript)))) == [("Sign", True)]
    answer = press(client, manuscript)
    assert said(answer) == ["Signed. The piece has passed every step."]
    assert read(manuscript).state == "signed"


def test_return_gives_the_reason(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    answer = press(log_in("head"), manuscript, RETURN, reason="请写明回访时限。")
    assert said(answer) == ["Returned to the writers with your reason."]
    assert (Decision.objects.get().opinion, read(manuscript).state) == ("请写明回访时限。", "returned")


def test_edit_of_wording_leaves_earlier_decisions(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    client = log_in("editor")
    answer = press(client, manuscript, text=TEXT.replace("聚焦", "紧盯"))
    told = "Your edit counts as wording only: the decisions before yours stay valid."
    assert said(answer) == [f"Approved. {told} Next: 壬某 (Signature)."]
    assert told in panels(client.get(address(manuscript)))["Your decision"]
    assert Decision.objects.order_by("at").last().edit_class == "wording"  # type: ignore[union-attr]


def test_edit_marked_wording_that_touches_a_numeral_goes_back(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    office.decide(manuscript, "head")
    client = log_in("editor")
    answer = press(client, manuscript, text=TEXT.replace("12项", "15项"), marked="wording")
    assert said(answer) == [
        "Approved. Your edit counts as of substance: you marked it so, or it touches a numeral, a quotation, "
        "the title, the class or openness, or more than 20 characters. "
        "It goes back to 丙某 (Unit review) for the difference alone."
    ]
    assert "Your edit counts as of substance" in panels(client.get(address(manuscript)))["Your decision"]
    assert office.open_seat(read(manuscript)).person == office.person["head"]


def test_edit_of_openness_is_of_substance(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    press(log_in("head"), manuscript, openness="on_request")
    assert (read(manuscript).openness, Decision.objects.get().edit_class) == ("on_request", "substance")


def test_approving_leads_on_to_the_next_piece(office: Office, log_in: LogIn) -> None:
    first, second = office.handed_in(), office.handed_in()
    client = log_in("head")
    press(client, first)
    opened = client.get(address(first))
    assert list(buttons(opened)) == [("Review the next one", True)]
    assert tree(opened).xpath("//*[@class='main-action']/a/@href") == [address(second)]


# --- what was typed -------------------------------------------------------------------------------
@pytest.fixture
def typed(office: Office) -> Manuscript:
    """A piece at the head, who typed an edit and did not send it."""
    manuscript = office.handed_in()
    save_working_copy(
        by=office.fresh("head"), manuscript=manuscript, text=TEXT.replace("聚焦", "紧盯"), revision=0
    )
    return manuscript


def test_area_begins_with_what_i_typed(office: Office, log_in: LogIn, typed: Manuscript) -> None:
    answer = log_in("head").get(address(typed))
    assert fields(answer, "decide")["text"] == TEXT.replace("聚焦", "紧盯")
    assert (deletions(answer), insertions(answer)) == (["聚焦"], ["紧盯"])
    assert tree(answer).xpath("//details[.//textarea[@id='id_text']]/@open") == [""]


def test_area_begins_again_from_the_newest_version(office: Office, log_in: LogIn, typed: Manuscript) -> None:
    answer = log_in("head").get(address(typed) + "?text=current")
    assert fields(answer, "decide")["text"] == TEXT


def test_area_never_puts_an_older_text_over_a_newer_one(
    office: Office, log_in: LogIn, typed: Manuscript
) -> None:
    office.decide(typed, "head", verdict=RETURN, opinion="请写明回访时限。")
    newer = TEXT.replace("由专人回访", "三日内由专人回访")
    hand_in_again(office, typed, text=newer)
    client = log_in("head")
    answer = client.get(address(typed))
    assert fields(answer, "decide")["text"] == newer
    assert "You typed this on version 1 and never sent it" in panels(answer)["Edit in review"]
    mine = client.get(address(typed) + "?text=mine")
    assert fields(mine, "decide")["text"] == TEXT.replace("聚焦", "紧盯")


def test_sending_the_edit_clears_what_was_typed(office: Office, log_in: LogIn, typed: Manuscript) -> None:
    assert press(log_in("head"), typed).status_code == 303
    assert working_copy(typed, office.person["head"]) is None
    assert current_version(read(typed)).text.plain() == TEXT.replace("聚焦", "紧盯")


def test_internal_piece_is_open_to_whoever_may_take_its_seat(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in(content_class="internal")
    office.decide(manuscript, "head")
    assert log_in("second_editor").get(address(manuscript)).status_code == 200
    assert log_in("signer").get(address(manuscript)).status_code == 404
