"""The list of seeded faults fits the tree; `make faults` then tries them."""

from __future__ import annotations

import ast

from tests.support.sources import ROOT
from tools import faults


def test_every_fault_can_be_seeded() -> None:
    assert {f.name: why for f in faults.read("") if (why := f.why_not_seeded())} == {}


def test_every_fault_changes_something_and_has_a_name_of_its_own() -> None:
    listed = faults.read("")
    assert [fault.name for fault in listed if fault.find == fault.replace or not fault.tests] == []
    assert len({fault.name for fault in listed}) == len(listed)


def test_every_test_a_fault_names_exists() -> None:
    named = {test.split("[")[0] for fault in faults.read("") for test in fault.tests}
    missing = []
    for test in sorted(named):
        place, *names = test.split("::")
        path = ROOT / place
        tree = ast.parse(path.read_text()) if path.is_file() else ast.parse("")
        defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        if not names or not set(names) <= defined:
            missing.append(test)
    assert missing == []
