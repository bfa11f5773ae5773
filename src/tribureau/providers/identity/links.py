"""Links that are sent by mail: random, used once, one of a purpose at a time, known to the database by hash only."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal
from urllib.parse import urlencode

from tribureau.database.transactions import Transaction, UserId
from tribureau.providers.identity.errors import AccountBanned, LinkExpired
from tribureau.providers.identity.mailbox import Mail, MailName, compose
from tribureau.providers.identity.opaque_tokens import new_token, token_hash

Purpose = Literal["signup", "recovery", "email_change"]

PAGES: Final[dict[Purpose, str]] = {
    "signup": "/confirm",
    "recovery": "/reset-password",
    "email_change": "/confirm",
}
"""The page that a link opens. It asks for a press of a button: mail programs follow links by themselves."""

_HOLDS: Final[dict[Purpose, timedelta]] = {
    "signup": timedelta(hours=24),
    "recovery": timedelta(hours=1),
    "email_change": timedelta(hours=24),
}
_MAILS: Final[dict[Purpose, MailName]] = {
    "signup": "confirmation",
    "recovery": "recovery",
    "email_change": "email_change",
}


@dataclass(frozen=True)
class Followed:
    """What following a link has proved: the user holds `email`."""

    user_id: UserId
    email: str
    current_email: str


class Links:
    def __init__(self, site_url: str) -> None:
        self._site_url = site_url

    async def new(self, transaction: Transaction, user: UserId, purpose: Purpose, email: str) -> str:
        """The address of the page; an earlier link of the same purpose holds no more."""
        token = new_token()
        await transaction.run(
            "identity.add_one_time_token",
            user_id=user,
            purpose=purpose,
            token_hash=token_hash(token),
            email=email,
            holds=_HOLDS[purpose],
        )
        return f"{self._site_url}{PAGES[purpose]}?{urlencode({'type': purpose, 'token': token})}"

    async def mail(self, transaction: Transaction, user: UserId, purpose: Purpose, email: str) -> Mail:
        """The message that carries a new link to `email`."""
        link = await self.new(transaction, user, purpose, email)
        return compose(_MAILS[purpose], email, site_url=self._site_url, link=link)

    async def follow(self, transaction: Transaction, purpose: Purpose, token: str) -> Followed:
        """Takes the link; raises LinkExpired where it does not hold, AccountBanned where its user may not come in."""
        row = await transaction.first("identity.use_one_time_token", purpose=purpose, token_hash=token_hash(token))
        if row is None:
            raise LinkExpired
        if row["banned"]:
            raise AccountBanned
        return Followed(UserId(row["user_id"]), row["email"], row["current_email"])
