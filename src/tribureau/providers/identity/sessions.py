"""Sign-ins that last: sessions, their access tokens, and the family of refresh tokens that each one has.

A refresh token is used once and answers with the next. One that comes again after it was used means that somebody
holds a copy, so its whole family ends. Only a request that was already under way when another one used the same token
(two tabs, say) is refused without that: it is a race and not a reuse, and it gets no token either, so a family never
forks. Supabase instead answers a reused token with the family's newest one for ten seconds; a thief would gain from
that, and here a client that lost an answer signs in again.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.errors import NotFound, TribureauError
from tribureau.providers.identity.attempts import network_of
from tribureau.providers.identity.claims import Claims, Level
from tribureau.providers.identity.errors import (
    AccountBanned,
    RefreshTokenUnknown,
    RefreshTokenUsed,
    SessionEnded,
    SessionExpired,
)
from tribureau.providers.identity.opaque_tokens import new_token, token_hash
from tribureau.providers.identity.signing_keys import Signer, SigningKeys
from tribureau.providers.identity.tokens import ROLE, Lifetimes
from tribureau.providers.identity.users import User, find_user

Method = Literal["password", "otp", "totp"]
"""RFC 8176's and Supabase's names: `otp` is a link from a mail."""
Scope = Literal["global", "local", "others"]


@dataclass(frozen=True)
class Device:
    """Who asks: the address that the request came from, and what the browser calls itself."""

    address: str = ""
    user_agent: str = ""


@dataclass(frozen=True)
class Tokens:
    """What a client holds after signing in; times in seconds, `expires_at` since 1970 (UTC)."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int
    expires_at: int
    session_id: UUID
    user: User


@dataclass(frozen=True)
class Grant:
    """A session with its next refresh token, written but not yet signed for: sign after the transaction."""

    user: User
    session_id: UUID
    aal: Level
    methods: list[dict[str, Any]]
    refresh_token: str = field(repr=False)


@dataclass(frozen=True)
class SessionSummary:
    """One line in the list of places where a user is signed in."""

    session_id: UUID
    aal: Level
    user_agent: str
    network: str
    created_at: datetime
    last_used_at: datetime
    current: bool


