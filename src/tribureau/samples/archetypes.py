"""Archetypes: the stories that accounts tell, each with its weight in a random draw."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Final

from tribureau.domain.tradelines import AccountStatus, AccountType, PrintedDate, Responsibility, Tradeline
from tribureau.samples.accounts import Scene, card, close, collection, loan, utility
from tribureau.samples.creditors import MEDICAL_CREDITORS, ORIGINAL_CREDITORS
from tribureau.samples.months import earlier
from tribureau.samples.troubles import (
    charge_off,
    dispute,
    fall_behind,
    foreclose,
    include_in_bankruptcy,
    last_month,
    pay_charge_off,
    pay_collection,
    sell,
    settle,
    slip_and_recover,
    take_back,
)

type_ = AccountType
Story = Callable[[Scene], Tradeline]


def _high_use_card(scene: Scene) -> Tradeline:
    line = card(scene)
    line.balance = line.high_balance = ((line.credit_limit or Decimal(500)) * 98 / 100).quantize(Decimal(1))
    return line


def _authorised_user(scene: Scene) -> Tradeline:
    line = card(scene)
    line.responsibility = Responsibility.AUTHORIZED_USER
    return line


def _authorised_user_late(scene: Scene) -> Tradeline:
    line = _authorised_user(scene)
    slip_and_recover(line, scene.random.randint(3, 18), scene.random.randint(1, 3))
    return line


def _old_lates_card(scene: Scene) -> Tradeline:
    line = card(scene)
    slip_and_recover(line, scene.random.randint(4, 60), scene.random.randint(1, 3))
    return line


def _closed_card(scene: Scene) -> Tradeline:
    line = card(scene)
    remark = scene.random.choice(
        ("Closed by consumer", "Account closed by credit grantor", "Credit card lost or stolen")
    )
    close(line, _closing_day(scene, line), remark)
    return line


def _closed_old_lates(scene: Scene) -> Tradeline:
    line = _closed_card(scene)
    slip_and_recover(line, scene.random.randint(3, 12), scene.random.randint(1, 3))
    return line


def _past_due_card(scene: Scene) -> Tradeline:
    line = card(scene)
    fall_behind(scene, line, scene.random.randint(1, 5))
    return line


def _charge_off(scene: Scene) -> Tradeline:
    line = card(scene)
    charge_off(scene, line, scene.random.randint(9, 40))
    return line


def _charge_off_sold(scene: Scene) -> Tradeline:
    line = _charge_off(scene)
    sell(line)
    return line


def _charge_off_paid(scene: Scene) -> Tradeline:
    line = _charge_off(scene)
    pay_charge_off(line)
    return line


def _charge_off_disputed(scene: Scene) -> Tradeline:
    line = _charge_off(scene)
    dispute(line)
    return line


def _disputed_clean(scene: Scene) -> Tradeline:
    line = card(scene)
    dispute(line, resolved=scene.random.random() < 0.4)
    return line


def _settled(scene: Scene) -> Tradeline:
    line = card(scene)
    settle(scene, line, scene.random.randint(8, 30))
    return line


def _bankruptcy(scene: Scene) -> Tradeline:
    line = card(scene)
    include_in_bankruptcy(scene, line, scene.random.randint(8, 40), scene.random.choice((7, 7, 13)))
    return line


def _repossession(scene: Scene) -> Tradeline:
    line = loan(scene, type_.AUTO_LOAN)
    take_back(scene, line, scene.random.randint(7, 30), voluntarily=False)
    return line


def _voluntary_surrender(scene: Scene) -> Tradeline:
    line = loan(scene, type_.AUTO_LOAN)
    take_back(scene, line, scene.random.randint(7, 30), voluntarily=True)
    return line


def _foreclosure(scene: Scene) -> Tradeline:
    line = loan(scene, type_.MORTGAGE)
    foreclose(scene, line, scene.random.randint(10, 40))
    return line


def _home_equity(scene: Scene) -> Tradeline:
    line = card(scene)
    line.account_type = type_.HOME_EQUITY
    line.creditor_name = scene.random.choice(("HARBOR POINT BANK HELOC", "WREN FEDERAL HOME EQUITY"))
    line.credit_limit = Decimal(scene.random.choice((30_000, 55_000, 80_000)))
    return line


def _student_deferred(scene: Scene) -> Tradeline:
    line = loan(scene, type_.STUDENT_LOAN)
    line.monthly_payment = Decimal(0)
    line.remarks = ["Payment deferred"]
    return line


def _student_late(scene: Scene) -> Tradeline:
    line = loan(scene, type_.STUDENT_LOAN)
    fall_behind(scene, line, scene.random.randint(1, 4))
    return line


def _collection(scene: Scene) -> Tradeline:
    return collection(scene, scene.random.choice(ORIGINAL_CREDITORS))


def _collection_paid(scene: Scene) -> Tradeline:
    line = _collection(scene)
    pay_collection(line)
    return line


def _medical_collection(scene: Scene) -> Tradeline:
    line = collection(scene, scene.random.choice(MEDICAL_CREDITORS))
    line.remarks.append("Medical")
    return line


def _medical_paid(scene: Scene) -> Tradeline:
    line = _medical_collection(scene)
    pay_collection(line)
    return line


def _borrowed(kind: AccountType, scene: Scene) -> Tradeline:
    return loan(scene, kind)


def _paid(kind: AccountType, scene: Scene) -> Tradeline:
    line = loan(scene, kind)
    close(line, _closing_day(scene, line), "Closed")
    return line


def _transferred(kind: AccountType, scene: Scene) -> Tradeline:
    line = loan(scene, kind)
    close(line, _closing_day(scene, line), "Transferred to another lender")
    line.account_status = AccountStatus.TRANSFERRED
    return line


def _closing_day(scene: Scene, line: Tradeline) -> PrintedDate:
    span = len(line.payment_history)
    return scene.in_month(earlier(last_month(line), scene.random.randint(1, max(2, span - 4))))


STORIES: Final[dict[str, tuple[int, Story]]] = {
    "clean_card": (12, card),
    "high_use_card": (5, _high_use_card),
    "authorised_user": (3, _authorised_user),
    "authorised_user_late": (2, _authorised_user_late),
    "old_lates_card": (4, _old_lates_card),
    "closed_card": (8, _closed_card),
    "closed_old_lates": (3, _closed_old_lates),
    "past_due_card": (4, _past_due_card),
    "charge_off": (4, _charge_off),
    "charge_off_sold": (3, _charge_off_sold),
    "charge_off_paid": (2, _charge_off_paid),
    "charge_off_disputed": (2, _charge_off_disputed),
    "disputed_clean": (2, _disputed_clean),
    "settled": (2, _settled),
    "bankruptcy": (2, _bankruptcy),
    "auto_loan": (5, partial(_borrowed, type_.AUTO_LOAN)),
    "auto_paid": (4, partial(_paid, type_.AUTO_LOAN)),
    "repossession": (2, _repossession),
    "voluntary_surrender": (1, _voluntary_surrender),
    "mortgage": (4, partial(_borrowed, type_.MORTGAGE)),
    "mortgage_transferred": (2, partial(_transferred, type_.MORTGAGE)),
    "foreclosure": (1, _foreclosure),
    "home_equity": (1, _home_equity),
    "personal_loan": (4, partial(_borrowed, type_.PERSONAL_LOAN)),
    "personal_paid": (3, partial(_paid, type_.PERSONAL_LOAN)),
    "student_loan": (4, partial(_borrowed, type_.STUDENT_LOAN)),
    "student_deferred": (3, _student_deferred),
    "student_late": (2, _student_late),
    "student_transferred": (2, partial(_transferred, type_.STUDENT_LOAN)),
    "collection": (3, _collection),
    "collection_paid": (2, _collection_paid),
    "medical_collection": (3, _medical_collection),
    "medical_paid": (1, _medical_paid),
    "utility": (2, utility),
}
"""Weight in a random draw, and the story."""
