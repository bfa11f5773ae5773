"""What can't be true of one tradeline at once: the Metro 2 rules as the bureaus' own format states them.

Source: CDIA's Metro 2 field definitions as the CFPB's open-source Metro 2 evaluator tabulates them.
"""

import re
from collections.abc import Iterator
from typing import Final

from tribureau.domain.findings.finding import ACCURACY, Finding, FindingKind, Reported, Said, say
from tribureau.domain.tradelines import (
    LATE_MONTHS,
    AccountStatus,
    AccountType,
    MonthCode,
    PaymentStatus,
    PrintedDate,
    Tradeline,
)

METRO_2: Final = "CDIA Metro 2"
_ENDS: Final = (
    (re.compile(r"\bsold (?:to|by)\b|\baccount sold\b|^sold$|\bpurchased by another\b"), "sold"),
    (re.compile(r"\btransferred to (?:an)?other\b|\baccount transferred\b"), "transferred"),
    (re.compile(r"\b(?:account|debt|loan|was|been)(?: legally)? paid in full\b|^paid in full\b"), "paid in full"),
    (re.compile(r"\bdischarged (?:in|through|by)\b.*\b(?:bankruptcy|chapter)\b"), "discharged"),
)
_NOT_AN_END: Final = re.compile(
    r"\bnot\b|\bnever\b|included in or\b|\bor discharged\b|reaffirm|recovery|collection|\bif\b|\bwhen\b|\bnon-?discharg"
)
"""What turns such words around, or leaves open whether they hold."""
_SAYS_CURRENT: Final = re.compile(r"\bcurrent\b|as agreed|on time|never late|pays account", re.IGNORECASE)
_ENDED_BY_PAYMENT: Final = (
    AccountType.AUTO_LOAN,
    AccountType.MORTGAGE,
    AccountType.STUDENT_LOAN,
    AccountType.PERSONAL_LOAN,
)
_UNPAID: Final = (AccountStatus.CHARGE_OFF, AccountStatus.COLLECTION)
_IN_GOOD_ORDER: Final = (AccountStatus.OPEN, AccountStatus.CLOSED)


def contradictions(reported: Reported) -> Iterator[Finding]:
    """Every finding that one tradeline gives by itself."""
    yield from _missing_dofd(reported)
    yield from _dofd_after_default(reported)
    yield from _balance_after_end(reported)
    yield from _past_due_while_current(reported)
    yield from _dates_out_of_order(reported)
    yield from _late_after_end(reported)


def _missing_dofd(reported: Reported) -> Iterator[Finding]:
    line = reported.tradeline
    if reported.dofd_is_printed and line.account_status in _UNPAID and line.date_of_first_delinquency is None:
        yield Finding(
            FindingKind.DOFD_MISSING,
            "This report gives no date of first delinquency, though it does for other accounts. "
            "That date decides how long the account may be reported.",
            tuple(say(reported, "account_status")),
            "A charge-off or a collection needs a date of first delinquency",
            f"15 USC 1681s-2(a)(5); {METRO_2} field 25",
            "Ask the bureau to add the date of first delinquency, or to delete the account if nobody can give it.",
        )


def _dofd_after_default(reported: Reported) -> Iterator[Finding]:
    line = reported.tradeline
    first_default = _first_default(line)
    if (
        line.date_of_first_delinquency
        and first_default
        and _surely_before(first_default, line.date_of_first_delinquency)
    ):
        field = "date_opened" if line.account_type is AccountType.COLLECTION else "payment_history"
        yield Finding(
            FindingKind.DOFD_AFTER_DEFAULT,
            f"The first missed payment is dated {line.date_of_first_delinquency.iso()}, but the debt was already "
            f"in default in {first_default}.",
            (*say(reported, "date_of_first_delinquency"), Said(reported.id, field, first_default)),
            "The date of first delinquency comes before the charge-off or the collection it led to",
            f"15 USC 1681s-2(a)(5), 1681c(c)(1); {METRO_2} field 25",
            "Ask the bureau to correct the date of first delinquency: a later one keeps the account on the "
            "report longer.",
        )


def _first_default(line: Tradeline) -> str | None:
    """When the debt was in default at the latest: the collection's opening, or the first charged-off month."""
    if line.account_type is AccountType.COLLECTION:
        return line.date_opened.iso() if line.date_opened else None
    months = sorted(line.payment_history.items())
    defaults = [month for month, code in months if code is MonthCode.CHARGE_OFF]
    if not defaults or defaults[0] == months[0][0]:  # the grid's first month may only be the oldest that is shown
        return None
    made_good = any(code is MonthCode.OK for month, code in months if month > defaults[0])
    return None if made_good else defaults[0]


def _surely_before(month: str, dofd: PrintedDate) -> bool:
    """Compared at the coarser precision of the two."""
    length = min(len(month), len(dofd.iso()))
    return month[:length] < dofd.iso()[:length]


