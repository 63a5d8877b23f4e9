"""Recording pages: what waits, entering a decision, the signature owed, pictures kept."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.files.rules import MOST_BYTES
from hezou.kernel import clock
from hezou.manuscripts.queries import current_version
from hezou.review.models import Decision
from hezou.review.rules import QR_PREFIX, RETURN
from tests.support.office import TEXT, Office, edit_of, read
from tests.support.paper import owed, photo, printed, record, scan
from tests.support.pictures import claiming
from tests.web.conftest import LogIn
from tests.web.reading import buttons, field_errors, fields, panels, rows, said, summary, tree, words
from tests.web.recorder import LIST, picture_of, press

WORDED = TEXT.replace("取得初步成效", "已见成效")


@pytest.fixture
def office(office: Office) -> Office:
    """Among its people `colleague` records."""
    office.grant("colleague", "recorder", "某局")
    return office


# --- the list -------------------------------------------------------------------------------------
def test_list_is_open_to_recorders_and_the_office_alone(office: Office, log_in: LogIn) -> None:
    keys = ("colleague", "editor", "writer", "head", "signer", "administrator")
    assert {key: log_in(key).get(LIST).status_code for key in keys} == {
        "colleague": 200,
        "editor": 200,
        "writer": 403,
        "head": 403,
        "signer": 403,
        "administrator": 403,
    }


def test_list_shows_steps_that_wait_and_signatures_owed(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    answer = log_in("colleague").get(LIST)
    title = "关于推行窗口帮办服务的做法"
    [waiting] = rows(answer, "Waiting for a decision")
    assert waiting == [title, "Editor", "Editing", "arrived just now", manuscript.number, "Enter it"]
    [late] = rows(answer, "To be signed on paper")
    assert late[:3] == [title, "丙某", "Unit review"]
    assert late[3].startswith("Agreed by telephone")
    assert "Working days counted: " in late[4]


def test_list_marks_what_is_due_today_and_overdue(office: Office) -> None:
    record(office, office.handed_in(), "head")
    account, marks = office.account("colleague"), []
    for days in (0, 1):
        noon = clock.now().replace(hour=4)  # noon in Beijing
        with clock.moved_to(noon + (owed().due_on - noon.date()) + timedelta(days=days)):
            client = Client()
            client.force_login(account, backend="hezou.access.backend.Backend")
            [late] = rows(client.get(LIST), "To be signed on paper")
            marks.append(late[4].split()[0])
    assert marks == ["today", "overdue"]


def test_list_takes_as_many_queries_for_many_rows_as_for_one(office: Office, log_in: LogIn) -> None:
    client = log_in("colleague")
    counts = []
    for pieces in (1, 4):
        for _ in range(pieces):
            record(office, office.handed_in(), "head")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(LIST).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_list_leaves_out_what_the_recorder_may_not_see(office: Office, log_in: LogIn) -> None:
    office.handed_in(content_class="internal")
    answer = log_in("colleague").get(LIST)
    assert "Nothing waits for a decision" in panels(answer)["Waiting for a decision"]


def test_code_leads_to_its_step_or_to_the_signature_owed(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    client = log_in("colleague")
    code = sheet.code
    typed = f" {code[:4].lower()}-{code[4:]}"
    assert client.get(LIST, {"code": typed}).headers["Location"] == (
        f"/recording/{manuscript.pk}?code={code}&seat={sheet.seat_id}"
    )
    record(office, manuscript, "head")
    assert client.get(LIST, {"code": code}).headers["Location"] == f"/recording/owed/{owed().pk}?code={code}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ABC", "“ABC” is no code of a sheet: it has eight letters and digits."),
        ("0000-0000", "No sheet bears the code 0000-0000."),
    ],
)
def test_code_that_leads_nowhere_is_named(office: Office, log_in: LogIn, typed: str, sentence: str) -> None:
    answer = log_in("colleague").get(LIST, {"code": typed})
    assert (answer.status_code, summary(answer)) == (422, [sentence])


# --- entering -------------------------------------------------------------------------------------
def test_telephone_consent_is_entered_with_two_presses(office: Office, log_in: LogIn) -> None:
    """Opened and sent as it stands: the holder, by telephone, now."""
    manuscript = office.handed_in()
    client = log_in("colleague")
    opened = client.get(f"{LIST}{manuscript.pk}")
    assert list(buttons(opened)) == [("Record the approval", True)]
    answer = press(client, manuscript)
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    made = Decision.objects.get()
    assert (made.decided_by, made.recorded_by) == (office.person["head"], office.person["colleague"])
    day = owed().due_on
    assert said(answer) == [
        "Entered: 丙某 (Unit review), Approved (Agreed by telephone). "
        f"To be signed on paper by {day.day} {day:%B %Y}."
    ]


def test_last_step_is_called_a_signature(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    for key in ("head", "editor"):
        office.decide(manuscript, key)
    client = log_in("colleague")
    assert list(buttons(client.get(f"{LIST}{manuscript.pk}"))) == [("Record the signature", True)]
    press(client, manuscript, mode="in_person")
    assert read(manuscript).state == "signed"


def test_return_asks_for_words_and_keeps_what_was_typed(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    client = log_in("colleague")
    answer = press(client, manuscript, RETURN, mode="message", words="")
    assert (answer.status_code, field_errors(answer)) == (422, ["Say in a few words what should be changed."])
    assert fields(answer, "record")["mode"] == "message"
    assert press(client, manuscript, RETURN, words="请补充数据。").status_code == 303
    assert read(manuscript).state == "returned"


def test_photo_of_the_signed_sheet_closes_the_step(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    client = log_in("colleague")
    answer = press(client, manuscript, mode="paper", picture=picture_of(sheet))
    assert answer.status_code == 303
    made = Decision.objects.get()
    assert (made.mode, made.sheet) == ("paper", sheet)
    kept = client.get(f"{LIST}evidence/{made.pk}")
    assert kept.content == picture_of(sheet).read()
    assert (kept.headers["Content-Type"], kept.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert kept.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_scan_is_offered_as_a_download(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    pages = SimpleUploadedFile("扫描.pdf", scan(photo(QR_PREFIX + sheet.code)))
    client = log_in("colleague")
    assert press(client, manuscript, mode="paper", picture=pages).status_code == 303
    kept = client.get(f"{LIST}evidence/{Decision.objects.get().pk}")
    assert kept.headers["Content-Disposition"].startswith("attachment; ")


def test_typed_code_closes_the_step_without_a_picture(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    answer = press(log_in("colleague"), manuscript, mode="paper", code=sheet.code.lower())
    assert (answer.status_code, Decision.objects.get().sheet) == (303, sheet)


def test_wrong_papers_are_refused_and_named(office: Office, log_in: LogIn) -> None:
    manuscript, other = office.handed_in(), office.handed_in()
    sheet, stray = printed(office, manuscript), printed(office, other)
    client = log_in("colleague")
    code, strange = (f"{one.code[:4]}-{one.code[4:]}" for one in (sheet, stray))
    both = sorted([code, strange])
    blank = SimpleUploadedFile("空白.png", photo(form="PNG"))
    told = {
        "other piece": press(client, manuscript, mode="paper", picture=picture_of(stray)),
        "two sheets": press(client, manuscript, mode="paper", picture=picture_of(sheet, stray, turned=0)),
        "no code": press(client, manuscript, mode="paper", picture=blank),
        "neither": press(client, manuscript, mode="paper"),
        "other code": press(client, manuscript, mode="paper", picture=picture_of(sheet), code=strange),
        "no such code": press(client, manuscript, mode="paper", code="0000-0000"),
        "macros": press(client, manuscript, picture=SimpleUploadedFile("单.docm", b"PK\x03\x04 vbaProject")),
        "text": press(client, manuscript, picture=SimpleUploadedFile("单.txt", "同意".encode())),
    }
    assert {name: answer.status_code for name, answer in told.items()} == dict.fromkeys(told, 422)
    sentences = {name: (field_errors(answer) or summary(answer))[0] for name, answer in told.items()}
    two = sentences.pop("two sheets")
    assert all(one in two for one in both)
    assert sentences == {
        "other piece": f"This sheet belongs to another piece (number {other.number}).",
        "no code": "No code of a sheet was found on the picture. "
        "Type the eight characters that stand beside the square.",
        "neither": "A signature on paper closes the step by the code of its sheet. "
        "Photograph the code, or type it.",
        "other code": f"The picture shows the sheet {code}, but {strange} was typed.",
        "no such code": "No sheet bears the code 0000-0000.",
        "macros": "The file holds macros and was not kept. Save it without macros.",
        "text": "Only a photo (PNG, JPEG) or a scan (PDF) of the sheet can be kept.",
    }
    assert Decision.objects.count() == 0


def test_code_printed_before_the_last_edit_is_refused_and_what_was_typed_stays(
    office: Office, log_in: LogIn
) -> None:
    manuscript = office.handed_in()
    sheet = printed(office, manuscript)
    record(office, manuscript, "head", mode="paper", sheet=sheet)
    office.decide(manuscript, "editor", edit=edit_of(manuscript, TEXT.replace("12项", "15项")))
    client = log_in("colleague")
    for paper in ({"picture": picture_of(sheet)}, {"code": sheet.code}):
        answer = press(client, manuscript, mode="paper", words="同意，请办。", **paper)
        assert (answer.status_code, fields(answer, "record")["words"]) == (422, "同意，请办。")
        assert (field_errors(answer) or summary(answer)) == [
            "The text on this sheet (version 1) is not the one to be signed (version 2). "
            "Print the sheet again and have it signed."
        ]
    assert Decision.objects.filter(recorded_by=office.person["colleague"]).count() == 1


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        (
            claiming(20_000, 10_000),
            413,
            "The picture has 200 million pixels; at most 60 million can be kept.",
        ),
        (
            scan(photo("HZ1:00000000")[:300]),
            422,
            "No code of a sheet was found on the picture. "
            "Type the eight characters that stand beside the square.",
        ),
    ],
    ids=["200 megapixels", "half a scan"],
)
def test_picture_that_cannot_be_looked_at_is_named_and_what_was_typed_stays(
    office: Office, log_in: LogIn, data: bytes, status: int, sentence: str
) -> None:
    picture = SimpleUploadedFile("签批件", data)
    answer = press(log_in("colleague"), office.handed_in(), mode="paper", words="同意。", picture=picture)
    assert (answer.status_code, fields(answer, "record")["words"]) == (status, "同意。")
    assert (field_errors(answer) or summary(answer)) == [sentence]
    assert not Decision.objects.exists()


def test_picture_too_large_is_refused_by_name(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    huge = SimpleUploadedFile("大.jpg", b"\xff\xd8\xff" + bytes(MOST_BYTES))
    answer = press(log_in("colleague"), manuscript, picture=huge)
    assert (answer.status_code, summary(answer)) == (413, ["The file has 20 MB; at most 20 MB can be kept."])


def test_ink_is_entered_as_the_leader_s_edit(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    client = log_in("colleague")
    answer = press(client, manuscript, text=WORDED)
    assert (answer.status_code, field_errors(answer)) == (
        422,
        ["Say how the edit was agreed: the office was told to make it, or the clean text was initialled."],
    )
    assert fields(answer, "record")["text"] == WORDED
    press(client, manuscript, text=WORDED.replace("\n", "\r\n"), edit_basis="authorised")
    made = Decision.objects.get()
    assert (made.edit_class, made.edit_basis, made.decided_by) == (
        "wording",
        "authorised",
        office.person["head"],
    )
    assert current_version(read(manuscript)).text.plain() == WORDED
    review = log_in("writer").get(f"/manuscripts/{manuscript.pk}?part=review")
    decided = panels(review)["Decisions of round 1"]
    assert "Unit review · Approved · Wording only · The office was told to change it so" in decided
    assert "Agreed by telephone, entered by 乙某" in decided


@pytest.mark.parametrize("text", ["", "  \n"])
def test_emptied_text_is_refused(office: Office, log_in: LogIn, text: str) -> None:
    answer = press(log_in("colleague"), office.handed_in(), text=text, edit_basis="authorised")
    assert (answer.status_code, field_errors(answer)) == (
        422,
        ["There is no text yet. Paste or type it first."],
    )


@pytest.mark.parametrize("name", ["words", "text"])
def test_mark_of_secrecy_is_refused_and_not_stored(office: Office, log_in: LogIn, name: str) -> None:
    manuscript = office.handed_in()
    answer = press(log_in("colleague"), manuscript, **{name: f"机密★1年\n{TEXT}", "edit_basis": "authorised"})
    assert answer.status_code == 422
    assert Decision.objects.count() == 0


def test_step_that_does_not_edit_offers_no_text(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in(openness="proactive")
    for key in ("head", "editor"):
        office.decide(manuscript, key)
    client = log_in("colleague")
    opened = client.get(f"{LIST}{manuscript.pk}")
    assert "text" not in fields(opened, "record")
    assert press(client, manuscript).status_code == 303


def test_stale_page_keeps_what_was_typed(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    client = log_in("colleague")
    sent = {
        **fields(client.get(f"{LIST}{manuscript.pk}"), "record"),
        "words": "同意，请办。",
        "verdict": "approve",
    }
    office.decide(manuscript, "head")
    answer = client.post(f"{LIST}{manuscript.pk}", sent)
    assert answer.status_code == 409
    assert fields(answer, "record")["words"] == "同意，请办。"


def test_second_press_enters_once(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    client = log_in("colleague")
    sent = {**fields(client.get(f"{LIST}{manuscript.pk}"), "record"), "verdict": "approve"}
    answers = [client.post(f"{LIST}{manuscript.pk}", sent) for _ in range(2)]
    assert [answer.headers.get("Location") for answer in answers] == [LIST, LIST]
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("hand", ["", "forged", f"{UUID(int=1)}:{UUID(int=2)}", ":"])
def test_hand_that_is_none_is_refused(office: Office, log_in: LogIn, hand: str) -> None:
    answer = press(log_in("colleague"), office.handed_in(), hand=hand)
    assert answer.status_code == (404 if hand else 422)


def test_unknown_verdict_is_refused(office: Office, log_in: LogIn) -> None:
    answer = log_in("colleague").post(f"{LIST}{office.handed_in().pk}", {"verdict": "burn"})
    assert answer.status_code == 422


def test_author_sees_why_not(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in("writer", "colleague")
    client = log_in("colleague")
    opened = client.get(f"{LIST}{manuscript.pk}")
    assert list(buttons(opened)) == [("Record the approval", False)]
    assert press(client, manuscript).status_code == 422
    assert Decision.objects.count() == 0


def test_page_without_an_open_step_says_so(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    opened = log_in("colleague").get(f"{LIST}{manuscript.pk}")
    assert "Nothing can be recorded here now" in words(tree(opened).get_element_by_id("content"))
