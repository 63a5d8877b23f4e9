"""The report piece: the body's own header, who is named on it, and what keeps it from being made."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import translation

from hezou.documents.rules import read_document
from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Body, Person
from hezou.people.queries import today_of
from hezou.submissions.actions import submit
from hezou.web.templatetags.words import day
from tests.support.office import TEXT, Office, found_office, read
from tests.support.pictures import bring, line, picture
from tests.web.conftest import LogIn
from tests.web.reading import Answer, panels, tree, words
from tests.web.test_submissions import asked

NUMBER = "0571-00000001"
NO_TELEPHONE = (
    "The report piece names the telephone number of its writer, and 甲某 has none here. "
    "The administrator enters it on the page of that person."
)


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


@pytest.fixture
def office(db: None) -> Office:
    """Its writer has a telephone."""
    return with_telephone(found_office())


def with_telephone(office: Office) -> Office:
    Person.objects.filter(pk=office.person["writer"].pk).update(phone=NUMBER)
    return office


def taken(client: Client, manuscript: Manuscript, body: Body) -> Answer:
    return client.get(f"/submissions/report/{manuscript.pk}/{body.pk}.docx")


def lines(answer: Answer) -> list[str]:
    """What stands on the paper."""
    assert answer.status_code == 200
    return read_document(answer.content, "x.docx").text.split("\n")


def test_report_piece_bears_the_head_of_the_body_it_goes_to(office: Office, log_in: LogIn) -> None:
    manuscript, client = office.signed(), log_in("editor")
    with translation.override("zh-hans"):
        today = day(today_of(office.agency))
    agency, number = office.agency.name, manuscript.number
    found = {name: lines(taken(client, manuscript, body)) for name, body in office.body.items()}
    text = TEXT.split("\n")
    assert found == {
        "区委办": [
            "信息专报",
            f"（{number}）",
            f"报送单位：{agency}\t签发人：壬某",
            *text,
            "",
            f"报送：区委办\t{today}",
            f"撰稿人：甲某\t联系电话：{NUMBER}",
        ],
        "市局": [
            "工作信息",
            f"（{number}）",
            f"{agency}\t{today}",
            *text,
            "",
            "报：市局",
            f"签发：壬某\t撰稿：甲某　　电话：{NUMBER}",
        ],
    }


def test_report_piece_has_its_picture_and_a_name_that_says_where_it_goes(
    office: Office, log_in: LogIn
) -> None:
    shown = line(bring(office.fresh("writer"), picture()))
    answer = taken(log_in("editor"), office.signed(text=f"{TEXT}\n{shown}"), office.body["市局"])
    assert [one.data for one in read_document(answer.content, "x.docx").pictures] == [picture()]
    assert unquote(answer["Content-Disposition"]).endswith("关于推行窗口帮办服务的做法（市局）.docx")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_report_piece_of_a_submission_bears_the_day_it_left(office: Office, log_in: LogIn) -> None:
    manuscript, body = office.signed(), office.body["市局"]
    by = office.fresh("editor")
    [sent] = submit(by=by, manuscript=manuscript, revision=manuscript.revision, to=[body])
    type(sent).objects.update(submitted_at=sent.submitted_at.replace(2026, 3, 5))
    assert lines(taken(log_in("editor"), manuscript, body))[2].endswith("\t2026年3月5日")


def test_report_piece_names_the_deputy_who_signed_and_for_whom(office: Office, log_in: LogIn) -> None:
    today = today_of(office.agency)
    office.deputise("signer", "leader", today, today)
    manuscript = office.handed_in()
    for key in ("head", "editor", "leader"):
        office.decide(manuscript, key)
    [_, _, head, *_] = lines(taken(log_in("editor"), manuscript, office.body["区委办"]))
    assert head.endswith("签发人：己某（代壬某签）")


def test_report_piece_names_all_writers_and_rings_the_first(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed("writer", "colleague")
    foot = lines(taken(log_in("editor"), manuscript, office.body["区委办"]))[-1]
    assert foot == f"撰稿人：甲某、乙某\t联系电话：{NUMBER}"


def test_report_piece_is_refused_before_the_signature(office: Office, log_in: LogIn) -> None:
    manuscript, client, body = office.handed_in(), log_in("editor"), office.body["市局"]
    office.decide(manuscript, "head")
    answer = taken(client, read(manuscript), body)
    assert answer.status_code == 422
    assert "The step “Editing” has not decided on the present text." in words(tree(answer))
    office.decide(manuscript, "editor", verdict="return", opinion="请补充数据。")
    assert taken(client, read(manuscript), body).status_code == 422


def test_report_piece_asks_for_the_telephone_of_its_writer(office: Office, log_in: LogIn) -> None:
    manuscript, client = office.signed(), log_in("editor")
    Person.objects.update(phone="")
    answer = taken(client, manuscript, office.body["市局"])
    assert (answer.status_code, NO_TELEPHONE in words(tree(answer))) == (422, True)
    assert NO_TELEPHONE in panels(asked(client, manuscript, office.body["市局"]))["What leaves"]


def test_report_piece_is_for_who_submits(office: Office, log_in: LogIn) -> None:
    manuscript, body = office.signed(), office.body["市局"]
    keys = ("writer", "signer", "administrator", "other_writer")
    assert [taken(log_in(key), manuscript, body).status_code for key in keys] == [403, 403, 404, 404]
    other = found_office("hill")
    client = log_in("editor")
    assert taken(client, manuscript, other.body["市局"]).status_code == 404
    assert client.get(f"/submissions/report/{uuid7()}/{body.pk}.docx").status_code == 404
    assert taken(log_in("editor", other), manuscript, body).status_code == 404


def test_pages_lead_to_the_report_piece(office: Office, log_in: LogIn) -> None:
    manuscript, body, client = office.signed(), office.body["市局"], log_in("editor")
    place = f"/submissions/report/{manuscript.pk}/{body.pk}.docx"
    before = asked(client, manuscript, body)
    submit(by=office.fresh("editor"), manuscript=manuscript, revision=manuscript.revision, to=[body])
    piece = f"/manuscripts/{manuscript.pk}?part=submissions"
    pages = [before, client.get("/submissions/"), client.get(piece)]
    assert [place in tree(answer).xpath("//main//a/@href") for answer in pages] == [True] * 3
    others = log_in("signer").get(piece)
    assert place not in tree(others).xpath("//main//a/@href")


def test_station_has_forms_of_its_own(log_in: LogIn, db: None) -> None:
    station = with_telephone(found_office("hill", rules="county-station", kind="field_report"))
    Body.objects.filter(agency=station.agency).update(nature="county")
    manuscript = station.signed()
    assert lines(taken(log_in("editor", station), manuscript, station.body["市局"]))[0] == "呈阅件"
