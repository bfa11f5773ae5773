"""`/auth/v1` spoken to by hand: what it refuses, in Supabase Auth's shape, and what it never tells."""

import asyncio
import json
from typing import Any

import httpx
import pyotp
import pytest

from tribureau.settings import Settings

PASSWORD = "a long and quiet river"
ANN = {"email": "ann@example.com", "password": PASSWORD}


def _refused(answer: httpx.Response, status: int, error_code: str) -> None:
    body = answer.json()
    assert (answer.status_code, body["error_code"], body["code"]) == (status, error_code, status), answer.text
    assert body["msg"]


NONSENSE = (
    ("/auth/v1/signup", b"not json"),
    ("/auth/v1/signup", b"[]"),
    ("/auth/v1/signup", b"{}"),
    ("/auth/v1/signup", b'{"email": 7, "password": "x"}'),
    ("/auth/v1/signup", b'{"email": "a@b.example", "password": "seven quiet lanterns", "data": "x"}'),
    ("/auth/v1/signup", b'{"email": "a\\u0000b@example.com", "password": "seven quiet lanterns"}'),
    ("/auth/v1/signup", b'{"email": "a@b.example", "password": "seven quiet lanterns", "data": {"a": "\\u0000"}}'),
    ("/auth/v1/signup", b'{"email": "a@b.example", "password": "seven quiet lanterns", "data": {"a": NaN}}'),
    ("/auth/v1/signup", b'{"email": "a@b.example", "password": "seven quiet lanterns", "data": {"a": "\\ud800"}}'),
    ("/auth/v1/signup", b'{"email": "a@b.example", "password": "\\ud800 quiet lanterns"}'),
    ("/auth/v1/token", json.dumps(ANN).encode()),
    ("/auth/v1/token?grant_type=magic", json.dumps(ANN).encode()),
    ("/auth/v1/token?grant_type=password", b"{}"),
    ("/auth/v1/token?grant_type=password", b'{"email": "\\u0000", "password": "\\u0000"}'),
    ("/auth/v1/token?grant_type=password", b'{"email": "\\ud800", "password": "\\ud800"}'),
    ("/auth/v1/token?grant_type=refresh_token", b"{}"),
    ("/auth/v1/token?grant_type=refresh_token", b'{"refresh_token": "\\ud800\\u0000"}'),
    ("/auth/v1/recover", b'{"email": "nobody"}'),
    ("/auth/v1/verify", b'{"type": "recovery"}'),
    ("/auth/v1/verify", b'{"type": "recovery", "token": "\\u0000"}'),
    ("/auth/v1/resend", b'{"type": "sms", "email": "a@b.example"}'),
)


