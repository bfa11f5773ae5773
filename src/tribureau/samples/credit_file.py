"""Everything that is known of one invented consumer on one day, before a layout chooses what to print."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountStatus, Tradeline
from tribureau.samples.accounts import Account, Scene
from tribureau.samples.blocks import Block, Look
from tribureau.samples.court_records import CourtRecord
from tribureau.samples.creditors import INQUIRERS
from tribureau.samples.people import Consumer, invent_phone, invent_post_box
from tribureau.samples.printing import PrintedAccount

BUSINESSES: Final = ("Bank Credit Cards", "Auto Financing Companies", "All Banks", "Finance companies", "Real Estate")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Hard: the consumer applied for credit. Soft: a review or an offer, shown to the consumer only."""

    creditor: str
    bureau: Bureau
    day: date
    hard: bool
    business: str
    address: str
    phone: str

    def truth(self) -> dict[str, str]:
        kind = "hard" if self.hard else "soft"
        return {
            "creditor": self.creditor,
            "bureau": self.bureau.value,
            "date": self.day.isoformat(),
            "type": kind,
        }


@dataclass(slots=True)
class CreditFile:
    consumer: Consumer
    today: date
    accounts: list[Account]
    inquiries: list[Inquiry]
    scores: dict[Bureau, int]
    random: Random
    court_records: list[CourtRecord] = field(default_factory=list)

    def records_at(self, bureau: Bureau) -> list[CourtRecord]:
        """That bureau's public records."""
        return [record for record in self.court_records if bureau in record.bureaus]

    def at(self, bureau: Bureau) -> list[tuple[Account, Tradeline]]:
        """That bureau's accounts."""
        return [(account, account.at[bureau]) for account in self.accounts if bureau in account.at]

    def inquiries_at(self, bureau: Bureau, *, hard: bool) -> list[Inquiry]:
        return [inquiry for inquiry in self.inquiries if inquiry.bureau is bureau and inquiry.hard is hard]

    def bankrupt_at(self, bureau: Bureau) -> str | None:
        """The remark of an account that went into a bankruptcy, where the bureau has one."""
        for _, line in self.at(bureau):
            if line.account_status is AccountStatus.BANKRUPTCY:
                return line.remarks[0]
        return None


@dataclass(slots=True)
class Drawn:
    """A laid-out report, with what a perfect reader finds in it besides its accounts."""

    look: Look
    blocks: list[Block]
    printed: list[PrintedAccount]
    personal_info: dict[str, Any]
    scores: dict[str, int] = field(default_factory=dict)
    inquiries: list[Inquiry] = field(default_factory=list)
    public_records: list[dict[str, Any]] = field(default_factory=list)
    """The truth of each printed public record, by bureau."""


LayOut = Callable[[CreditFile], Drawn]
"""One style of a family."""


def invent_inquiries(scene: Scene) -> list[Inquiry]:
    """Up to four hard and three soft ones at each bureau, newest first."""
    made = [
        _inquiry(scene, bureau, hard=hard)
        for bureau in Bureau
        for hard, most in ((True, 4), (False, 3))
        for _ in range(scene.random.randint(0, most))
    ]
    return sorted(made, key=lambda inquiry: inquiry.day, reverse=True)


def _inquiry(scene: Scene, bureau: Bureau, *, hard: bool) -> Inquiry:
    return Inquiry(
        creditor=scene.random.choice(INQUIRERS),
        bureau=bureau,
        day=scene.today - timedelta(days=scene.random.randint(4, 700)),
        hard=hard,
        business=scene.random.choice(BUSINESSES),
        address=invent_post_box(scene.random),
        phone=invent_phone(scene.random),
    )
