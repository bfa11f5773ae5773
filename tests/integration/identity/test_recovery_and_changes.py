"""Forgotten passwords, links by mail, and what users change about their account."""

import asyncio
import time
from typing import Any

import psycopg
import pyotp
import pytest

from tribureau.domain.errors import NotFound, TooManyTries
from tribureau.providers.identity import recovery
from tribureau.providers.identity.account_changes import Changes
from tribureau.providers.identity.errors import (
    EmailTaken,
    InvalidCredentials,
    LinkExpired,
    ReauthenticationNeeded,
    SamePassword,
    SecondFactorNeeded,
    SessionEnded,
    WeakPassword,
)
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.sessions import Device, Tokens

PASSWORD = "seven quiet lanterns"
NEW = "eleven loud trumpets"


async def _ann(identity: LocalIdentity, device: Device) -> Tokens:
    tokens = (await identity.sign_up("ann@example.org", PASSWORD, device)).tokens
    assert tokens
    return tokens


def _let_time_pass(administrator: psycopg.Connection) -> None:
    administrator.execute(
        "update identity.sessions set methods = jsonb_build_array(jsonb_build_object("
        "'method', 'password', 'timestamp', extract(epoch from now())::bigint - 1000))"
    )


# Forgotten


async def test_a_link_sets_a_new_password_once_and_ends_every_session(
    identity: LocalIdentity, device: Device, mails: Any
) -> None:
    before = await _ann(identity, device)
    await identity.recover("Ann@example.org", device)
    link = mails.link_token()
    tokens = await identity.reset_password(link, NEW, device)
    assert await identity.verify(tokens.access_token)
    with pytest.raises(SessionEnded):
        await identity.verify(before.access_token)
    with pytest.raises(LinkExpired):
        await identity.reset_password(link, "another password", device)
    with pytest.raises(InvalidCredentials):
        await identity.sign_in("ann@example.org", PASSWORD, device)
    assert await identity.sign_in("ann@example.org", NEW, device)
    assert mails.mails[-1].subject == "Your password was changed"


@pytest.mark.parametrize("password", ["short", "ann@example.org"])
async def test_a_weak_new_password_leaves_the_link_good(
    identity: LocalIdentity, device: Device, mails: Any, password: str
) -> None:
    await _ann(identity, device)
    await identity.recover("ann@example.org", device)
    with pytest.raises(WeakPassword):
        await identity.reset_password(mails.link_token(), password, device)
    assert await identity.reset_password(mails.link_token(), NEW, device)


async def test_the_same_link_at_once_works_once(identity: LocalIdentity, device: Device, mails: Any) -> None:
    await _ann(identity, device)
    await identity.recover("ann@example.org", device)
    link = mails.link_token()
    outcomes = await asyncio.gather(
        *(identity.follow_link("recovery", link, device) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(outcome, Tokens) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, LinkExpired) for outcome in outcomes) == 4


async def test_a_mailbox_is_no_second_factor(identity: LocalIdentity, device: Device, mails: Any) -> None:
    claims = await identity.verify((await _ann(identity, device)).access_token)
    enrolment = await identity.enrol_factor(claims)
    asked = await identity.challenge_factor(claims, enrolment.factor_id)
    code = pyotp.TOTP(enrolment.secret).now()
    await identity.verify_factor(claims, enrolment.factor_id, asked.challenge_id, code)
    await identity.recover("ann@example.org", device)
    tokens = await identity.reset_password(mails.link_token(), NEW, device)
    with pytest.raises(SecondFactorNeeded):
        await identity.verify(tokens.access_token)


async def test_a_link_expires_and_an_earlier_one_gives_way(
    identity: LocalIdentity, device: Device, mails: Any, administrator: psycopg.Connection
) -> None:
    await _ann(identity, device)
    await identity.recover("ann@example.org", device)
    earlier = mails.link_token()
    await identity.recover("ann@example.org", device)
    with pytest.raises(LinkExpired):
        await identity.follow_link("recovery", earlier, device)
    administrator.execute("update identity.one_time_tokens set expires_at = now()")
    with pytest.raises(LinkExpired):
        await identity.follow_link("recovery", mails.link_token(), device)


async def test_a_link_is_only_good_for_its_purpose(identity: LocalIdentity, device: Device, mails: Any) -> None:
    await _ann(identity, device)
    await identity.recover("ann@example.org", device)
    for purpose in ("signup", "email_change"):
        with pytest.raises(LinkExpired):
            await identity.follow_link(purpose, mails.link_token(), device)  # type: ignore[arg-type]


