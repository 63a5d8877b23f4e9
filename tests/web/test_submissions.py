"""The register of what left, and submitting to bodies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hezou.kernel import clock
from hezou.kernel.ids import uuid7
from hezou.manuscripts.models import Manuscript
from hezou.people.models import Body
from hezou.people.queries import today_of
from hezou.review import actions as review
from hezou.submissions.actions import Result, adopt, submit
from hezou.submissions.models import Adoption, Submission
from tests.support.office import TEXT, Office, found_office, read
from tests.web.conftest import LogIn
from tests.web.reading import Answer, buttons, panels, rows, said, summary, tree, words

LIST = "/submissions/"
STALE = (
    "Somebody else changed this in the meantime. What you typed is kept; look at the change, then try again."
)


def sent(office: Office, *bodies: str, **more: str) -> list[Submission]:
    """A signed piece, submitted."""
    manuscript = office.signed(**more)
    to = [office.body[name] for name in bodies or ("区委办",)]
    by = office.fresh("editor")
    return submit(by=by, manuscript=manuscript, revision=manuscript.revision, to=to)


def adopted(office: Office, submission: Submission) -> Adoption:
    fresh = Submission.objects.get(pk=submission.pk)
    result = Result("whole", "verified", today_of(office.agency), office.journal["区委办"], "第12期")
    made = adopt(by=office.fresh("editor"), submission=fresh, revision=fresh.revision, result=result)
    return made.adoption


def address(manuscript: Manuscript) -> str:
    return f"/submissions/new/{manuscript.pk}"


def asked(client: Client, manuscript: Manuscript, *bodies: Body) -> Answer:
    """The question before sending."""
    return client.get(address(manuscript), {"confirm": "1", "body": [str(body.pk) for body in bodies]})


def posted(answer: Answer, form_id: str = "submit") -> dict[str, Any]:
    """What the page's form would send, several values of a name included."""
    form = tree(answer).get_element_by_id(form_id)
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


# --- the register ---------------------------------------------------------------------------------
def test_register_says_so_when_nothing_was_submitted(log_in: LogIn) -> None:
    answer = log_in("editor").get(LIST)
    assert answer.status_code == 200
    assert panels(answer)["Register"].endswith(
        "Nothing was submitted yet Signed pieces are submitted from their own page; "
        "what left and what came of it stands here."
    )
    assert "Signed, waiting to be submitted" not in panels(answer)


def test_register_is_closed_to_who_has_no_part_in_it(log_in: LogIn) -> None:
    assert log_in("administrator").get(LIST).status_code == 403


def test_register_begins_with_what_waits_longest(office: Office, log_in: LogIn) -> None:
    with clock.moved_to(clock.now() - timedelta(days=1)):
        first = office.signed(text=TEXT.replace("帮办", "代办"))
    second = office.signed()
    answer = log_in("editor").get(LIST)
    assert rows(answer, "Signed, waiting to be submitted") == [
        ["关于推行窗口代办服务的做法", "Experience", "第一科", "waiting 1 day", first.number, "Submit"],
        ["关于推行窗口帮办服务的做法", "Experience", "第一科", "arrived just now", second.number, "Submit"],
    ]
    assert list(buttons(answer)) == [("Submit the one that has waited longest", True)]
    assert tree(answer).xpath("//*[@class='main-action']/a/@href") == [address(first)]


def test_register_asks_only_who_submits_to_submit(office: Office, log_in: LogIn) -> None:
    office.signed()
    answer = log_in("signer").get(LIST)
    assert list(panels(answer)) == ["Register"]
    assert list(buttons(answer)) == []


def test_register_leaves_out_what_may_not_go_up(office: Office, log_in: LogIn) -> None:
    office.signed(kind="publicity", openness="proactive")
    assert list(panels(log_in("editor").get(LIST))) == ["Register"]


