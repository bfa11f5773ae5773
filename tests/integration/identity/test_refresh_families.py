"""A refresh token is used once; a copy that is used again ends its family, and a race never forks one."""

import asyncio

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tribureau.database.transactions import Database
from tribureau.domain.errors import TribureauError
from tribureau.providers.identity.errors import (
    AccountBanned,
    RefreshTokenUnknown,
    RefreshTokenUsed,
    SessionEnded,
    SessionExpired,
)
from tribureau.providers.identity.local import LocalIdentity
from tribureau.providers.identity.sessions import Device, Tokens

PASSWORD = "seven quiet lanterns"


async def _signed_up(identity: LocalIdentity, device: Device, email: str = "ann@example.org") -> Tokens:
    tokens = (await identity.sign_up(email, PASSWORD, device)).tokens
    assert tokens
    return tokens


async def _ended(identity: LocalIdentity, tokens: Tokens) -> bool:
    try:
        await identity.verify(tokens.access_token)
    except SessionEnded:
        return True
    return False


async def test_a_refresh_answers_new_tokens_of_the_same_session(identity: LocalIdentity, device: Device) -> None:
    first = await _signed_up(identity, device)
    second = await identity.refresh(first.refresh_token)
    assert second.session_id == first.session_id
    assert second.refresh_token != first.refresh_token
    assert (await identity.verify(second.access_token)).session_id == first.session_id


async def test_a_reused_token_ends_the_family_at_once(identity: LocalIdentity, device: Device) -> None:
    first = await _signed_up(identity, device)
    second = await identity.refresh(first.refresh_token)
    with pytest.raises(RefreshTokenUsed):
        await identity.refresh(first.refresh_token)
    with pytest.raises(RefreshTokenUnknown):
        await identity.refresh(second.refresh_token)
    assert await _ended(identity, second)


async def test_other_sessions_of_the_user_outlive_a_reuse(identity: LocalIdentity, device: Device) -> None:
    first = await _signed_up(identity, device)
    other = await identity.sign_in("ann@example.org", PASSWORD, device)
    await identity.refresh(first.refresh_token)
    with pytest.raises(RefreshTokenUsed):
        await identity.refresh(first.refresh_token)
    assert not await _ended(identity, other)
    assert (await identity.refresh(other.refresh_token)).session_id == other.session_id


async def test_eight_at_once_give_one_winner_and_no_forked_family(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    first = await _signed_up(identity, device)
    outcomes = await asyncio.gather(*(identity.refresh(first.refresh_token) for _ in range(8)), return_exceptions=True)
    won = [outcome for outcome in outcomes if isinstance(outcome, Tokens)]
    assert len(won) == 1
    assert sum(isinstance(outcome, RefreshTokenUsed) for outcome in outcomes) == 7
    unused = administrator.execute(
        "select count(*) from identity.refresh_tokens where session_id = %s and used_at is null", [first.session_id]
    ).fetchone()
    assert unused == (1,)
    assert (await identity.refresh(won[0].refresh_token)).session_id == first.session_id


async def test_the_database_itself_refuses_a_fork(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    await _signed_up(identity, device)
    with pytest.raises(psycopg.errors.UniqueViolation):
        administrator.execute(
            "insert into identity.refresh_tokens (user_id, token_hash, session_id) "
            "select user_id, sha256('fork'), session_id from identity.refresh_tokens"
        )


async def test_signing_out_while_refreshing_leaves_nothing_behind(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    for attempt in range(10):
        tokens = await _signed_up(identity, device, f"ann{attempt}@example.org")
        claims = await identity.verify(tokens.access_token)
        outcomes = await asyncio.gather(
            identity.refresh(tokens.refresh_token), identity.sign_out(claims), return_exceptions=True
        )
        assert outcomes[1] is None
        assert isinstance(outcomes[0], Tokens | RefreshTokenUnknown)
    assert administrator.execute("select count(*) from identity.refresh_tokens").fetchone() == (0,)


async def test_an_unknown_token_is_refused(identity: LocalIdentity) -> None:
    with pytest.raises(RefreshTokenUnknown):
        await identity.refresh("made up")
    with pytest.raises(RefreshTokenUnknown):
        await identity.refresh("\ud800 not even text")


@pytest.mark.parametrize(("column", "age"), [("refreshed_at", "30 days 1 minute"), ("created_at", "90 days 1 minute")])
async def test_a_session_ends_unused_or_after_its_longest_life(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection, column: str, age: str
) -> None:
    tokens = await _signed_up(identity, device)
    administrator.execute(f"update identity.sessions set {column} = now() - %s::interval".encode(), [age])
    assert await _ended(identity, tokens)
    with pytest.raises(SessionExpired):
        await identity.refresh(tokens.refresh_token)
    with pytest.raises(RefreshTokenUnknown):
        await identity.refresh(tokens.refresh_token)


async def test_a_banned_user_gets_no_tokens(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    tokens = await _signed_up(identity, device)
    administrator.execute("update auth.users set banned_until = now() + interval '1 day'")
    with pytest.raises(AccountBanned):
        await identity.refresh(tokens.refresh_token)
    with pytest.raises(AccountBanned):
        await identity.verify(tokens.access_token)


async def test_the_tables_hold_no_token_that_works(
    identity: LocalIdentity, device: Device, administrator: psycopg.Connection
) -> None:
    tokens = await _signed_up(identity, device)
    stored = administrator.execute("select encode(token_hash, 'hex') from identity.refresh_tokens").fetchone()
    assert stored and tokens.refresh_token not in stored[0]
    with pytest.raises(RefreshTokenUnknown):
        await identity.refresh(stored[0])


@given(presented=st.lists(st.integers(0, 6), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_presented_a_family_is_one_chain_that_ends_with_the_first_reuse(
    web_database: Database, identity: LocalIdentity, device: Device, presented: list[int]
) -> None:
    """The model: a chain of tokens of which the last is good; presenting an older one ends everything."""
    chain = [await _fresh_family(identity, device)]
    alive = True
    for position in presented:
        index = position % len(chain)
        newest = index == len(chain) - 1
        try:
            chain.append(await identity.refresh(chain[index].refresh_token))
            assert alive and newest
        except TribureauError as refusal:
            expected = RefreshTokenUsed if alive else RefreshTokenUnknown
            assert isinstance(refusal, expected) and not (alive and newest)
            alive = False
        assert await _ended(identity, chain[-1]) is not alive


async def _fresh_family(identity: LocalIdentity, device: Device) -> Tokens:
    try:
        return await _signed_up(identity, device)
    except TribureauError:
        return await identity.sign_in("ann@example.org", PASSWORD, device)
