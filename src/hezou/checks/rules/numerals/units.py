"""Units of measurement: legal ones, and one form in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hezou.checks.rules.model import Check, Hit, Pattern, Severity
from hezou.checks.rules.page import Page
from hezou.checks.rules.sources import METROLOGY_LAW, UNIFORM
from hezou.kernel.messages import define

_FORMS = {
    "千米": "km", "公里": "km", "km": "km", "KM": "km",
    "千克": "kg", "公斤": "kg", "kg": "kg", "KG": "kg",
    "平方米": "m²", "m²": "m²", "㎡": "m²", "平米": "m²",
    "平方千米": "km²", "平方公里": "km²", "km²": "km²",
    "立方米": "m³", "m³": "m³",
    "公顷": "hm²", "hm²": "hm²",
    "摄氏度": "℃", "℃": "℃", "°C": "℃",
}  # fmt: skip
_NAMES = "|".join(sorted(_FORMS, key=len, reverse=True))
_UNIT = re.compile(f"[0-9][万亿多余]{{0,2}}(?P<unit>{_NAMES})(?![A-Za-z/])")


def _second_forms(page: Page) -> Iterator[Hit]:
    """Every form of a unit but the one that comes first in the text."""
    first: dict[str, str] = {}
    for match in _UNIT.finditer(page.prose):
        unit = match["unit"]
        used = first.setdefault(_FORMS[unit], unit)
        if unit != used:
            yield Hit(*match.span("unit"), (used,), 0.85, {"used": used})


CHECKS = (
    Check(
        says=define(
            "check.numerals.unit_forms", "“{found}” here, “{used}” before: one form of a unit in one text."
        ),
        severity=Severity.HINT,
        source=UNIFORM,
        clause="",
        find=_second_forms,
        bad=("全长12公里，其中隧道3⟦km→公里⟧。", "面积300平方米，每间20⟦㎡→平方米⟧。"),
        good=("全长12公里，其中隧道3公里。", "全长12千米，重3千克。", "时速80km/h，全长12公里。"),
    ),
    Check(
        says=define("check.numerals.legal_unit", "“{found}” is no legal unit of measurement."),
        severity=Severity.HINT,
        source=METROLOGY_LAW,
        clause="3",
        find=Pattern(
            re.compile(
                r"(?<=[0-9])[万多余]{0,2}(?P<slip>英尺|英寸|英里|市尺|市斤|华里|盎司|加仑|马力|公分|平米)"
            ),
            slip="slip",
            confidence=0.85,
        ),
        bad=("屏幕55⟦英寸⟧。", "水深30⟦公分⟧。"),
        good=("水深30厘米。", "亩产800斤。"),
    ),
)
