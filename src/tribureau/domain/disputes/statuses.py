"""Where a dispute stands, and who may move it."""

from enum import StrEnum
from typing import Final


class DisputeStatus(StrEnum):
    """A status under the name that the database and the API use."""

    DRAFT = "Draft"
    """Being written; nothing was sent."""
    PENDING = "Pending"
    """In the mail; whether the bureau has it is not known yet."""
    INVESTIGATING = "Investigating"
    """The bureau has it: its reinvestigation runs (15 USC 1681i(a)(1))."""
    VERIFIED = "Verified"
    """The bureau answered that the item is right as reported."""
    DELETED = "Deleted"
    """The bureau answered that the item is gone."""
    UPDATED = "Updated"
    """The bureau answered that the item was changed."""
    ESCALATED = "Escalated"
    """This round is closed; the next one is open."""
    EXPIRED = "Expired"
    """No answer was received in the period, its five business days and the mail's allowance."""
    BLANK = "Blank"
    """Taken back before anything was sent, or never begun."""


class Actor(StrEnum):
    """Who made a change: the person whose file it is, or this software for them."""

    USER = "user"
    SYSTEM = "system"


ANSWERS: Final = frozenset({DisputeStatus.VERIFIED, DisputeStatus.DELETED, DisputeStatus.UPDATED})
"""What a bureau can answer (15 USC 1681i(a)(5)(A), (6))."""
CLOSED: Final = frozenset({DisputeStatus.ESCALATED, DisputeStatus.BLANK})
"""A dispute in one of these is not the current one of its tradeline and bureau."""
