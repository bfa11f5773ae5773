"""What a bureau can answer to a dispute, where that leads, and what to do next where it ends nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tribureau.domain.disputes.statuses import DisputeStatus


class Answer(StrEnum):
    """Stable keys: the outcomes of a letter's items, and a letter that only asks who the user is."""

    DELETED = "deleted"
    UPDATED = "updated"
    VERIFIED = "verified"
    BLOCKED = "blocked"
    REJECTED_FRIVOLOUS = "rejected_frivolous"
    NEEDS_INFORMATION = "needs_information"
    IDENTITY_NEEDED = "identity_needed"
    UNDER_INVESTIGATION = "under_investigation"


@dataclass(frozen=True, slots=True)
class WhatNow:
    """What an answer that ends nothing asks of the user."""

    words: str
    source: str = ""


_STATUS_AFTER: Final = {
    Answer.DELETED: DisputeStatus.DELETED,
    Answer.BLOCKED: DisputeStatus.DELETED,
    Answer.UPDATED: DisputeStatus.UPDATED,
    Answer.VERIFIED: DisputeStatus.VERIFIED,
}
_WHAT_NOW: Final = {
    Answer.REJECTED_FRIVOLOUS: WhatNow(
        "The letter has to say why, and what is missing. Answer that in a second round, with a proof of what is wrong.",
        "15 USC 1681i(a)(3)",
    ),
    Answer.NEEDS_INFORMATION: WhatNow(
        "Send what the letter asks for. If it arrives within the bureau's first 30 days, say so under Deadlines.",
        "15 USC 1681i(a)(1)(B), (a)(3)",
    ),
    Answer.IDENTITY_NEEDED: WhatNow(
        "Send copies of the proofs that the letter names. Nothing is investigated before that.", "15 USC 1681h(a)(1)"
    ),
    Answer.UNDER_INVESTIGATION: WhatNow("Wait: the dates of this dispute stay as they are.", "15 USC 1681i(a)(1)"),
}


def status_after(answer: Answer) -> DisputeStatus | None:
    """Where the dispute goes; None for a word that ends nothing and becomes a note. The database holds the same."""
    return _STATUS_AFTER.get(answer)


def what_now(answer: Answer) -> WhatNow | None:
    """What the user does next; None where the status tells it."""
    return _WHAT_NOW.get(answer)
