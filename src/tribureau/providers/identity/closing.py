"""Accounts that go: what signing in knows of them, and its part in erasing them."""

from typing import Any, Literal

from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb

from tribureau.database.transactions import Database, UserId
from tribureau.domain.errors import NotAllowed
from tribureau.providers.identity.claims import Claims
from tribureau.providers.identity.mailbox import Mailbox
from tribureau.providers.identity.supabase_admin import SupabaseAdmin

AskedBy = Literal["user", "operator"]


class ClosingAccounts:
    def __init__(self, database: Database, mailbox: Mailbox, supabase: SupabaseAdmin | None) -> None:
        self._database = database
        self._mailbox = mailbox
        self._supabase = supabase

    async def facts(self, claims: Claims) -> dict[str, Any]:
        """What signing in knows of the user, for their export. Of Supabase's users that is what their token says."""
        try:
            async with self._database.as_identity() as transaction:
                facts: dict[str, Any] | None = await transaction.value("identity.account_facts", user_id=claims.user_id)
        except InsufficientPrivilege:
            facts = None
        return facts or {"user_id": str(claims.user_id), "email": claims.email}

    async def require_removable(self) -> None:
        """Raises NotAllowed where the accounts are Supabase's and it was not said how to delete them."""
        if self._supabase is None and not await self._are_ours():
            raise NotAllowed(
                "Sign-in is Supabase's here, and this site may not delete accounts there.",
                hint="Ask whoever runs this site (TRIBUREAU_SUPABASE_SERVICE_KEY), or to delete you in Supabase.",
            )

    async def begin(self, user: UserId, asked_by: AskedBy, counts: dict[str, int]) -> None:
        """From here on the erasure is known and will be finished; nobody signs in to the account any more."""
        ours = await self._are_ours()
        async with self._database.as_identity() as transaction:
            await transaction.run("identity.begin_closing", user_id=user, asked_by=asked_by, counts=Jsonb(counts))
            await transaction.run("identity.end_all_sessions", user_id=user)
            if ours:
                await transaction.run("identity.shut", user_id=user)

    async def begun(self) -> list[UserId]:
        """Whose erasure was begun and is not done, the longest waiting first."""
        async with self._database.as_identity() as transaction:
            return [UserId(row["user_id"]) for row in await transaction.all("identity.closing")]

    async def forget_mails(self, user: UserId) -> int:
        """Mails to the user that still lie here; how many."""
        if not await self._are_ours():
            return 0
        async with self._database.as_identity() as transaction:
            addresses = [row["email"] for row in await transaction.all("identity.addresses_of", user_id=user)]
        return sum([await self._mailbox.forget(address) for address in addresses])

    async def remove(self, user: UserId) -> None:
        """The account, and every row that refers to it, in one transaction. Raises Unavailable."""
        if await self._are_ours():
            async with self._database.as_identity() as transaction:
                await transaction.run("identity.delete_user", user_id=user)
        elif self._supabase:
            await self._supabase.delete_user(user)

    async def _are_ours(self) -> bool:
        async with self._database.as_identity() as transaction:
            return bool(await transaction.value("identity.keeps_users"))
