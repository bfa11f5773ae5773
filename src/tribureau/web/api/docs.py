"""The API's own page: made from its OpenAPI description, on the server, so it needs no script and no other host."""

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from tribureau.web.pages.rendering import render
from tribureau.web.parts import parts_of

router = APIRouter(include_in_schema=False)


@router.get("/api/docs")
async def api_docs(request: Request) -> Response:
    site_url = parts_of(request).settings.site_url
    return render("api_docs.html", site_url=site_url, operations=_operations(request.app.openapi()))


def _operations(description: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "call": f"{method.upper()} {path}",
            "anchor": operation["operationId"],
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "parameters": [_parameter(parameter) for parameter in operation.get("parameters", [])],
            "takes": _body(description, operation.get("requestBody", {})),
            "answers": [
                {"status": status, "description": answer["description"], "body": _body(description, answer)}
                for status, answer in sorted(operation["responses"].items())
            ],
        }
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return _entry(parameter["name"], parameter["schema"], required=parameter.get("required", False)) | {
        "place": parameter["in"]
    }


def _body(description: dict[str, Any], holder: dict[str, Any]) -> dict[str, Any] | None:
    """The media type of a body, the name of its schema, its keys, and an example in JSON where one is given."""
    for media_type, content in holder.get("content", {}).items():
        schema = content.get("schema", {})
        name = schema.get("$ref", "").rpartition("/")[2]
        full = description["components"]["schemas"].get(name, schema)
        keys = full.get("properties", {}).items()
        return {
            "media_type": media_type,
            "schema": name,
            "keys": [_entry(key, entry, required=key in full.get("required", [])) for key, entry in keys],
            "example": json.dumps(full["example"], indent=2) if "example" in full else "",
        }
    return None


def _entry(name: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    return {"name": name, "kind": _kind(schema), "meaning": schema.get("description", ""), "required": required}


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or schema.get("$ref", "").rpartition("/")[2])
