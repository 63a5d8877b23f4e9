"""One hand moves every state: `audit.actions.advance`; one more door, `load_history`, brings settled ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support.sources import Source, calls, python

THE_HAND = "src/hezou/audit/actions.py"
WRITING = {"update", "create", "acreate", "get_or_create", "update_or_create", "replace"}


def models_with_a_state() -> set[str]:
    """Class names that declare `state = models.…`."""
    return {
        node.name
        for source in python("src/")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.Assign) and ast.unparse(line).startswith("state = models.")
    }


def touches_state(call: ast.Call) -> bool:
    named = any(keyword.arg == "state" for keyword in call.keywords)
    quoted = any(isinstance(part, ast.Constant) and part.value == "state" for part in ast.walk(call))
    return named or quoted


def writes(source: Source, models: set[str]) -> Iterator[str]:
    """Places of a file that write a column named `state`."""
    for node in ast.walk(source.tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and any(
            isinstance(part, ast.Attribute) and part.attr == "state"
            for target in targets
            if target is not None
            for part in ast.walk(target)
        ):
            yield source.at(node)
    for name, call in calls(source):
        if name in WRITING | models and any(keyword.arg == "state" for keyword in call.keywords):
            yield source.at(call)
        if name in {"setattr", "bulk_update", "save"} and touches_state(call):
            yield source.at(call)
        # `audit.statements.update(model, where, columns)`
        if name == "update" and len(call.args) == 3 and touches_state(ast.Call(call.args[2], [], [])):
            yield source.at(call)


def test_only_the_hand_and_the_door_write_a_state() -> None:
    models = models_with_a_state()
    offences = [
        place for source in python("src/") if source.place != THE_HAND for place in writes(source, models)
    ]
    assert offences == []


def test_the_hand_and_the_door_write_states() -> None:
    places = [int(place.rsplit(":", 1)[1]) for place in writes(Source(THE_HAND), models_with_a_state())]
    functions = [node for node in Source(THE_HAND).tree.body if isinstance(node, ast.FunctionDef)]
    writing = [f.name for line in places for f in functions if f.lineno <= line <= (f.end_lineno or 0)]
    assert sorted(writing) == ["advance", "advance", "load_history"]
