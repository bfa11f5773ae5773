"""Why an item is disputed: the reasons one can choose from, and whether one fits an item."""

from typing import Final

from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters.items import DisputedItem, ItemKind
from tribureau.domain.letters.reasons.amounts import AMOUNTS
from tribureau.domain.letters.reasons.dates import DATES
from tribureau.domain.letters.reasons.listing import LISTING
from tribureau.domain.letters.reasons.reason import GROUP_WORDS, Reason, ReasonGroup
from tribureau.domain.letters.reasons.status import STATUS
from tribureau.domain.letters.reasons.whose import WHOSE

__all__ = ["GROUP_WORDS", "REASONS", "Reason", "ReasonGroup", "checked_reason", "fitting_reasons", "reasons_for"]

REASONS: Final = {reason.key: reason for reason in (*WHOSE, *AMOUNTS, *DATES, *STATUS, *LISTING)}


def reasons_for(kind: ItemKind) -> list[Reason]:
    """What may be chosen for such an item, in the order of the groups."""
    order = list(ReasonGroup)
    return sorted((r for r in REASONS.values() if kind in r.applies_to), key=lambda reason: order.index(reason.group))


def fitting_reasons(item: DisputedItem) -> list[Reason]:
    """As `reasons_for`, without those that what the report shows speaks against. The item's own reason is not asked."""
    return [reason for reason in reasons_for(item.kind) if reason.fits(item)]


def checked_reason(item: DisputedItem) -> Reason:
    """The item's reason. Raises InvalidInput where it is unknown, doesn't fit, or something it needs is missing."""
    reason = REASONS.get(item.reason)
    if reason is None:
        raise InvalidInput(f"There is no reason called «{item.reason}».", hint="Choose one from the list.")
    if item.kind not in reason.applies_to:
        raise InvalidInput(
            f"«{reason.label.en}» can't be said of {item.title}.", hint="Choose a reason that fits this kind of item."
        )
    if not reason.fits(item):
        raise InvalidInput(
            f"«{reason.label.en}» does not fit what the report shows of {item.title}.",
            hint="Look at the printed values once more, correct one that was misread, or choose another reason.",
        )
    if reason.asks_for and not (item.correction or "").strip():
        raise InvalidInput(f"Something is missing for {item.title}: {reason.asks_for.en.lower()}.", hint="Fill it in.")
    if reason.needs_explanation and not (item.explanation or "").strip():
        raise InvalidInput(f"Say what is wrong with {item.title}.", hint="A sentence or two in your own words will do.")
    return reason
