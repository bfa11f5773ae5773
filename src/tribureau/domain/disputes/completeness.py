"""Whether anything of a user's disputes is missing that no single chain can tell: a dispute, a round, a signature."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from tribureau.domain.disputes.chains import Chain, IsSigned
from tribureau.domain.disputes.history import Head
from tribureau.domain.disputes.rolls import SignedRoll, newest_of
from tribureau.domain.disputes.statuses import DisputeStatus

ROLLS_SINCE: Final = datetime(2026, 11, 23, tzinfo=UTC)
"""No roll was signed before."""


@dataclass(slots=True)
class Disputes:
    """What is to be remembered of one user's chains, one after another; a few bytes each."""

    heads: dict[UUID, Head] = field(default_factory=dict)
    rounds: defaultdict[tuple[str, str], dict[int, tuple[UUID, str]]] = field(default_factory=lambda: defaultdict(dict))
    doubled: list[tuple[UUID, str]] = field(default_factory=list)

    def add(self, chain: Chain) -> None:
        self.heads |= newest_of(one.head for one in chain.heads)
        if not chain.entries:
            return
        last = chain.entries[-1]
        item = (str(last.facts.get("disputed_tradeline_id")), str(last.facts.get("bureau")))
        number = last.facts.get("round")
        if not isinstance(number, int) or number in self.rounds[item]:
            self.doubled.append((chain.dispute_id, f"round {number} is there twice"))
            return
        self.rounds[item][number] = (chain.dispute_id, last.new_status)

    def problems(self, roll: SignedRoll | None, is_signed: IsSigned, *, needs_roll: bool) -> Iterator[tuple[UUID, str]]:
        """Each with the dispute that shows it, or the nil id where none does."""
        yield from self.doubled
        yield from self._missing_rounds()
        for words in self._roll_problems(roll, is_signed, needs_roll):
            yield UUID(int=0), words

    def _missing_rounds(self) -> Iterator[tuple[UUID, str]]:
        for rounds in self.rounds.values():
            newest = max(rounds)
            for number in range(1, newest):
                if number not in rounds:
                    yield rounds[newest][0], f"round {number} of this dispute is gone"
            dispute, status = rounds[newest]
            if status == DisputeStatus.ESCALATED:
                yield dispute, f"it was escalated, and round {newest + 1} is gone"

    def _roll_problems(self, roll: SignedRoll | None, is_signed: IsSigned, needs_roll: bool) -> Iterator[str]:
        if roll is None:
            if needs_roll and any(head.signed_at >= ROLLS_SINCE for head in self.heads.values()):
                yield "the signed roll of this user's disputes is gone"
            return
        match is_signed(roll.roll.statement(), roll.signature, roll.key_id):
            case None:
                yield f"the roll of disputes is signed with the key {roll.key_id}, which is not at hand"
            case False:
                yield "the signature of the roll of disputes does not hold"
            case True if not roll.roll.is_of(self.heads):
                day = f"{roll.roll.signed_at:%Y-%m-%d}"
                yield f"signed entries are not those that the roll of {day} lists: some were taken away or put in"
            case True:
                pass
