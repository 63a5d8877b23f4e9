"""Who asks, the directory, the codes in force, notices, checks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_request
from ninja import Router

from hezou.access.by_token import open_manuscripts, verbs_of
from hezou.api.door import ANY, DoorRequest, Token
from hezou.api.once import once
from hezou.api.openapi import ONCE
from hezou.api.paging import page_of
from hezou.api.problems import as_told
from hezou.api.rules.events import EVENTS
from hezou.api.shapes import around as told
from hezou.api.shapes.common import SIZE, Id, Said, Size, Word, person_ref, unit_ref
from hezou.api.shapes.submissions import BodyRef
from hezou.checks.rules import Finding
from hezou.checks.rules import check as find_slips
from hezou.kernel.ids import parse
from hezou.kernel.text import count_characters
from hezou.manuscripts.actions import admit
from hezou.manuscripts.rules.classes import OPENNESS
from hezou.notices.actions.telling import read as take_as_read
from hezou.notices.models import Notice
from hezou.notices.queries import notices
from hezou.packs.rules import Rulebook
from hezou.people.directory import directory
from hezou.people.models import Person
from hezou.people.queries import persons, rules_of, units
from hezou.submissions.queries import bodies

router = Router()


@router.get("/me", response=told.Me, auth=Token(ANY), operation_id="read_me", tags=["door"])
def me(request: DoorRequest) -> Any:
    """Whose token this is, what it is for, and until when."""
    person = request.person
    return told.Me(
        person=person_ref(person),
        unit=unit_ref(person.unit),
        agency=person.agency.short_name,
        token=request.token.name,
        verbs=sorted(verbs_of(request.token.verbs)),
        expires_at=request.token.expires_at,
    )


@router.get("/codes", response=told.Codes, auth=Token(ANY), operation_id="list_codes", tags=["door"])
def codes(request: DoorRequest) -> Any:
    """The codes of your agency's rules in force today, with their names."""
    rules = rules_of(request.person.agency)
    return told.Codes(
        kinds=_kinds(rules),
        roles=_labelled(rules.roles),
        natures=_labelled(rules.natures),
        adoption_forms=_labelled(rules.adoption_forms),
        evidence_grades=_labelled(rules.evidence_grades),
        openness=list(OPENNESS),
        events=list(EVENTS),
    )


@router.get(
    "/units", response=told.Units, auth=Token("people.read"), operation_id="list_units", tags=["people"]
)
def list_units(request: DoorRequest) -> Any:
    """The units in use."""
    rows = units(request.person.agency_id)
    return told.Units(items=[told.UnitTold(id=row.pk, parent=row.parent_id, name=row.name) for row in rows])


@router.get(
    "/persons",
    response=told.PersonPage,
    auth=Token("people.read"),
    operation_id="list_persons",
    tags=["people"],
)
def list_persons(
    request: DoorRequest,
    unit: Id | None = None,
    name: Word | None = None,
    after: str | None = None,
    limit: Size = SIZE,
) -> Any:
    """Everybody who works here, by name; `unit` with all below it, `name` as part of a name."""
    rows = persons(request.person.agency_id).select_related("unit")
    if unit is not None:
        rows = rows.filter(unit_id__in=directory(request.person.agency).below([unit]))
    if name is not None:
        rows = rows.filter(name__contains=name)
    found, following = page_of(rows, "persons", "sort_key", "id", after=after, size=limit)
    items = [
        told.PersonTold(id=row.pk, name=row.name, post=row.post, unit=unit_ref(row.unit)) for row in found
    ]
    return told.PersonPage(items=items, next=following)


@router.get(
    "/bodies", response=told.Bodies, auth=Token("people.read"), operation_id="list_bodies", tags=["people"]
)
def list_bodies(request: DoorRequest) -> Any:
    """The bodies that pieces are submitted to, with their journals."""
    return told.Bodies(
        items=[
            told.BodyTold(
                id=row.pk,
                name=row.name,
                nature=row.nature,
                journals=[
                    BodyRef(id=one.pk, name=one.name) for one in row.journals.all() if one.retired_at is None
                ],
            )
            for row in bodies(request.person.agency_id)
        ]
    )


@router.get(
    "/notices",
    response=told.NoticePage,
    auth=Token("notice.read"),
    operation_id="list_notices",
    tags=["notices"],
)
def list_notices(request: DoorRequest, after: str | None = None, limit: Size = SIZE) -> Any:
    """What you were told, newest first."""
    found, following = page_of(notices(request.person), "notices", "-id", after=after, size=limit)
    titles = _titles(request.person, found)
    return told.NoticePage(items=[_notice(row, titles.get(row.ref_id)) for row in found], next=following)


@router.post(
    "/notices/read",
    response=told.ReadTold,
    auth=Token("notice.read"),
    operation_id="read_notices",
    tags=["notices"],
    openapi_extra=ONCE,
)
def read_notices(request: DoorRequest, response: HttpResponse, sent: told.ReadUntil) -> Any:
    """Take your notices as read, up to an id."""

    def do() -> int:
        take_as_read(by=request.person, until=sent.until)
        return sent.until

    return told.ReadTold(until=int(once(request, response, do)))


@router.post(
    "/checks", response=told.Findings, auth=Token("text.check"), operation_id="check_text", tags=["checks"]
)
def check(request: DoorRequest, sent: told.TextSent) -> Any:
    """What the checks say of a text. Nothing is kept; a text that bears a mark of secrecy is refused."""
    agency = request.person.agency
    admit(sent.text, agency)
    if sent.kind is not None:
        rules_of(agency).kind(sent.kind)
    with translation.override(get_language_from_request(request)):
        found = [_finding(one) for one in find_slips(sent.text, kind=sent.kind)]
    return told.Findings(characters=count_characters(sent.text), findings=found)


def _kinds(rules: Rulebook) -> list[told.KindTold]:
    found = []
    for code, kind in rules.kinds.items():
        steps = {step.code: step for _, _, step in rules.route(kind.route).walk()}
        found.append(
            told.KindTold(
                code=code,
                **kind.label.model_dump(),
                lines=list(kind.lines),
                classes=list(rules.classes_of(code)),
                steps=_labelled(steps),
            )
        )
    return found


def _labelled(rows: Any) -> list[told.Labelled]:
    return [told.Labelled(code=code, **row.label.model_dump()) for code, row in rows.items()]


def _titles(person: Person, found: list[Notice]) -> dict[str, str]:
    """Id → title of the pieces that notices are about, where the bearer may see them."""
    ids = {key for row in found if row.ref_kind == "manuscript" and (key := parse(row.ref_id))}
    rows = open_manuscripts(person).filter(pk__in=ids).values_list("pk", "title")
    return {str(key): title for key, title in rows}


def _notice(row: Notice, title: str | None) -> told.NoticeTold:
    return told.NoticeTold(
        id=row.pk,
        kind=row.kind,
        thing_kind=row.ref_kind,
        thing=row.ref_id if title is not None or row.ref_kind != "manuscript" else None,
        title=title,
        by=person_ref(row.by),
        at=row.at,
        read_at=row.read_at,
    )


def _finding(one: Finding) -> told.FindingTold:
    return told.FindingTold(
        check=one.check,
        severity=one.severity.value,
        start=one.start,
        end=one.end,
        message=Said(**as_told(one.message)),
        why=Said(**as_told(one.why)),
        replacements=list(one.replacements),
        confidence=one.confidence,
    )
