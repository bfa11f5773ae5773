"""Whom an access token speaks for: ours by `kid`, and Supabase's where settings say so.

The algorithm is fixed by the key that verifies, never taken from the token's header. Our own tokens are looked up
besides: one whose session was ended, or whose user is banned or deleted, is refused from that moment on, not only when
it expires. Supabase's tokens hold until they expire, as everywhere with Supabase; only a ban or deletion that this
database knows of ends them sooner.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import jwt
from psycopg.errors import InsufficientPrivilege

from tribureau.database.transactions import Database, Row, UserId
from tribureau.providers.identity.claims import Claims, Level
from tribureau.providers.identity.errors import AccountBanned, InvalidToken, SessionEnded
from tribureau.providers.identity.signing_keys import ALGORITHM, SigningKeys
from tribureau.providers.identity.supabase_keys import SupabaseKeys, SupabaseTokens

ROLE: Final = "authenticated"
_CLOCK_SKEW: Final = timedelta(seconds=5)
_REQUIRED: Final = ["exp", "iat", "sub", "aud"]
_LONGEST_TOKEN: Final = 16_384


@dataclass(frozen=True)
class Lifetimes:
    """How long sign-ins hold: an access token, a session that is not used, and a session at most."""

    access_token: timedelta
    idle: timedelta
    absolute: timedelta

    @property
    def verifiable(self) -> timedelta:
        """How long a retired signing key is still needed."""
        return self.access_token + timedelta(minutes=5)


class TokenVerifier:
    def __init__(
        self,
        database: Database,
        keys: SigningKeys,
        lifetimes: Lifetimes,
        *,
        issuer: str,
        audience: str,
        supabase: SupabaseTokens,
        supabase_keys: SupabaseKeys | None,
    ) -> None:
        self._database = database
        self._keys = keys
        self._lifetimes = lifetimes
        self._issuer = issuer
        self._audience = audience
        self._supabase = supabase
        self._supabase_keys = supabase_keys

    async def verify(self, token: str) -> Claims:
        """Raises InvalidToken, SessionEnded or AccountBanned; Unavailable where Supabase's keys can't be read."""
        header = _header(token)
        kid = header.get("kid")
        own = await self._keys.public_key(kid) if isinstance(kid, str) else None
        if own is not None:
            return await self._ours(self._decode(token, own, ALGORITHM, self._issuer))
        return await self._supabases(await self._decode_supabases(token, header))

    async def _decode_supabases(self, token: str, header: dict[str, Any]) -> dict[str, Any]:
        issuer = self._supabase.expected_issuer
        if header.get("alg") == "HS256" and self._supabase.secret:
            return self._decode(token, self._supabase.secret, "HS256", issuer)
        if self._supabase_keys and isinstance(kid := header.get("kid"), str):
            key = await self._supabase_keys.key(kid)
            if key is not None:
                return self._decode(token, key.key, key.algorithm_name, issuer)
        raise InvalidToken

    def _decode(self, token: str, key: Any, algorithm: str, issuer: str | None) -> dict[str, Any]:
        required = [*_REQUIRED, "iss"] if issuer else _REQUIRED
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self._audience,
                issuer=issuer,
                leeway=_CLOCK_SKEW,
                options={"require": required},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise InvalidToken from error
        if claims.get("role") != ROLE or claims.get("is_anonymous") is True:
            raise InvalidToken
        return claims

    async def _ours(self, claims: dict[str, Any]) -> Claims:
        user, session = UserId(_uuid(claims["sub"])), _uuid(claims.get("session_id"))
        async with self._database.as_identity() as transaction:
            state = await transaction.first(
                "identity.token_state",
                user_id=user,
                session_id=session,
                idle=self._lifetimes.idle,
                absolute=self._lifetimes.absolute,
            )
        if state is None:
            raise SessionEnded
        if state["banned"]:
            raise AccountBanned
        level: Level = "aal2" if state["aal"] == _level(claims) == "aal2" else "aal1"
        return Claims(user, session, level, state["email"], state["has_second_factor"] and level == "aal1")

    async def _supabases(self, claims: dict[str, Any]) -> Claims:
        user = UserId(_uuid(claims["sub"]))
        state = await self._account_state(user)
        if state is None:
            raise SessionEnded
        if state["banned"]:
            raise AccountBanned
        session = claims.get("session_id")
        email = claims.get("email")
        return Claims(
            user,
            _uuid(session) if session else None,
            _level(claims),
            email if isinstance(email, str) else "",
            proved_at=_newest_proof(claims),
        )

    async def _account_state(self, user: UserId) -> Row | None:
        """None for a user who does not exist. On Supabase's own database its users are not ours to read."""
        try:
            async with self._database.as_identity() as transaction:
                return await transaction.first("identity.account_state", user_id=user)
        except InsufficientPrivilege:
            return {"banned": False}


def _header(token: str) -> dict[str, Any]:
    if len(token) > _LONGEST_TOKEN:
        raise InvalidToken
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError) as error:
        raise InvalidToken from error


def _uuid(value: object) -> UUID:
    try:
        return UUID(value if isinstance(value, str) else "")
    except ValueError as error:
        raise InvalidToken from error


def _newest_proof(claims: dict[str, Any]) -> int:
    """By `amr` (RFC 8176, with Supabase's times) or `auth_time` (OpenID Connect Core, 2), never by when it was issued:
    a refreshed token proves nothing anew. 0 where neither tells. The second level counts by its second factor."""
    proofs = claims.get("amr")
    times: list[int] = [
        proof["timestamp"]
        for proof in (proofs if isinstance(proofs, list) else [])
        if isinstance(proof, dict)
        and isinstance(proof.get("timestamp"), int)
        and (claims.get("aal") != "aal2" or str(proof.get("method", "")).startswith(("totp", "mfa/", "webauthn")))
    ]
    named = claims.get("auth_time")
    return max([*times, named if isinstance(named, int) else 0])


def _level(claims: dict[str, Any]) -> Level:
    return "aal2" if claims.get("aal") == "aal2" else "aal1"
