"""A connection carries an identity for one transaction, and nobody's between."""

from collections.abc import Callable

import psycopg
import pytest
from psycopg import AsyncConnection

from tribureau.database import transactions
from tribureau.database.transactions import Database, UserId

pytestmark = pytest.mark.postgresql15


async def test_a_login_without_identity_reaches_no_table(web_url: str) -> None:
    async with await AsyncConnection.connect(web_url, autocommit=True) as connection:
        for table in ("public.tradelines", "public.report_uploads", "auth.users", "tribureau.user_keys"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await connection.execute(f"select from {table}".encode())


async def test_identity_does_not_stay_on_a_pooled_connection(
    web_database: Database, two_users: tuple[UserId, UserId]
) -> None:
    async with web_database.as_user(two_users[0]) as _:
        pass
    async with web_database._pool.connection() as connection:
        row = await (
            await connection.execute(
                "select current_user::text as role, nullif(current_setting('request.jwt.claims', true), '') as claims"
            )
        ).fetchone()
    assert row == {"role": "tribureau_web", "claims": None}


async def test_a_failing_statement_leaves_the_connection_clean(
    web_database: Database, two_users: tuple[UserId, UserId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "statement", lambda name: name.encode())
    with pytest.raises(psycopg.errors.DivisionByZero):
        await web_database.read_as_user(two_users[0], "select 1 / 0")
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        await web_database.read_as_user(two_users[0], "update public.notifications set read_at = now()")
    identity = "select current_setting('request.jwt.claims', true)::jsonb ->> 'sub' as user, current_user::text as role"
    assert await web_database.read_as_user(two_users[1], identity) == [
        {"user": str(two_users[1]), "role": "authenticated"}
    ]


async def test_the_pool_gets_over_a_restart_of_the_database(
    web_database: Database, two_users: tuple[UserId, UserId], rows: Callable[..., object]
) -> None:
    await web_database.ping()
    for _ in range(3):
        rows("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = 'tribureau_web'")
        async with web_database.as_user(two_users[0]) as transaction:
            assert await transaction.value("api.unread_notifications") == 0
