"""A piece from hand-in to adoption by the pages alone, under the rules of two unlike agencies."""

from __future__ import annotations

import pytest
from django.test import Client

from hezou.review.models import Seat
from hezou.submissions.models import Adoption
from tests.support.office import Office, found_office, read
from tests.web.conftest import LogIn
from tests.web.reading import Answer, buttons, fields, panels, rows, said, tree

HANDS = {
    "unit_head": "head",
    "leader_in_charge": "leader",
    "editor": "editor",
    "secrecy_reviewer": "secrecy",
    "signer": "signer",
}
"""Who holds which role in the test office."""


def press_main(client: Client, address: str) -> Answer:
    """Open a page and press its main button, a form's submit button."""
    opened = client.get(address)
    button = tree(opened).xpath("//*[@class='main-action']//button")[0]
    form = tree(opened).get_element_by_id(button.get("form"))
    sent = fields(opened, button.get("form"))
    if button.get("name"):
        sent[button.get("name")] = button.get("value")
    target = form.get("action") or address
    return client.post(target, sent) if form.get("method") == "post" else client.get(target, sent)


@pytest.mark.parametrize(
    ("rules", "kind", "form", "evidence", "hands"),
    [
        ("district-bureau", "problem", "whole", "verified", 4),
        ("county-station", "field_report", "full", "seen", 5),
    ],
)
def test_review_submit_and_adopt(
    log_in: LogIn, rules: str, kind: str, form: str, evidence: str, hands: int
) -> None:
    office = found_office("hill", rules=rules, kind=kind)
    manuscript = office.handed_in(openness="proactive")
    clients: dict[str, Client] = {}
    for _ in range(hands):
        key = HANDS[office.open_seat(read(manuscript)).role]
        clients[key] = log_in(key, office)
        listed = clients[key].get("/review/")
        assert len(rows(listed, "Waiting for your decision")) == 1
        assert press_main(clients[key], f"/review/{manuscript.pk}").status_code == 303
    assert read(manuscript).state == "signed"
    assert Seat.objects.filter(manuscript=manuscript, state="passed").count() == hands
    submit_and_adopt(office, clients["editor"], form, evidence)


def submit_and_adopt(office: Office, editor: Client, form: str, evidence: str) -> None:
    """The editor begins at the register's main button and goes on from page to page."""
    register = editor.get("/submissions/")
    assert list(buttons(register)) == [("Submit the one that has waited longest", True)]
    choosing = tree(register).xpath("//*[@class='main-action']/a/@href")[0]
    question = editor.get(choosing, {"confirm": "1", "body": str(office.body["区委办"].pk)})
    assert "This cannot be taken back." in panels(question)["What will happen"]
    assert editor.post(choosing, fields(question, "submit")).status_code == 303
    link = tree(editor.get("/submissions/")).xpath("//tbody//a[contains(@href,'/adopt')]/@href")[0]
    sent = fields(editor.get(link), "adopt")
    answer = editor.post(link, {**sent, "form": form, "evidence": evidence})
    assert said(answer) == ["The adoption by 区委办 is recorded and credited to 甲某 (第一科)."]
    assert (Adoption.objects.get().form, Adoption.objects.get().evidence) == (form, evidence)
