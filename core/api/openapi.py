"""The description of the interface, made from its declarations: OpenAPI 3.1 and plain text."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import models_json_schema

from core.api.endpoints import Endpoint
from core.api.problems import Problem
from core.api.wording import name_values
from core.config import settings
from core.db import JsonDict
from core.i18n import _
from core.limits import Limit

REFERENCE = "#/components/schemas/{model}"
PATH_PART = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
KINDS = {"int": "integer", "float": "number"}

#: The titles are those of HTTP, in every language.
TITLES = {400: "Bad Request", 404: "Not Found", 429: "Too Many Requests"}


def document(endpoints: Iterable[Endpoint]) -> JsonDict:
    """Return the OpenAPI 3.1 description of `endpoints`."""
    declared = list(endpoints)
    models = {model for e in declared for model in (e.query, e.answer)}
    answers: list[tuple[Any, Any]] = [(e.answer, "serialization") for e in declared]
    named, shapes = models_json_schema(
        [*answers, (Problem, "serialization")], ref_template=REFERENCE
    )
    schemas: JsonDict = dict(shapes["$defs"])
    paths = {
        PATH_PART.sub(r"{\2}", e.rule): {
            "get": _operation(e, named[e.answer, "serialization"], schemas)
        }
        for e in declared
    }
    name_values(models, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Social organizations of the district: open interface"),
            "version": "1",
            "description": _(
                "Read only, without a key, up to %(limit)s from one address. Unknown parameters are "
                "refused, never ignored. Lists are paged by cursor; answers carry an ETag.",
                limit=Limit.parse(settings().API_LIMIT),
            ),
        },
        "servers": [{"url": f"{settings().public_url}/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {f"Problem{status}": _problem(status) for status in TITLES},
        },
    }


def _operation(e: Endpoint, answer: JsonDict, schemas: JsonDict) -> JsonDict:
    asked = e.query.model_json_schema(ref_template=REFERENCE)
    schemas.update(asked.get("$defs", {}))
    required = asked.get("required", [])
    content: JsonDict = {"schema": answer}
    if e.example is not None:
        content["example"] = e.example.model_dump(mode="json", by_alias=True)
    refusals = (400, 404, 429) if PATH_PART.search(e.rule) else (400, 429)
    return {
        "operationId": e.name,
        "summary": str(e.summary),
        "description": str(e.description),
        "tags": list(e.tags),
        "parameters": [
            *(_part(e, kind, name) for kind, name in PATH_PART.findall(e.rule)),
            *(
                _parameter(name, dict(schema), name in required)
                for name, schema in asked["properties"].items()
            ),
        ],
        "responses": {
            "200": {"description": _("The answer"), "content": {"application/json": content}},
            "304": {"description": _("Unchanged since the ETag that was sent along")},
            **{str(s): {"$ref": f"#/components/responses/Problem{s}"} for s in refusals},
        },
    }


def _part(e: Endpoint, kind: str, name: str) -> JsonDict:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": str(e.path.get(name, "")),
        "schema": {"type": KINDS.get(kind, "string")},
    }


def _parameter(name: str, schema: JsonDict, required: bool) -> JsonDict:
    words = schema.pop("description", "")
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": str(words),
        "schema": schema,
    }


def _example(status: int) -> JsonDict:
    if status == 400:
        reason = _("must be at most %(le)s", le=200)
        refused = [{"parameter": "limit", "reason": reason}]
        return {
            "detail": _("Some parameters cannot be used. Each is named below."),
            "errors": refused,
        }
    if status == 404:
        return {"detail": _("There is no such organization on the register."), "errors": []}
    return {"detail": _("Too many requests in a short time"), "errors": []}


def _problem(status: int) -> JsonDict:
    example = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "request_id": "5f0c6bd7a1e94c3b",
        **_example(status),
    }
    media = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    return {"description": TITLES[status], "content": {"application/problem+json": media}}


def reference(described: JsonDict) -> str:
    """Return the description as plain text: a paragraph an address, a line a parameter."""
    base = described["servers"][0]["url"]
    lines = [described["info"]["title"], described["info"]["description"], ""]
    for path, methods in described["paths"].items():
        operation = methods["get"]
        lines += [f"GET {base}{path}", f"    {operation['summary']}"]
        lines += [
            f"    {p['name']}{' *' if p['required'] else ''}  {p['description']}".rstrip()
            for p in operation["parameters"]
        ]
        lines.append("")
    lines.append(f"OpenAPI 3.1: {base}/openapi.json")
    return "\n".join(lines) + "\n"
