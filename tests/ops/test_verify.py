"""`hezou verify` notices every kind of tampering and says where."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

from hezou.audit.models import AuditEntry, ChainHead
from hezou.audit.queries import head
from hezou.manuscripts.models import Manuscript, Text, Version
from hezou.ops.cli import main
from hezou.review.models import Decision
from hezou.submissions import actions as submissions
from hezou.submissions.models import Submission
from tests.support.office import Office, found_office
from tests.support.paper import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return found_office()


@pytest.fixture
def sent(office: Office) -> Manuscript:
    """A piece that left."""
    manuscript = office.signed()
    submissions.submit(
        by=office.fresh("editor"),
        manuscript=manuscript,
        revision=manuscript.revision,
        to=[office.body["区委办"]],
    )
    return manuscript


def alter_entry() -> None:
    entry = AuditEntry.objects.get(verb="make_version")
    AuditEntry.objects.filter(pk=entry.pk).update(detail={**entry.detail, "reason": "keep"})


def drop_entry() -> None:
    AuditEntry.objects.filter(number=2).delete()


def cut_tail() -> None:
    AuditEntry.objects.order_by("-number")[0].delete()


def alter_text() -> None:
    Text.objects.update(body=zlib.compress("另一篇".encode()))


def garble_text() -> None:
    Text.objects.update(body=b"no zlib")


def reclassify() -> None:
    Version.objects.update(content_class="internal")


def rebind_decision() -> None:
    """Bind the last decision to a forged version row with a seal of its own."""
    last = Decision.objects.order_by("-at")[0]
    version = last.version_after
    text = Text.objects.create(
        agency_id=version.agency_id, seal="0" * 64, body=Text.packed("另一篇"), characters=3
    )
    forged = Version.objects.create(
        agency_id=version.agency_id,
        manuscript_id=version.manuscript_id,
        number=99,
        round=version.round,
        reason="keep",
        made_by_id=version.made_by_id,
        made_at=version.made_at,
        kind=version.kind,
        content_class=version.content_class,
        openness=version.openness,
        norm=version.norm,
        salt=version.salt,
        seal="0" * 64,
        text=text,
    )
    Decision.objects.filter(pk=last.pk).update(version_after=forged)


def remove_decision() -> None:
    Decision.objects.order_by("at")[0].delete()


def add_submission() -> None:
    """A second submission that no entry tells of."""
    row = Submission.objects.get()
    other = row.body.__class__.objects.exclude(pk=row.body_id)[0]
    Submission.objects.create(
        agency_id=row.agency_id,
        manuscript_id=row.manuscript_id,
        version_id=row.version_id,
        body=other,
        submitted_by_id=row.submitted_by_id,
        submitted_at=row.submitted_at,
    )


def stray_text() -> None:
    text = Text.objects.all()[0]
    Text.objects.create(agency_id=text.agency_id, seal="1" * 64, body=Text.packed("夹带"), characters=2)


def test_verify_of_untouched_data_is_clean(sent: Manuscript, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    printed = capsys.readouterr()
    number, digest = head(sent.agency_id)
    assert f"lake\t{number}\t{digest}" in printed.out.splitlines()
    assert printed.err == ""


@pytest.mark.parametrize(
    ("tamper", "place"),
    [
        (alter_entry, "entry"),
        (drop_entry, "entry"),
        (cut_tail, "entry"),
        (alter_text, "version"),
        (garble_text, "version"),
        (reclassify, "version"),
        (rebind_decision, "decision"),
        (remove_decision, "submission"),
        (add_submission, "submission"),
        (stray_text, "text"),
    ],
)
def test_verify_names_the_place_of_tampering(
    sent: Manuscript, capsys: pytest.CaptureFixture[str], tamper: Callable[[], None], place: str
) -> None:
    tamper()
    assert main(["verify"]) == 1
    places = {line.split(": ")[1].split(" ")[0] for line in capsys.readouterr().err.splitlines()[:-1]}
    assert place in places


def test_verify_knows_what_somebody_entered_for_another(office: Office) -> None:
    office.grant("colleague", "recorder", "某局")
    manuscript = office.handed_in()
    record(office, manuscript, "head")
    assert main(["verify"]) == 0
    Decision.objects.update(recorded_by=None)
    assert main(["verify"]) == 1


def test_verify_holds_a_head_printed_earlier(sent: Manuscript) -> None:
    number, digest = head(sent.agency_id)
    assert main(["verify", "--agency", "lake", "--head", f"{number}:{digest}"]) == 0


def test_verify_misses_a_head_that_was_rewritten(sent: Manuscript) -> None:
    number, _ = head(sent.agency_id)
    assert main(["verify", "--agency", "lake", "--head", f"{number}:{'f' * 64}"]) == 1


@pytest.mark.parametrize(
    "arguments", [["--agency", "nowhere"], ["--head", "1:0"], ["--agency", "lake", "--head", "one"]]
)
def test_verify_wrongly_called_says_so(sent: Manuscript, arguments: list[str]) -> None:
    assert main(["verify", *arguments]) == 2


def test_verify_knows_a_chain_without_entries() -> None:
    assert ChainHead.objects.count() == 0
    assert main(["verify"]) == 0
