"""Mails that somebody asks for without being signed in: whatever the account, the same answer in the same time."""

import asyncio
from typing import Final, Literal

from tribureau.database.transactions import Database, Transaction, UserId
from tribureau.domain.errors import NotFound
from tribureau.providers.identity.addresses import account_address
from tribureau.providers.identity.attempts import MAIL_ACCOUNT, MAIL_ADDRESS, Attempts, network_of
from tribureau.providers.identity.links import Links, Purpose
from tribureau.providers.identity.mailbox import Mail, Mailbox
from tribureau.providers.identity.sessions import Device

_ANSWER_SECONDS: Final = 0.2


class Recovery:
    def __init__(self, database: Database, links: Links, attempts: Attempts, mailbox: Mailbox) -> None:
        self._database = database
        self._links = links
        self._attempts = attempts
        self._mailbox = mailbox

    async def recover(self, email: str, device: Device) -> None:
        """Mails a link to set a new password, if there is such an account. Raises InvalidEmail or TooManyTries."""
        await self._send("recovery", email, device)

    async def resend(self, purpose: Literal["signup", "email_change"], email: str, device: Device) -> None:
        """Mails the confirmation once more, if one is waited for. `email` is the account's address."""
        await self._send(purpose, email, device)

    async def reset_link(self, email: str) -> str:
        """The operator's way where there is no mail. Raises NotFound where there is no such account."""
        async with self._database.as_identity() as transaction:
            account = await transaction.first("identity.find_account", email=account_address(email))
            if account is None:
                raise NotFound("There is no account with this address.")
            return await self._links.new(transaction, UserId(account["user_id"]), "recovery", account["email"])

    async def _send(self, purpose: Purpose, email: str, device: Device) -> None:
        address = account_address(email)
        await self._attempts.count(MAIL_ADDRESS, network_of(device.address))
        await self._attempts.count(MAIL_ACCOUNT, address)
        await asyncio.gather(self._send_if_due(purpose, address), asyncio.sleep(_ANSWER_SECONDS))

    async def _send_if_due(self, purpose: Purpose, address: str) -> None:
        async with self._database.as_identity() as transaction:
            mail = await self._mail_if_due(transaction, purpose, address)
        if mail is not None:
            await self._mailbox.send(mail)

    async def _mail_if_due(self, transaction: Transaction, purpose: Purpose, address: str) -> Mail | None:
        if purpose == "email_change":
            change = await transaction.first("identity.waiting_email_change", email=address)
            if change is None:
                return None
            return await self._links.mail(transaction, UserId(change["user_id"]), purpose, change["email"])
        account = await transaction.first("identity.find_account", email=address)
        if account is None or account["banned"]:
            return None
        if purpose == "signup" and account["email_confirmed_at"] is not None:
            return None
        return await self._links.mail(transaction, UserId(account["user_id"]), purpose, account["email"])
