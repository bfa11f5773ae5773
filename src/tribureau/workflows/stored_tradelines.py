"""Stored rows as the domain sees them."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.findings import Reported
from tribureau.domain.tradelines import (
    DATE_FIELDS,
    MONEY_FIELDS,
    AccountStatus,
    AccountType,
    MonthCode,
    PaymentStatus,
    Precision,
    PrintedDate,
    Tradeline,
)

_MONTH: Final = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
_CODES: Final = frozenset(MonthCode)
_TERMS: Final = {"account_type": AccountType, "account_status": AccountStatus, "payment_status": PaymentStatus}


def reported(row: Mapping[str, Any]) -> Reported:
    """A row of `findings.reported`. An account typed by hand counts as of the day it was typed."""
    as_of = row["report_date"] or row["uploaded_at"] or row["created_at"]
    return Reported(
        id=row["tradeline_id"],
        tradeline=stored_tradeline(row),
        reported_on=_day(as_of),
        upload=row["report_upload_id"],
        account=row["account_id"],
        layout=row["layout"],
        dofd_is_printed=row["dofd_is_printed"],
        payment_words=row["payment_words"],
        is_whole=row["is_whole"],
    )


def stored_tradeline(row: Mapping[str, Any]) -> Tradeline:
    """A row of `public.tradelines`, also one that came as JSON; months and codes that are none are left out."""
    months = row["payment_history"].items()
    facts: dict[str, Any] = {name: kind(row[name]) for name, kind in _TERMS.items() if row[name]}
    facts |= {name: Decimal(str(row[name])) for name in MONEY_FIELDS if row[name] is not None}
    facts |= {name: _printed_date(row, name) for name in DATE_FIELDS if row[name]}
    return Tradeline(
        creditor_name=row["creditor_name"],
        bureau=Bureau(row["bureau"]),
        account_number=row["account_number"],
        original_creditor=row["original_creditor"],
        remarks=(row["remarks"] or "").splitlines(),
        payment_history={
            month: MonthCode(code) for month, code in months if _MONTH.fullmatch(month) and code in _CODES
        },
        **facts,
    )


def disputed_line(row: Mapping[str, Any]) -> Tradeline:
    """The tradeline that a dispute (its `disputed_values` and `bureau`) keeps; of its own bureau, also where the source
    named none."""
    return stored_tradeline({**row["disputed_values"], "bureau": row["bureau"]})


def _printed_date(row: Mapping[str, Any], name: str) -> PrintedDate:
    return PrintedDate(_day(row[name]), Precision(row[f"{name}_precision"]))


def _day(value: date | str) -> date:
    return date.fromisoformat(str(value)[:10])
