"""A piece's own page, its parts, its buttons; comparing versions; recall and readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.test import Client

from hezou.manuscripts.actions import save_working_copy
from hezou.manuscripts.models import Manuscript
from hezou.packs.rules import Kind
from hezou.people.queries import rules_of
from hezou.submissions.actions import Result, adopt, submit
from tests.support.office import TEXT, Office, edit_of, found_office, read
from tests.web.conftest import LogIn
from tests.web.forms import Response, body, hidden

TABLE = TEXT + "\n| 科室 | 件数 |\n| 第一科 | 12 |"


def url(manuscript: Manuscript, tail: str = "") -> str:
    return f"/manuscripts/{manuscript.pk}{tail}"


def press(client: Client, manuscript: Manuscript, tail: str, **more: Any) -> Response:
    """Press a button of the piece's page (of its readers, where it has any)."""
    drawn = client.get(url(manuscript, "?part=readers"))
    return client.post(url(manuscript, tail), {**hidden(drawn), **more})


@pytest.fixture
def writer(log_in: LogIn) -> Client:
    return log_in("writer")


# --- who sees it ----------------------------------------------------------------------------------
def test_open_of_another_agency_is_not_found(writer: Client) -> None:
    assert writer.get(url(found_office("hill").draft())).status_code == 404


def test_open_of_a_draft_of_somebody_else_is_not_found(office: Office, log_in: LogIn) -> None:
    assert log_in("editor").get(url(office.draft())).status_code == 404


def test_open_asks_for_a_log_in(office: Office) -> None:
    assert Client().get(url(office.draft())).status_code == 302


# --- the text -------------------------------------------------------------------------------------
def test_text_keeps_headings_and_tables(writer: Client, office: Office) -> None:
    page = body(writer.get(url(office.draft(text=TABLE))))
    assert "<h3>一、明确帮办事项</h3>" in page
    assert "<table><tr><td>科室</td><td>件数</td></tr><tr><td>第一科</td><td>12</td></tr></table>" in page


def test_markup_in_a_text_is_text(writer: Client, office: Office) -> None:
    page = body(writer.get(url(office.draft(text=TEXT + "\n<script>alert(1)</script>"))))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_kind_that_stays_in_the_house_says_so(writer: Client, office: Office) -> None:
    inward = next(k for k, row in _kinds(office).items() if "out" not in row.lines and "up" in row.lines)
    page = body(writer.get(url(office.draft(kind=inward))))
    assert "<dt>May go</dt><dd>Upward, Inward</dd><dt>Never goes</dt><dd>Outward</dd>" in page


def test_signed_piece_says_on_which_line_it_may_leave(writer: Client, office: Office) -> None:
    page = body(writer.get(url(office.signed(openness="proactive"))))
    assert page.count("Nothing stands against it.") == 3


# --- buttons --------------------------------------------------------------------------------------
def test_writer_of_a_draft_may_edit_it(writer: Client, office: Office) -> None:
    piece = office.draft()
    assert f'<a class="btn btn-primary" href="{url(piece, "/edit")}">' in body(writer.get(url(piece)))


def test_writer_in_review_may_only_recall(writer: Client, office: Office) -> None:
    page = body(writer.get(url(office.handed_in())))
    assert 'data-opens="recall"' in page
    assert page.count("btn-primary") == 1  # the dialog's own button


