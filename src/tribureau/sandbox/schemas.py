"""Requests against the vendors' own descriptions of their interfaces, where somebody has them on this machine."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tribureau.sandbox.refusals import Refusal


@dataclass(frozen=True)
class Schemas:
    """`folder` holds stripe-openapi-subset.json and lob-openapi.yml; without it nothing is checked."""

    folder: Path | None

    def check(self, vendor: str, path: str, method: str, body: object, kind: str) -> None:
        """Refuses a body that the description of `method path` for the content type `kind` does not allow."""
        if self.folder is None:
            return
        schema = _schema(self.folder, vendor, path, method, kind)
        if complaints := _complaints(schema, _typed(body, schema)):
            raise Refusal(vendor, 400, f"Not as {vendor} describes {method} {path}: {complaints}", code="spec")


def specifications(folder: str | None) -> Schemas:
    """`folder` where it holds both descriptions."""
    named = Path(folder) if folder else None
    return Schemas(named if named and (named / "lob-openapi.yml").exists() else None)


@cache
def _schema(folder: Path, vendor: str, path: str, method: str, kind: str) -> dict[str, Any]:
    described = _described(folder, vendor)
    schema: dict[str, Any] = _resolved(
        described["paths"][path][method]["requestBody"]["content"][kind]["schema"], described
    )
    return schema


@cache
def _described(folder: Path, vendor: str) -> dict[str, Any]:
    if vendor == "stripe":
        described: dict[str, Any] = json.loads((folder / "stripe-openapi-subset.json").read_text())
        return described
    import yaml  # noqa: PLC0415 - of the developers' requirements, as the descriptions are their affair

    read: dict[str, Any] = yaml.load((folder / "lob-openapi.yml").read_text(), Loader=yaml.CSafeLoader)
    return read


def _resolved(node: Any, whole: dict[str, Any]) -> Any:
    if isinstance(node, dict) and "$ref" in node:
        found: Any = whole
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return _resolved(found, whole)
    if isinstance(node, dict):
        return {name: _resolved(part, whole) for name, part in node.items()}
    return [_resolved(part, whole) for part in node] if isinstance(node, list) else node


def _complaints(schema: dict[str, Any], body: object) -> str:
    from openapi_schema_validator import OAS30Validator  # noqa: PLC0415 - as above

    errors = OAS30Validator(schema).iter_errors(body)
    return "; ".join(f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors)


def _typed(value: Any, schema: dict[str, Any]) -> Any:
    """A form's words as the numbers and truths that the description asks for."""
    match schema.get("type"):
        case "integer" if isinstance(value, str) and value.isdigit():
            return int(value)
        case "boolean" if value in {"true", "false"}:
            return value == "true"
        case "object" if isinstance(value, dict):
            inner = schema.get("properties", {})
            return {name: _typed(part, inner.get(name, {})) for name, part in value.items()}
        case "array" if isinstance(value, list):
            return [_typed(part, schema.get("items", {})) for part in value]
        case _:
            return value