def test_register_shows_what_left_and_what_came_of_it(office: Office, log_in: LogIn) -> None:
    one, _ = sent(office, "区委办", "市局")
    adopted(office, one)
    found = rows(log_in("editor").get(LIST), "Register")
    title, number = "关于推行窗口帮办服务的做法", one.manuscript.number
    acts = "Report piece · Record an adoption"
    assert [(row[0], row[1], row[4], row[5], row[6]) for row in found] == [
        (title, "市局", "庚某", number, acts),
        (title, "区委办", "庚某", number, acts),
    ]
    assert found[0][2] == "Submitted, no result yet"
    assert found[1][2].startswith("Adopted Adopted whole · 区委办信息 第12期")
    assert [len(row) for row in rows(log_in("writer").get(LIST), "Register")] == [6, 6]


def test_register_is_narrowed_by_body_and_state(office: Office, log_in: LogIn) -> None:
    one, _ = sent(office, "区委办", "市局")
    adopted(office, one)
    client = log_in("editor")
    body = client.get(LIST, {"body": str(office.body["市局"].pk)})
    assert [row[1] for row in rows(body, "Register")] == ["市局"]
    assert [words(chip) for chip in tree(body).xpath("//li[@class='chip']")] == ["市局"]
    assert [row[1] for row in rows(client.get(LIST, {"state": "adopted"}), "Register")] == ["区委办"]
    both = client.get(LIST, {"state": "adopted", "body": str(office.body["市局"].pk)})
    assert "Nothing fits these filters" in panels(both)["Register"]
    assert tree(both).xpath("//li[@class='chip']/a/@href") == [
        "?state=adopted",
        f"?body={office.body['市局'].pk}",
    ]


def test_register_takes_no_notice_of_forged_filters(office: Office, log_in: LogIn) -> None:
    sent(office)
    forged = {"body": "\x00", "state": "lost", "after": "2026~x"}
    assert len(rows(log_in("editor").get(LIST, forged), "Register")) == 1


def test_register_shows_nothing_of_another_agency(office: Office, log_in: LogIn) -> None:
    sent(office)
    assert rows(log_in("editor", found_office("hill")).get(LIST), "Register") == []


def test_register_asks_the_same_for_thirty_rows_and_pages_on(office: Office, log_in: LogIn) -> None:
    adopted(office, sent(office)[0])
    client = log_in("editor")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _ in range(30):
        adopted(office, sent(office)[0])
    with CaptureQueriesContext(connection) as thirty:
        answer = client.get(LIST)
    assert len(rows(answer, "Register")) == 30
    assert len(thirty) == len(one) <= 15
    assert words(tree(answer).xpath("//*[@class='list-foot']")[0]) == "31 in all Further rows"
    further = client.get(LIST + tree(answer).xpath("//a[@rel='next']/@href")[0])
    assert len(rows(further, "Register")) == 1
    assert words(tree(further).xpath("//*[@class='list-foot']")[0]) == "31 in all Back to the beginning"


# --- submitting -----------------------------------------------------------------------------------
def test_choosing_groups_bodies_and_says_where_it_went(office: Office, log_in: LogIn) -> None:
    manuscript = sent(office)[0].manuscript
    answer = log_in("editor").get(address(manuscript))
    groups = tree(answer).xpath("//form[@id='choose']/fieldset")
    assert [words(group.xpath("./legend")[0]) for group in groups] == ["Own line", "Territorial"]
    assert words(groups[0].xpath(".//label")[0]) == "市局"
    assert words(groups[1].xpath(".//label")[0]).startswith("区委办 already sent")
    assert groups[1].xpath(".//input/@disabled") == ["disabled"]
    assert list(buttons(answer)) == [("Go on", True)]


def test_choosing_says_so_when_it_went_everywhere(office: Office, log_in: LogIn) -> None:
    manuscript = sent(office, *office.body)[0].manuscript
    answer = log_in("editor").get(address(manuscript))
    told = "The piece was already submitted to every body there is."
    assert told in panels(answer)["Not possible now"]
    assert list(buttons(answer)) == [("Go on", False)]


