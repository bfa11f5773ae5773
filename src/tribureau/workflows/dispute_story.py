"""Everything that is known of one dispute: its rounds, its history, its letters, and the story that they tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tribureau.database.transactions import Database, Row, Transaction, UserId
from tribureau.domain.deadlines import day_in
from tribureau.domain.disputes import ANSWERS, DisputeStatus
from tribureau.domain.errors import NotFound
from tribureau.domain.letters import DisputedItem, ItemKind, Language, LetterKind
from tribureau.domain.next_steps import Offer, Round, Story, offers
from tribureau.workflows.deadlines import OpenDispute, open_dispute
from tribureau.workflows.disputed_items import item_of

_OUTCOMES = ANSWERS | {DisputeStatus.EXPIRED}


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A dispute as the database has it. `rounds` are all of its item's, also later ones; `today` is the user's day.

    `report` is the report that still shows the item, if there is one; `statement` the user's, likewise.
    """

    dispute: Row
    history: list[Row]
    rounds: list[Row]
    report: Row | None
    statement: Row | None
    today: date

    @property
    def status(self) -> DisputeStatus:
        return DisputeStatus(self.dispute["status"])

    @property
    def round(self) -> Row:
        """This dispute among the rounds, with its letter."""
        return next(row for row in self.rounds if row["dispute_id"] == self.dispute["dispute_id"])

    @property
    def language(self) -> Language:
        """The one of the newest letter."""
        written = [row["letter_language"] for row in self._until_now if row["letter_language"]]
        return Language(written[-1]) if written else Language.ENGLISH

    def story(self, language: Language) -> Story:
        values = self.dispute["disputed_values"]
        rounds = [_round(row) for row in self._until_now]
        title, number = values.get("creditor_name") or "", values.get("account_number")
        return Story(self.dispute["bureau"], title, number, rounds, _claimed(self._until_now, language))

    def offers(self) -> list[Offer]:
        return offers(self.status, self.story(self.language), self.today)

    def clock(self, mail_allowance: timedelta) -> OpenDispute | None:
        """Its dates; None where it is not known to be mailed."""
        row, mailed = self.dispute, self.round["mailed_on"]
        if mailed is None:
            return None
        name = row["disputed_values"].get("creditor_name") or ""
        return open_dispute({**row, "mailed_on": mailed, "creditor_name": name}, self.today, mail_allowance)

    @property
    def _until_now(self) -> list[Row]:
        return [row for row in self.rounds if row["round"] <= self.dispute["round"]]


async def read_story(database: Database, user: UserId, dispute: UUID) -> StoredStory:
    """Raises NotFound."""
    async with database.as_user(user) as transaction:
        return await stored_story(transaction, dispute)


async def stored_story(transaction: Transaction, dispute: UUID) -> StoredStory:
    """Raises NotFound."""
    row = await transaction.first("disputes.find", dispute_id=dispute)
    if row is None:
        raise NotFound("There is no such dispute.")
    return StoredStory(
        row,
        await transaction.all("disputes.history", dispute_id=dispute),
        await transaction.all("timeline.rounds", dispute_id=dispute),
        await transaction.first("timeline.report", dispute_id=dispute),
        await transaction.first("timeline.statement", dispute_id=dispute),
        day_in(await transaction.value("disputes.time_zone"), datetime.now(UTC)),
    )


def _round(row: Row) -> Round:
    outcome = DisputeStatus(row["outcome"])
    answered = row["bureau_response_date"] if outcome in ANSWERS else None
    known = outcome if outcome in _OUTCOMES else None
    return Round(row["round"], row["mailed_on"], row["received_on"], known, answered)


def _claimed(rounds: Sequence[Row], language: Language) -> DisputedItem | None:
    """What the newest letter says that claims something. One that asks how an item was verified claims nothing."""
    for row in reversed(rounds):
        if row["reason"] and row["confirmed_at"] and row["letter_kind"] != LetterKind.METHOD_OF_VERIFICATION:
            return _item(row, language)
    return None


def _item(row: Row, language: Language) -> DisputedItem:
    """A personal value is sealed, so its words alone are told."""
    item = item_of(row, row["reason"], language)
    return replace(
        item,
        printed=() if item.kind is ItemKind.PERSONAL else item.printed,
        correction=row["correction"],
        explanation=row["explanation"],
        confirmed_on=row["confirmed_at"].date(),
    )
