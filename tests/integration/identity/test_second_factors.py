"""Six digits besides the password: who must show them, when they count, and how often one may guess."""

import time
from typing import Any

import psycopg
import pyotp
import pytest

from tribureau.domain.errors import TooManyTries
from tribureau.providers.identity import factors
from tribureau.providers.identity.account_changes import Changes
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.errors import (
    ChallengeExpired,
    FactorNameTaken,
    FactorUnknown,
    SecondFactorNeeded,
    SessionEnded,
    TooManyFactors,
    WrongCode,
)
from tribureau.providers.identity.factors import Enrolment
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.sessions import Device, Tokens

PASSWORD = "seven quiet lanterns"


async def _ann(identity: LocalIdentity, device: Device) -> Claims:
    tokens = (await identity.sign_up("ann@example.org", PASSWORD, device)).tokens
    assert tokens
    return await identity.verify(tokens.access_token)


async def _enrolled(identity: LocalIdentity, claims: Claims) -> tuple[Enrolment, Tokens]:
    enrolment = await identity.enrol_factor(claims, "phone")
    return enrolment, await _give(identity, claims, enrolment, pyotp.TOTP(enrolment.secret).now())


async def _give(identity: LocalIdentity, claims: Claims, enrolment: Enrolment, code: str) -> Tokens:
    challenge = await identity.challenge_factor(claims, enrolment.factor_id)
    return await identity.verify_factor(claims, enrolment.factor_id, challenge.challenge_id, code)


def _next_code(enrolment: Enrolment) -> str:
    return pyotp.TOTP(enrolment.secret).at(int(time.time()), counter_offset=1)


async def test_enrolling_gives_what_an_app_needs(identity: LocalIdentity, device: Device) -> None:
    claims = await _ann(identity, device)
    enrolment = await identity.enrol_factor(claims, "phone")
    parsed = pyotp.parse_uri(enrolment.uri)
    assert parsed.secret == enrolment.secret
    assert parsed.name == "ann@example.org"
    assert enrolment.qr_code.startswith("<svg")
    assert enrolment.secret not in repr(enrolment)
    again = await identity.unproved_factor(claims)
    assert again == enrolment


async def test_a_code_lifts_the_session_and_its_tokens(identity: LocalIdentity, device: Device) -> None:
    claims = await _ann(identity, device)
    _, tokens = await _enrolled(identity, claims)
    lifted = await identity.verify(tokens.access_token)
    assert (lifted.aal, lifted.session_id) == ("aal2", claims.session_id)
    assert (await identity.refresh(tokens.refresh_token)).user.has_second_factor
    assert await identity.unproved_factor(lifted) is None


async def test_the_next_sign_in_waits_for_the_code(identity: LocalIdentity, device: Device) -> None:
    enrolment, _ = await _enrolled(identity, await _ann(identity, device))
    tokens = await identity.sign_in("ann@example.org", PASSWORD, device)
    with pytest.raises(SecondFactorNeeded):
        await identity.verify(tokens.access_token)
    half = await identity.verify_first_factor(tokens.access_token)
    assert half.second_factor_due
    for change in (Changes(password="another good one"), Changes(email="b@example.org")):
        with pytest.raises(SecondFactorNeeded):
            await identity.change(half, change)
    with pytest.raises(SecondFactorNeeded):
        await identity.enrol_factor(half, "the phone of a thief")
    with pytest.raises(SecondFactorNeeded):
        await identity.unenrol_factor(half, enrolment.factor_id)
    full = await _give(identity, half, enrolment, _next_code(enrolment))
    assert (await identity.verify(full.access_token)).aal == "aal2"
    with pytest.raises(SecondFactorNeeded):
        await identity.verify(tokens.access_token)


async def test_refreshing_does_not_lift(identity: LocalIdentity, device: Device) -> None:
    await _enrolled(identity, await _ann(identity, device))
    tokens = await identity.sign_in("ann@example.org", PASSWORD, device)
    with pytest.raises(SecondFactorNeeded):
        await identity.verify((await identity.refresh(tokens.refresh_token)).access_token)


async def test_the_first_code_ends_sessions_that_never_showed_one(identity: LocalIdentity, device: Device) -> None:
    claims = await _ann(identity, device)
    other = await identity.sign_in("ann@example.org", PASSWORD, device)
    await _enrolled(identity, claims)
    with pytest.raises(SessionEnded):
        await identity.verify(other.access_token)


