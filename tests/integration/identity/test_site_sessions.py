"""The cookie's opaque id: whom it stands for, how its tokens renew themselves, and that its end is an end."""

import asyncio
from typing import Any

import psycopg
import pyotp
import pytest

from tribureau.providers.identity.errors import RefreshTokenUnknown, SessionEnded
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.opaque_tokens import token_hash
from tribureau.providers.identity.sessions import Device, Tokens
from tribureau.providers.identity.site_sessions import SiteSession
from tribureau.storage.keys import KeyMismatch

PASSWORD = "seven quiet lanterns"


async def _opened(identity: LocalIdentity, device: Device) -> tuple[Tokens, str]:
    tokens = (await identity.sign_up("ann@example.org", PASSWORD, device)).tokens
    assert tokens
    return tokens, await identity.open_site_session(tokens)


def _tokens_are_due(administrator: psycopg.Connection) -> None:
    administrator.execute("update identity.web_sessions set tokens_expire_at = now()")


async def test_a_cookie_stands_for_its_user(identity: LocalIdentity, device: Device) -> None:
    tokens, cookie = await _opened(identity, device)
    assert len(cookie) >= 43
    session = await identity.find_site_session(cookie)
    assert session == SiteSession(tokens.user.user_id, tokens.session_id, "ann@example.org", "aal1", False)
    assert session.claims == await identity.verify(tokens.access_token)


@pytest.mark.parametrize("made_up", ["", "x", "\ud800", "a" * 5000])
async def test_a_made_up_cookie_stands_for_nobody(identity: LocalIdentity, made_up: str) -> None:
    assert await identity.find_site_session(made_up) is None


async def test_the_database_alone_opens_nothing(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    tokens, cookie = await _opened(identity, device)
    row: Any = administrator.execute("select cookie_hash, sealed_tokens from identity.web_sessions").fetchone()
    assert cookie.encode() not in row[0] and tokens.refresh_token.encode() not in row[1]
    assert await identity.find_site_session(row[0].hex()) is None


async def test_tokens_of_one_cookie_do_not_open_for_another(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    """Whoever can write to the table still can't move a session under a cookie of theirs."""
    await _opened(identity, device)
    administrator.execute("update identity.web_sessions set cookie_hash = %s", [token_hash("my own cookie")])
    _tokens_are_due(administrator)
    with pytest.raises(KeyMismatch):
        await identity.find_site_session("my own cookie")


async def test_its_tokens_are_refreshed_on_the_server(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    tokens, cookie = await _opened(identity, device)
    _tokens_are_due(administrator)
    assert await identity.find_site_session(cookie)
    unused = administrator.execute(
        "select count(*) from identity.refresh_tokens where used_at is null and token_hash = %s",
        [token_hash(tokens.refresh_token)],
    ).fetchone()
    assert unused == (0,)
    due = administrator.execute("select tokens_expire_at > now() + interval '50 min' from identity.web_sessions")
    assert due.fetchone() == (True,)


async def test_many_requests_of_one_browser_refresh_once(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    _, cookie = await _opened(identity, device)
    for _ in range(5):
        _tokens_are_due(administrator)
        found = await asyncio.gather(*(identity.find_site_session(cookie) for _ in range(12)))
        assert all(found)
    assert administrator.execute("select count(*) from identity.refresh_tokens").fetchone() == (6,)


async def test_a_refresh_token_that_leaked_and_was_used_ends_the_cookie(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    tokens, cookie = await _opened(identity, device)
    stolen = await identity.refresh(tokens.refresh_token)
    _tokens_are_due(administrator)
    assert await identity.find_site_session(cookie) is None
    with pytest.raises(SessionEnded):
        await identity.verify(stolen.access_token)


async def test_a_stolen_cookie_is_worthless_after_signing_out(identity: LocalIdentity, device: Device) -> None:
    tokens, cookie = await _opened(identity, device)
    await identity.end_site_session(cookie)
    assert await identity.find_site_session(cookie) is None
    with pytest.raises(SessionEnded):
        await identity.verify(tokens.access_token)
    with pytest.raises(RefreshTokenUnknown):
        await identity.refresh(tokens.refresh_token)
    await identity.end_site_session(cookie)


async def test_ending_the_session_elsewhere_ends_the_cookie(identity: LocalIdentity, device: Device) -> None:
    tokens, cookie = await _opened(identity, device)
    await identity.sign_out(await identity.verify(tokens.access_token), "global")
    assert await identity.find_site_session(cookie) is None


async def test_signing_in_again_ends_what_the_browser_had(identity: LocalIdentity, device: Device) -> None:
    first, old = await _opened(identity, device)
    second = await identity.sign_in("ann@example.org", PASSWORD, device)
    new = await identity.open_site_session(second, replacing=old)
    assert new != old
    assert await identity.find_site_session(old) is None
    assert await identity.find_site_session(new)
    with pytest.raises(SessionEnded):
        await identity.verify(first.access_token)


async def test_a_second_factor_changes_the_cookie_and_keeps_the_session(
    identity: LocalIdentity, device: Device
) -> None:
    tokens, cookie = await _opened(identity, device)
    claims = await identity.verify(tokens.access_token)
    enrolment = await identity.enrol_factor(claims)
    asked = await identity.challenge_factor(claims, enrolment.factor_id)
    code = pyotp.TOTP(enrolment.secret).now()
    lifted = await identity.verify_factor(claims, enrolment.factor_id, asked.challenge_id, code)
    new = await identity.open_site_session(lifted, replacing=cookie)
    assert await identity.find_site_session(cookie) is None
    session = await identity.find_site_session(new)
    assert session and (session.aal, session.session_id) == ("aal2", tokens.session_id)
    half = await identity.open_site_session(await identity.sign_in("ann@example.org", PASSWORD, device))
    waiting = await identity.find_site_session(half)
    assert waiting and waiting.second_factor_due


@pytest.mark.parametrize(
    "aged",
    [
        "update identity.web_sessions set last_seen_at = now() - interval '30 days 1 minute'",
        "update identity.sessions set created_at = now() - interval '90 days 1 minute'",
        "update auth.users set banned_until = 'infinity'",
        "update auth.users set deleted_at = now()",
        "delete from auth.users",
    ],
)
async def test_a_cookie_ends_by_age_and_with_its_user(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection, aged: str
) -> None:
    _, cookie = await _opened(identity, device)
    administrator.execute(aged.encode())
    assert await identity.find_site_session(cookie) is None


async def test_use_is_noted_at_most_once_a_minute(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    _, cookie = await _opened(identity, device)
    administrator.execute("update identity.web_sessions set last_seen_at = now() - interval '20 days'")
    await identity.find_site_session(cookie)
    seen = administrator.execute("select last_seen_at from identity.web_sessions").fetchone()
    await identity.find_site_session(cookie)
    assert administrator.execute("select last_seen_at from identity.web_sessions").fetchone() == seen
    recent = administrator.execute("select last_seen_at > now() - interval '1 minute' from identity.web_sessions")
    assert recent.fetchone() == (True,)


async def test_signing_out_while_the_tokens_renew_never_deadlocks(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    await identity.sign_up("ann@example.org", PASSWORD, device)
    for _ in range(10):
        tokens = await identity.sign_in("ann@example.org", PASSWORD, device)
        cookie = await identity.open_site_session(tokens)
        claims = await identity.verify(tokens.access_token)
        _tokens_are_due(administrator)
        await asyncio.gather(
            identity.find_site_session(cookie), identity.end_site_session(cookie), identity.sign_out(claims, "local")
        )
        assert await identity.find_site_session(cookie) is None
