"""Days in letters: how they are written, and whether one that the user typed can have been."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from tribureau.domain.letters.words import Language
from tribureau.domain.tradelines import Precision

_MONTHS: Final = {
    Language.ENGLISH: "January February March April May June July August September October November December",
    Language.SPANISH: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_NUMBER_OF_MONTH: Final = {
    name.lower()[:3]: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)
}
_NAMES: Final = "|".join(form for names in _MONTHS.values() for name in names.split() for form in (name, name[:3]))
_ISO: Final = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_ENGLISH: Final = re.compile(rf"\b({_NAMES})\.?\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(\d{{4}})\b", re.IGNORECASE)
_SPANISH: Final = re.compile(rf"\b(\d{{1,2}})\s+de\s+({_NAMES})\s+(?:de|del)\s+(\d{{4}})\b", re.IGNORECASE)


def written(day: date, language: Language, precision: Precision = Precision.DAY) -> str:
    """As in a letter: `November 22, 2026`, `22 de noviembre de 2026`; without what the precision leaves out."""
    month = _MONTHS[language].split()[day.month - 1]
    match precision, language:
        case Precision.YEAR, _:
            return str(day.year)
        case Precision.MONTH, Language.SPANISH:
            return f"{month} de {day.year}"
        case Precision.MONTH, _:
            return f"{month} {day.year}"
        case _, Language.SPANISH:
            return f"{day.day} de {month} de {day.year}"
        case _:
            return f"{month} {day.day}, {day.year}"


def names_impossible_day(typed: str, today: date) -> bool:
    """Whether a day in the text is in no calendar, or has not come yet. What is not recognised as a day passes."""
    return any(all(day is None or day > today for day in readings) for readings in _days(typed))


def _days(typed: str) -> Iterator[list[date | None]]:
    """Each day in the text, in all ways to read it: of `3/4/2024` nobody knows which number is the month."""
    for year, month, day in _ISO.findall(typed):
        yield [_day(year, month, day)]
    for one, other, year in _SLASHED.findall(typed):
        yield [_day(year, one, other), _day(year, other, one)]
    for name, day, year in _ENGLISH.findall(typed):
        yield [_day(year, _NUMBER_OF_MONTH[name.lower()[:3]], day or 1)]
    for day, name, year in _SPANISH.findall(typed):
        yield [_day(year, _NUMBER_OF_MONTH[name.lower()[:3]], day)]


def _day(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
