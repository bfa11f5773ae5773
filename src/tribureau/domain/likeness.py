"""How surely two printed things mean the same."""

from enum import IntEnum


class Likeness(IntEnum):
    """From another person's to one's own; VARIANT leaves it open: a nickname, a slip of the pen, another apartment."""

    OTHER = 0
    VARIANT = 1
    SAME = 2
