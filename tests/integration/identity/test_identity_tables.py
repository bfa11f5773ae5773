"""Nobody but the local identity provider reaches its tables, on each PostgreSQL that is served."""

import psycopg
import pytest

from tribureau.database.transactions import Database, UserId

pytestmark = pytest.mark.postgresql15

TABLES = (
    "attempts",
    "closing_accounts",
    "credentials",
    "mfa_challenges",
    "mfa_factors",
    "one_time_tokens",
    "refresh_tokens",
    "sessions",
    "signing_keys",
    "web_sessions",
)


def test_these_are_all_of_them(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "select relname, relrowsecurity and relforcerowsecurity, relowner::regrole::text from pg_class "
            "where relnamespace = 'identity'::regnamespace and relkind = 'r' order by 1"
        ).fetchall()
    assert rows == [(table, True, "tribureau_owner") for table in TABLES]


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role", "tribureau_worker", "tribureau_web"])
def test_no_other_role_has_any_right(database_url: str, role: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select has_schema_privilege(%s, 'identity', 'usage')", [role]).fetchone() == (False,)
        for table in TABLES:
            rights = connection.execute(
                "select has_table_privilege(%s, %s, 'select, insert, update, delete, truncate, references, trigger')",
                [role, f"identity.{table}"],
            ).fetchone()
            assert rights == (False,), table


def test_the_owner_itself_sees_no_row(database_url: str, two_users: tuple[UserId, UserId]) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into identity.credentials (user_id, password_hash) values (%s, '$argon2id$x')", [two_users[0]]
        )
        connection.execute("set local role tribureau_owner")
        assert connection.execute("select count(*) from identity.credentials").fetchone() == (0,)


async def test_a_user_reaches_neither_accounts_nor_sessions(
    web_database: Database, two_users: tuple[UserId, UserId]
) -> None:
    for name in ("identity.sweep_sessions", "identity.delete_user", "identity.find_account"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            async with web_database.as_user(two_users[0]) as transaction:
                await transaction.run(name, user_id=two_users[1], email="", idle="1 day", absolute="1 day")


def test_a_password_hash_is_argon2id_or_refused(database_url: str, two_users: tuple[UserId, UserId]) -> None:
    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "insert into identity.credentials (user_id, password_hash) values (%s, 'plain')", [two_users[0]]
        )
