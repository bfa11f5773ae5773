"""The payment history as a table: a year a row, a month a column, newest year first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from tribureau.web import formats, wording

MONTH_NAMES: Final = formats.MONTHS


@dataclass(frozen=True)
class Month:
    """A cell: `code` as the database has it, `sign` what is drawn, `meaning` in words, `page` where it is seen."""

    key: str
    code: str
    sign: str
    meaning: str
    tone: str
    page: int | None
    doubtful: bool = False


@dataclass(frozen=True)
class Year:
    number: int
    months: list[Month | None]


def payment_grid(history: Mapping[str, str], pages: Mapping[str, int], doubtful: Collection[str] = ()) -> list[Year]:
    """`history` maps YYYY-MM to a code, `pages` those months that the page shows to their page; `doubtful` ones ask."""
    years = sorted({int(month[:4]) for month in history}, reverse=True)
    return [
        Year(year, [_month(f"{year}-{number:02}", history, pages, doubtful) for number in range(1, 13)])
        for year in years
    ]


def legend(history: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Sign, meaning and tone of each code that occurs."""
    present = set(history.values())
    known = wording.MONTHS_OF_HISTORY.items()
    return [(term.word, term.explanation, tone(code)) for code, term in known if code in present]


def tone(code: str) -> str:
    """`good`, `late`, `bad` or `none`: how a month is tinted."""
    if code == "OK":
        return "good"
    if code == "ND":
        return "none"
    return "late" if code in {"30", "60"} else "bad"


def _month(key: str, history: Mapping[str, str], pages: Mapping[str, int], doubtful: Collection[str]) -> Month | None:
    code = history.get(key)
    if code is None:
        return None
    sign, meaning = wording.term(wording.MONTHS_OF_HISTORY, code)
    return Month(key, code, sign, meaning, tone(code), pages.get(key), key in doubtful)