async def test_unknown_addresses_get_the_same_answer_in_the_same_time_and_no_mail(
    identity: LocalIdentity, device: Device, mails: Any
) -> None:
    await _ann(identity, device)
    took = []
    for address in ("ann@example.org", "nobody@example.org"):
        began = time.perf_counter()
        await identity.recover(address, device)
        took.append(time.perf_counter() - began)
    assert min(took) >= recovery._ANSWER_SECONDS
    assert [mail.to for mail in mails.mails] == ["ann@example.org"]


async def test_mails_are_limited_whether_there_is_an_account_or_not(
    identity: LocalIdentity, device: Device, mails: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "_ANSWER_SECONDS", 0)
    await _ann(identity, device)
    for address in ("ann@example.org", "nobody@example.org"):
        for _ in range(5):
            await identity.recover(address, device)
        with pytest.raises(TooManyTries):
            await identity.recover(address, device)
    assert len(mails.mails) == 5


async def test_the_operators_link_works_without_mail(identity: LocalIdentity, device: Device, mails: Any) -> None:
    user = await identity.add_user("ann@example.org")
    with pytest.raises(InvalidCredentials):
        await identity.sign_in("ann@example.org", "", device)
    link = await identity.reset_link("Ann@example.org")
    assert link.startswith("http://127.0.0.1:8000/reset-password?")
    tokens = await identity.reset_password(link.rpartition("token=")[2], NEW, device)
    assert tokens.user.user_id == user
    with pytest.raises(NotFound):
        await identity.reset_link("nobody@example.org")


async def test_a_confirmation_is_sent_again_only_while_it_is_waited_for(
    make_identity: Any, device: Device, mails: Any
) -> None:
    identity = make_identity(confirm_email=True)
    await identity.sign_up("ann@example.org", PASSWORD, device)
    await identity.resend("signup", "ann@example.org", device)
    assert len(mails.mails) == 2
    await identity.follow_link("signup", mails.link_token(), device)
    await identity.resend("signup", "ann@example.org", device)
    await identity.resend("email_change", "ann@example.org", device)
    assert len(mails.mails) == 2


# Changes


async def test_a_new_password_ends_the_other_sessions_and_links(
    identity: LocalIdentity, device: Device, mails: Any
) -> None:
    tokens = await _ann(identity, device)
    other = await identity.sign_in("ann@example.org", PASSWORD, device)
    await identity.recover("ann@example.org", device)
    link = mails.link_token()
    claims = await identity.verify(tokens.access_token)
    await identity.change(claims, Changes(password=NEW))
    assert await identity.verify(tokens.access_token)
    with pytest.raises(SessionEnded):
        await identity.verify(other.access_token)
    with pytest.raises(LinkExpired):
        await identity.follow_link("recovery", link, device)
    assert await identity.sign_in("ann@example.org", NEW, device)


@pytest.mark.parametrize("change", [{"password": NEW}, {"email": "b@example.org"}])
async def test_an_old_sign_in_needs_the_current_password(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection, change: dict[str, str]
) -> None:
    claims = await identity.verify((await _ann(identity, device)).access_token)
    _let_time_pass(administrator)
    with pytest.raises(ReauthenticationNeeded):
        await identity.change(claims, Changes(**change))
    with pytest.raises(InvalidCredentials):
        await identity.change(claims, Changes(**change, current_password="wrong"))
    assert await identity.change(claims, Changes(**change, current_password=PASSWORD))


async def test_guessing_the_current_password_is_limited(identity: LocalIdentity, device: Device) -> None:
    claims = await identity.verify((await _ann(identity, device)).access_token)
    for guess in range(10):
        with pytest.raises(InvalidCredentials):
            await identity.change(claims, Changes(password=NEW, current_password=f"guess {guess}"))
    with pytest.raises(TooManyTries):
        await identity.change(claims, Changes(password=NEW, current_password=PASSWORD))


async def test_a_refused_change_changes_nothing(identity: LocalIdentity, device: Device) -> None:
    claims = await identity.verify((await _ann(identity, device)).access_token)
    await identity.sign_up("bob@example.org", PASSWORD, device)
    with pytest.raises(WeakPassword):
        await identity.change(claims, Changes(password="short", data={"a": 1}))
    with pytest.raises(SamePassword):
        await identity.change(claims, Changes(password=PASSWORD))
    with pytest.raises(EmailTaken):
        await identity.change(claims, Changes(email="BOB@example.org", password=NEW, data={"a": 1}))
    assert (await identity.user(claims)).user_metadata == {}
    assert await identity.sign_in("ann@example.org", PASSWORD, device)