class Sessions:
    def __init__(
        self, database: Database, keys: SigningKeys, lifetimes: Lifetimes, *, issuer: str, audience: str
    ) -> None:
        self._database = database
        self._keys = keys
        self._lifetimes = lifetimes
        self._issuer = issuer
        self._audience = audience

    async def begin(self, transaction: Transaction, user: UserId, method: Method, device: Device) -> Grant:
        session = await transaction.first(
            "identity.begin_session",
            user_id=user,
            methods=Jsonb([proof(method)]),
            user_agent=device.user_agent[:200],
            network=network_of(device.address, ipv4_bits=24, ipv6_bits=48),
        )
        if session is None:
            raise SessionEnded
        await transaction.run("identity.note_sign_in", user_id=user)
        return await self.next_grant(transaction, user, session)

    async def next_grant(
        self, transaction: Transaction, user: UserId, session: Row, parent: bytes | None = None
    ) -> Grant:
        """The family's next token; every earlier one counts as used."""
        refresh_token = new_token()
        found = await find_user(transaction, user)
        if found is None:
            raise SessionEnded
        own = {"user_id": user, "session_id": session["session_id"]}
        await transaction.run("identity.use_refresh_tokens", **own)
        await transaction.run(
            "identity.add_refresh_token", token_hash=token_hash(refresh_token), parent_hash=parent, **own
        )
        return Grant(found, session["session_id"], session["aal"], session["methods"], refresh_token)

    async def sign(self, grant: Grant) -> Tokens:
        return self.sign_with(await self.signer(), grant)

    async def signer(self) -> Signer:
        """To be had before a transaction: it may read the database on a connection of its own."""
        return await self._keys.signer()

    def sign_with(self, signer: Signer, grant: Grant) -> Tokens:
        issued_at = int(time.time())
        holds = int(self._lifetimes.access_token.total_seconds())
        user = grant.user
        claims = {
            "iss": self._issuer,
            "sub": str(user.user_id),
            "aud": self._audience,
            "iat": issued_at,
            "exp": issued_at + holds,
            "email": user.email,
            "phone": "",
            "app_metadata": user.app_metadata,
            "user_metadata": user.user_metadata,
            "role": ROLE,
            "aal": grant.aal,
            "amr": list(reversed(grant.methods)),
            "session_id": str(grant.session_id),
            "is_anonymous": False,
        }
        return Tokens(signer.sign(claims), grant.refresh_token, holds, issued_at + holds, grant.session_id, user)

    async def refresh(self, refresh_token: str) -> Tokens:
        """Raises RefreshTokenUnknown, RefreshTokenUsed, SessionExpired or AccountBanned."""
        arrived = time.monotonic()
        async with self._database.as_identity() as transaction:
            outcome = await self.refresh_within(transaction, refresh_token, arrived)
        if isinstance(outcome, TribureauError):
            raise outcome
        return await self.sign(outcome)

    async def refresh_within(
        self, transaction: Transaction, refresh_token: str, arrived: float
    ) -> Grant | TribureauError:
        """As `refresh` for a request of the monotonic time `arrived`.

        A refusal comes back instead of being raised, so that what it ended stays ended: commit before raising it.
        """
        hashed = token_hash(refresh_token)
        session = await transaction.first("identity.lock_family", token_hash=hashed, **self._limits())
        if session is None:
            return RefreshTokenUnknown()
        user, session_id = UserId(session["user_id"]), session["session_id"]
        waited = time.monotonic() - arrived
        token = await transaction.first("identity.refresh_token", token_hash=hashed, waited=waited)
        if token is None:
            return RefreshTokenUnknown()
        if token["used"] and token["raced"]:
            return RefreshTokenUsed()
        if token["used"] or session["expired"]:
            await transaction.run("identity.end_session", user_id=user, session_id=session_id)
            return RefreshTokenUsed() if token["used"] else SessionExpired()
        if await transaction.value("identity.account_state", user_id=user) is not False:
            return AccountBanned()
        await transaction.run("identity.note_refresh", user_id=user, session_id=session_id)
        return await self.next_grant(transaction, user, session, hashed)

    async def end(self, claims: Claims, scope: Scope) -> None:
        own = {"user_id": claims.user_id}
        async with self._database.as_identity() as transaction:
            if scope == "global":
                await transaction.run("identity.end_all_sessions", **own)
            elif scope == "others":
                await transaction.run("identity.end_other_sessions", session_id=claims.session_id, **own)
            else:
                await transaction.run("identity.end_session", session_id=claims.session_id, **own)

    async def end_one(self, user: UserId, session_id: UUID) -> None:
        """Raises NotFound where the user has no such session."""
        async with self._database.as_identity() as transaction:
            if not await transaction.run("identity.end_session", user_id=user, session_id=session_id):
                raise NotFound

    async def of(self, claims: Claims) -> list[SessionSummary]:
        async with self._database.as_identity() as transaction:
            rows = await transaction.all("identity.sessions", user_id=claims.user_id, **self._limits())
        return [
            SessionSummary(
                row["session_id"],
                row["aal"],
                row["user_agent"],
                row["network"],
                row["created_at"],
                row["refreshed_at"],
                row["session_id"] == claims.session_id,
            )
            for row in rows
        ]

    def _limits(self) -> dict[str, Any]:
        return {"idle": self._lifetimes.idle, "absolute": self._lifetimes.absolute}


def proof(method: Method) -> dict[str, Any]:
    """An entry of `amr`: how and when (seconds since 1970) the user proved who they are."""
    return {"method": method, "timestamp": int(datetime.now(UTC).timestamp())}
