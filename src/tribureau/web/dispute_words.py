"""The statuses of a dispute in words: a chip has the same word, sign and colour on every page."""

from typing import Final

from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.web.wording import OUTCOMES, Result

STATUSES: Final = {
    DisputeStatus.BLANK: Result("Blank", "Not disputed.", "quiet", "·"),
    DisputeStatus.DRAFT: Result("Draft", "Being written; nothing was sent.", "accent", "✎"),
    DisputeStatus.PENDING: Result("Pending", "Mailed; not known to have arrived.", "warn", "✉"),
    DisputeStatus.INVESTIGATING: Result("Investigating", "The bureau has your letter and looks into it.", "info", "◔"),
    DisputeStatus.DELETED: Result("Deleted", "The bureau says that it is off your report.", "good", "✓"),
    DisputeStatus.UPDATED: Result("Updated", "The bureau says that it changed something about it.", "info", "↻"),
    DisputeStatus.VERIFIED: Result("Verified", "The bureau says that it is right as reported.", "bad", "✕"),
    DisputeStatus.ESCALATED: Result("Escalated", "This round is closed; the next one is open.", "quiet", "↑"),
    DisputeStatus.EXPIRED: Result("Expired", "No answer received in time: ask for deletion next.", "overdue", "!"),
}
ANSWERS: Final = OUTCOMES | {
    "identity_needed": Result("They ask who you are", "Nothing is investigated before they know.", "warn", "?")
}
"""What a bureau can answer, with the words of a letter's results."""
PROPOSALS: Final = {
    "deleted": Result("no longer lists it", "If that is the bureau's answer, the dispute is Deleted.", "good", "✓"),
    "updated": Result("says it otherwise", "If that is the bureau's answer, the dispute is Updated.", "info", "↻"),
    "reinserted": Result(
        "lists it again",
        "An item that was deleted may come back only if its source certifies it, and you are told within five business "
        "days (15 USC 1681i(a)(5)(B)). The next letter asks to delete it again.",
        "bad",
        "!",
    ),
}
"""What a newer report says of a dispute."""
