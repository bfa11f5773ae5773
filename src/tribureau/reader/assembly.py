"""From what is printed about an account to its tradeline, its verdict and the evidence for each field.

Layouts only find out which printed value answers which question; every conversion and inference happens here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from tribureau.domain.bureaus import Bureau
from tribureau.domain.negative_items import NegativeItem, classify
from tribureau.domain.tradelines import (
    DATE_FIELDS,
    MONEY_FIELDS,
    AccountStatus,
    AccountType,
    MonthCode,
    Precision,
    PrintedDate,
    Tradeline,
    late_counts,
)
from tribureau.reader.creditors import creditor
from tribureau.reader.dates import printed_date
from tribureau.reader.report import Evidence, ReadTradeline
from tribureau.reader.standing import Wording, standing, status_amounts
from tribureau.reader.values import account_number, count, is_absent, money, terms, text_of
from tribureau.reader.vocabulary import PAYMENT_PLAN, account_type, is_dispute, month_code, responsibility

Value = TypeVar("Value")

_REVOLVING: Final = frozenset({AccountType.CREDIT_CARD, AccountType.HOME_EQUITY})
_LATE_FIELDS: Final = ("late_payments_30", "late_payments_60", "late_payments_90", "late_payments_120")
_BUCKET: Final = re.compile(r"\b(30|60|90|120)\+?\s*(?:days?(?: late)?)?\s*[:=]\s*(\d+)", re.IGNORECASE)
_SLASHED: Final = re.compile(r"\b\d+(?:\s*/\s*\d+){2,3}\b")
_MEDICAL: Final = re.compile(r"\s*\(medical[^)]*\)$", re.IGNORECASE)
_UNREMARKABLE: Final = frozenset({MonthCode.OK, MonthCode.NO_DATA})


@dataclass(slots=True)
class PrintedAccount:
    """One account of one bureau as found on the pages.

    `answers` holds the printed values by question: any field of Tradeline, and

    - account_words: status, rating, activity designator; payment_words: pay status
    - type_words: most telling first (detail, type, business of the creditor, heading of its group)
    - dispute_words: a dispute status; late_totals: `30: 1 60: 0 90: 2` or `1/0/2`
    - limit_or_amount: a credit limit on revolving accounts, the original amount on others

    Where a question has several answers the first that says something counts (for remarks: all).
    `months` holds the printed code by YYYY-MM.
    """

    heading: Evidence
    bureau: Bureau
    answers: dict[str, list[Evidence]] = field(default_factory=dict)
    months: dict[str, Evidence] = field(default_factory=dict)

    def add(self, question: str, answer: Evidence) -> None:
        self.answers.setdefault(question, []).append(answer)

    def all(self, question: str) -> list[Evidence]:
        """The answers that say something."""
        return [e for e in self.answers.get(question, ()) if not is_absent(e.printed)]


def assemble(account: PrintedAccount) -> ReadTradeline:
    """Read every printed value, decide the statuses, classify."""
    return _Assembly(account).result()


class _Assembly:
    def __init__(self, account: PrintedAccount) -> None:
        self.account = account
        self.line = Tradeline(creditor_name="", bureau=account.bureau)
        self.evidence: dict[str, Evidence] = {}

    def result(self) -> ReadTradeline:
        self._names()
        for name in MONEY_FIELDS:
            self._first(name, money)
        for name in DATE_FIELDS:
            self._exact_date(name)
        self._first("terms", terms)
        self._first("responsibility", responsibility)
        self._type()
        self._limit_or_amount()
        self._remarks()
        self._standing()
        self._amounts_in_status()
        self._months()
        self._late_totals()
        return ReadTradeline(self.line, self._verdict(), self.evidence)

    def _set(self, name: str, value: object, evidence: Evidence) -> None:
        setattr(self.line, name, value)
        self.evidence[name] = evidence

    def _first(self, name: str, read: Callable[[str], object | None], *, question: str | None = None) -> None:
        for evidence in self.account.all(question or name):
            value = read(evidence.printed)
            if value is not None:
                return self._set(name, value, evidence)
        return None

    def _exact_date(self, name: str) -> None:
        """The first that is printed to the day (Experian has «Status updated Jul 2025» too), else the first of all."""
        self._first(name, _to_the_day)
        if getattr(self.line, name) is None:
            self._first(name, printed_date)

    def _names(self) -> None:
        heading = self.account.heading
        named = creditor(heading.printed)
        self._set("creditor_name", named.name, replace(heading, printed=named.name) if named.number else heading)
        if named.number:
            self.account.add("account_number", replace(heading, printed=named.number))
        if named.closed:
            self.account.add("account_words", replace(heading, printed="Closed"))
        self._first("original_creditor", lambda printed: _MEDICAL.sub("", text_of(printed)) or None)
        if named.original and self.line.original_creditor is None:
            self._set("original_creditor", named.original, heading)
        for evidence in self.account.all("account_number"):
            number = account_number(evidence.printed)
            if number:
                masked = replace(evidence, printed=number.printed)
                self._set("account_number", number.printed, masked)
                if number.last4:
                    self._set("account_number_last4", number.last4, masked)
                return

    def _type(self) -> None:
        words = self.account.all("type_words")
        kind = account_type(*(e.printed for e in words))
        if kind:
            telling = next((e for e in words if account_type(e.printed) is kind), words[0])
            self._set("account_type", kind, telling)

    def _limit_or_amount(self) -> None:
        name = "credit_limit" if self.line.account_type in _REVOLVING else "original_amount"
        if getattr(self.line, name) is None:
            self._first(name, money, question="limit_or_amount")

    def _remarks(self) -> None:
        remarks = self.account.all("remarks")
        self.line.remarks = [part.strip() for e in remarks for part in e.printed.split(";") if not is_absent(part)]
        if remarks:
            self.evidence["remarks"] = remarks[0]
        for evidence in (*self.account.all("dispute_words"), *remarks):
            if is_dispute(evidence.printed):
                return self._set("disputed", True, evidence)
        return None

    def _standing(self) -> None:
        verdict = standing(
            account=_wordings(self.account.all("account_words")),
            payment=_wordings(self.account.all("payment_words")),
            remarks=_wordings(self.account.all("remarks")),
            account_type=self.line.account_type,
            type_source=self.evidence.get("account_type"),
            closed_source=self.evidence.get("date_closed"),
        )
        if verdict.account_status and verdict.account_source:
            self._set("account_status", verdict.account_status, verdict.account_source)
        if verdict.payment_status and verdict.payment_source:
            self._set("payment_status", verdict.payment_status, verdict.payment_source)

    def _amounts_in_status(self) -> None:
        for evidence in (*self.account.all("account_words"), *self.account.all("payment_words")):
            written_off, past_due = status_amounts(evidence.printed)
            for name, printed in (("charge_off_amount", written_off), ("past_due", past_due)):
                if printed and getattr(self.line, name) is None:
                    self._set(name, money(printed), replace(evidence, rule=f"inferred:{evidence.rule}"))

    def _months(self) -> None:
        for month, evidence in self.account.months.items():
            code = month_code(evidence.printed) or self._payment_plan(evidence.printed)
            if code is None:
                continue
            self.line.payment_history[month] = code
            if code not in _UNREMARKABLE:
                self.evidence[f"payment_history/{month}"] = evidence

    def _payment_plan(self, printed: str) -> MonthCode | None:
        """A payment plan is a bankruptcy's plan on an account that is part of one, and rates no month elsewhere."""
        if printed.strip().upper() != PAYMENT_PLAN:
            return None
        bankrupt = self.line.account_status is AccountStatus.BANKRUPTCY
        return MonthCode.BANKRUPTCY if bankrupt else MonthCode.NO_DATA

    def _late_totals(self) -> None:
        """The printed totals, which may reach further back than the grid; else counts over the grid."""
        for name, times in late_counts(self.line.payment_history).items():
            setattr(self.line, name, times)
            if times:
                self.evidence[name] = self._late_month(name)
        for name in _LATE_FIELDS:
            self._first(name, count)
        for evidence in self.account.all("late_totals"):
            totals = late_totals(evidence.printed)
            if totals:
                for name, times in zip(_LATE_FIELDS, totals, strict=False):
                    self._set(name, times, evidence)
                return

    def _late_month(self, name: str) -> Evidence:
        history = self.line.payment_history
        month = next(month for month, code in history.items() if late_counts({month: code})[name])
        return self.evidence[f"payment_history/{month}"]

    def _verdict(self) -> NegativeItem:
        verdict = classify(self.line)
        sources = [self._evidence_for(factor.field) for factor in verdict.factors]
        for factor, source in zip(verdict.factors, sources, strict=True):
            if source:
                factor.printed, factor.page = source.printed, source.page
        seen = [source.confidence for source in sources if source]
        verdict.confidence = round(verdict.confidence * max(seen, default=1.0), 2)
        return verdict

    def _evidence_for(self, name: str) -> Evidence | None:
        if name == "payment_history":
            return next((e for key, e in self.evidence.items() if key.startswith("payment_history/")), None)
        return self.evidence.get(name)


def _to_the_day(printed: str) -> PrintedDate | None:
    found = printed_date(printed)
    return found if found and found.precision is Precision.DAY else None


def late_totals(printed: str) -> tuple[int, ...] | None:
    """Times 30, 60, 90 and, where it is printed, 120 days late from `30: 1 60: 0 90: 2` or `1/0/2`."""
    buckets = {days: int(times) for days, times in _BUCKET.findall(printed)}
    if buckets:
        return tuple(buckets.get(days, 0) for days in ("30", "60", "90", "120") if days != "120" or days in buckets)
    slashed = _SLASHED.search(printed)
    if slashed:
        return tuple(count(part) or 0 for part in slashed.group().split("/"))
    return None


def _wordings(answers: Iterable[Evidence]) -> list[Wording[Evidence]]:
    return [Wording(answer.printed, answer) for answer in answers]
