"""What the workflows around a report work with, and the way to its owner's keys."""

from dataclasses import dataclass, field

from tribureau.database.transactions import Database, Transaction, UserId
from tribureau.reader.sandbox import Sandbox
from tribureau.storage.keyring import Keyring, WrappedKey
from tribureau.storage.keys import MasterKey
from tribureau.storage.reports import ReportStore
from tribureau.workflows.cloud_reading import CloudServices


@dataclass(frozen=True)
class ReportParts:
    database: Database
    store: ReportStore
    master_key: MasterKey
    sandbox: Sandbox
    max_upload_bytes: int
    cloud: CloudServices = field(default_factory=CloudServices)


async def keys_of(transaction: Transaction, master: MasterKey, user: UserId) -> Keyring:
    """The user's data keys; the first one is made here when it is first needed, once, however many ask."""
    wrapped = await _wrapped_keys(transaction)
    if not wrapped:
        _, sealed = master.new_user_key(str(user), 1)
        await transaction.run("user_keys.make_first", wrapped_key=sealed)
        wrapped = await _wrapped_keys(transaction)
    return Keyring.unwrap(master, str(user), wrapped)


async def _wrapped_keys(transaction: Transaction) -> list[WrappedKey]:
    return [WrappedKey(row["version"], row["wrapped_key"]) for row in await transaction.all("user_keys.all")]
