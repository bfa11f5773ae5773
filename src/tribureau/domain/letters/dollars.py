"""Amounts of dollars in letters, as reports print them."""

import re
from decimal import Decimal
from typing import Final

_BARE: Final = re.compile(r"[0-9]+(?:\.[0-9]{2})?")


def in_dollars(amount: Decimal) -> str:
    """`$35,000`, `$35,000.50`: cents only where there are any."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def typed_in_dollars(typed: str) -> str:
    """`35000` as `$35,000`; what is more than a bare number stays as the user typed it."""
    return in_dollars(Decimal(typed)) if _BARE.fullmatch(typed) else typed
