"""What users change about their own account, and what they have to show for it."""

import time
from dataclasses import dataclass
from typing import Any, Final

from psycopg.errors import UniqueViolation
from psycopg.types.json import Jsonb

from tribureau.database.transactions import Database, Transaction
from tribureau.providers.identity.addresses import account_address, own_data
from tribureau.providers.identity.attempts import CURRENT_PASSWORD, MAIL_ACCOUNT, Attempts
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.errors import (
    EmailTaken,
    InvalidCredentials,
    ReauthenticationNeeded,
    SamePassword,
    SecondFactorNeeded,
    SessionEnded,
)
from tribureau.providers.identity.links import Links
from tribureau.providers.identity.mailbox import Mail, Mailbox, compose
from tribureau.providers.identity.passwords import PasswordHashes, require_good_password
from tribureau.providers.identity.users import User, find_user

RECENT_SECONDS: Final = 15 * 60


@dataclass(frozen=True)
class Changes:
    """None leaves as it is. `current_password` is needed where the last sign-in is more than 15 minutes ago."""

    email: str | None = None
    password: str | None = None
    current_password: str | None = None
    data: dict[str, Any] | None = None

    @property
    def need_proof(self) -> bool:
        return self.email is not None or self.password is not None


class AccountChanges:
    def __init__(
        self,
        database: Database,
        links: Links,
        *,
        attempts: Attempts,
        hashes: PasswordHashes,
        mailbox: Mailbox,
        site_url: str,
        confirm_email: bool,
    ) -> None:
        self._database = database
        self._links = links
        self._attempts = attempts
        self._hashes = hashes
        self._mailbox = mailbox
        self._site_url = site_url
        self._confirm = confirm_email

    async def make(self, claims: Claims, changes: Changes) -> User:
        """Raises SecondFactorNeeded, ReauthenticationNeeded, InvalidCredentials, WeakPassword, SamePassword, …"""
        if changes.need_proof:
            await self._require_proof(claims, changes.current_password)
        email = account_address(changes.email) if changes.email is not None else None
        said = own_data(changes.data)
        new_hash = await self._new_hash(claims, changes.password) if changes.password is not None else None
        if email is not None and self._confirm:
            await self._attempts.count(MAIL_ACCOUNT, str(claims.user_id))
        mails: list[Mail] = []
        async with self._database.as_identity() as transaction:
            if new_hash is not None:
                mails.append(await self._set_password(transaction, claims, new_hash))
            if email is not None and email != claims.email:
                mails.append(await self._set_email(transaction, claims, email))
            if said:
                await transaction.run("identity.update_data", user_id=claims.user_id, data=Jsonb(said))
            user = await find_user(transaction, claims.user_id)
        if user is None:
            raise SessionEnded
        for mail in mails:
            await self._mailbox.send(mail)
        return user

    async def _require_proof(self, claims: Claims, current_password: str | None) -> None:
        if claims.second_factor_due:
            raise SecondFactorNeeded
        if current_password is not None:
            await self._attempts.count(CURRENT_PASSWORD, str(claims.user_id))
            if not await self._hashes.matches(current_password, await self._hash_of(claims)):
                raise InvalidCredentials("This is not your current password.")
            await self._attempts.forget(CURRENT_PASSWORD, str(claims.user_id))
        elif not await self._signed_in_recently(claims):
            raise ReauthenticationNeeded

    async def _signed_in_recently(self, claims: Claims) -> bool:
        async with self._database.as_identity() as transaction:
            session = await transaction.first("identity.session", user_id=claims.user_id, session_id=claims.session_id)
        proofs = session["methods"] if session else []
        return any(time.time() - proof["timestamp"] < RECENT_SECONDS for proof in proofs)

    async def _new_hash(self, claims: Claims, password: str) -> str:
        require_good_password(password, claims.email)
        if await self._hashes.matches(password, await self._hash_of(claims)):
            raise SamePassword
        return await self._hashes.hash(password)

    async def _hash_of(self, claims: Claims) -> str | None:
        async with self._database.as_identity() as transaction:
            found: str | None = await transaction.value("identity.password_of", user_id=claims.user_id)
        return found

    async def _set_password(self, transaction: Transaction, claims: Claims, new_hash: str) -> Mail:
        """Whoever else knows the old password is out: other sessions end, and so does a link that was sent."""
        own = {"user_id": claims.user_id}
        await transaction.run("identity.set_password", password_hash=new_hash, **own)
        await transaction.run("identity.end_other_sessions", session_id=claims.session_id, **own)
        await transaction.run("identity.drop_one_time_token", purpose="recovery", **own)
        return compose("password_changed", claims.email, site_url=self._site_url)

    async def _set_email(self, transaction: Transaction, claims: Claims, email: str) -> Mail:
        """With confirmation on, the new address has to prove itself first, and nothing tells whose it is."""
        if self._confirm:
            return await self._links.mail(transaction, claims.user_id, "email_change", email)
        try:
            await transaction.run("identity.change_email", user_id=claims.user_id, email=email)
        except UniqueViolation as error:
            raise EmailTaken from error
        await transaction.run("identity.drop_one_time_token", user_id=claims.user_id, purpose="recovery")
        return compose("email_changed", claims.email, site_url=self._site_url, new_email=email)
