"""Which account that was read is which account of the truth: one to one, the likeliest pairs first."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Any, Final

from rapidfuzz import fuzz

from tribureau.evaluation.values import agree, comparable, plain, visible_ends

Account = Mapping[str, Any]
_LIKE_ENOUGH: Final = 72
_LIKE_ENOUGH_WITH_NUMBER: Final = 45
_NUMBER_WEIGHT: Final = 40
_WEIGHTS: Final = {"date_opened": 12, "balance": 8, "account_type": 4, "date_reported": 3, "high_balance": 3}
"""What else tells two accounts of one creditor apart; a disagreement takes half of the weight away."""


class Numbers(Enum):
    """How the visible parts of two account numbers stand to each other."""

    AGREE = auto()
    OPEN = auto()
    CONTRADICT = auto()


def matched(truth: Sequence[Account], read: Sequence[Account]) -> dict[int, int]:
    """Positions in `truth` to positions in `read`."""
    likely = [
        (likeness, -at, -to)
        for at, account in enumerate(truth)
        for to, found in enumerate(read)
        if (likeness := _likeness(account, found)) is not None
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, to in sorted(likely, reverse=True):
        if -at not in pairs and -to not in taken:
            pairs[-at] = -to
            taken.add(-to)
    return pairs


def _likeness(truth: Account, read: Account) -> float | None:
    """None where they can't be the same account."""
    if truth["bureau"] != read["bureau"]:
        return None
    number = read.get("account_number") or read.get("account_number_last4")
    numbers = compare_numbers(truth.get("account_number"), number)
    names = likeness_of_names(truth["creditor_name"], read["creditor_name"])
    known = numbers is Numbers.AGREE
    if numbers is Numbers.CONTRADICT or names < (_LIKE_ENOUGH_WITH_NUMBER if known else _LIKE_ENOUGH):
        return None
    return names + (_NUMBER_WEIGHT if known else 0) + sum(_weighed(name, truth, read) for name in _WEIGHTS)


def _weighed(name: str, truth: Account, read: Account) -> float:
    printed, found = comparable(name, truth.get(name)), comparable(name, read.get(name))
    if printed is None or found is None:
        return 0
    return _WEIGHTS[name] if agree(name, printed, found) else -_WEIGHTS[name] / 2


def likeness_of_names(one: object, other: object) -> float:
    """0 to 100. A name inside a longer one counts the more, the more of it it is."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return 0.0
    shorter, longer = sorted((len(a), len(b)))
    letters = fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))
    shared = fuzz.token_set_ratio(a, b) if shorter >= 5 else 0.0
    return max(letters, min(shared, 60 + 40 * shorter / longer))


def compare_numbers(printed: object, read: object) -> Numbers:
    """Beginnings are compared from three characters on, ends by their last four; bare digits as part of the number."""
    (head, tail), (head_read, tail_read) = visible_ends(printed), visible_ends(read)
    agreements, contradicted = [], False
    if min(len(head), len(head_read)) >= 3:
        length = min(len(head), len(head_read))
        same = head[:length] == head_read[:length]
        agreements.append(same and length >= 4)
        contradicted |= not same
    if min(len(tail), len(tail_read)) >= 4:
        agreements.append(tail[-4:] == tail_read[-4:])
        contradicted |= tail[-4:] != tail_read[-4:]
    if any(agreements) or _digits_agree(printed, read):
        return Numbers.AGREE
    return Numbers.CONTRADICT if contradicted else Numbers.OPEN


def _digits_agree(printed: object, read: object) -> bool:
    whole, part = (re.sub(r"\D", "", str(number or "")) for number in (printed, read))
    return len(part) >= 4 and (whole.startswith(part) or whole.endswith(part))
