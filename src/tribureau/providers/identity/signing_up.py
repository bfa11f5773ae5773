"""New accounts, by their owners or by the operator.

Where addresses must be confirmed by mail, the answer is the same whether there is an account already or not, and so is
the work; its owner learns by mail that somebody tried. Where they need not be, the answer has to hold a session, so an
address that is taken is told; a limit by network slows down those who would collect such answers.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg.types.json import Jsonb

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.providers.identity.addresses import account_address, own_data
from tribureau.providers.identity.attempts import MAIL_ACCOUNT, SIGN_UP_ADDRESS, Attempts, network_of
from tribureau.providers.identity.errors import InvalidCredentials, SignupClosed, UserExists
from tribureau.providers.identity.links import Links
from tribureau.providers.identity.mailbox import Mail, Mailbox, compose
from tribureau.providers.identity.passwords import PasswordHashes, require_good_password
from tribureau.providers.identity.sessions import Device, Sessions, Tokens
from tribureau.providers.identity.users import User, find_user


@dataclass(frozen=True)
class SignedUp:
    """`tokens` is None while the address waits to be confirmed."""

    user: User
    tokens: Tokens | None


@dataclass(frozen=True)
class _Newcomer:
    email: str
    password_hash: str
    data: dict[str, Any]


class SigningUp:
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
        open_signup: bool,
        confirm_email: bool,
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._links = links
        self._attempts = attempts
        self._hashes = hashes
        self._mailbox = mailbox
        self._site_url = site_url
        self._open = open_signup
        self._confirm = confirm_email

    async def sign_up(self, email: str, password: str, device: Device, data: dict[str, Any] | None) -> SignedUp:
        """Raises SignupClosed, InvalidEmail, WeakPassword, InvalidData, UserExists or TooManyTries."""
        if not self._open:
            raise SignupClosed
        address = account_address(email)
        require_good_password(password, address)
        said = own_data(data)
        await self._attempts.count(SIGN_UP_ADDRESS, network_of(device.address))
        newcomer = _Newcomer(address, await self._hashes.hash(password), said)
        return await (self._wait_for_mail(newcomer) if self._confirm else self._come_in(newcomer, device))

    async def add(self, email: str, password: str | None) -> UserId:
        """The operator's way, whether sign-up is open or not; without a password, the user sets one by a link."""
        address = account_address(email)
        if password is not None:
            require_good_password(password, address)
        hashed = await self._hashes.hash(password) if password is not None else None
        async with self._database.as_identity() as transaction:
            return await self._create(transaction, address, hashed, {}, confirmed=True)

    async def _come_in(self, newcomer: _Newcomer, device: Device) -> SignedUp:
        async with self._database.as_identity() as transaction:
            user = await self._create(
                transaction, newcomer.email, newcomer.password_hash, newcomer.data, confirmed=True
            )
            grant = await self._sessions.begin(transaction, user, "password", device)
        return SignedUp(grant.user, await self._sessions.sign(grant))

    async def _wait_for_mail(self, newcomer: _Newcomer) -> SignedUp:
        await self._attempts.count(MAIL_ACCOUNT, newcomer.email)
        async with self._database.as_identity() as transaction:
            account = await transaction.first("identity.find_account", email=newcomer.email)
            if account is None or account["email_confirmed_at"] is None:
                user, mail = await self._register(transaction, newcomer, account)
            else:
                user = _as_if_new(newcomer)
                mail = compose("already_registered", newcomer.email, site_url=self._site_url)
        await self._mailbox.send(mail)
        return SignedUp(user, None)

    async def _register(self, transaction: Transaction, newcomer: _Newcomer, account: Row | None) -> tuple[User, Mail]:
        """Whoever signed up last and holds the mailbox gets the account: an earlier password and link hold no more."""
        if account is None:
            user = await self._create(
                transaction, newcomer.email, newcomer.password_hash, newcomer.data, confirmed=False
            )
        else:
            user = UserId(account["user_id"])
            await transaction.run("identity.set_password", user_id=user, password_hash=newcomer.password_hash)
        mail = await self._links.mail(transaction, user, "signup", newcomer.email)
        found = await find_user(transaction, user)
        if found is None:
            raise InvalidCredentials
        return found, mail

    async def _create(
        self, transaction: Transaction, email: str, password_hash: str | None, data: dict[str, Any], *, confirmed: bool
    ) -> UserId:
        user = await transaction.value("identity.add_user", email=email, confirmed=confirmed, data=Jsonb(data))
        if user is None:
            raise UserExists
        if password_hash is not None:
            await transaction.run("identity.set_password", user_id=user, password_hash=password_hash)
        return UserId(user)


def _as_if_new(newcomer: _Newcomer) -> User:
    """What a stranger is shown of an account that exists already: nothing of it."""
    now = datetime.now(UTC)
    return User(
        user_id=UserId(uuid.uuid4()),
        email=newcomer.email,
        email_confirmed_at=None,
        last_sign_in_at=None,
        app_metadata={"provider": "email", "providers": ["email"]},
        user_metadata=newcomer.data,
        created_at=now,
        updated_at=now,
        banned=False,
        confirmation_sent_at=now,
        recovery_sent_at=None,
        new_email=None,
        email_change_sent_at=None,
        factors=[],
    )