async def test_data_is_merged_and_null_removes(identity: LocalIdentity, device: Device) -> None:
    claims = await identity.verify((await _ann(identity, device)).access_token)
    await identity.change(claims, Changes(data={"name": "Ann", "theme": "dark"}))
    user = await identity.change(claims, Changes(data={"theme": None, "zone": "UTC"}))
    assert user.user_metadata == {"name": "Ann", "zone": "UTC"}


async def test_without_confirmation_an_address_changes_at_once_and_the_old_one_is_told(
    identity: LocalIdentity, device: Device, mails: Any
) -> None:
    claims = await identity.verify((await _ann(identity, device)).access_token)
    user = await identity.change(claims, Changes(email="New@example.org"))
    assert user.email == "new@example.org"
    assert (mails.mails[-1].to, mails.mails[-1].subject) == ("ann@example.org", "Your address was changed")
    assert await identity.sign_in("new@example.org", PASSWORD, device)


async def test_with_confirmation_the_new_address_has_to_prove_itself(
    make_identity: Any, device: Device, mails: Any
) -> None:
    identity = make_identity(confirm_email=True)
    await identity.sign_up("ann@example.org", PASSWORD, device)
    tokens = await identity.follow_link("signup", mails.link_token(), device)
    claims = await identity.verify(tokens.access_token)
    user = await identity.change(claims, Changes(email="new@example.org"))
    assert (user.email, user.new_email) == ("ann@example.org", "new@example.org")
    await identity.resend("email_change", "ann@example.org", device)
    assert mails.mails[-1].to == "new@example.org"
    changed = await identity.follow_link("email_change", mails.link_token(), device)
    assert (changed.user.email, changed.user.new_email) == ("new@example.org", None)
    assert mails.mails[-1].to == "ann@example.org"


async def test_an_address_that_is_taken_meanwhile_is_not_taken_over(
    make_identity: Any, device: Device, mails: Any, identity: LocalIdentity
) -> None:
    confirming = make_identity(confirm_email=True)
    claims = await identity.verify((await _ann(identity, device)).access_token)
    await confirming.change(claims, Changes(email="bob@example.org"))
    link = mails.link_token()
    await identity.sign_up("bob@example.org", PASSWORD, device)
    with pytest.raises(EmailTaken):
        await confirming.follow_link("email_change", link, device)


# Sessions that are listed and ended


async def test_sessions_are_listed_and_ended_one_by_one(identity: LocalIdentity, device: Device) -> None:
    claims = await identity.verify((await _ann(identity, device)).access_token)
    other = await identity.sign_in("ann@example.org", PASSWORD, Device("2001:db8:1:2:3::4", "Safari on a phone"))
    listed = {session.session_id: session for session in await identity.sessions(claims)}
    assert listed[claims.session_id].current and not listed[other.session_id].current  # type: ignore[index]
    assert (listed[other.session_id].network, listed[other.session_id].user_agent) == (
        "2001:db8:1::",
        "Safari on a phone",
    )
    await identity.end_session(claims, other.session_id)
    with pytest.raises(SessionEnded):
        await identity.verify(other.access_token)
    with pytest.raises(NotFound):
        await identity.end_session(claims, other.session_id)


async def test_another_users_session_does_not_exist(identity: LocalIdentity, device: Device) -> None:
    ann = await _ann(identity, device)
    bob = (await identity.sign_up("bob@example.org", PASSWORD, device)).tokens
    assert bob
    claims = await identity.verify(bob.access_token)
    with pytest.raises(NotFound):
        await identity.end_session(claims, ann.session_id)
    assert await identity.verify(ann.access_token)
    assert [session.session_id for session in await identity.sessions(claims)] == [bob.session_id]


async def test_sweeping_removes_what_nobody_can_use(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    await _ann(identity, device)
    await identity.sign_up("bob@example.org", PASSWORD, device)
    await identity.recover("bob@example.org", device)
    administrator.execute("update identity.attempts set resets_at = now()")
    administrator.execute("update identity.one_time_tokens set expires_at = now()")
    administrator.execute(
        "update identity.sessions set refreshed_at = now() - interval '31 days' "
        "where user_id = (select id from auth.users where email = 'ann@example.org')"
    )
    await identity.sweep()
    for table, left in (("attempts", 0), ("one_time_tokens", 0), ("sessions", 1), ("refresh_tokens", 1)):
        assert administrator.execute(f"select count(*) from identity.{table}".encode()).fetchone() == (left,)
