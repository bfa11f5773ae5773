"""The user's profile: sealed under their own key, opened for them and for what is compared with it."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from tribureau.database.transactions import Transaction, UserId
from tribureau.domain.errors import InvalidInput
from tribureau.domain.profile import PostalAddress, Profile
from tribureau.storage.keyring import Keyring
from tribureau.storage.keys import KeyMismatch
from tribureau.workflows.report_parts import ReportParts, keys_of

PROFILE_CONTEXT: Final = "profile"


async def show_profile(parts: ReportParts, user: UserId) -> Profile:
    """An empty profile where the user gave none."""
    async with parts.database.as_user(user) as transaction:
        keys = await keys_of(transaction, parts.master_key, user)
        return await stored_profile(transaction, keys) or Profile()


async def save_profile(parts: ReportParts, user: UserId, profile: Profile) -> None:
    """Replaces the profile; findings are computed anew by the job that the database queues.

    Raises InvalidInput for a day of birth that has not come.
    """
    if profile.date_of_birth and profile.date_of_birth > date.today():
        raise InvalidInput("This date of birth has not come yet.", hint="Look at the year.")
    async with parts.database.as_user(user) as transaction:
        keys = await keys_of(transaction, parts.master_key, user)
        sealed = keys.seal(json.dumps(asdict(profile), default=str).encode(), PROFILE_CONTEXT)
        await transaction.run("beside_accounts.keep_profile", sealed=sealed, key_version=keys.newest)


async def stored_profile(transaction: Transaction, keys: Keyring) -> Profile | None:
    """None where there is none, or it does not open under these keys."""
    sealed = await transaction.value("beside_accounts.profile")
    if sealed is None:
        return None
    try:
        return _profile(json.loads(keys.open(bytes(sealed), PROFILE_CONTEXT)))
    except KeyMismatch:
        return None


def _profile(stored: dict[str, Any]) -> Profile:
    born = stored["date_of_birth"]
    return Profile(
        name=stored["name"],
        former_names=tuple(stored["former_names"]),
        address=PostalAddress(**stored["address"]) if stored["address"] else None,
        earlier_addresses=tuple(PostalAddress(**address) for address in stored["earlier_addresses"]),
        date_of_birth=date.fromisoformat(born) if born else None,
        ssn_last4=stored["ssn_last4"],
    )
