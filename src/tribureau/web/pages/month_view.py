"""A month as rows of weeks, each day with what is due on it."""

import re
from calendar import SUNDAY, Calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tribureau.domain.deadlines import DueDay, is_business_day
from tribureau.web.deadline_words import COMPANY_STANDINGS, STANDINGS
from tribureau.web.wording import Result
from tribureau.workflows.company_letters import OpenLetter
from tribureau.workflows.deadlines import OpenDispute

_MONTH: Final = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a dispute, or of a letter to a company; `anchor` is where the page tells all of it."""

    day: DueDay
    standing: Result
    to: str
    about: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Square:
    """`within`: it belongs to the month that is shown. `holiday`: a weekday that is no business day."""

    on: date
    within: bool
    holiday: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: tuple[tuple[Square, ...], ...]

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def entries(self) -> int:
        return sum(len(square.entries) for week in self.weeks for square in week if square.within)


def month_named(name: str, today: date) -> date:
    """The first day of `2026-11`; of this month for any other name."""
    return date.fromisoformat(f"{name}-01") if _MONTH.fullmatch(name) else today.replace(day=1)


def month_of(first: date, disputes: Sequence[OpenDispute], letters: Sequence[OpenLetter] = ()) -> Month:
    entries: defaultdict[date, list[Entry]] = defaultdict(list)
    for dispute in disputes:
        for day in dispute.agenda.days if dispute.agenda else ():
            anchor, standing = f"dispute-{dispute.dispute_id}", STANDINGS[dispute.standing]
            entries[day.on].append(Entry(day, standing, dispute.bureau, dispute.creditor_name, anchor))
    for letter in letters:
        for day in letter.days:
            anchor, standing = f"letter-{letter.letter_id}", COMPANY_STANDINGS[letter.standing]
            entries[day.on].append(Entry(day, standing, letter.company, "your letter", anchor))
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    return Month(
        first,
        tuple(
            tuple(
                Square(on, on.month == first.month, on.weekday() < 5 and not is_business_day(on), tuple(entries[on]))
                for on in week
            )
            for week in weeks
        ),
    )
