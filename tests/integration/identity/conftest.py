"""A local identity provider on a real database, with cheap password hashes and mails that stay in a list."""

import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import pytest_asyncio
from argon2 import PasswordHasher

from tribureau.database.transactions import Database
from tribureau.providers.identity.local import IdentityOptions, LocalIdentity
from tribureau.providers.identity.mailbox import Mail
from tribureau.providers.identity.sessions import Device
from tribureau.storage.keys import MasterKey

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
OPTIONS = IdentityOptions(site_url="http://127.0.0.1:8000")
MakeIdentity = Callable[..., LocalIdentity]


class KeptMails:
    """A mailbox that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        self.mails.append(mail)

    async def forget(self, address: str) -> int:
        kept = [mail for mail in self.mails if mail.to != address]
        forgotten, self.mails = len(self.mails) - len(kept), kept
        return forgotten

    def link_token(self) -> str:
        """The secret in the newest mail's link."""
        link = re.search(r"http://\S+\?\S+", self.mails[-1].text)
        assert link, self.mails[-1].text
        return parse_qs(urlsplit(link.group()).query)["token"][0]


@pytest.fixture
def mails() -> KeptMails:
    return KeptMails()


@pytest.fixture
def device() -> Device:
    return Device("203.0.113.7", "Firefox on Linux")


@pytest.fixture
def master_key() -> MasterKey:
    return MasterKey(os.urandom(32))


@pytest_asyncio.fixture
async def make_identity(web_database: Database, master_key: MasterKey, mails: KeptMails) -> AsyncIterator[MakeIdentity]:
    """Another provider on the same database, under other options."""
    made: list[LocalIdentity] = []

    def make(*, hasher: PasswordHasher = CHEAP, **options: Any) -> LocalIdentity:
        made.append(LocalIdentity(web_database, master_key, mails, replace(OPTIONS, **options), hasher=hasher))
        return made[-1]

    yield make
    for identity in made:
        await identity.close()


@pytest.fixture
def identity(make_identity: MakeIdentity) -> LocalIdentity:
    return make_identity()


@pytest.fixture
def administrator(database_url: str) -> Iterator[psycopg.Connection]:
    """To look at rows, and to let time pass."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection
