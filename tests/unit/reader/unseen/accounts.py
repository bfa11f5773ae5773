"""The accounts of an invented consumer as an unseen style prints them, and their truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountType, MonthCode, Tradeline
from tribureau.samples.accounts import REVOLVING, Account
from tribureau.samples.credit_file import CreditFile
from tribureau.samples.families import creditkarma_words, equifax_words, experian_words, merged, transunion_words
from tribureau.samples.months import month_of, newest
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import (
    EQUIFAX,
    EXPERIAN,
    EXPERIAN_TYPES,
    known_type,
    remarks_of,
    reported,
    responsibility_of,
)

MONTHS: Final = 36
STATUS: Final[dict[str, Callable[[Tradeline], str]]] = {
    "experian": experian_words.status_sentence,
    "equifax": equifax_words.status_words,
    "transunion": transunion_words.pay_status,
    "creditkarma": creditkarma_words.payment_words,
}
REMARKS: Final = {"experian": EXPERIAN, "equifax": EQUIFAX}
CELLS: Final = {
    MonthCode.CHARGE_OFF: "CO",
    MonthCode.COLLECTION: "C",
    MonthCode.REPOSSESSION: "R",
    MonthCode.VOLUNTARY_SURRENDER: "VS",
    MonthCode.FORECLOSURE: "F",
}
"""Months that are printed otherwise than by the code of the truth."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How a style writes: `labels` by field, `hand` for figures and dates, `mask` gives the number as printed."""

    family: str
    labels: Mapping[str, str]
    hand: Hand
    mask: Callable[[str], tuple[str, str | None]]


def shown(file: CreditFile, bureau: Bureau, ink: Ink) -> list[PrintedAccount]:
    return [_print(account, line, ink) for account, line in file.at(bureau)]


def _print(account: Account, line: Tradeline, ink: Ink) -> PrintedAccount:
    number, last4 = ink.mask(account.number)
    history = newest(line.payment_history, month_of(reported(line)), MONTHS)
    kept = {m: c for m, c in history.items() if c is not MonthCode.NO_DATA and c is not MonthCode.BANKRUPTCY}
    remarks = remarks_of(line, REMARKS[ink.family]) if ink.family in REMARKS else list(line.remarks)
    remarks = [remark for remark in remarks if ";" not in remark]
    loan = line.account_type not in REVOLVING and line.high_balance is not None
    return PrintedAccount(
        account,
        line,
        line.creditor_name,
        number,
        STATUS[ink.family](line),
        _facts(line, ink, number, remarks),
        remarks=remarks,
        history=kept,
        last4=last4,
        alternatives={"original_amount": [float(line.high_balance or 0)]} if loan else {},
    )


def _facts(line: Tradeline, ink: Ink, number: str, remarks: list[str]) -> list[Fact]:
    hand, labels = ink.hand, ink.labels
    kind = known_type(line)
    role, meaning = responsibility_of(line)
    amount = "credit_limit" if line.account_type in REVOLVING else "original_amount"
    money = ("balance", amount, "high_balance", "monthly_payment")
    dates = ("date_opened", "date_reported", "date_last_payment", "date_closed")
    owed = float(line.past_due) if line.past_due else None
    facts = [
        Fact(labels["account_number"], number),
        Fact(labels["account_type"], EXPERIAN_TYPES[kind], "account_type", kind.value),
        Fact(labels["status"], STATUS[ink.family](line)),
        *[hand.when(labels[name], line, name) for name in dates],
        Fact(labels["responsibility"], role, "responsibility", meaning),
        *[hand.money(labels[name], line, name) for name in money],
        Fact(labels["past_due"], hand.dollars(line.past_due) if owed else hand.nothing, "past_due", owed),
        Fact(labels["terms"], f"{line.terms} Months" if line.terms else hand.nothing, "terms", line.terms),
    ]
    if line.account_type is AccountType.COLLECTION:
        facts.append(hand.word(labels["original_creditor"], line.original_creditor, "original_creditor"))
    if remarks:
        facts.append(Fact(labels["remarks"], " ".join(remarks)))
    if ink.family == "experian" and line.account_type is not None:
        written_off = experian_words.written_off(line)
        facts += [written_off] if written_off.field else []
    return facts


def leading(number: str) -> tuple[str, str | None]:
    return number[:6] + "X" * (len(number) - 6), None


def stars(number: str) -> tuple[str, str | None]:
    return number[:-4] + "****", None


def last_four(number: str) -> tuple[str, str | None]:
    return "xxxx-" + number[-4:], number[-4:]


def dots(number: str) -> tuple[str, str | None]:
    return number[:5] + "....", None


PAYMENT_WORDS: Final = merged.payment_words
