"""A town's bureau for load: the demo agency with two hundred units and fifteen hundred roles granted, and as
many pieces as asked for. Imported by benchmarks once Django is set up."""

from __future__ import annotations

from random import Random

from hezou.kernel import clock
from hezou.manuscripts import actions as pieces
from hezou.ops.demo.building import Builder, fill
from hezou.ops.demo.texts import fill as fill_text
from hezou.ops.demo.texts import plan
from hezou.people.actions import import_directory
from hezou.people.models import Agency, Grant, Person, Unit
from hezou.people.rules.sheet import Row
from hezou.review import actions as review

UNITS, GRANTS = 200, 1500
WAITING = 300
"""Pieces handed in and decided by nobody yet, act by act."""
SURNAMES = "安白柏毕卞岑苌池褚丛戴邓窦段凡樊费丰凤傅"
GIVEN = ("听雨", "问渠", "怀远", "知新", "若谷", "望舒", "清越", "思源", "景行", "维桢", "致远")


def build(manuscripts: int) -> Agency:
    """The bureau with that many pieces, of which some hundred wait; the rest are finished."""
    agency = Builder().build(0)
    admin = _fresh(Person.objects.get(agency=agency, grants__role="administrator"))
    report = import_directory(by=admin, rows=list(_rows(agency)), dry_run=False)
    assert report.count("refused") == 0, [line for line in report.lines if line.outcome == "refused"][:3]
    assert Unit.objects.filter(agency=agency).count() == UNITS + 1
    assert Grant.objects.filter(agency=agency).count() == GRANTS
    _hand_in(agency, min(WAITING, manuscripts // 10))
    fill(manuscripts)
    return Agency.objects.get(pk=agency.pk)


def _rows(agency: Agency) -> list[Row]:
    """The lines of a sheet that add what the demo's directory lacks."""
    root = Unit.objects.get(agency=agency, parent=None).name
    more = UNITS + 1 - Unit.objects.filter(agency=agency).count()
    roles = GRANTS - Grant.objects.filter(agency=agency).count()
    rows = [Row(0, unit=f"第{number + 1}便民服务站", parent=root) for number in range(more)]
    for number in range(roles - more):
        unit, place = rows[number % more].unit, number // more
        name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]
        held = "信息员、部门主要负责人" if place == 0 else "信息员"
        rows.append(Row(0, unit=unit, name=name, staff_number=f"{10000 + number}", roles=held))
    return [Row(**{**vars(row), "line": line}) for line, row in enumerate(rows, start=2)]


def _hand_in(agency: Agency, count: int) -> None:
    """Pieces that wait for their first level, in as many units."""
    heads = Grant.objects.filter(agency=agency, role="unit_head", unit__name__endswith="便民服务站")
    writers = list(
        Person.objects.filter(agency=agency, unit__in=heads.values("unit"))
        .exclude(grants__role="unit_head")
        .order_by("staff_number")[:count]
    )
    texts = plan()["texts"]
    for number, writer in enumerate(writers):
        by = _fresh(writer)
        row = texts[number % len(texts)]
        filled = fill_text(row, Random(number), by.unit.name, clock.now())
        manuscript = pieces.create(
            by=by,
            text=filled.text,
            kind=filled.kind,
            content_class="public",
            openness=filled.openness,
            named=[by],
        )
        review.hand_in(by=by, manuscript=manuscript, revision=manuscript.revision, confirmed=True)


def _fresh(person: Person) -> Person:
    return Person.objects.select_related("agency", "unit").get(pk=person.pk)
