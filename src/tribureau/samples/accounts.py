"""One invented account and what each bureau holds on it."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import (
    AccountStatus,
    AccountType,
    MonthCode,
    PaymentStatus,
    PrintedDate,
    Responsibility,
    Tradeline,
)
from tribureau.samples.creditors import lender
from tribureau.samples.months import earlier, month_of, run_of_months
from tribureau.samples.people import invent_phone, invent_post_box

LONGEST_HISTORY: Final = 84
"""Months: seven years, the longest grid that a layout prints."""

REVOLVING: Final = frozenset({AccountType.CREDIT_CARD, AccountType.HOME_EQUITY})
TERMS: Final[dict[AccountType, tuple[tuple[int, ...], int, int]]] = {
    AccountType.AUTO_LOAN: ((48, 60, 72, 84), 9_000, 48_000),
    AccountType.MORTGAGE: ((180, 360), 110_000, 520_000),
    AccountType.STUDENT_LOAN: ((120, 240), 4_000, 45_000),
    AccountType.PERSONAL_LOAN: ((24, 36, 60), 1_500, 25_000),
}


@dataclass(slots=True)
class Account:
    """`number` is invented and whole; every layout prints it masked. `archetype` names its story."""

    group: str
    archetype: str
    number: str
    address: str
    phone: str
    at: dict[Bureau, Tradeline] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom chance serves, and the day on which the report is printed."""

    random: Random
    today: date

    def days_ago(self, least: int, most: int) -> PrintedDate:
        return PrintedDate(self.today - timedelta(days=self.random.randint(least, most)))

    def dollars(self, least: int, most: int) -> Decimal:
        return Decimal(self.random.randint(least, most))

    def in_month(self, month: str) -> PrintedDate:
        """A day of that month, never after today."""
        day = date(int(month[:4]), int(month[5:]), self.random.randint(1, 28))
        return PrintedDate(min(day, self.today))


def card(scene: Scene) -> Tradeline:
    """A credit card in use, paid on time."""
    line = _open_account(scene, AccountType.CREDIT_CARD, youngest=400, oldest=5200)
    line.credit_limit = Decimal(scene.random.choice((500, 1500, 3000, 4200, 7500, 12000, 21000)))
    line.high_balance = (line.credit_limit * scene.random.randint(20, 95) / 100).quantize(Decimal(1))
    line.balance = (line.high_balance * scene.random.randint(4, 90) / 100).quantize(Decimal(1))
    line.monthly_payment = max(Decimal(25), (line.balance / 40).quantize(Decimal(1)))
    return line


def loan(scene: Scene, account_type: AccountType) -> Tradeline:
    """An instalment loan on schedule."""
    lengths, least, most = TERMS[account_type]
    months = scene.random.choice(lengths)
    line = _open_account(scene, account_type, youngest=430, oldest=min(months * 26, 3400))
    line.original_amount = scene.dollars(least, most)
    line.high_balance = line.original_amount
    line.terms = str(months)
    line.monthly_payment = (line.original_amount * Decimal("1.22") / months).quantize(Decimal(1))
    line.balance = (line.original_amount * scene.random.randint(25, 92) / 100).quantize(Decimal(1))
    return line


def utility(scene: Scene) -> Tradeline:
    """A utility or telephone account that is reported."""
    line = _open_account(scene, AccountType.UTILITY, youngest=300, oldest=2400)
    line.balance = scene.dollars(0, 190)
    line.high_balance = line.balance + scene.dollars(20, 140)
    return line


def collection(scene: Scene, original_creditor: str) -> Tradeline:
    """A debt placed with a collector, unpaid; no month grid of payments."""
    opened = scene.days_ago(150, 1900)
    owed = scene.dollars(80, 5200)
    return Tradeline(
        creditor_name=lender(scene.random, AccountType.COLLECTION),
        bureau=Bureau.EXPERIAN,
        account_type=AccountType.COLLECTION,
        account_status=AccountStatus.COLLECTION,
        payment_status=PaymentStatus.COLLECTION,
        balance=owed,
        original_amount=owed,
        high_balance=owed,
        past_due=owed,
        date_opened=opened,
        date_reported=scene.days_ago(3, 40),
        date_of_first_delinquency=PrintedDate(opened.day - timedelta(days=scene.random.randint(150, 420))),
        responsibility=Responsibility.INDIVIDUAL,
        original_creditor=original_creditor,
        remarks=["Placed for collection"],
    )


def account(group: str, archetype: str, scene: Scene, line: Tradeline) -> Account:
    """The account before any bureau has it."""
    digits = {AccountType.COLLECTION: 9, AccountType.CREDIT_CARD: 16}.get(line.account_type or AccountType.UTILITY, 13)
    number = str(scene.random.randint(2, 8)) + "".join(str(scene.random.randint(0, 9)) for _ in range(digits - 1))
    return Account(group, archetype, number, invent_post_box(scene.random), invent_phone(scene.random))


def close(line: Tradeline, closed: PrintedDate, remark: str) -> None:
    """Ends an account that owes nothing; its history ends there too."""
    line.account_status = AccountStatus.CLOSED
    line.payment_status = PaymentStatus.CURRENT
    line.balance = line.past_due = line.monthly_payment = Decimal(0)
    line.date_closed = closed
    line.date_reported = PrintedDate(closed.day + timedelta(days=2))
    line.date_last_activity = line.date_last_payment = PrintedDate(closed.day - timedelta(days=6))
    line.remarks = [remark]
    line.payment_history = {m: c for m, c in line.payment_history.items() if m <= month_of(closed.day)}


def copy_for(line: Tradeline, bureau: Bureau) -> Tradeline:
    """The same facts at another bureau, free to differ from now on."""
    return replace(line, bureau=bureau, remarks=list(line.remarks), payment_history=dict(line.payment_history))


def _open_account(scene: Scene, account_type: AccountType, *, youngest: int, oldest: int) -> Tradeline:
    opened, reported = scene.days_ago(youngest, oldest), scene.days_ago(2, 33)
    paid = PrintedDate(reported.day - timedelta(days=scene.random.randint(1, 24)))
    last = month_of(reported.day)
    first = max(month_of(opened.day), earlier(last, LONGEST_HISTORY - 1))
    return Tradeline(
        creditor_name=lender(scene.random, account_type),
        bureau=Bureau.EXPERIAN,
        account_type=account_type,
        account_status=AccountStatus.OPEN,
        payment_status=PaymentStatus.CURRENT,
        past_due=Decimal(0),
        date_opened=opened,
        date_reported=reported,
        date_last_activity=paid,
        date_last_payment=paid,
        responsibility=Responsibility.JOINT if scene.random.random() < 0.15 else Responsibility.INDIVIDUAL,
        payment_history=dict.fromkeys(run_of_months(first, last), MonthCode.OK),
    )
