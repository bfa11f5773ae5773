"""Signing in with a password or by a link from a mail.

An unknown address is answered like a wrong password, after the same work.
"""

from psycopg.errors import UniqueViolation

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.providers.identity.addresses import typed_address
from tribureau.providers.identity.attempts import SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS, Attempts, network_of
from tribureau.providers.identity.errors import AccountBanned, EmailNotConfirmed, EmailTaken, InvalidCredentials
from tribureau.providers.identity.links import Followed, Links, Purpose
from tribureau.providers.identity.mailbox import Mailbox, compose
from tribureau.providers.identity.passwords import PasswordHashes
from tribureau.providers.identity.sessions import Device, Grant, Sessions, Tokens


class SigningIn:
    def __init__(
        self,
        database: Database,
        sessions: Sessions,
        links: Links,
        *,
        attempts: Attempts,
        hashes: PasswordHashes,
        mailbox: Mailbox,
        site_url: str,
        confirm_email: bool,
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._links = links
        self._attempts = attempts
        self._hashes = hashes
        self._mailbox = mailbox
        self._site_url = site_url
        self._confirm = confirm_email

    async def with_password(self, email: str, password: str, device: Device) -> Tokens:
        """Raises InvalidCredentials, AccountBanned, EmailNotConfirmed or TooManyTries."""
        address, network = typed_address(email), network_of(device.address)
        await self._attempts.count(SIGN_IN_ADDRESS, network)
        await self._attempts.count(SIGN_IN_ACCOUNT, address)
        account = await self._checked(address, password)
        async with self._database.as_identity() as transaction:
            grant = await self._begin(transaction, account, device)
        await self._attempts.forget(SIGN_IN_ACCOUNT, address)
        await self._attempts.take_back(SIGN_IN_ADDRESS, network)
        await self._keep_hash_strong(account, password)
        return await self._sessions.sign(grant)

    async def by_link(self, purpose: Purpose, token: str, device: Device) -> Tokens:
        """Follows a link once; raises LinkExpired, AccountBanned or EmailTaken."""
        try:
            async with self._database.as_identity() as transaction:
                followed = await self._links.follow(transaction, purpose, token)
                await self._take_proof(transaction, purpose, followed)
                grant = await self._sessions.begin(transaction, followed.user_id, "otp", device)
        except UniqueViolation as error:
            raise EmailTaken from error
        if purpose == "email_change":
            facts = {"site_url": self._site_url, "new_email": followed.email}
            await self._mailbox.send(compose("email_changed", followed.current_email, **facts))
        return await self._sessions.sign(grant)

    async def _checked(self, address: str, password: str) -> Row:
        async with self._database.as_identity() as transaction:
            account = await transaction.first("identity.find_account", email=address)
        matched = await self._hashes.matches(password, account["password_hash"] if account else None)
        if account is None or not matched:
            raise InvalidCredentials
        if account["banned"]:
            raise AccountBanned
        if self._confirm and account["email_confirmed_at"] is None:
            raise EmailNotConfirmed
        return account

    async def _begin(self, transaction: Transaction, account: Row, device: Device) -> Grant:
        user = UserId(account["user_id"])
        if not await transaction.value(
            "identity.password_stands", user_id=user, password_hash=account["password_hash"]
        ):
            raise InvalidCredentials
        return await self._sessions.begin(transaction, user, "password", device)

    async def _keep_hash_strong(self, account: Row, password: str) -> None:
        old = account["password_hash"]
        if self._hashes.outdated(old):
            renewed = await self._hashes.hash(password)
            async with self._database.as_identity() as transaction:
                await transaction.run(
                    "identity.renew_hash", user_id=account["user_id"], old_hash=old, password_hash=renewed
                )

    async def _take_proof(self, transaction: Transaction, purpose: Purpose, followed: Followed) -> None:
        if purpose == "email_change":
            await transaction.run("identity.change_email", user_id=followed.user_id, email=followed.email)
            await transaction.run("identity.drop_one_time_token", user_id=followed.user_id, purpose="recovery")
        else:
            await transaction.run("identity.confirm_email", user_id=followed.user_id, email=followed.email)
