"""A user's consent is proof: its times are the database's, it is given once at a time, and withdrawn for good."""

from typing import Any

import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, UniqueViolation

from tribureau.database.transactions import Database, UserId
from tribureau.domain.cloud_consent import WORDING_VERSION, CloudConsent
from tribureau.workflows.cloud_reading import CloudServices, cloud_reading

GIVE = "insert into public.cloud_consents (wording_version) values (%(version)s)"


@pytest.mark.postgresql15
def test_one_consent_stands_at_a_time_and_each_is_kept(two_users: Any, as_user: Any) -> None:
    with as_user(two_users[0]) as run:
        assert run(GIVE, version=1) == 1
        with pytest.raises(UniqueViolation):
            run(GIVE, version=2)
        assert run("update public.cloud_consents set withdrawn_at = now()") == 1
        assert run(GIVE, version=2) == 1
        assert run("select count(*) as n from public.cloud_consents") == [{"n": 2}]
        with pytest.raises(InsufficientPrivilege):
            run("delete from public.cloud_consents")
        with pytest.raises(CheckViolation):
            run("insert into public.cloud_consents (wording_version) values (0)")


@pytest.mark.postgresql15
def test_withdrawing_can_be_neither_dated_back_nor_undone(two_users: Any, as_user: Any) -> None:
    with as_user(two_users[0]) as run:
        run(GIVE, version=1)
        run("update public.cloud_consents set withdrawn_at = '2001-01-01'")
        (row,) = run("select withdrawn_at, withdrawn_at = now() as by_the_clock from public.cloud_consents")
        assert row["by_the_clock"]
        for changed in ("null", "'2001-01-01'"):
            run(f"update public.cloud_consents set withdrawn_at = {changed}")
            (again,) = run("select withdrawn_at from public.cloud_consents")
            assert again["withdrawn_at"] == row["withdrawn_at"]


class Service:
    """Turned on, and never asked here."""

    name, seconds = "Service", 1.0


async def test_only_the_owners_consent_to_the_present_wording_counts(
    two_users: tuple[UserId, UserId], web_database: Database, worker_database: Database
) -> None:
    owner, other = two_users
    services = CloudServices(parser=Service())  # type: ignore[arg-type]

    async def allowed(user: UserId, services: CloudServices = services) -> bool:
        return await cloud_reading(services, worker_database, user, lambda percent, text: None) is not None

    async def say(user: UserId, name: str, **how: Any) -> None:
        async with web_database.as_user(user) as transaction:
            await transaction.run(f"cloud_consents.{name}", **how)

    assert not await allowed(owner)
    await say(owner, "give", wording_version=WORDING_VERSION + 1, unredacted_pages=False)
    assert not await allowed(owner), "another wording"
    await say(owner, "withdraw")
    await say(owner, "give", wording_version=WORDING_VERSION, unredacted_pages=True)
    assert await allowed(owner) and not await allowed(other)
    assert not await allowed(owner, CloudServices()), "nothing is turned on"
    asked = await cloud_reading(services, worker_database, owner, lambda percent, text: None)
    assert asked and await asked._consent() == CloudConsent(unredacted_pages=True)
    await say(owner, "withdraw")
    assert await asked._consent() is None and not await allowed(owner)


async def test_a_database_that_is_away_gives_no_consent(two_users: Any, worker_database: Database) -> None:
    await worker_database.close()
    services = CloudServices(parser=Service())  # type: ignore[arg-type]
    assert await cloud_reading(services, worker_database, two_users[0], lambda percent, text: None) is None
