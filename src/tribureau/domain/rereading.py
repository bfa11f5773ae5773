"""Which tradeline of an earlier reading a tradeline of a new reading is, so that it keeps its id."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from tribureau.domain.bureaus import Bureau


@dataclass(frozen=True, slots=True)
class ReadAccount:
    """What identifies an account inside one report."""

    bureau: Bureau
    creditor_name: str
    account_number: str | None
    date_opened: date | None

    @property
    def _creditor(self) -> str:
        return "".join(filter(str.isalnum, self.creditor_name)).casefold()

    @property
    def _number(self) -> str | None:
        return "".join(filter(str.isalnum, self.account_number)) if self.account_number else None


_SAMENESS: Final[tuple[Callable[[ReadAccount], Hashable | None], ...]] = (
    lambda a: (a.bureau, a._number, a._creditor, a.date_opened),
    lambda a: (a.bureau, a._number, a._creditor),
    lambda a: (a.bureau, a._creditor, a.date_opened) if a.date_opened else None,
    lambda a: (a.bureau, a._number) if a._number else None,
    lambda a: (a.bureau, a._creditor),
)
"""From the surest key to the weakest; None where an account lacks what the key needs."""


def ids_kept(earlier: Sequence[tuple[UUID, ReadAccount]], fresh: Sequence[ReadAccount]) -> list[UUID | None]:
    """For each fresh account, in order, the id that it had; None for one that was not read before.

    Surer matches go first; among equals the order in the report decides. No id is given twice.
    """
    ids: list[UUID | None] = [None] * len(fresh)
    left = dict(earlier)
    for key in _SAMENESS:
        waiting: dict[Hashable, list[UUID]] = {}
        for known, account in left.items():
            if (value := key(account)) is not None:
                waiting.setdefault(value, []).append(known)
        for index, account in enumerate(fresh):
            value = key(account)
            if ids[index] is None and value is not None and waiting.get(value):
                ids[index] = waiting[value].pop(0)
                del left[ids[index]]  # type: ignore[arg-type]
    return ids
