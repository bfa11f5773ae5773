"""What one bureau found out about the items that one invented person disputed, before a style prints it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tribureau.domain.bureau_responses import ItemKind, Outcome, ResponseKind
from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import Tradeline
from tribureau.samples.accounts import Account
from tribureau.samples.creditors import INQUIRERS
from tribureau.samples.people import Consumer, invent_address

OUTCOMES: Final = (
    (Outcome.DELETED, 6),
    (Outcome.UPDATED, 6),
    (Outcome.VERIFIED, 6),
    (Outcome.BLOCKED, 1),
    (Outcome.REJECTED_FRIVOLOUS, 1),
    (Outcome.NEEDS_INFORMATION, 1),
    (Outcome.UNDER_INVESTIGATION, 1),
)
COURTS: Final = ("PORT ALDER BANKRUPTCY COURT", "CEDARHOLM COUNTY COURT", "MILLRACE DISTRICT COURT")


@dataclass(frozen=True, slots=True)
class Change:
    """`label` as printed; `before` is None where a letter shows only what now stands."""

    field: str
    label: str
    before: str | None
    after: str


@dataclass(slots=True)
class AnsweredItem:
    """`name` and `number` as printed; `detail` is what a letter prints beside the name of an item without a number.

    `changes` are what the furnisher corrected, `shown` those that the style prints.
    """

    kind: ItemKind
    name: str
    outcome: Outcome
    number: str | None = None
    detail: str = ""
    line: Tradeline | None = None
    changes: list[Change] = field(default_factory=list)
    shown: list[Change] = field(default_factory=list)

    @property
    def thing(self) -> str:
        return {ItemKind.PERSONAL_INFORMATION: "information", ItemKind.PUBLIC_RECORD: "public record"}.get(
            self.kind, self.kind.value
        )

    def truth(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "creditor_name": self.name,
            "account_number": self.number,
            "outcome": self.outcome.value,
            "changes": [{"field": c.field, "before": c.before, "after": c.after} for c in self.shown],
        }


@dataclass(slots=True)
class Answer:
    """`kind` says what the whole letter is."""

    bureau: Bureau
    consumer: Consumer
    day: date
    reference: str
    items: list[AnsweredItem]
    random: Random
    kind: ResponseKind = ResponseKind.RESULTS

    def pick(self, *words: str) -> str:
        return self.random.choice(words)

    def truth(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "bureau": self.bureau.value,
            "letter_date": self.day.isoformat(),
            "reference": self.reference,
            "items": [item.truth() for item in self.items],
        }


def masked_as_by(bureau: Bureau, number: str, random: Random) -> str:
    """The number as that bureau prints it: the end at Equifax, the beginning at the others."""
    if bureau is Bureau.EQUIFAX:
        return random.choice(("XXXXXXXX", "*", "xxxxxx")) + number[-4:]
    if bureau is Bureau.EXPERIAN:
        return number[:6] + random.choice(("XXXX", "....", "XXXXXX"))
    return number[: random.choice((4, 6))] + "****"


def account_item(account: Account, line: Tradeline, outcome: Outcome, random: Random) -> AnsweredItem:
    changes = _corrected(line, random) if outcome is Outcome.UPDATED else []
    number = masked_as_by(line.bureau, account.number, random)
    return AnsweredItem(ItemKind.ACCOUNT, line.creditor_name, outcome, number, line=line, changes=changes)


def inquiry_item(today: date, outcome: Outcome, random: Random) -> AnsweredItem:
    day = today - timedelta(days=random.randint(60, 700))
    return AnsweredItem(ItemKind.INQUIRY, random.choice(INQUIRERS), outcome, detail=f"{day:%m/%d/%Y}")


def personal_item(consumer: Consumer, outcome: Outcome, random: Random) -> AnsweredItem:
    name, detail = random.choice(
        (
            ("Previous address", invent_address(random)),
            ("Name variation", consumer.short_name),
            ("Employer", random.choice(("Tarn Freight", "Brindle Foundry"))),
        )
    )
    return AnsweredItem(ItemKind.PERSONAL_INFORMATION, name, outcome, detail=detail)


def public_record_item(outcome: Outcome, random: Random) -> AnsweredItem:
    docket = f"{random.randint(15, 25)}-{random.randint(10000, 99999)}"
    return AnsweredItem(ItemKind.PUBLIC_RECORD, random.choice(COURTS), outcome, detail=docket)


def draw_outcome(random: Random) -> Outcome:
    outcomes, weights = zip(*OUTCOMES, strict=True)
    return Outcome(random.choices(outcomes, weights)[0])


def _corrected(line: Tradeline, random: Random) -> list[Change]:
    """One to three amounts or dates that the furnisher corrected."""
    amounts = [
        Change("balance", "Balance", _dollars(line.balance), "$0"),
        Change("past_due", "Past due amount", _dollars(line.past_due), f"${random.randint(1, 90)}"),
        Change("high_balance", "High balance", _dollars(line.high_balance), f"${random.randint(100, 9000):,}"),
        Change("monthly_payment", "Monthly payment", _dollars(line.monthly_payment), f"${random.randint(20, 400)}"),
    ]
    opened = line.date_opened.day if line.date_opened else date(2015, 3, 1)
    moved = opened + timedelta(days=random.randint(30, 300))
    possible = [change for change in amounts if change.before != change.after]
    possible.append(Change("date_opened", "Date opened", f"{opened:%m/%d/%Y}", f"{moved:%m/%d/%Y}"))
    return random.sample(possible, random.randint(1, 3))


def _dollars(amount: Any) -> str:
    return f"${amount or 0:,.0f}"
