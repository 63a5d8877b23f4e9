"""The printed sheet: page, .docx and square code say the same."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from hezou.documents.rules import read_document
from hezou.files.codes import codes_on
from hezou.files.rules import admit
from hezou.kernel.ids import uuid7
from hezou.manuscripts.queries import current_version
from hezou.review import actions as review
from hezou.review.models import Sheet
from hezou.review.rules import QR_PREFIX
from tests.support.office import TEXT, Office, edit_of, read
from tests.support.paper import owed, printed, record
from tests.web.conftest import LogIn
from tests.web.reading import Answer, panels, tree, words


@pytest.fixture
def office(office: Office) -> Office:
    """Among its people `colleague` records."""
    office.grant("colleague", "recorder", "某局")
    return office


def on_page(answer: Answer) -> str:
    [sheet] = tree(answer).xpath("//article")
    return words(sheet)


def in_file(answer: Answer) -> str:
    document = docx.Document(BytesIO(answer.content))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    return " ".join("\n".join(cells).split())


def test_print_makes_a_sheet_and_leads_to_it(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    client = log_in("writer")
    seat = office.open_seat(manuscript)
    opened = client.get(f"/manuscripts/{manuscript.pk}?part=review")
    assert "for “Unit review” Print Approval sheet of a report" in panels(opened)["Approval sheet"]
    sent = {"deed": str(uuid7()), "form": "report", "seat": str(seat.pk)}
    answers = [client.post(f"/sheets/print/{manuscript.pk}", sent) for _ in range(2)]
    made = Sheet.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"/sheets/{made.pk}"] * 2


def test_page_and_file_say_what_is_to_be_signed(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head", words="同意。")
    office.decide(
        manuscript, "editor", opinion="已统稿。", edit=edit_of(manuscript, TEXT.replace("取得", "见到"))
    )
    sheet = printed(office, manuscript)
    client = log_in("signer")
    seal = current_version(read(manuscript)).seal
    code = f"{sheet.code[:4]}-{sheet.code[4:]}"
    wanted = [
        "关于推行窗口帮办服务的做法", manuscript.number, "经验做法", "可公开", "不予公开", "甲某",
        "同意。", "丙某", "电话同意", "针对第1版", "同意：已统稿。", code,
    ]  # fmt: skip
    page, file = on_page(client.get(f"/sheets/{sheet.pk}")), in_file(client.get(f"/sheets/{sheet.pk}/docx"))
    assert [one for one in wanted if one not in page] == []
    assert [one for one in wanted if one not in file] == []
    for paper in (page.replace(" ", ""), file.replace(" ", "")):
        assert (seal in paper, sheet.chain_hash in paper) == (True, True)


def test_sheet_has_room_for_ink_at_its_own_step_alone(office: Office, log_in: LogIn) -> None:
    sheet = printed(office, office.handed_in())
    client = log_in("writer")
    page = on_page(client.get(f"/sheets/{sheet.pk}"))
    file = read_document(client.get(f"/sheets/{sheet.pk}/docx").content, "x.docx").text
    counts = [(paper.count("签名："), paper.count("另行送签")) for paper in (page, file)]
    assert counts == [(1, 2), (1, 2)]


def test_sheet_stays_as_it_was_printed(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    client = log_in("writer")
    before = on_page(client.get(f"/sheets/{sheet.pk}"))
    office.decide(manuscript, "head", edit=edit_of(manuscript, TEXT.replace("的做法\n", "的几点做法\n")))
    assert on_page(client.get(f"/sheets/{sheet.pk}")) == before


def test_square_code_on_the_page_is_the_sheet_s(office: Office, log_in: LogIn) -> None:
    sheet = printed(office, office.handed_in())
    answer = log_in("writer").get(f"/sheets/{sheet.pk}/code")
    assert answer.headers["Content-Type"] == "image/png"
    assert codes_on(admit(answer.content)) == [QR_PREFIX + sheet.code]


def test_sheet_for_a_signature_owed_names_the_consent(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    client = log_in("colleague")
    opened = panels(client.get(f"/recording/{manuscript.pk}"))["Approval sheet"]
    assert "to be signed later at “Unit review”" in opened
    sheet = printed(office, manuscript, seat=owed().decision.seat)
    assert "丙某电话同意（" in on_page(client.get(f"/sheets/{sheet.pk}"))


def test_forms_follow_the_lines_a_piece_may_take(office: Office, log_in: LogIn) -> None:
    public = office.handed_in(openness="proactive")
    client = log_in("writer")
    offered = panels(client.get(f"/manuscripts/{public.pk}?part=review"))["Approval sheet"]
    assert "Print Approval sheet of a reportPrint Review form of a release (with secrecy review)" in offered


def test_signed_piece_gets_a_sheet_for_the_file(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    client = log_in("writer")
    offered = panels(client.get(f"/manuscripts/{manuscript.pk}?part=review"))["Approval sheet"]
    assert offered == "Approval sheet for the file Print Approval sheet of a report"
    sheet = review.print_sheet(by=office.fresh("editor"), manuscript=manuscript, form="report")
    assert "年 月 日" not in on_page(client.get(f"/sheets/{sheet.pk}"))


def test_sheet_is_not_there_for_who_may_not_see_the_piece(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    client = log_in("other_writer")
    places = (
        f"/sheets/{sheet.pk}",
        f"/sheets/{sheet.pk}/docx",
        f"/sheets/{sheet.pk}/code",
        f"/sheets/{uuid7()}",
    )
    assert [client.get(place).status_code for place in places] == [404] * 4
    assert client.post(f"/sheets/print/{manuscript.pk}", {"form": "report"}).status_code == 404


def test_print_for_a_seat_that_is_none_finds_nothing(office: Office, log_in: LogIn) -> None:
    manuscript, other = office.handed_in(), office.handed_in()
    client = log_in("writer")
    for seat in (str(uuid7()), "forged", str(office.open_seat(other).pk)):
        sent = {"deed": str(uuid7()), "form": "report", "seat": seat}
        assert client.post(f"/sheets/print/{manuscript.pk}", sent).status_code == 404
