"""The door's description (OpenAPI 3.1), completed: problems, keys, and the verb each way asks for."""

from __future__ import annotations

from typing import Any

from hezou.api.problems import MEDIA_TYPE, TITLES
from hezou.api.rules.frame import KEY
from hezou.api.shapes.common import Wrong
from hezou.files.rules import KEPT

ONCE: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "description": "New for each deed. Sent again with the same request, it gets the first answer.",
            "schema": {"type": "string", "pattern": rf"^[\x21-\x7e]{{1,{KEY}}}$"},
            "example": "5f0c3e1a-adopt-1",
        }
    ]
}
"""Of a way that does something: to be sent with a key."""
AT_REVISION: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "If-Match",
            "required": False,
            "description": "The revision that was seen, as ETag gave it; or send `revision`, not both.",
            "schema": {"type": "string", "pattern": r'^"[1-9][0-9]{0,8}"$'},
            "example": '"3"',
        }
    ]
}
"""Of a way that changes what others may have changed."""
ONCE_AT_REVISION = {"parameters": [*ONCE["parameters"], *AT_REVISION["parameters"]]}

BYTES: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The bytes, as they were brought in",
            "content": {kept: {"schema": {"type": "string", "format": "binary"}} for kept in KEPT},
        }
    }
}
"""Of a way that answers with a file: typed by its bytes, sandboxed, to be saved."""

_EVERYWHERE = (401, 403, 404, 405, 429, 500)
_WITH_BODY = (400, 409, 413, 415, 422)
_WITH_VALUES = (400, 422)


def completed(schema: dict[str, Any], door: Any) -> dict[str, Any]:
    """The description with every problem a way may answer with, and the verb it asks of a token."""
    parts = schema["components"]
    parts["schemas"]["Problem"] = Wrong.model_json_schema(ref_template="#/components/schemas/{model}")
    parts["schemas"].update(parts["schemas"]["Problem"].pop("$defs"))
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    parts["responses"] = {
        str(status): {"description": said.sentence, "content": content} for status, said in TITLES.items()
    }
    verbs = _verbs(door)
    for ways in schema["paths"].values():
        for way in ways.values():
            way["security"] = [{"Token": [verbs[way["operationId"]]]}]
            way["responses"] = {
                **{str(status): told for status, told in way["responses"].items()},
                **{str(status): {"$ref": f"#/components/responses/{status}"} for status in _problems(way)},
            }
    return schema


def _problems(way: dict[str, Any]) -> list[int]:
    more = _WITH_BODY if "requestBody" in way else _WITH_VALUES if way["parameters"] else ()
    at_revision = {409} if any(one["name"] == "If-Match" for one in way["parameters"]) else set()
    return sorted({*_EVERYWHERE, *more, *at_revision})


def _verbs(door: Any) -> dict[str, str]:
    """The name of each way → the verb its token must be for."""
    return {
        way.operation_id: way.auth_callbacks[0].verb
        for router in door._get_bound_routers()
        for view in router.path_operations.values()
        for way in view.operations
    }
