"""Accounts begin, and people come in: what is refused, and that refusals give nothing away."""

import asyncio
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from argon2 import PasswordHasher

from tribureau.domain.errors import TooManyTries
from tribureau.providers.identity import attempts, signing_in
from tribureau.providers.identity.errors import (
    AccountBanned,
    EmailNotConfirmed,
    InvalidCredentials,
    InvalidData,
    InvalidEmail,
    LinkExpired,
    SignupClosed,
    UserExists,
    WeakPassword,
)
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.passwords import PasswordHashes
from tribureau.providers.identity.sessions import Device

PASSWORD = "seven quiet lanterns"


async def test_signing_up_signs_in(identity: LocalIdentity, device: Device) -> None:
    signed_up = await identity.sign_up("  Ann@Example.ORG ", PASSWORD, device, {"name": "Ann"})
    assert signed_up.user.email == "ann@example.org"
    assert signed_up.user.user_metadata == {"name": "Ann"}
    assert signed_up.tokens
    claims = await identity.verify(signed_up.tokens.access_token)
    assert claims.user_id == signed_up.user.user_id
    assert (await identity.sign_in("ANN@example.org", PASSWORD, device)).user.user_id == claims.user_id


@pytest.mark.parametrize("address", ["ann", "ann@", "@example.org", "a b@example.org", "ann@example.org\nBcc: x@y.z"])
async def test_what_is_no_address_is_refused(identity: LocalIdentity, device: Device, address: str) -> None:
    with pytest.raises(InvalidEmail):
        await identity.sign_up(address, PASSWORD, device)


@pytest.mark.parametrize("data", [{"a": "x" * 5000}, {"a": "\x00"}])
async def test_data_that_can_not_be_kept_is_refused(
    identity: LocalIdentity, device: Device, data: dict[str, Any]
) -> None:
    with pytest.raises(InvalidData):
        await identity.sign_up("ann@example.org", PASSWORD, device, data)


async def test_closed_sign_up_says_so_and_the_operator_still_adds(make_identity: Any, device: Device) -> None:
    identity = make_identity(open_signup=False)
    with pytest.raises(SignupClosed) as refusal:
        await identity.sign_up("ann@example.org", PASSWORD, device)
    assert "takes no new accounts" in refusal.value.message
    user = await identity.add_user("ann@example.org", PASSWORD)
    assert (await identity.sign_in("ann@example.org", PASSWORD, device)).user.user_id == user
    with pytest.raises(UserExists):
        await identity.add_user("Ann@example.org")


