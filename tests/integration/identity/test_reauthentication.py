"""Showing once more who one is: password and code for our users, a recent sign-in for Supabase's."""

import time
from datetime import timedelta
from typing import Any

import jwt
import pyotp
import pytest
from tests.integration.identity.conftest import MakeIdentity

from tribureau.domain.errors import TooManyTries
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.errors import ReauthenticationNeeded, SecondFactorNeeded, WrongCode
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.sessions import Device
from tribureau.providers.identity.supabase_keys import SupabaseTokens

PASSWORD = "seven quiet lanterns"
SECRET = "a supabase project's own secret of enough length"
ISSUER = "https://project.example/auth/v1"


async def ann(identity: LocalIdentity, device: Device) -> Claims:
    tokens = (await identity.sign_up("ann@example.org", PASSWORD, device)).tokens
    assert tokens
    return await identity.verify(tokens.access_token)


async def test_a_fresh_session_alone_proves_nothing(identity: LocalIdentity, device: Device) -> None:
    claims = await ann(identity, device)
    for wrong in ("", "wrong", PASSWORD.upper()):
        with pytest.raises(ReauthenticationNeeded):
            await identity.prove_again(claims, wrong)
    await identity.prove_again(claims, PASSWORD)


async def test_who_has_a_second_factor_gives_its_code_once(identity: LocalIdentity, device: Device) -> None:
    claims = await ann(identity, device)
    enrolment = await identity.enrol_factor(claims, "phone")
    await identity.prove_again(claims, PASSWORD)  # a factor that is not proved yet does not count
    codes = pyotp.TOTP(enrolment.secret)
    challenge = await identity.challenge_factor(claims, enrolment.factor_id)
    tokens = await identity.verify_factor(claims, enrolment.factor_id, challenge.challenge_id, codes.now())
    claims = await identity.verify(tokens.access_token)
    for wrong in ("", "000000", codes.now()):
        with pytest.raises(WrongCode):
            await identity.prove_again(claims, PASSWORD, wrong)
    code = codes.at(int(time.time()), counter_offset=1)
    with pytest.raises(ReauthenticationNeeded):
        await identity.prove_again(claims, "wrong", code)
    await identity.prove_again(claims, PASSWORD, code)
    with pytest.raises(WrongCode):
        await identity.prove_again(claims, PASSWORD, code)


async def test_a_session_that_has_not_shown_its_factor_proves_nothing(identity: LocalIdentity, device: Device) -> None:
    claims = await ann(identity, device)
    due = Claims(claims.user_id, claims.session_id, "aal1", claims.email, second_factor_due=True)
    with pytest.raises(SecondFactorNeeded):
        await identity.prove_again(due, PASSWORD)


async def test_guesses_are_counted(identity: LocalIdentity, device: Device) -> None:
    claims = await ann(identity, device)
    with pytest.raises(TooManyTries):
        for _ in range(12):
            with pytest.raises(ReauthenticationNeeded):
                await identity.prove_again(claims, "wrong")
    with pytest.raises(TooManyTries):
        await identity.prove_again(claims, PASSWORD)


async def test_an_account_without_a_password_sets_one_first(identity: LocalIdentity) -> None:
    user = await identity.add_user("bob@example.org")
    with pytest.raises(ReauthenticationNeeded, match="no password yet"):
        await identity.prove_again(Claims(user, None, "aal1", "bob@example.org"), "")


def at(seconds_ago: float, method: str = "password") -> dict[str, Any]:
    """`_dated` makes a time of it when the test begins: it was collected long before."""
    return {"method": method, "seconds_ago": seconds_ago}


def _dated(said: Any, now: int) -> Any:
    match said:
        case {"seconds_ago": seconds, **known}:
            return {**known, "timestamp": int(now - seconds)}
        case dict():
            return {key: _dated(value, now) for key, value in said.items()}
        case list():
            return [_dated(value, now) for value in said]
        case timedelta():
            return int(now - said.total_seconds())
        case _:
            return said


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ({"amr": [at(60)]}, True),
        ({"amr": [at(60), at(4000, "magiclink")]}, True),
        ({"auth_time": timedelta(seconds=60)}, True),
        ({"amr": [at(60, "password"), at(30, "totp")], "aal": "aal2"}, True),
        ({"amr": [at(4000)]}, False),
        ({"amr": [at(-600)]}, False),
        ({"amr": [at(30, "password"), at(4000, "totp")], "aal": "aal2"}, False),
        ({"amr": ["password"]}, False),
        ({"amr": [{"method": "password"}]}, False),
        ({"amr": "password", "auth_time": "now"}, False),
        ({}, False),
    ],
)
async def test_supabases_users_have_signed_in_lately(
    make_identity: MakeIdentity, two_users: Any, said: dict[str, Any], holds: bool
) -> None:
    """A refreshed token is new and proves nothing: what counts is when a factor was shown."""
    identity = make_identity(supabase=SupabaseTokens(secret=SECRET, issuer=ISSUER))
    now = int(time.time())
    claims = {"sub": str(two_users[0]), "aud": "authenticated", "role": "authenticated", "iss": ISSUER, "iat": now,
              "exp": now + 600, "aal": "aal1", **_dated(said, now)}  # fmt: skip
    verified = await identity.verify(jwt.encode(claims, SECRET, algorithm="HS256"))
    if holds:
        await identity.prove_again(verified, "")
    else:
        with pytest.raises(ReauthenticationNeeded, match="sign in again"):
            await identity.prove_again(verified, PASSWORD)
