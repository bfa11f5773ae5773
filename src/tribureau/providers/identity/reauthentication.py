"""Showing once more who one is, before something that a lost phone or a forgotten tab must not be enough for.

A user of ours gives their password, and a code where they have a second factor. Supabase keeps its users' passwords, so
one of theirs signs in again there: the token says when they last did.
"""

import time

from tribureau.database.transactions import Database
from tribureau.providers.identity.account_changes import RECENT_SECONDS
from tribureau.providers.identity.attempts import CURRENT_PASSWORD, Attempts
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.errors import ReauthenticationNeeded, SecondFactorNeeded
from tribureau.providers.identity.factors import Factors
from tribureau.providers.identity.passwords import PasswordHashes


class Reauthentication:
    def __init__(self, database: Database, attempts: Attempts, hashes: PasswordHashes, factors: Factors) -> None:
        self._database = database
        self._attempts = attempts
        self._hashes = hashes
        self._factors = factors

    async def prove(self, claims: Claims, password: str, code: str) -> None:
        """Raises ReauthenticationNeeded, SecondFactorNeeded, WrongCode or TooManyTries."""
        if claims.second_factor_due:
            raise SecondFactorNeeded
        if claims.proved_at is None:
            await self._check_password(claims, password)
            await self._factors.check(claims, code)
        elif not 0 <= time.time() - claims.proved_at < RECENT_SECONDS:
            raise ReauthenticationNeeded(
                "Please show that it is you: sign in again.", hint="Then repeat this within 15 minutes."
            )

    async def _check_password(self, claims: Claims, password: str) -> None:
        async with self._database.as_identity() as transaction:
            known: str | None = await transaction.value("identity.password_of", user_id=claims.user_id)
        if known is None:
            raise ReauthenticationNeeded(
                "Your account has no password yet.", hint="Set one by «Forgot your password?», then repeat this."
            )
        if not password:
            raise ReauthenticationNeeded(hint="Give `current_password`.")
        await self._attempts.count(CURRENT_PASSWORD, str(claims.user_id))
        if not await self._hashes.matches(password, known):
            raise ReauthenticationNeeded("This is not your password.", hint="Check it and try again.")
        await self._attempts.forget(CURRENT_PASSWORD, str(claims.user_id))
