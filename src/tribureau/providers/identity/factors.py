"""The second factor: six digits from an authenticator app (TOTP, RFC 6238; SHA-1, 30 seconds, one step either way)."""

import hmac
import io
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import pyotp
import segno
from psycopg.types.json import Jsonb

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.providers.identity.attempts import SECOND_FACTOR, Attempts
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.errors import (
    ChallengeExpired,
    FactorNameTaken,
    FactorUnknown,
    SecondFactorNeeded,
    SessionEnded,
    TooManyFactors,
    WrongCode,
)
from tribureau.providers.identity.sessions import Grant, Sessions, Tokens, proof
from tribureau.storage.keys import Sealer

MOST: Final = 10
_CHALLENGE_HOLDS: Final = timedelta(minutes=5)
_STEP_SECONDS: Final = 30
_LONGEST_NAME: Final = 100


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs; `qr_code` is an SVG picture of `uri`."""

    factor_id: UUID
    friendly_name: str
    secret: str = field(repr=False)
    uri: str = field(repr=False)
    qr_code: str = field(repr=False)


@dataclass(frozen=True)
class Challenge:
    challenge_id: UUID
    expires_at: datetime


class Factors:
    def __init__(
        self, database: Database, sessions: Sessions, attempts: Attempts, sealer: Sealer, *, issuer_name: str
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._attempts = attempts
        self._sealer = sealer
        self._issuer_name = issuer_name

    async def enrol(self, claims: Claims, friendly_name: str = "", issuer: str = "") -> Enrolment:
        """A factor that counts once a code of it was verified. Raises TooManyFactors, FactorNameTaken, …"""
        _require_second_factor(claims)
        name = friendly_name.strip()[:_LONGEST_NAME]
        secret = pyotp.random_base32()
        sealed = self._sealer.seal(secret.encode(), _context(claims.user_id))
        own = {"user_id": claims.user_id}
        async with self._database.as_identity() as transaction:
            known = await transaction.all("identity.factors", **own)
            if name and any(row["friendly_name"] == name and row["status"] == "verified" for row in known):
                raise FactorNameTaken
            await transaction.run("identity.drop_unproved_factors", **own)
            row = await transaction.first(
                "identity.add_factor", friendly_name=name, sealed_secret=sealed, most=MOST, **own
            )
        if row is None:
            raise TooManyFactors
        return self._enrolment(row, secret, claims, issuer)

    async def unproved(self, claims: Claims) -> Enrolment | None:
        """The factor that was begun and not proved yet."""
        async with self._database.as_identity() as transaction:
            row = await transaction.first("identity.unproved_factor", user_id=claims.user_id)
        if row is None:
            return None
        secret = self._sealer.open(row["sealed_secret"], _context(claims.user_id)).decode()
        return self._enrolment(row, secret, claims)

    async def challenge(self, claims: Claims, factor_id: UUID) -> Challenge:
        """Raises FactorUnknown."""
        async with self._database.as_identity() as transaction:
            row = await transaction.first(
                "identity.add_challenge", user_id=claims.user_id, factor_id=factor_id, holds=_CHALLENGE_HOLDS
            )
        if row is None:
            raise FactorUnknown
        return Challenge(row["challenge_id"], row["expires_at"])

    async def verify(self, claims: Claims, factor_id: UUID, challenge_id: UUID, code: str) -> Tokens:
        """New tokens of the second level. Raises FactorUnknown, ChallengeExpired, WrongCode or TooManyTries."""
        await self._attempts.count(SECOND_FACTOR, str(claims.user_id))
        own = {"user_id": claims.user_id}
        async with self._database.as_identity() as transaction:
            factor = await transaction.first("identity.factor", factor_id=factor_id, **own)
            if factor is None:
                raise FactorUnknown
            asked = {"challenge_id": challenge_id, **own}
            if not await transaction.value("identity.challenge_holds", factor_id=factor_id, **asked):
                raise ChallengeExpired
            step = self._step_of(factor, code, claims.user_id)
            await transaction.run("identity.prove_factor", factor_id=factor_id, step=step, **own)
            await transaction.run("identity.delete_challenge", **asked)
            grant = await self._raise_session(transaction, claims, first=factor["status"] == "unverified")
        await self._attempts.forget(SECOND_FACTOR, str(claims.user_id))
        return await self._sessions.sign(grant)

    async def check(self, claims: Claims, code: str) -> None:
        """A code of a factor that counts; who has none needs no code. Raises WrongCode or TooManyTries."""
        own = {"user_id": claims.user_id}
        async with self._database.as_identity() as transaction:
            counting = [row for row in await transaction.all("identity.factors", **own) if row["status"] == "verified"]
        if not counting:
            return
        await self._attempts.count(SECOND_FACTOR, str(claims.user_id))
        async with self._database.as_identity() as transaction:
            for row in counting:
                factor = await transaction.first("identity.factor", factor_id=row["factor_id"], **own)
                if factor and (step := self._right_step(factor, code, claims.user_id)):
                    await transaction.run("identity.prove_factor", factor_id=factor["factor_id"], step=step, **own)
                    break
            else:
                raise WrongCode
        await self._attempts.forget(SECOND_FACTOR, str(claims.user_id))

    async def unenrol(self, claims: Claims, factor_id: UUID) -> None:
        """Raises FactorUnknown, or SecondFactorNeeded: a factor that counts is only removed by who holds one."""
        own = {"user_id": claims.user_id}
        async with self._database.as_identity() as transaction:
            factor = await transaction.first("identity.factor", factor_id=factor_id, **own)
            if factor is None:
                raise FactorUnknown
            if factor["status"] == "verified":
                _require_second_factor(claims)
            await transaction.run("identity.delete_factor", factor_id=factor_id, **own)
            await transaction.run("identity.lower_sessions", **own)

    async def remove_all(self, user: UserId) -> None:
        """The operator's way for a user who lost their phone; ends the user's sessions."""
        async with self._database.as_identity() as transaction:
            await transaction.run("identity.delete_factors", user_id=user)
            await transaction.run("identity.end_all_sessions", user_id=user)

    async def _raise_session(self, transaction: Transaction, claims: Claims, *, first: bool) -> Grant:
        own: dict[str, Any] = {"user_id": claims.user_id, "session_id": claims.session_id}
        session = await transaction.first("identity.raise_session", method=Jsonb([proof("totp")]), **own)
        if session is None:
            raise SessionEnded
        if first:
            await transaction.run("identity.end_weaker_sessions", **own)
        return await self._sessions.next_grant(transaction, claims.user_id, session)

    def _enrolment(self, row: Row, secret: str, claims: Claims, issuer: str = "") -> Enrolment:
        uri = pyotp.TOTP(secret).provisioning_uri(name=claims.email, issuer_name=issuer or self._issuer_name)
        return Enrolment(row["factor_id"], row["friendly_name"], secret, uri, _picture(uri))

    def _step_of(self, factor: Row, code: str, user: UserId) -> int:
        """Raises WrongCode."""
        if (step := self._right_step(factor, code, user)) is None:
            raise WrongCode
        return step

    def _right_step(self, factor: Row, code: str, user: UserId) -> int | None:
        """The 30-second step that `code` belongs to; no step counts twice. None where the code is wrong."""
        totp = pyotp.TOTP(self._sealer.open(factor["sealed_secret"], _context(user)).decode())
        now = int(time.time()) // _STEP_SECONDS
        digits = "".join(code.split())
        for step in (now - 1, now, now + 1):
            right = hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode())
            if right and step > factor["last_used_step"]:
                return step
        return None


def _require_second_factor(claims: Claims) -> None:
    if claims.second_factor_due:
        raise SecondFactorNeeded


def _context(user: UserId) -> str:
    return f"second factor of {user}"


def _picture(uri: str) -> str:
    svg = io.BytesIO()
    segno.make(uri, micro=False).save(svg, kind="svg", xmldecl=False, scale=4, border=2)
    return svg.getvalue().decode()