async def test_a_body_that_makes_no_sense_is_refused_and_not_an_accident(site: Any) -> None:
    client = site.nobody()
    for path, body in NONSENSE:
        answer = await client.post(path, content=body, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500, (body, answer.text)
        assert {"code", "error_code", "msg"} <= answer.json().keys(), (body, answer.text)
        assert "lanterns" not in answer.text


USERS_OWN = (
    ("GET", "/auth/v1/user"),
    ("PUT", "/auth/v1/user"),
    ("POST", "/auth/v1/logout"),
    ("POST", "/auth/v1/factors"),
    ("POST", "/auth/v1/factors/2b306a77-21dc-4110-ba71-537cb56b9e98/challenge"),
    ("POST", "/auth/v1/factors/2b306a77-21dc-4110-ba71-537cb56b9e98/verify"),
    ("DELETE", "/auth/v1/factors/2b306a77-21dc-4110-ba71-537cb56b9e98"),
)


async def test_what_is_a_users_needs_their_token(site: Any) -> None:
    client = site.nobody()
    for method, path in USERS_OWN:
        _refused(await client.request(method, path, json={}), 401, "no_authorization")
        for scheme, status, code in (("Basic", 401, "no_authorization"), ("bearer", 403, "bad_jwt")):
            answer = await client.request(method, path, json={}, headers={"Authorization": f"{scheme} x.y.z"})
            _refused(answer, status, code)


async def test_a_token_of_one_user_shows_and_changes_no_other(site: Any) -> None:
    ann, bob = await site.somebody(), await site.somebody()
    anns, bobs = [(await client.get("/auth/v1/user")).json() for client in (ann, bob)]
    assert anns["id"] != bobs["id"]
    factor = (await ann.post("/auth/v1/factors", json={"factor_type": "totp"})).json()["id"]
    _refused(await bob.post(f"/auth/v1/factors/{factor}/challenge", json={}), 404, "mfa_factor_not_found")
    _refused(await bob.delete(f"/auth/v1/factors/{factor}"), 404, "mfa_factor_not_found")
    body = {"id": anns["id"], "user_id": anns["id"], "role": "service_role", "app_metadata": {"admin": True}}
    unchanged = (await bob.put("/auth/v1/user", json={**body, "data": {"a": 1}})).json()
    assert (unchanged["id"], unchanged["role"]) == (bobs["id"], "authenticated")
    assert unchanged["app_metadata"] == {"provider": "email", "providers": ["email"]}
    assert (await ann.get("/auth/v1/user")).json()["user_metadata"] == {}


async def test_a_half_signed_in_token_opens_no_data(site: Any) -> None:
    client = await site.somebody()
    email = (await client.get("/auth/v1/user")).json()["email"]
    enrolled = (await client.post("/auth/v1/factors", json={"factor_type": "totp"})).json()
    path = f"/auth/v1/factors/{enrolled['id']}"
    challenge = (await client.post(f"{path}/challenge", json={})).json()["id"]
    code = pyotp.TOTP(enrolled["totp"]["secret"]).now()
    lifted = await client.post(f"{path}/verify", json={"challenge_id": challenge, "code": code})
    assert lifted.status_code == 200
    tokens = await site.nobody().post("/auth/v1/token?grant_type=password", json={"email": email, "password": PASSWORD})
    for token, status in ((tokens.json()["access_token"], 403), (lifted.json()["access_token"], 200)):
        answer = await site.nobody().get("/api/v1/tradelines", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status, answer.text


async def test_guessing_ends_in_429_with_the_seconds_to_wait(site: Any) -> None:
    client = site.nobody()
    await client.post("/auth/v1/signup", json=ANN)
    answers = await asyncio.gather(
        *(client.post("/auth/v1/token?grant_type=password", json={**ANN, "password": f"guess {n}"}) for n in range(12))
    )
    limited = [answer for answer in answers if answer.status_code == 429]
    assert len(limited) == 2
    _refused(limited[0], 429, "over_request_rate_limit")
    assert 0 < int(limited[0].headers["retry-after"]) <= 900


async def test_one_refresh_token_used_eight_times_at_once_has_one_winner(site: Any) -> None:
    clients = [site.nobody() for _ in range(8)]
    body = {"refresh_token": (await clients[0].post("/auth/v1/signup", json=ANN)).json()["refresh_token"]}
    answers = await asyncio.gather(
        *(client.post("/auth/v1/token?grant_type=refresh_token", json=body) for client in clients)
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 7


async def test_recover_and_resend_answer_the_same_to_all(site: Any) -> None:
    client = site.nobody()
    await client.post("/auth/v1/signup", json=ANN)
    for path, more in (("recover", {}), ("resend", {"type": "signup"})):
        answers = [
            await client.post(f"/auth/v1/{path}", json={"email": email, **more})
            for email in (ANN["email"], "nobody@example.com")
        ]
        assert [answer.json() for answer in answers] == [{}, {}]
        assert {answer.status_code for answer in answers} == {200}
        assert len({tuple(sorted(answer.headers.keys())) for answer in answers}) == 1


class TestClosed:
    @pytest.fixture
    def site_settings(self, site_settings: Settings) -> Settings:
        return site_settings.model_copy(update={"open_signup": False})

    async def test_closed_sign_up_says_so(self, site: Any) -> None:
        client = site.nobody()
        _refused(await client.post("/auth/v1/signup", json=ANN), 422, "signup_disabled")
        assert (await client.get("/auth/v1/settings")).json()["disable_signup"] is True


class TestConfirming:
    @pytest.fixture
    def site_settings(self, site_settings: Settings) -> Settings:
        return site_settings.model_copy(update={"confirm_email": True})

    async def test_signing_up_answers_the_user_without_a_session(self, site: Any) -> None:
        client = site.nobody()
        body = (await client.post("/auth/v1/signup", json=ANN)).json()
        assert "access_token" not in body
        assert (body["email"], "email_confirmed_at" in body) == ("ann@example.com", False)
        refused = await client.post("/auth/v1/token?grant_type=password", json=ANN)
        _refused(refused, 400, "email_not_confirmed")
        assert (await client.get("/auth/v1/settings")).json()["mailer_autoconfirm"] is False
