"""The findings of all of a user's accounts, computed anew, beside matching the same accounts alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID, uuid5

from benchmarks.measurements import Measurement, quickest
from tribureau.domain.accounts import Sighting, same_accounts
from tribureau.domain.bureaus import Bureau
from tribureau.domain.findings import Reported, find_all
from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode, PrintedDate, Tradeline

_NAMESPACE = UUID(int=7)
_REPORTS = 4
_ACCOUNTS = 50
_RUNS = 5
_MOST_SECONDS = 0.5
_NAMES = (
    "Harbor Point Bank",
    "Midvale Recovery",
    "Westloan Auto Finance",
    "Paper Lane Credit Union",
    "Elm Card Services",
)


def measure() -> list[Measurement]:
    """600 tradelines: 50 accounts at three bureaus in four reports."""
    snapshots = list(_snapshots())
    sightings = [_sighting(number, one) for number, one in enumerate(snapshots)]
    accounts = {sighting.id: UUID(int=n) for n, found in enumerate(same_accounts(sightings)) for sighting in found}
    matched = [replace(one, account=accounts[one.id]) for one in snapshots]
    finding = quickest(lambda: find_all(matched), _RUNS)
    matching = quickest(lambda: same_accounts(sightings), _RUNS)
    return [
        Measurement(
            name=f"findings of {len(matched)} tradelines ({len(find_all(matched))} found)",
            value=round(finding * 1000, 2),
            unit="ms",
            baseline_name="matching the same tradelines to accounts",
            baseline=round(matching * 1000, 2),
            goal=f"under {_MOST_SECONDS} s",
            met=finding < _MOST_SECONDS,
        )
    ]


def _snapshots() -> Iterator[Reported]:
    for report, bureau, number in product(range(_REPORTS), Bureau, range(_ACCOUNTS)):
        yield Reported(
            id=uuid5(_NAMESPACE, f"{report} {bureau} {number}"),
            tradeline=_tradeline(bureau, number, report),
            reported_on=date(2026, 2, 1) + timedelta(days=60 * report),
            upload=uuid5(_NAMESPACE, f"{report} {bureau}"),
            layout=str(bureau),
            dofd_is_printed=True,
        )


def _tradeline(bureau: Bureau, number: int, report: int) -> Tradeline:
    in_default = number % 4 == 0
    history = {f"{year}-{month:02}": MonthCode.OK for year in (2023, 2024, 2025) for month in range(1, 13)}
    if in_default:
        history |= {"2024-03": MonthCode.LATE_30, "2024-04": MonthCode.LATE_60, "2024-05": MonthCode.CHARGE_OFF}
    return Tradeline(
        creditor_name=_NAMES[number % len(_NAMES)],
        bureau=bureau,
        account_number=f"****{1000 + number}",
        account_type=AccountType.CREDIT_CARD,
        account_status=AccountStatus.CHARGE_OFF if in_default else AccountStatus.OPEN,
        balance=Decimal(100 + number),
        date_opened=PrintedDate(date(2010 + number % 12, 1 + number % 12, 3)),
        date_of_first_delinquency=PrintedDate(date(2024, 3 + report % 2, 1)) if in_default else None,
        payment_history=history,
    )


def _sighting(number: int, one: Reported) -> Sighting:
    line = one.tradeline
    return Sighting(
        id=one.id,
        upload=one.upload,
        position=number,
        bureau=line.bureau,
        creditor_name=line.creditor_name,
        account_number=line.account_number,
        account_type=line.account_type,
        date_opened=line.date_opened,
    )
