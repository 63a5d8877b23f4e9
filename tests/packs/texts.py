"""The smallest set of rules that holds, and how tests alter it."""

from __future__ import annotations

from hezou.packs.rules import Rulebook, compose, parse

KINDS = """\
schema = 1
source = "a test"

[[kinds]]
code = "letter"
label = { zh = "信", en = "Letter" }
lines = ["up", "out", "in"]
route = "short"

[[kinds]]
code = "diary"
label = { zh = "日记", en = "Diary" }
lines = ["in"]
route = "alone"
classes = ["internal"]
source = "a diary of its own"
"""

ROUTES = """\
schema = 1
source = "a test"

[[routes]]
code = "short"
label = { zh = "短", en = "Short" }

[[routes.levels]]
code = "one"
label = { zh = "一", en = "One" }

[[routes.levels.steps]]
code = "reading"
label = { zh = "读", en = "Reading" }
role = "unit_head"
scope = "unit"

[[routes.levels.steps]]
code = "secrets"
label = { zh = "密", en = "Secrets" }
role = "secrecy_reviewer"
scope = "agency"
counts = false
edits = false
secrecy = true
lines = ["out"]

[[routes.levels]]
code = "two"
label = { zh = "二", en = "Two" }

[[routes.levels.steps]]
code = "signing"
label = { zh = "签", en = "Signing" }
role = "signer"
scope = "agency"

[[routes]]
code = "alone"
label = { zh = "独", en = "Alone" }

[[routes.levels]]
code = "only"
label = { zh = "唯", en = "Only" }

[[routes.levels.steps]]
code = "nod"
label = { zh = "点头", en = "Nod" }
role = "signer"
scope = "agency"
"""

LABELS = """\
schema = 1
source = "a test"
roles = [
  { code = "unit_head", label = { zh = "头", en = "Head" } },
  { code = "secrecy_reviewer", label = { zh = "守", en = "Keeper" } },
  { code = "signer", label = { zh = "签", en = "Signer" } },
]
unit_types = [{ code = "house", label = { zh = "家", en = "House" } }]
lines = [
  { code = "up", label = { zh = "上", en = "Up" } },
  { code = "out", label = { zh = "外", en = "Out" } },
  { code = "in", label = { zh = "内", en = "In" } },
]
terms = [{ code = "bulletin", label = { zh = "报", en = "Sheet" } }]
"""

BODIES = """\
schema = 1
source = "a test"
natures = [{ code = "any", label = { zh = "任", en = "Any" } }]
adoption_forms = [{ code = "all", label = { zh = "全", en = "All" } }]
evidence_grades = [
  { code = "rumour", label = { zh = "闻", en = "Rumour" } },
  { code = "paper", label = { zh = "见", en = "Paper" }, books = true },
]
"""

LIMITS = """\
schema = 1
source = "a test"
numbers = [
  { code = "manuscript_characters", value = 1000, unit = "characters" },
  { code = "wording_edit_characters", value = 20, unit = "characters" },
  { code = "countersign_working_days", value = 3, unit = "working_days" },
]
switches = [{ code = "internal_kept", on = true }]
"""

CALENDARS = """
schema = 1
source = "a test"

[[years]]
code = "y2031"
year = 2031
off = [2031-01-01, 2031-01-02]
work = [2031-01-04]
"""
BODIES_BY_FAMILY = {
    "kinds": KINDS,
    "routes": ROUTES,
    "labels": LABELS,
    "bodies": BODIES,
    "limits": LIMITS,
    "calendars": CALENDARS,
}
ROLES = frozenset({"unit_head", "secrecy_reviewer", "signer"})


def swap(text: str, old: str, new: str) -> str:
    """`text` with its one `old` replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def book(**other: str) -> Rulebook:
    """The rulebook of the small set, with the texts of some families replaced."""
    return compose(parse(family, body) for family, body in (BODIES_BY_FAMILY | other).items())


def said(messages: object) -> list[str]:
    """Messages as their English sentences."""
    return [str(message) for message in messages]  # type: ignore[attr-defined]