def test_asking_says_what_will_happen_to_whom(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    answer = asked(log_in("editor"), manuscript, *office.body.values())
    told = "The piece will be submitted to 区委办, 市局. This cannot be taken back."
    assert told in panels(answer)["What will happen"]
    assert list(buttons(answer)) == [("Submit", True)]
    assert Submission.objects.count() == 0


def test_submit_to_several_bodies_at_once(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    client = log_in("editor")
    answer = client.post(address(manuscript), posted(asked(client, manuscript, *office.body.values())))
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert said(answer) == ["“关于推行窗口帮办服务的做法” was submitted to 区委办, 市局."]
    assert sorted(Submission.objects.values_list("body__name", flat=True)) == ["区委办", "市局"]
    assert read(manuscript).state == "sent"


def test_asking_without_a_body_is_refused(office: Office, log_in: LogIn) -> None:
    answer = asked(log_in("editor"), office.signed())
    assert (answer.status_code, summary(answer)) == (422, ["Choose at least one body to submit to."])


def test_submit_without_a_body_is_refused(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    form = {"deed": str(uuid7()), "revision": str(manuscript.revision)}
    answer = log_in("editor").post(address(manuscript), form)
    assert (answer.status_code, summary(answer)) == (422, ["Choose at least one body to submit to."])


def test_submit_of_what_is_not_signed_says_why(office: Office, log_in: LogIn) -> None:
    manuscript = office.handed_in()
    client = log_in("editor")
    answer = client.get(address(manuscript))
    assert "The step “Unit review” has not decided on the present text." in panels(answer)["Not possible now"]
    assert list(buttons(answer)) == [("Go on", False)]
    form = {
        "deed": str(uuid7()),
        "revision": str(read(manuscript).revision),
        "body": str(office.body["市局"].pk),
    }
    refused = client.post(address(manuscript), form)
    assert refused.status_code == 422
    assert Submission.objects.count() == 0


def test_submit_on_a_stale_page_keeps_the_choice(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    client = log_in("editor")
    form = posted(asked(client, manuscript, office.body["市局"]))
    other = office.fresh("second_editor")
    submit(by=other, manuscript=read(manuscript), revision=manuscript.revision, to=[office.body["区委办"]])
    answer = client.post(address(manuscript), form)
    assert (answer.status_code, summary(answer)) == (409, [STALE])
    again = client.post(address(manuscript), posted(answer))
    assert (again.status_code, Submission.objects.count()) == (303, 2)


def test_submit_against_recall_answers_the_later_one_with_why_not(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    client = log_in("editor")
    form = posted(asked(client, manuscript, office.body["市局"]))
    fresh = read(manuscript)
    review.recall(by=office.fresh("writer"), manuscript=fresh, revision=fresh.revision)
    answer = client.post(address(manuscript), form)
    assert (answer.status_code, summary(answer)) == (409, [STALE])
    assert list(buttons(answer)) == [("Go on", False)]
    assert tree(answer).xpath("//input[@name='body'][@checked]/@value") == [str(office.body["市局"].pk)]


def test_second_click_submits_once(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    client = log_in("editor")
    form = posted(asked(client, manuscript, office.body["市局"]))
    first, second = client.post(address(manuscript), form), client.post(address(manuscript), form)
    assert [(a.status_code, a["Location"]) for a in (first, second)] == [(303, LIST), (303, LIST)]
    assert Submission.objects.count() == 1


def test_submit_twice_to_a_body_is_refused(office: Office, log_in: LogIn) -> None:
    manuscript = sent(office)[0].manuscript
    form = {
        "deed": str(uuid7()),
        "revision": str(read(manuscript).revision),
        "body": str(office.body["区委办"].pk),
    }
    answer = log_in("editor").post(address(manuscript), form)
    assert (answer.status_code, summary(answer)) == (
        422,
        ["The piece was already submitted to 区委办."],
    )


def test_submit_is_closed_to_others(office: Office, log_in: LogIn) -> None:
    manuscript = office.signed()
    assert log_in("writer").get(address(manuscript)).status_code == 403
    assert log_in("other_writer").get(address(manuscript)).status_code == 404
    hill = found_office("hill")
    assert log_in("editor", hill).get(address(manuscript)).status_code == 404
    form = {"deed": str(uuid7()), "revision": str(manuscript.revision), "body": str(hill.body["市局"].pk)}
    assert log_in("editor").post(address(manuscript), form).status_code == 404
    assert Submission.objects.count() == 0
