"""Which accounts the comparison shows, and in which order: filters with counts, sorts, pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tribureau.web.pages.comparison import ComparedAccount

ROWS_A_PAGE: Final = 25
FILTERS: Final[Mapping[str, tuple[str, Callable[[ComparedAccount], bool]]]] = {
    "negative": ("Negative", lambda account: account.negative),
    "differ": ("Bureaus disagree", lambda account: account.differs),
    "undisputed": ("Not disputed", lambda account: account.undisputed),
    "due": ("Answer due", lambda account: account.answer_due),
    "findings": ("Does not add up", lambda account: account.findings > 0),
    "typed": ("Typed by you", lambda account: account.typed),
    "all": ("All", lambda _: True),
}
SORTS: Final = {"date": "next date", "newest": "newest", "creditor": "creditor", "balance": "largest balance"}
NOTHING: Final = {
    "negative": "Nothing negative in what was read so far.",
    "differ": "The bureaus say the same about every account.",
    "undisputed": "Everything negative is being disputed.",
    "due": "No bureau owes you an answer.",
    "findings": "Nothing that does not add up in what was read so far.",
    "typed": "You have not typed in an account.",
}
_ALWAYS_SHOWN: Final = frozenset({"negative", "differ", "undisputed", "due", "all"})


@dataclass(frozen=True)
class AccountChoice:
    """`accounts` are those of `page` (from 1) of `pages`; `counts` are by filter, over all accounts."""

    accounts: list[ComparedAccount]
    counts: dict[str, int]
    shown: str
    sort: str
    page: int
    pages: int

    @property
    def filters(self) -> list[tuple[str, str, int]]:
        """Key, label and count of the filters to offer: rarer ones only where they leave something."""
        return [
            (key, label, self.counts[key])
            for key, (label, _) in FILTERS.items()
            if self.counts[key] or key in _ALWAYS_SHOWN or key == self.shown
        ]


def chosen_accounts(accounts: list[ComparedAccount], shown: str, sort: str, page: int) -> AccountChoice:
    """`accounts` come negative ones first, then newest first. What is unknown falls back to what is most asked for."""
    counts = {key: sum(map(test, accounts)) for key, (_, test) in FILTERS.items()}
    shown = shown if shown in FILTERS else "negative" if counts["negative"] else "all"
    sort = sort if sort in SORTS else "date"
    left = _sorted([account for account in accounts if FILTERS[shown][1](account)], sort)
    pages = max(1, -(-len(left) // ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    return AccountChoice(left[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE], counts, shown, sort, page, pages)


def _sorted(accounts: list[ComparedAccount], sort: str) -> list[ComparedAccount]:
    match sort:
        case "creditor":
            return sorted(accounts, key=lambda account: account.name.casefold())
        case "balance":
            return sorted(accounts, key=lambda account: -account.balance)
        case "newest":
            return sorted(accounts, key=lambda account: account.row["created_at"], reverse=True)
        case _:
            return sorted(accounts, key=lambda account: account.next_date or date.max)
