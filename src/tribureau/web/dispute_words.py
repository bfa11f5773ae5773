"""The statuses of a dispute in words: a chip has the same word, sign and colour on every page."""

from typing import Final

from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.web.wording import Result

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
