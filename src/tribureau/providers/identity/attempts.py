"""Limits on tries, counted in the database: one atomic statement a try, so parallel guessing gains nothing.

A try is counted before it is judged. One that succeeds is taken back from its address and clears its account, so
only failures add up. Accounts are counted whether they exist or not, so a limit gives nothing away.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from tribureau.database.transactions import Database
from tribureau.domain.errors import TooManyTries

_QUARTER_HOUR: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    action: str
    tries: int
    window: timedelta


SIGN_IN_ACCOUNT: Final = Limit("sign_in_account", 10, _QUARTER_HOUR)
SIGN_IN_ADDRESS: Final = Limit("sign_in_address", 60, _QUARTER_HOUR)
SIGN_UP_ADDRESS: Final = Limit("sign_up_address", 100, _HOUR)
MAIL_ACCOUNT: Final = Limit("mail_account", 5, _QUARTER_HOUR)
MAIL_ADDRESS: Final = Limit("mail_address", 60, _HOUR)
SECOND_FACTOR: Final = Limit("second_factor", 10, _QUARTER_HOUR)
CALENDAR_ADDRESS: Final = Limit("calendar_address", 60, _QUARTER_HOUR)
CURRENT_PASSWORD: Final = Limit("current_password", 10, _QUARTER_HOUR)


class Attempts:
    """Counts tries under keyed hashes: the table names nobody."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key

    async def count(self, limit: Limit, subject: str) -> None:
        """Raises TooManyTries, with the seconds to wait, from the first try over the limit on."""
        async with self._database.as_identity() as transaction:
            row = await transaction.first(
                "identity.count_try", action=limit.action, subject_hash=self._hash(subject), window=limit.window
            )
        if row and row["tries"] > limit.tries:
            raise TooManyTries(retry_after=max(1, row["seconds_left"]))

    async def forget(self, limit: Limit, subject: str) -> None:
        async with self._database.as_identity() as transaction:
            await transaction.run("identity.forget_tries", action=limit.action, subject_hash=self._hash(subject))

    async def take_back(self, limit: Limit, subject: str) -> None:
        async with self._database.as_identity() as transaction:
            await transaction.run("identity.take_back_try", action=limit.action, subject_hash=self._hash(subject))

    def _hash(self, subject: str) -> bytes:
        return hmac.digest(self._key, subject.encode(), hashlib.sha256)


def network_of(address: str, *, ipv4_bits: int = 32, ipv6_bits: int = 64) -> str:
    """The network that `address` lies in, as text; an address that is none stays as it is, cut short."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:50]
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    kept = ipv4_bits if parsed.version == 4 else ipv6_bits
    width = parsed.max_prefixlen
    return str(type(parsed)(int(parsed) >> (width - kept) << (width - kept)))