def _balance_after_end(reported: Reported) -> Iterator[Finding]:
    line = reported.tradeline
    end = _end_of_debt(reported)
    owed = [name for name in ("balance", "past_due") if (getattr(line, name) or 0) > 0]
    if end and owed:
        yield Finding(
            FindingKind.BALANCE_AFTER_END,
            f"The account is reported as {end[0]}, and yet with an amount that you owe.",
            (end[1], *say(reported, *owed)),
            "Nothing is owed to a furnisher on an account that was paid, sold, transferred or discharged",
            f"{METRO_2} fields 21 and 22; {ACCURACY}",
            "Ask the bureau to report the balance and the amount past due as zero.",
        )


def _end_of_debt(reported: Reported) -> tuple[str, Said] | None:
    """How the debt to this furnisher ended, and what says so. A collector's remark may tell of the sale to it."""
    line = reported.tradeline
    if line.account_status is AccountStatus.TRANSFERRED:
        return "transferred", Said(reported.id, "account_status", line.account_status)
    if line.account_type is AccountType.COLLECTION or line.original_creditor:
        return None
    for remark in line.remarks:
        words = " ".join(remark.lower().split())
        ends = [end for pattern, end in _ENDS if pattern.search(words)]
        if ends and not _NOT_AN_END.search(words):
            return ends[0], Said(reported.id, "remarks", remark)
    return None


def _past_due_while_current(reported: Reported) -> Iterator[Finding]:
    line = reported.tradeline
    in_order = line.payment_status is PaymentStatus.CURRENT and line.account_status in (None, *_IN_GOOD_ORDER)
    if in_order and (line.past_due or 0) > 0 and _says_current(reported):
        yield Finding(
            FindingKind.PAST_DUE_WHILE_CURRENT,
            "The account is reported as paid on time, and yet with an amount past due.",
            tuple(say(reported, "payment_status", "past_due")),
            "An account in status 11 (current) has no amount past due",
            f"{METRO_2} fields 17A and 22; {ACCURACY}",
            "Ask the bureau to correct whichever of the two is wrong.",
        )


def _says_current(reported: Reported) -> bool:
    """An account that is merely called open or closed is not said to be paid on time."""
    return reported.payment_words is None or bool(_SAYS_CURRENT.search(reported.payment_words))


_ORDER: Final = (
    ("date_opened", "date_closed", "closed before it was opened"),
    ("date_opened", "date_last_payment", "paid before it was opened"),
    ("date_opened", "date_reported", "reported before it was opened"),
)


def _dates_out_of_order(reported: Reported) -> Iterator[Finding]:
    for first, second, what in _ORDER:
        earlier, later = getattr(reported.tradeline, first), getattr(reported.tradeline, second)
        if _is_collection_payment(reported.tradeline, second):
            continue
        if earlier and later and _surely_before(later.iso(), earlier):
            yield Finding(
                FindingKind.DATES_OUT_OF_ORDER,
                f"By its dates the account was {what}.",
                tuple(say(reported, first, second)),
                "An account is opened before anything happens on it",
                f"{METRO_2} fields 10, 24, 26 and 27; {ACCURACY}",
                "Ask the bureau to correct the dates.",
            )


def _is_collection_payment(line: Tradeline, field: str) -> bool:
    """Who took a debt over may carry the last payment that was made to its first creditor."""
    taken_over = line.account_type is AccountType.COLLECTION or line.account_status is AccountStatus.COLLECTION
    return field == "date_last_payment" and (taken_over or bool(line.original_creditor))


def _late_after_end(reported: Reported) -> Iterator[Finding]:
    line = reported.tradeline
    ended = _ended_in(line)
    late = _late_months_after(line, ended) if ended else []
    if late:
        yield Finding(
            FindingKind.LATE_AFTER_END,
            f"Late payments are shown after the account had ended in {ended}.",
            tuple(Said(reported.id, f"payment_history/{month}", line.payment_history[month]) for month in late),
            "Once a loan is paid off, or an account charged off, no payment falls due on it",
            f"{METRO_2} fields 17A, 18 and 26; {ACCURACY}",
            "Ask the bureau to delete the late payments after that month.",
        )


def _late_months_after(line: Tradeline, ended: str) -> list[str]:
    """Up to the first month on time, which would mean that the account lived again."""
    after = [(month, code) for month, code in sorted(line.payment_history.items()) if month > ended]
    alive = next((month for month, code in after if code is MonthCode.OK), "9999")
    return [month for month, code in after if code in LATE_MONTHS and month < alive]


def _ended_in(line: Tradeline) -> str | None:
    """The month in which payments stopped falling due: charged off, or a loan closed with nothing left to pay.

    A card may be closed to new purchases and still be paid down, so its closing ends nothing.
    """
    charged_off = [month for month, code in line.payment_history.items() if code is MonthCode.CHARGE_OFF]
    if charged_off:
        return min(charged_off)
    paid_off = line.balance == 0 and line.account_status is AccountStatus.CLOSED
    if line.date_closed and paid_off and line.account_type in _ENDED_BY_PAYMENT:
        closed = line.date_closed.iso()
        return closed[:7] if len(closed) >= 7 else None
    return None
