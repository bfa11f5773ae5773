"""What is known of a dispute over all its rounds, told as sentences. What the user did not confirm is not told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.domain.letters.dates import written
from tribureau.domain.letters.items import DisputedItem
from tribureau.domain.letters.reasons import REASONS
from tribureau.domain.letters.words import Language, Words

_MAILED: Final = Words(
    "On {mailed} I mailed a dispute of it to {bureau}.", "El {mailed} envié por correo a {bureau} una disputa de esto."
)
_MAILED_AND_RECEIVED: Final = Words(
    "On {mailed} I mailed a dispute of it to {bureau}, which received it on {received}.",
    "El {mailed} envié por correo a {bureau} una disputa de esto, que la recibió el {received}.",
)
_ANSWERED: Final = {
    DisputeStatus.VERIFIED: Words(
        "It answered on {answered} that it had verified the information, and left it in my file.",
        "Respondió el {answered} que había verificado la información, y la dejó en mi expediente.",
    ),
    DisputeStatus.UPDATED: Words(
        "It answered on {answered} that it had changed the information.",
        "Respondió el {answered} que había cambiado la información.",
    ),
    DisputeStatus.DELETED: Words(
        "It answered on {answered} that it had deleted the information.",
        "Respondió el {answered} que había eliminado la información.",
    ),
}
_SILENT: Final = Words("I have received no answer to it.", "No he recibido respuesta.")


@dataclass(frozen=True, slots=True)
class Round:
    """One letter and what came of it. `outcome` is one of the bureau's answers, `Expired`, or None while it runs."""

    number: int
    mailed_on: date | None = None
    received_on: date | None = None
    outcome: DisputeStatus | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One item at one bureau. `rounds` are in order, the last one is looked at.

    `item` is what the newest letter that claims something says of it; None where no letter was written. Of an item that
    isn't confirmed only its name is told.
    """

    bureau: str
    title: str
    account_number: str | None
    rounds: Sequence[Round]
    item: DisputedItem | None = None

    @property
    def newest(self) -> Round:
        return self.rounds[-1]

    @property
    def confirmed(self) -> DisputedItem | None:
        return self.item if self.item and self.item.confirmed_on else None

    def heading(self, language: Language) -> str:
        """As in `MIDLAND FUNDING, account 5678****`."""
        if not self.account_number:
            return self.title
        return f"{self.title}, {Words('account', 'cuenta').in_(language)} {self.account_number}"

    def claim(self, language: Language) -> str:
        """What the user's letter claims, in the letter's words; empty where nothing is confirmed."""
        item = self.confirmed
        reason = REASONS.get(item.reason) if item else None
        if item is None or reason is None:
            return ""
        return reason.claim.in_(language).replace("{correction}", (item.correction or "").strip())

    def explanation(self) -> str:
        """The user's own words; empty where nothing is confirmed."""
        return ((self.confirmed and self.confirmed.explanation) or "").strip()

    def rounds_told(self, language: Language) -> Iterator[str]:
        """A sentence or two for each round that was mailed."""
        for one in self.rounds:
            if one.mailed_on:
                yield " ".join(filter(None, (self._mailed(one, language), came_of(one, language))))

    def _mailed(self, one: Round, language: Language) -> str:
        assert one.mailed_on  # noqa: S101
        words = _MAILED_AND_RECEIVED if one.received_on else _MAILED
        return words.in_(language).format(
            bureau=self.bureau,
            mailed=written(one.mailed_on, language),
            received=written(one.received_on, language) if one.received_on else "",
        )


def came_of(one: Round, language: Language) -> str:
    """What a round ended with, in a sentence; empty while it runs, or where an answer has no date."""
    if one.outcome is DisputeStatus.EXPIRED:
        return _SILENT.in_(language)
    words = _ANSWERED.get(one.outcome) if one.outcome else None
    if words is None or one.answered_on is None:
        return ""
    return words.in_(language).format(answered=written(one.answered_on, language))
