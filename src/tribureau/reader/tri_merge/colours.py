"""What the colours of drawn months mean, worked out inside the report: no legend says it, and each print has its own.

Two facts of the report tell. Its tally counts how often an account was 30, 60 and 90 days late at a bureau: a colour
has a meaning if no other gives these very counts, and nobody is 60 days late who was not late the month before. And an
open account that is current and was never late shows months paid on time. What neither tells stays unread.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Final

from tribureau.domain.tradelines import AccountStatus, MonthCode, PaymentStatus, Tradeline
from tribureau.reader.assembly import PrintedAccount, assemble
from tribureau.reader.pages import Colour, meaning_of_colour
from tribureau.reader.report import Evidence
from tribureau.reader.tri_merge.month_rows import DrawnMonth

_TALLIED: Final = {
    MonthCode.LATE_30: "late_payments_30",
    MonthCode.LATE_60: "late_payments_60",
    MonthCode.LATE_90: "late_payments_90",
}
"""The last of them counts longer delays too, so a month of its colour was at least that late."""
_BEFORE: Final = {
    MonthCode.LATE_60: frozenset(_TALLIED),
    MonthCode.LATE_90: frozenset({MonthCode.LATE_60, MonthCode.LATE_90}),
}
"""Who is 60 days late was 30 days late at least the month before."""
_MOST_UNKNOWN: Final = 6
_FEWEST_ON_TIME: Final = 2
"""Accounts in good standing that must agree on the colour of a month paid on time."""
_CONFIDENCE: Final = 0.85


@dataclass(slots=True)
class DrawnHistory:
    """One bureau's account whose months are drawn, by YYYY-MM."""

    account: PrintedAccount
    months: dict[str, DrawnMonth]


@dataclass(frozen=True, slots=True)
class _Strip:
    """The colours of a history from its oldest month on, what the tally counts, and the months that may be on time."""

    colours: list[Colour]
    tally: Mapping[MonthCode, int] | None
    on_time: Counter[Colour]


def read_colours(histories: Sequence[DrawnHistory]) -> list[DrawnHistory]:
    """Give each account the months whose colour can be told; what comes back are the histories with others."""
    strips = [_strip(history) for history in histories]
    meanings = told_by_tallies([(s.colours, s.tally) for s in strips if s.tally is not None])
    paid = _paid_on_time(strips)
    if paid and paid not in meanings:
        meanings[paid] = MonthCode.OK
    for history in histories:
        history.account.months.update(_read(history, meanings))
    return [h for h in histories if any(mark.colour not in meanings for mark in h.months.values())]


def told_by_tallies(strips: Sequence[tuple[Sequence[Colour], Mapping[MonthCode, int]]]) -> dict[Colour, MonthCode]:
    """The colours of late months that have the same meaning in every explanation of every strip that has any.

    `strips` are the colours of a history from its oldest month on, and its counts of late months. A strip whose months
    all could be late or without data says nothing.
    """
    possible = _possible([(Counter(colours), tally) for colours, tally in strips])
    votes: dict[Colour, set[MonthCode | None]] = {}
    for colours, tally in strips:
        unknown = sorted({colour for colour in colours if possible[colour]})
        not_late = any(not possible[colour] and meaning_of_colour(*colour) != "ND" for colour in colours)
        if not unknown or len(unknown) > _MOST_UNKNOWN or not not_late or not any(tally.values()):
            continue
        guesses = (
            dict(zip(unknown, codes, strict=True)) for codes in product(*[[None, *possible[c]] for c in unknown])
        )
        fits = [guess for guess in guesses if _explains(guess, colours, tally)]
        for colour in unknown if fits else ():
            votes.setdefault(colour, set()).update(guess[colour] for guess in fits)
    told = {colour: code for colour, codes in votes.items() if len(codes) == 1 and (code := next(iter(codes)))}
    times = Counter(told.values())
    return {colour: code for colour, code in told.items() if times[code] == 1}


def _possible(strips: Sequence[tuple[Counter[Colour], Mapping[MonthCode, int]]]) -> dict[Colour, list[MonthCode]]:
    """What each colour could mean by its counts alone: in no strip it may stand more often than the tally says.

    Green and grey are never late months' colours, nor is one that most months of a strip have.
    """
    usual = {colour for counts, _ in strips for colour, times in counts.items() if 2 * times > counts.total()}
    return {
        colour: [code for code in _TALLIED if all(counts[colour] <= tally[code] for counts, tally in strips)]
        if colour not in usual and meaning_of_colour(*colour) is None
        else []
        for colour in {colour for counts, _ in strips for colour in counts}
    }


def _explains(
    guess: Mapping[Colour, MonthCode | None], colours: Sequence[Colour], tally: Mapping[MonthCode, int]
) -> bool:
    """Whether a guess gives the very counts of the tally, and no month is 60 or 90 days late out of nothing."""
    late = [guess.get(colour) for colour in colours]
    if any(late.count(code) != times for code, times in tally.items()):
        return False
    return all(code not in _BEFORE or before in _BEFORE[code] for before, code in pairwise(late))


def _paid_on_time(strips: Iterable[_Strip]) -> Colour | None:
    """The colour that fills most months of every open account that is current and was never late."""
    filled = [strip.on_time for strip in strips if strip.on_time]
    most = {counts.most_common(1)[0][0] for counts in filled if 2 * max(counts.values()) > counts.total()}
    return most.pop() if len(filled) >= _FEWEST_ON_TIME and len(most) == 1 else None


def _strip(history: DrawnHistory) -> _Strip:
    account = history.account
    line = assemble(replace(account, answers={key: list(found) for key, found in account.answers.items()})).tradeline
    is_tallied = account.all("late_totals") or all(account.all(name) for name in _TALLIED.values())
    tally = {code: getattr(line, name) for code, name in _TALLIED.items()} if is_tallied else None
    colours = [mark.colour for _, mark in sorted(history.months.items()) if mark.colour]
    is_good = line.account_status is AccountStatus.OPEN and line.payment_status is PaymentStatus.CURRENT
    never_late = tally is not None and not any(tally.values())
    return _Strip(colours, tally, _months_of(line, history) if is_good and never_late else Counter())


def _months_of(line: Tradeline, history: DrawnHistory) -> Counter[Colour]:
    """The colours of the months between the account's opening and the bureau's last report."""
    if not line.date_opened or not line.date_reported:
        return Counter()
    first, last = (date.day.isoformat()[:7] for date in (line.date_opened, line.date_reported))
    return Counter(mark.colour for month, mark in history.months.items() if mark.colour and first < month <= last)


def _read(history: DrawnHistory, meanings: Mapping[Colour, MonthCode]) -> dict[str, Evidence]:
    return {
        month: Evidence(mark.page, mark.box, code.value, "grid:drawn", _CONFIDENCE)
        for month, mark in history.months.items()
        if mark.colour and (code := meanings.get(mark.colour))
    }
