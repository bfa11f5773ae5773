"""Which day it is where somebody lives."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

USUAL_ZONE: Final = "America/New_York"


def day_in(zone: str | None, now: datetime) -> date:
    """`now` is aware. A zone that nobody knows, or a folder of them, as a user may write it, counts as New York's."""
    try:
        return now.astimezone(ZoneInfo(zone or USUAL_ZONE)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return now.astimezone(ZoneInfo(USUAL_ZONE)).date()
