"""The site's own sessions: a browser holds an opaque id, and the tokens that it stands for never leave the server."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.errors import TribureauError
from tribureau.providers.identity.claims import Claims, Level
from tribureau.providers.identity.opaque_tokens import new_token, token_hash
from tribureau.providers.identity.sessions import Sessions, Tokens
from tribureau.providers.identity.tokens import Lifetimes
from tribureau.storage.keys import Sealer


@dataclass(frozen=True)
class SiteSession:
    """Whom a cookie stands for. `second_factor_due`: only the page that asks for the code may be shown."""

    user_id: UserId
    session_id: UUID
    email: str
    aal: Level
    second_factor_due: bool

    @property
    def claims(self) -> Claims:
        return Claims(self.user_id, self.session_id, self.aal, self.email, self.second_factor_due)


class SiteSessions:
    def __init__(self, database: Database, sessions: Sessions, sealer: Sealer, lifetimes: Lifetimes) -> None:
        self._database = database
        self._sessions = sessions
        self._sealer = sealer
        self._lifetimes = lifetimes

    async def open(self, tokens: Tokens, *, replacing: str | None = None) -> str:
        """A new cookie for `tokens`; the one it replaces stands for nobody from then on."""
        cookie = new_token()
        async with self._database.as_identity() as transaction:
            if replacing is not None:
                await self._replace(transaction, replacing, tokens)
            await transaction.run(
                "identity.add_web_session",
                user_id=tokens.user.user_id,
                session_id=tokens.session_id,
                **self._kept(cookie, tokens),
            )
        return cookie

    async def find(self, cookie: str) -> SiteSession | None:
        """None where the cookie stands for nobody (any more)."""
        row = await self._row(cookie)
        if row and row["tokens_due"]:
            await self._renew(cookie)
            row = await self._row(cookie)
        if row is None:
            return None
        if row["sighting_due"]:
            async with self._database.as_identity() as transaction:
                own = {"user_id": row["user_id"], "cookie_hash": token_hash(cookie)}
                await transaction.run("identity.note_sighting", **own)
        return SiteSession(
            UserId(row["user_id"]), row["session_id"], row["email"], row["aal"], row["second_factor_due"]
        )

    async def end(self, cookie: str) -> None:
        """Ends the cookie and its session, with every token of it."""
        async with self._database.as_identity() as transaction:
            session = await self._locked(transaction, cookie)
            if session:
                await transaction.run("identity.end_session", **session)

    async def _replace(self, transaction: Transaction, cookie: str, tokens: Tokens) -> None:
        session = await self._locked(transaction, cookie)
        if session and session["session_id"] == tokens.session_id:
            await transaction.run("identity.delete_web_session", cookie_hash=token_hash(cookie))
        elif session:
            await transaction.run("identity.end_session", **session)

    async def _locked(self, transaction: Transaction, cookie: str) -> Row | None:
        """The cookie's session, held first by everyone who changes what hangs on it, so that nobody waits in a ring."""
        return await transaction.first("identity.lock_web_session", cookie_hash=token_hash(cookie))

    async def _row(self, cookie: str) -> Row | None:
        async with self._database.as_identity() as transaction:
            row: Row | None = await transaction.first("identity.web_session", **self._found_by(cookie))
        return row

    async def _renew(self, cookie: str) -> None:
        """Refreshes the tokens behind the cookie, once, whichever of a browser's requests comes first."""
        signer = await self._sessions.signer()
        async with self._database.as_identity() as transaction:
            await self._locked(transaction, cookie)
            row = await transaction.first("identity.web_session", **self._found_by(cookie))
            if row is None or not row["tokens_due"]:
                return
            held = json.loads(self._sealer.open(row["sealed_tokens"], _context(cookie)))
            grant = await self._sessions.refresh_within(transaction, held["refresh_token"], time.monotonic())
            if isinstance(grant, TribureauError):
                await transaction.run("identity.delete_web_session", cookie_hash=token_hash(cookie))
            else:
                kept = self._kept(cookie, self._sessions.sign_with(signer, grant))
                await transaction.run("identity.renew_web_tokens", user_id=row["user_id"], **kept)

    def _found_by(self, cookie: str) -> dict[str, Any]:
        limits = {"idle": self._lifetimes.idle, "absolute": self._lifetimes.absolute}
        return {"cookie_hash": token_hash(cookie), **limits}

    def _kept(self, cookie: str, tokens: Tokens) -> dict[str, Any]:
        held = {"access_token": tokens.access_token, "refresh_token": tokens.refresh_token}
        return {
            "cookie_hash": token_hash(cookie),
            "sealed_tokens": self._sealer.seal(json.dumps(held).encode(), _context(cookie)),
            "tokens_expire_at": datetime.fromtimestamp(tokens.expires_at, UTC),
        }


def _context(cookie: str) -> str:
    return f"web session {token_hash(cookie).hex()}"