def test_holder_of_the_open_seat_may_review(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in()
    assert f'<a class="btn btn-primary" href="/review/{piece.pk}">' in body(log_in("head").get(url(piece)))


def test_editor_waits_for_the_step_before(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in()
    assert "btn-primary" not in body(log_in("editor").get(url(piece)))


def test_editor_of_a_signed_piece_may_submit_it(office: Office, log_in: LogIn) -> None:
    piece = office.signed()
    page = body(log_in("editor").get(url(piece)))
    assert f'<a class="btn btn-primary" href="/submissions/new/{piece.pk}">' in page


def test_kind_that_never_goes_up_shows_no_submission(office: Office, log_in: LogIn) -> None:
    outward = next(k for k, row in _kinds(office).items() if "up" not in row.lines)
    piece = office.signed(kind=outward, openness="proactive")
    assert "btn-primary" not in body(log_in("editor").get(url(piece)))


# --- return, recall, working copy -----------------------------------------------------------------
def test_returned_piece_shows_the_reason_first(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    office.decide(piece, "head", verdict="return", opinion="补充数据来源")
    page = body(writer.get(url(piece)))
    assert page.index("补充数据来源") < page.index('class="tabs"')
    assert "补充数据来源" in body(writer.get(url(piece, "/edit")))


def test_recall_gives_the_draft_back(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    assert press(writer, piece, "/recall").status_code == 303
    assert read(piece).state == "draft"


def test_recall_from_a_stale_page_is_a_conflict(writer: Client, office: Office) -> None:
    piece = office.handed_in()
    sent = hidden(writer.get(url(piece)))
    office.decide(piece, "head")
    assert writer.post(url(piece, "/recall"), sent).status_code == 409
    assert read(piece).state == "in_review"


def test_recall_by_somebody_else_is_forbidden(office: Office, log_in: LogIn) -> None:
    piece = office.handed_in()
    assert log_in("head").post(url(piece, "/recall"), {"revision": piece.revision}).status_code == 403


def test_text_typed_and_not_kept_is_told(writer: Client, office: Office) -> None:
    piece = office.draft()
    save_working_copy(by=office.fresh("writer"), manuscript=piece, text=TEXT + "又", revision=0)
    assert "that is not kept as a version yet" in body(writer.get(url(piece)))


# --- parts ----------------------------------------------------------------------------------------
def test_versions_lead_to_their_comparison(writer: Client, office: Office) -> None:
    piece = _edited(office)
    page = body(writer.get(url(piece, "?part=versions")))
    assert f'href="{url(piece)}/compare?from=1&amp;to=2"' in page


def test_review_tells_who_decided_and_edited(writer: Client, office: Office) -> None:
    piece = _edited(office)
    page = body(writer.get(url(piece, "?part=review")))
    assert office.person["editor"].name in page
    assert "Editing · Approved · Wording only" in page


def test_deputy_stands_beside_the_principal(writer: Client, office: Office) -> None:
    office.deputise("head", "leader", date(2020, 1, 1), date(2099, 1, 1))
    piece = office.handed_in()
    office.decide(piece, "leader")
    names = f"{office.person['leader'].name} (for {office.person['head'].name})"
    assert names in body(writer.get(url(piece, "?part=review")))


def test_submissions_tell_body_journal_and_form(writer: Client, office: Office) -> None:
    piece = _adopted(office)
    page = body(writer.get(url(piece, "?part=submissions")))
    assert "区委办" in page
    assert "区委办信息 12" in page


def test_history_tells_every_act_in_words(writer: Client, office: Office) -> None:
    page = body(writer.get(url(_adopted(office), "?part=history")))
    for words in (
        "began the piece",
        "handed in version 1",
        "approved at the step “Unit review”",
        "signed it",
        "sent it to 区委办",
        "recorded that 区委办 adopted it",
    ):
        assert words in page


def test_unknown_part_opens_the_text(writer: Client, office: Office) -> None:
    assert "<h3>一、明确帮办事项</h3>" in body(writer.get(url(office.draft(), "?part=../secrets")))


@pytest.mark.parametrize("part", ["text", "versions", "review", "submissions", "history"])
def test_part_of_a_fresh_draft_is_no_blank_page(writer: Client, office: Office, part: str) -> None:
    response = writer.get(url(office.draft(), f"?part={part}"))
    assert response.status_code == 200
    assert body(response).count('aria-current="page"') == 2  # the room, the part


CLASSES = ("public", "internal")


# --- readers of an internal piece -----------------------------------------------------------------
def test_reader_put_on_the_list_sees_the_internal_piece(
    writer: Client, office: Office, log_in: LogIn
) -> None:
    piece = office.draft(content_class="internal")
    other = log_in("other_writer")
    assert other.get(url(piece)).status_code == 404
    answer = press(writer, piece, "/readers", reader=str(office.person["other_writer"].pk))
    assert (answer.status_code, answer["Location"]) == (303, url(piece, "?part=readers"))
    assert office.person["other_writer"].name in body(writer.get(url(piece, "?part=readers")))
    assert other.get(url(piece)).status_code == 200


def test_reader_list_is_kept_only_for_internal_pieces(writer: Client, office: Office) -> None:
    pages = [body(writer.get(url(office.draft(content_class=one), "?part=readers"))) for one in CLASSES]
    assert ["Let somebody read it" in page for page in pages] == [False, True]


def test_reader_of_another_agency_is_not_found(writer: Client, office: Office) -> None:
    stranger = found_office("hill").person["writer"]
    piece = office.draft(content_class="internal")
    assert press(writer, piece, "/readers", reader=str(stranger.pk)).status_code == 404


# --- comparing ------------------------------------------------------------------------------------
def test_compare_shows_what_was_cut_and_added(writer: Client, office: Office) -> None:
    page = body(writer.get(url(_edited(office), "/compare?from=1&to=2")))
    assert '<del data-word="cut">取得初步</del>' in page
    assert '<ins data-word="put in">已见</ins>' in page


def test_compare_without_versions_takes_the_last_two(writer: Client, office: Office) -> None:
    assert "Version 1 and version 2" in body(writer.get(url(_edited(office), "/compare")))


@pytest.mark.parametrize("query", ["?from=1&to=9", "?from=0&to=1", "?from=x&to=1", "?from=-1"])
def test_compare_with_a_version_that_is_not_there_is_not_found(
    writer: Client, office: Office, query: str
) -> None:
    assert writer.get(url(office.draft(), f"/compare{query}")).status_code == 404


def test_compare_of_another_agency_is_not_found(writer: Client) -> None:
    assert writer.get(url(found_office("hill").draft(), "/compare")).status_code == 404


def _kinds(office: Office) -> Mapping[str, Kind]:
    return rules_of(office.agency).kinds


def _edited(office: Office) -> Manuscript:
    """In review; the editor changed wording in their step."""
    piece = office.handed_in()
    office.decide(piece, "head")
    office.decide(piece, "editor", edit=edit_of(piece, TEXT.replace("取得初步", "已见")))
    return read(piece)


def _adopted(office: Office) -> Manuscript:
    """Signed, sent to one body, adopted in its journal."""
    piece = office.signed()
    to = [office.body["区委办"]]
    sent = submit(by=office.fresh("editor"), manuscript=piece, revision=piece.revision, to=to)[0]
    rules = rules_of(office.agency)
    form, evidence = next(iter(rules.adoption_forms)), list(rules.evidence_grades)[-1]
    result = Result(form, evidence, date(2026, 1, 5), office.journal["区委办"], "12")
    adopt(by=office.fresh("editor"), submission=sent, revision=sent.revision, result=result)
    return read(piece)
