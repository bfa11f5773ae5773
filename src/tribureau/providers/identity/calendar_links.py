"""Secret links to a user's calendar: a calendar program can't sign in, so whoever has the link may read it."""

import hashlib
import secrets
from typing import Final

from tribureau.database.transactions import Database, UserId
from tribureau.domain.errors import NotFound
from tribureau.providers.identity.attempts import CALENDAR_ADDRESS, Attempts, network_of

_TOKEN_BYTES: Final = 32


class CalendarLinks:
    def __init__(self, database: Database, attempts: Attempts) -> None:
        self._database = database
        self._attempts = attempts

    async def renew(self, user: UserId, *, with_names: bool) -> str:
        """A new token, kept as its hash only; the one before leads nowhere from then on."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        async with self._database.as_user(user) as transaction:
            await transaction.run("deadlines.renew_calendar_link", token_hash=_hash(token), with_names=with_names)
        return token

    async def withdraw(self, user: UserId) -> None:
        async with self._database.as_user(user) as transaction:
            await transaction.run("deadlines.withdraw_calendar_link")

    async def owner(self, token: str, address: str) -> UserId:
        """Whose link it is. Raises NotFound, or TooManyTries after many wrong ones from one network."""
        network = network_of(address)
        await self._attempts.count(CALENDAR_ADDRESS, network)
        async with self._database.as_identity() as transaction:
            owner = await transaction.value("deadlines.owner_of_calendar_link", token_hash=_hash(token))
        if owner is None:
            raise NotFound("This link leads to no calendar.", hint="Make a new one in Tribureau's settings.")
        await self._attempts.take_back(CALENDAR_ADDRESS, network)
        return UserId(owner)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
