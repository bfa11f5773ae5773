"""Dates, times, money and counts as people read them. Amounts are dollars; times are shown in the user's own zone."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_MASK = re.compile(r"[*•#]+|[xX.]{2,}")
_UNITS = ("bytes", "KB", "MB", "GB")


def as_date(value: date | str) -> date:
    """A date from the database or out of its JSON."""
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def as_moment(value: datetime | str, zone: str = "UTC") -> datetime:
    """A point in time in the user's zone; UTC where the zone is unknown to this machine."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(UTC)


def day(value: date | str | None, precision: str | None = "day") -> str:
    """`Nov 26, 2024`, `Nov 2024` or `2024`, in the precision that was printed; a dash for none."""
    if not value:
        return "–"
    known = as_date(value)
    if precision == "year":
        return str(known.year)
    month = MONTHS[known.month - 1]
    return f"{month} {known.year}" if precision == "month" else f"{month} {known.day}, {known.year}"


def day_element(value: date | str | None, precision: str | None = "day") -> Markup:
    """A printed date as a `<time>` element with the full date on hover."""
    if not value:
        return Markup("–")
    known = as_date(value)
    iso = known.isoformat()[: {"year": 4, "month": 7}.get(precision or "day", 10)]
    full = f"{known:%A, %B} {known.day}, {known.year}" if precision in {None, "day"} else day(known, precision)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(iso, full, day(known, precision))


def short_day(moment: date, today: date) -> str:
    """`Nov 26` within this year, `Nov 26, 2024` otherwise."""
    text = f"{MONTHS[moment.month - 1]} {moment.day}"
    return text if moment.year == today.year else f"{text}, {moment.year}"


def moment_element(
    value: datetime | str | None, zone: str, *, within: bool = False, now: datetime | None = None
) -> Markup:
    """A point in time as `Today, 3:05 pm`, `Yesterday` or `Nov 26`, all of it on hover; lower case `within` a text."""
    if not value:
        return Markup("–")
    local = as_moment(value, zone)
    today = as_moment(now or datetime.now(UTC), zone).date()
    clock = f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
    ago = (today - local.date()).days
    text = f"Today, {clock}" if ago == 0 else "Yesterday" if ago == 1 else short_day(local.date(), today)
    text = text[0].lower() + text[1:] if within and ago in {0, 1} else text
    full = f"{local:%A, %B} {local.day}, {local.year}, {clock} {local.tzname() or ''}".strip()
    return Markup('<time datetime="{}" title="{}">{}</time>').format(local.isoformat(timespec="seconds"), full, text)


def money(value: Decimal | float | int | str | None) -> str:
    """`$1,284`, `$1,284.50`: cents only where there are any."""
    if value is None or value == "":
        return "–"
    amount = Decimal(str(value)).quantize(Decimal("0.01"))
    digits = f"{abs(amount):,.0f}" if amount == amount.to_integral_value() else f"{abs(amount):,.2f}"
    return f"{'−' if amount < 0 else ''}${digits}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 account`, `3 accounts`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def in_words(number: int) -> str:
    """Small numbers in words, to begin a headline with."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def seconds(value: Decimal | float | None) -> str:
    """`0.4 s`, `12 s`."""
    if value is None:
        return ""
    return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"


def file_size(size: int) -> str:
    """`12 KB`, `1.4 MB` (1 KB is 1,024 bytes)."""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit > 1 and amount < 10 else f"{amount:.0f} {_UNITS[unit]}"


def masked_number(number: str | None) -> str:
    """An account number as printed, its runs of mask characters shortened to three dots: `8529···5678`."""
    return _MASK.sub("···", number) if number else ""