async def test_no_code_counts_twice(identity: LocalIdentity, device: Device) -> None:
    claims = await _ann(identity, device)
    enrolment = await identity.enrol_factor(claims)
    code = pyotp.TOTP(enrolment.secret).now()
    tokens = await _give(identity, claims, enrolment, code)
    lifted = await identity.verify(tokens.access_token)
    with pytest.raises(WrongCode):
        await _give(identity, lifted, enrolment, code)
    await _give(identity, lifted, enrolment, _next_code(enrolment))
    with pytest.raises(WrongCode):
        await _give(identity, lifted, enrolment, code)


@pytest.mark.parametrize("steps", [-3, 3])
async def test_a_code_of_another_time_is_wrong(identity: LocalIdentity, device: Device, steps: int) -> None:
    claims = await _ann(identity, device)
    enrolment = await identity.enrol_factor(claims)
    with pytest.raises(WrongCode):
        await _give(
            identity, claims, enrolment, pyotp.TOTP(enrolment.secret).at(int(time.time()), counter_offset=steps)
        )


async def test_guessing_a_code_is_limited(identity: LocalIdentity, device: Device) -> None:
    claims = await _ann(identity, device)
    enrolment = await identity.enrol_factor(claims)
    wrong = "000000" if pyotp.TOTP(enrolment.secret).now() != "000000" else "111111"
    for _ in range(10):
        with pytest.raises(WrongCode):
            await _give(identity, claims, enrolment, wrong)
    with pytest.raises(TooManyTries):
        await _give(identity, claims, enrolment, pyotp.TOTP(enrolment.secret).now())


async def test_a_challenge_is_answered_once_and_in_time(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    claims = await _ann(identity, device)
    enrolment = await identity.enrol_factor(claims)
    late = await identity.challenge_factor(claims, enrolment.factor_id)
    administrator.execute("update identity.mfa_challenges set expires_at = now()")
    code = pyotp.TOTP(enrolment.secret).now()
    with pytest.raises(ChallengeExpired):
        await identity.verify_factor(claims, enrolment.factor_id, late.challenge_id, code)
    asked = await identity.challenge_factor(claims, enrolment.factor_id)
    await identity.verify_factor(claims, enrolment.factor_id, asked.challenge_id, code)
    with pytest.raises(ChallengeExpired):
        await identity.verify_factor(claims, enrolment.factor_id, asked.challenge_id, _next_code(enrolment))


async def test_another_users_factor_does_not_exist(identity: LocalIdentity, device: Device) -> None:
    anns = await identity.enrol_factor(await _ann(identity, device))
    tokens = (await identity.sign_up("bob@example.org", PASSWORD, device)).tokens
    assert tokens
    bob = await identity.verify(tokens.access_token)
    bobs = await identity.enrol_factor(bob)
    challenge = await identity.challenge_factor(bob, bobs.factor_id)
    with pytest.raises(FactorUnknown):
        await identity.challenge_factor(bob, anns.factor_id)
    with pytest.raises(FactorUnknown):
        await identity.unenrol_factor(bob, anns.factor_id)
    code = pyotp.TOTP(anns.secret).now()
    with pytest.raises(FactorUnknown):
        await identity.verify_factor(bob, anns.factor_id, challenge.challenge_id, code)


async def test_removing_the_factor_lowers_the_session(identity: LocalIdentity, device: Device) -> None:
    enrolment, tokens = await _enrolled(identity, await _ann(identity, device))
    lifted = await identity.verify(tokens.access_token)
    await identity.unenrol_factor(lifted, enrolment.factor_id)
    assert (await identity.verify(tokens.access_token)).aal == "aal1"


async def test_the_operator_helps_who_lost_the_phone(identity: LocalIdentity, device: Device) -> None:
    _, tokens = await _enrolled(identity, await _ann(identity, device))
    await identity.remove_second_factors("ann@example.org")
    with pytest.raises(SessionEnded):
        await identity.verify(tokens.access_token)
    assert await identity.verify((await identity.sign_in("ann@example.org", PASSWORD, device)).access_token)


async def test_names_and_numbers_of_factors_have_bounds(
    identity: LocalIdentity, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tokens = await _enrolled(identity, await _ann(identity, device))
    lifted = await identity.verify(tokens.access_token)
    with pytest.raises(FactorNameTaken):
        await identity.enrol_factor(lifted, "phone")
    monkeypatch.setattr(factors, "MOST", 1)
    with pytest.raises(TooManyFactors):
        await identity.enrol_factor(lifted, "tablet")


async def test_the_secret_is_sealed_for_its_user(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    enrolment = await identity.enrol_factor(await _ann(identity, device))
    row: Any = administrator.execute("select sealed_secret from identity.mfa_factors").fetchone()
    assert enrolment.secret.encode() not in row[0]
