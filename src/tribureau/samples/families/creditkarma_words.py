"""The facts of an account in Credit Karma's words, and the late totals beside a grid of two years."""

from typing import Final

from tribureau.domain.tradelines import AccountStatus, AccountType, MonthCode, Tradeline
from tribureau.samples.accounts import REVOLVING, Account
from tribureau.samples.families.merged import seven_year_totals
from tribureau.samples.months import month_of, newest
from tribureau.samples.printing import Fact, Hand, PrintedAccount
from tribureau.samples.wording import DAYS_LATE, is_closed, known_type, reported, responsibility_of

type_ = AccountType
MONTHS_SHOWN: Final = 24
TYPES: Final[dict[AccountType, str]] = {
    type_.CREDIT_CARD: "Credit card",
    type_.AUTO_LOAN: "Auto loan",
    type_.MORTGAGE: "Conventional real estate mortgage",
    type_.HOME_EQUITY: "Home equity line of credit",
    type_.STUDENT_LOAN: "Student loan",
    type_.PERSONAL_LOAN: "Personal loan",
    type_.COLLECTION: "Collection",
    type_.UTILITY: "Utility company",
}
STATUSES: Final[dict[AccountStatus, str]] = {
    AccountStatus.CHARGE_OFF: "Charge-off",
    AccountStatus.REPOSSESSION: "Repossession",
    AccountStatus.FORECLOSURE: "Foreclosure",
    AccountStatus.BANKRUPTCY: "Included in bankruptcy",
    AccountStatus.SETTLED: "Settled for less than full balance",
    AccountStatus.CLOSED: "Paid as agreed",
    AccountStatus.TRANSFERRED: "Paid as agreed",
}
CELLS: Final[dict[MonthCode, tuple[str, MonthCode]]] = {
    MonthCode.VOLUNTARY_SURRENDER: ("RPO", MonthCode.REPOSSESSION),
}


def payment_words(line_: Tradeline) -> str:
    """Payment status in the app's words."""
    if line_.account_status is AccountStatus.COLLECTION:
        return "Open" if line_.balance else "Paid"
    if line_.account_status in STATUSES:
        return STATUSES[line_.account_status]
    days = DAYS_LATE.get(line_.payment_status) if line_.payment_status else None
    return f"{days} days late" if days else "Current"


def print_account(account: Account, line_: Tradeline, hand: Hand, *, numbered: bool) -> PrintedAccount:
    shown = newest(line_.payment_history, month_of(reported(line_)), MONTHS_SHOWN)
    collected = line_.account_type is type_.COLLECTION
    totals, alternatives = seven_year_totals(line_, shown)
    number = f"{account.number[:4]}XXXXXXXX" if numbered and not collected else None
    return PrintedAccount(
        account,
        line_,
        line_.creditor_name,
        number,
        payment_words(line_),
        _collection_facts(line_, hand) if collected else _facts(line_, number, hand),
        remarks=list(line_.remarks),
        history={month: CELLS.get(code, ("", code))[1] for month, code in shown.items()},
        late_totals=None if collected else totals,
        alternatives={} if collected else alternatives,
    )


def _facts(line_: Tradeline, number: str | None, hand: Hand) -> list[Fact]:
    kind = known_type(line_)
    totals, _ = seven_year_totals(line_, {})
    late = "/".join(str(totals[f"late_payments_{days}"]) for days in (30, 60, 90))
    word, meaning = responsibility_of(line_)
    return [
        Fact("Account type", TYPES[kind], "account_type", kind.value),
        *([Fact("Account number", number)] if number else []),
        Fact("Status", "Closed" if is_closed(line_) else "Open"),
        Fact("Payment status", payment_words(line_)),
        hand.money("Balance", line_, "balance"),
        *(_limit(line_, hand) if line_.account_type in REVOLVING else _borrowed(line_, hand)),
        hand.money("Monthly payment", line_, "monthly_payment"),
        hand.money("Past due", line_, "past_due"),
        hand.when("Opened", line_, "date_opened"),
        hand.when("Closed", line_, "date_closed"),
        hand.when("Last payment", line_, "date_last_payment"),
        hand.when("Last reported", line_, "date_reported"),
        Fact("Responsibility", word.capitalize(), "responsibility", meaning),
        Fact("Times 30/60/90 days late", late),
        Fact("Remarks", "; ".join(line_.remarks) or hand.nothing),
    ]


def _limit(line_: Tradeline, hand: Hand) -> list[Fact]:
    used = f"{(line_.balance or 0) * 100 / line_.credit_limit:.0f}%" if line_.credit_limit else hand.nothing
    return [
        hand.money("Credit limit", line_, "credit_limit"),
        Fact("Usage", used),
        hand.money("Highest balance", line_, "high_balance"),
    ]


def _borrowed(line_: Tradeline, hand: Hand) -> list[Fact]:
    return [
        hand.money("Original loan amount", line_, "original_amount"),
        Fact("Term", f"{line_.terms} Months" if line_.terms else hand.nothing, "terms", line_.terms),
    ]


def _collection_facts(line_: Tradeline, hand: Hand) -> list[Fact]:
    return [
        Fact("Agency", line_.creditor_name),
        hand.word("Original creditor", line_.original_creditor, "original_creditor"),
        Fact("Status", "Closed" if not line_.balance else "Open"),
        Fact("Payment status", payment_words(line_)),
        hand.money("Balance", line_, "balance"),
        hand.money("High balance", line_, "high_balance"),
        hand.when("Opened", line_, "date_opened"),
        hand.when("Last reported", line_, "date_reported"),
        Fact("Responsibility", "Individual", "responsibility", "individual"),
        Fact("Remarks", "; ".join(line_.remarks) or hand.nothing),
        Fact("", "", "account_type", type_.COLLECTION.value),
    ]
