"""What the user said about which tradelines show one account. It stands above whatever likeness says, for good."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Print = tuple[str, ...]
"""How a tradeline is printed, as far as it tells accounts apart."""


@dataclass(frozen=True, slots=True)
class End:
    """One of the two tradelines of a decision: by its id while it is there, and by its print for later reports."""

    tradeline: UUID | None
    print: Print | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Two tradelines are the same account (`together`) or are not."""

    id: UUID
    one: End
    other: End
    together: bool
    decided_at: datetime


class DecidedGroups:
    """Groups of sightings, by number, as the user's decisions join them and keep them apart."""

    def __init__(
        self, count: int, by_tradeline: Mapping[UUID, int], by_print: Mapping[Print, int], decisions: Iterable[Decision]
    ) -> None:
        self._root = list(range(count))
        self._apart: set[frozenset[int]] = set()
        for decision in sorted(decisions, key=lambda one: (one.decided_at, str(one.id)), reverse=True):
            ends = [_group_of(end, by_tradeline, by_print) for end in (decision.one, decision.other)]
            if ends[0] is not None and ends[1] is not None:
                self._apply(ends[0], ends[1], together=decision.together)

    def joined(self) -> list[list[int]]:
        """The groups that belong together, each list and all of them in order."""
        joined: dict[int, list[int]] = {}
        for index in range(len(self._root)):
            joined.setdefault(self._find(index), []).append(index)
        return sorted(joined.values())

    def are_apart(self, some: Sequence[int], others: Sequence[int]) -> bool:
        return bool(self._apart) and any(frozenset((one, other)) in self._apart for one in some for other in others)

    def _apply(self, one: int, other: int, *, together: bool) -> None:
        """An older decision that a newer one contradicts is passed over."""
        first, second = self._find(one), self._find(other)
        if first == second:
            return
        if not together:
            self._apart.add(frozenset((one, other)))
        elif not self.are_apart(self._members(first), self._members(second)):
            self._root[max(first, second)] = min(first, second)

    def _find(self, index: int) -> int:
        while self._root[index] != index:
            index = self._root[index]
        return index

    def _members(self, root: int) -> list[int]:
        return [index for index in range(len(self._root)) if self._find(index) == root]


def _group_of(end: End, by_tradeline: Mapping[UUID, int], by_print: Mapping[Print, int]) -> int | None:
    if end.tradeline and end.tradeline in by_tradeline:
        return by_tradeline[end.tradeline]
    return by_print.get(end.print) if end.print else None