async def test_the_same_address_at_once_makes_one_account(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    addresses = ["ann@example.org", "ANN@example.org"] * 3
    outcomes = await asyncio.gather(
        *(identity.sign_up(address, PASSWORD, device) for address in addresses), return_exceptions=True
    )
    assert sum(isinstance(outcome, UserExists) for outcome in outcomes) == 5
    assert administrator.execute("select count(*) from auth.users").fetchone() == (1,)


async def test_wrong_password_and_unknown_address_are_one_answer_after_the_same_work(
    identity: LocalIdentity, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    await identity.sign_up("ann@example.org", PASSWORD, device)
    work: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, hashed: str, password: str) -> bool:
        work.append("verify")
        return verify(self, hashed, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    refusals = []
    for address in ("ann@example.org", "nobody@example.org", "no address at all"):
        with pytest.raises(InvalidCredentials) as refusal:
            await identity.sign_in(address, "seven loud lanterns", device)
        refusals.append((refusal.value.code, refusal.value.message, refusal.value.hint))
    assert len(set(refusals)) == 1
    assert len(work) == 3


async def test_sql_in_an_address_is_only_an_address(identity: LocalIdentity, device: Device) -> None:
    await identity.sign_up("ann@example.org", PASSWORD, device)
    with pytest.raises(InvalidCredentials):
        await identity.sign_in("' or '1'='1", PASSWORD, device)


async def test_guessing_is_limited_by_account_from_everywhere_and_existence_does_not_show(
    identity: LocalIdentity,
) -> None:
    await identity.sign_up("ann@example.org", PASSWORD, Device("203.0.113.1"))
    for address in ("ann@example.org", "nobody@example.org"):
        outcomes = await asyncio.gather(
            *(identity.sign_in(address, f"wrong guess {n}", Device(f"198.51.100.{n}")) for n in range(20)),
            return_exceptions=True,
        )
        assert sum(isinstance(outcome, InvalidCredentials) for outcome in outcomes) == attempts.SIGN_IN_ACCOUNT.tries
        assert sum(isinstance(outcome, TooManyTries) for outcome in outcomes) == 20 - attempts.SIGN_IN_ACCOUNT.tries
    with pytest.raises(TooManyTries) as refusal:
        await identity.sign_in("ann@example.org", PASSWORD, Device("192.0.2.1"))
    assert 0 < refusal.value.retry_after <= 15 * 60


async def test_the_limit_passes_with_its_window(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    await identity.sign_up("ann@example.org", PASSWORD, device)
    for guess in range(11):
        with pytest.raises((InvalidCredentials, TooManyTries)):
            await identity.sign_in("ann@example.org", f"wrong guess {guess}", device)
    administrator.execute("update identity.attempts set resets_at = now()")
    assert await identity.sign_in("ann@example.org", PASSWORD, device)


async def test_success_clears_the_account_and_is_not_held_against_the_address(
    identity: LocalIdentity,
    device: Device,
    administrator: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await identity.sign_up("ann@example.org", PASSWORD, device)
    monkeypatch.setattr(signing_in, "SIGN_IN_ADDRESS", replace(attempts.SIGN_IN_ADDRESS, tries=3))
    for _ in range(5):
        await identity.sign_in("ann@example.org", PASSWORD, device)
    rows = administrator.execute("select action, tries from identity.attempts where action like 'sign_in%'").fetchall()
    assert rows == [("sign_in_address", 0)]


async def test_one_address_guessing_at_many_accounts_is_stopped(
    identity: LocalIdentity, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "SIGN_IN_ADDRESS", replace(attempts.SIGN_IN_ADDRESS, tries=3))
    outcomes = [
        await asyncio.gather(identity.sign_in(f"p{n}@example.org", "wrong", device), return_exceptions=True)
        for n in range(4)
    ]
    assert isinstance(outcomes[-1][0], TooManyTries)
    assert isinstance(outcomes[-2][0], InvalidCredentials)


async def test_attempts_name_nobody(identity: LocalIdentity, device: Device, administrator: psycopg.Connection) -> None:
    with pytest.raises(InvalidCredentials):
        await identity.sign_in("ann@example.org", "wrong", device)
    rows = str(administrator.execute("select attempts::text from identity.attempts").fetchall())
    assert "ann" not in rows and device.address not in rows
    assert b"ann@example.org".hex() not in rows


async def test_a_banned_user_is_told_only_with_the_right_password(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    await identity.sign_up("ann@example.org", PASSWORD, device)
    administrator.execute("update auth.users set banned_until = 'infinity'")
    with pytest.raises(InvalidCredentials):
        await identity.sign_in("ann@example.org", "wrong password", device)
    with pytest.raises(AccountBanned):
        await identity.sign_in("ann@example.org", PASSWORD, device)


async def test_a_deleted_user_is_gone_with_everything(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    signed_up = await identity.sign_up("ann@example.org", PASSWORD, device)
    await identity.closing.remove(signed_up.user.user_id)
    with pytest.raises(InvalidCredentials):
        await identity.sign_in("ann@example.org", PASSWORD, device)
    for table in ("credentials", "sessions", "refresh_tokens"):
        assert administrator.execute(f"select count(*) from identity.{table}".encode()).fetchone() == (0,)


async def test_an_old_hash_is_renewed_at_the_next_sign_in(
    make_identity: Any, device: Device, administrator: psycopg.Connection
) -> None:
    await make_identity().sign_up("ann@example.org", PASSWORD, device)
    costlier = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    stronger = make_identity(hasher=costlier)
    await stronger.sign_in("ann@example.org", PASSWORD, device)
    row = administrator.execute("select password_hash from identity.credentials").fetchone()
    assert row and not PasswordHashes(costlier).outdated(row[0])
    assert await stronger.sign_in("ann@example.org", PASSWORD, device)


# Where addresses must be confirmed by mail


async def test_confirmation_comes_before_the_first_sign_in(make_identity: Any, mails: Any, device: Device) -> None:
    identity = make_identity(confirm_email=True)
    signed_up = await identity.sign_up("ann@example.org", PASSWORD, device)
    assert signed_up.tokens is None
    with pytest.raises(EmailNotConfirmed):
        await identity.sign_in("ann@example.org", PASSWORD, device)
    token = mails.link_token()
    tokens = await identity.follow_link("signup", token, device)
    assert tokens.user.email_confirmed_at is not None
    with pytest.raises(LinkExpired):
        await identity.follow_link("signup", token, device)
    assert await identity.sign_in("ann@example.org", PASSWORD, device)


async def test_a_taken_address_is_answered_like_a_new_one(make_identity: Any, mails: Any, device: Device) -> None:
    identity = make_identity(confirm_email=True)
    await identity.sign_up("ann@example.org", PASSWORD, device)
    confirmed = await identity.follow_link("signup", mails.link_token(), device)
    again = await identity.sign_up("ann@example.org", "another good password", device)
    fresh = await identity.sign_up("bob@example.org", "another good password", device)
    assert again.tokens is fresh.tokens is None
    assert again.user.user_id != confirmed.user.user_id
    shown = [{name: value is None for name, value in vars(user).items()} for user in (again.user, fresh.user)]
    assert shown[0] == shown[1]
    assert [mail.subject for mail in mails.mails[-2:]] == ["You have an account already", "Confirm your address"]
    assert await identity.sign_in("ann@example.org", PASSWORD, device)


async def test_whoever_signed_up_before_the_owner_of_the_mailbox_gains_nothing(
    make_identity: Any, mails: Any, device: Device
) -> None:
    identity = make_identity(confirm_email=True)
    await identity.sign_up("ann@example.org", "the password of a thief", device)
    first_link = mails.link_token()
    await identity.sign_up("ann@example.org", PASSWORD, device)
    with pytest.raises(LinkExpired):
        await identity.follow_link("signup", first_link, device)
    await identity.follow_link("signup", mails.link_token(), device)
    with pytest.raises(InvalidCredentials):
        await identity.sign_in("ann@example.org", "the password of a thief", device)
    assert await identity.sign_in("ann@example.org", PASSWORD, device)


async def test_a_weak_password_makes_no_account(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    with pytest.raises(WeakPassword):
        await identity.sign_up("ann@example.org", "password123", device)
    assert administrator.execute("select count(*) from auth.users").fetchone() == (0,)
