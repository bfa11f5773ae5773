"""What can go wrong with an account: each function does one misfortune to a tradeline."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from tribureau.domain.tradelines import AccountStatus, MonthCode, PaymentStatus, PrintedDate, Tradeline
from tribureau.samples.accounts import Scene
from tribureau.samples.months import earlier, month_start, run_of_months

LADDER: Final = (
    MonthCode.LATE_30,
    MonthCode.LATE_60,
    MonthCode.LATE_90,
    MonthCode.LATE_120,
    MonthCode.LATE_150,
    MonthCode.LATE_180,
)
STANDING: Final = (PaymentStatus.LATE_30, PaymentStatus.LATE_60, PaymentStatus.LATE_90, PaymentStatus.LATE_120)


def last_month(line: Tradeline) -> str:
    """The newest month of its history."""
    return max(line.payment_history)


def slip_and_recover(line: Tradeline, months_ago: int, depth: int) -> None:
    """`depth` months behind, then caught up; nothing of it owed today."""
    for step in range(depth):
        month = earlier(last_month(line), months_ago - step)
        if month in line.payment_history:
            line.payment_history[month] = LADDER[step]


def fall_behind(scene: Scene, line: Tradeline, depth: int) -> None:
    """Past due today by `depth` payments."""
    newest = last_month(line)
    for step in range(depth):
        line.payment_history[earlier(newest, depth - 1 - step)] = LADDER[step]
    line.payment_status = STANDING[min(depth, 4) - 1]
    line.past_due = min((line.monthly_payment or Decimal(40)) * depth, line.balance or Decimal(40))
    _stop_paying(scene, line, earlier(newest, depth - 1))


def go_bad(scene: Scene, line: Tradeline, months_ago: int, *, steps: int, ends: MonthCode) -> str:
    """Stops paying, climbs the ladder by `steps`, then stays at `ends` until today. Returns the month it ended so."""
    newest = last_month(line)
    first = max(earlier(newest, months_ago), earlier(min(line.payment_history), -3))
    for step, month in enumerate(reversed(run_of_months(first, newest))):
        line.payment_history[month] = LADDER[step] if step < steps else ends
    _stop_paying(scene, line, first)
    return earlier(first, -steps)


def charge_off(scene: Scene, line: Tradeline, months_ago: int) -> None:
    """Written off after 180 days; the whole is owed."""
    month = go_bad(scene, line, months_ago, steps=6, ends=MonthCode.CHARGE_OFF)
    line.account_status, line.payment_status = AccountStatus.CHARGE_OFF, PaymentStatus.CHARGE_OFF
    line.balance = line.past_due = line.charge_off_amount = line.high_balance
    line.monthly_payment = Decimal(0)
    line.date_closed = _closing_day(scene, line, month)
    line.remarks = ["Charged off as bad debt"]


def sell(line: Tradeline) -> None:
    """A charged-off debt passed on to a buyer: nothing owed here any more."""
    line.balance = line.past_due = Decimal(0)
    line.remarks = ["Purchased by another lender"]


def pay_charge_off(line: Tradeline) -> None:
    """Paid after it was written off; the charge-off stays on record."""
    line.balance = line.past_due = Decimal(0)
    line.remarks = ["Paid charge off"]


def pay_collection(line: Tradeline) -> None:
    """A collection that is paid is still a collection."""
    line.balance = line.past_due = Decimal(0)
    line.remarks = ["Paid collection", *(r for r in line.remarks if r == "Medical")]


def settle(scene: Scene, line: Tradeline, months_ago: int) -> None:
    """Four payments behind, then settled for less than was owed."""
    month = go_bad(scene, line, months_ago, steps=4, ends=MonthCode.NO_DATA)
    closed = _closing_day(scene, line, month)
    line.account_status, line.payment_status = AccountStatus.SETTLED, PaymentStatus.SETTLED
    line.balance = line.past_due = line.monthly_payment = Decimal(0)
    line.date_closed = line.date_last_payment = line.date_last_activity = closed
    line.date_reported = PrintedDate(min(scene.today, closed.day + timedelta(days=3)))
    line.payment_history = {m: c for m, c in line.payment_history.items() if m < month}
    line.remarks = ["Settled - less than full balance"]


def take_back(scene: Scene, line: Tradeline, months_ago: int, *, voluntarily: bool) -> None:
    """The car is repossessed or given back; what its sale did not bring is owed."""
    code = MonthCode.VOLUNTARY_SURRENDER if voluntarily else MonthCode.REPOSSESSION
    month = go_bad(scene, line, months_ago, steps=4, ends=code)
    line.account_status, line.payment_status = AccountStatus.REPOSSESSION, PaymentStatus.REPOSSESSION
    line.balance = line.past_due = ((line.balance or Decimal(9000)) * 45 / 100).quantize(Decimal(1))
    line.monthly_payment = Decimal(0)
    line.date_closed = _closing_day(scene, line, month)
    line.remarks = ["Voluntary surrender" if voluntarily else "Repossession"]


def foreclose(scene: Scene, line: Tradeline, months_ago: int) -> None:
    """The house is lost; nothing is owed on the note."""
    month = go_bad(scene, line, months_ago, steps=6, ends=MonthCode.FORECLOSURE)
    line.account_status, line.payment_status = AccountStatus.FORECLOSURE, PaymentStatus.FORECLOSURE
    line.balance = line.past_due = line.monthly_payment = Decimal(0)
    line.date_closed = _closing_day(scene, line, month)
    line.remarks = ["Foreclosure"]


def include_in_bankruptcy(scene: Scene, line: Tradeline, months_ago: int, chapter: int) -> None:
    """Discharged or in a plan: chapter 7 or 13."""
    month = go_bad(scene, line, months_ago, steps=3, ends=MonthCode.BANKRUPTCY)
    line.account_status, line.payment_status = AccountStatus.BANKRUPTCY, PaymentStatus.BANKRUPTCY
    line.balance = line.past_due = line.monthly_payment = Decimal(0)
    line.date_closed = _closing_day(scene, line, month)
    line.remarks = [f"Included in chapter {chapter} bankruptcy"]


def dispute(line: Tradeline, *, resolved: bool = False) -> None:
    """The consumer has said that it is wrong; that is no mark against them."""
    line.disputed = True
    line.remarks.append(
        "Dispute resolved; consumer disagrees" if resolved else "Account information disputed by consumer"
    )


def _closing_day(scene: Scene, line: Tradeline, month: str) -> PrintedDate:
    """In that month, and not after the bureau last heard of the account."""
    closed, heard = scene.in_month(month), line.date_reported
    return min(closed, heard) if heard else closed


def _stop_paying(scene: Scene, line: Tradeline, first_late: str) -> None:
    line.date_of_first_delinquency = scene.in_month(first_late)
    before = month_start(first_late) - timedelta(days=scene.random.randint(2, 25))
    opened = line.date_opened.day if line.date_opened else before
    line.date_last_payment = line.date_last_activity = PrintedDate(max(before, opened))
