"""Each answer of `/auth/v1` against Supabase Auth's own description of its API.

That description is not part of this repository: TRIBUREAU_SPECS names a folder that holds supabase-auth-openapi.yaml.
"""

import os
from collections.abc import AsyncIterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
import pytest_asyncio
import yaml
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from tribureau.bootstrap import open_web
from tribureau.settings import Settings
from tribureau.web.app import create_app

SPECIFICATION = Path(os.environ.get("TRIBUREAU_SPECS") or "/nowhere") / "supabase-auth-openapi.yaml"
ANN = {"email": "ann@example.com", "password": "a long and quiet river"}

pytestmark = pytest.mark.skipif(
    not SPECIFICATION.exists(),
    reason="Not tested: /auth/v1 against supabase-auth-openapi.yaml. Name its folder in TRIBUREAU_SPECS.",
)


@pytest_asyncio.fixture
async def client(tmp_path: Path, web_url: str, worker_url: str) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(home=tmp_path, web_database_url=web_url, worker_database_url=worker_url)
    app = create_app(settings, partial(open_web, settings))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=settings.site_url) as client,
    ):
        yield client


@cache
def _specification() -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load(SPECIFICATION.read_text())
    return described


def _resolved(node: Any) -> Any:
    """The description with its references filled in."""
    if isinstance(node, dict) and "$ref" in node:
        found: Any = _specification()
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return _resolved(found)
    if isinstance(node, dict):
        return {name: _resolved(value) for name, value in node.items()}
    return [_resolved(value) for value in node] if isinstance(node, list) else node


def _conforms(answer: httpx.Response, method: str, path: str) -> dict[str, Any]:
    """The body, once its status and shape are found among those described; no field may be unknown to it."""
    described = _specification()["paths"][path][method]["responses"]
    assert answer.status_code in described, (answer.status_code, answer.text)
    content = _resolved(described[answer.status_code]).get("content")
    if content is None:
        return {}
    schema = content["application/json"]["schema"]
    body: dict[str, Any] = answer.json()
    fitting = [one for one in schema.get("oneOf", [schema]) if body.keys() <= one.get("properties", {}).keys()]
    assert fitting, (sorted(body), schema)
    validators = [OAS30Validator(one, format_checker=oas30_format_checker) for one in fitting]
    problems = [sorted(map(str, validator.iter_errors(body))) for validator in validators]
    assert [] in problems, problems
    return body


async def test_every_successful_answer_has_the_described_shape(client: httpx.AsyncClient) -> None:
    tokens = _conforms(await client.post("/auth/v1/signup", json=ANN), "post", "/signup")
    signed_in = await client.post("/auth/v1/token?grant_type=password", json=ANN)
    tokens = _conforms(signed_in, "post", "/token")
    refresh = {"refresh_token": tokens["refresh_token"]}
    tokens = _conforms(await client.post("/auth/v1/token?grant_type=refresh_token", json=refresh), "post", "/token")
    client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    await _second_factor(client)
    _conforms(await client.get("/auth/v1/user"), "get", "/user")
    _conforms(await client.put("/auth/v1/user", json={"data": {"name": "Ann"}}), "put", "/user")
    for path in ("/settings", "/health"):
        _conforms(await client.get(f"/auth/v1{path}"), "get", path)
    _conforms(await client.post("/auth/v1/recover", json={"email": ANN["email"]}), "post", "/recover")
    resent = await client.post("/auth/v1/resend", json={"email": ANN["email"], "type": "signup"})
    _conforms(resent, "post", "/resend")
    _conforms(await client.post("/auth/v1/logout"), "post", "/logout")


async def _second_factor(client: httpx.AsyncClient) -> None:
    enrolled = await client.post("/auth/v1/factors", json={"factor_type": "totp", "friendly_name": "phone"})
    body = _named(enrolled, "friendly_name", "post", "/factors")
    path = f"/auth/v1/factors/{body['id']}"
    asked = _conforms(await client.post(f"{path}/challenge", json={}), "post", "/factors/{factorId}/challenge")
    code = {"challenge_id": asked["id"], "code": pyotp.TOTP(body["totp"]["secret"]).now()}
    lifted = _conforms(await client.post(f"{path}/verify", json=code), "post", "/factors/{factorId}/verify")
    client.headers["Authorization"] = f"Bearer {lifted['access_token']}"
    _conforms(await client.delete(path), "delete", "/factors/{factorId}")


def _named(answer: httpx.Response, extra: str, method: str, path: str) -> dict[str, Any]:
    """As `_conforms`, for an answer with one field that clients expect although the description lacks it."""
    whole: dict[str, Any] = answer.json()
    described = {name: value for name, value in whole.items() if name != extra}
    _conforms(httpx.Response(answer.status_code, json=described), method, path)
    assert extra in whole
    return whole


async def test_links_and_refusals_have_the_described_shape(client: httpx.AsyncClient) -> None:
    wrong = {"type": "recovery", "token": "made up"}
    moved = await client.get("/auth/v1/verify", params=wrong)
    assert moved.status_code == 302 and moved.headers["location"].startswith(
        "http://127.0.0.1:8000/#error=access_denied"
    )
    _conforms(await client.post("/auth/v1/token?grant_type=password", json=ANN), "post", "/token")
    _conforms(await client.post("/auth/v1/token?grant_type=refresh_token", json=wrong), "post", "/token")
    _conforms(await client.post("/auth/v1/recover", json={"email": "nobody"}), "post", "/recover")
    _conforms(await client.post("/auth/v1/logout"), "post", "/logout")
    for _ in range(11):
        limited = await client.post("/auth/v1/token?grant_type=password", json=ANN)
    assert set(_conforms_limit(limited)) == {"code", "error_code", "msg"}


def _conforms_limit(answer: httpx.Response) -> dict[str, Any]:
    """The description of 429 lacks `error_code`, which Supabase Auth sends and its clients read."""
    return _named(answer, "error_code", "post", "/token")
