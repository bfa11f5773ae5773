"""What was answered to a dispute, what newer reports say of it, and what of both waits for the user's word."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from tribureau.database.transactions import Database, Row, UserId
from tribureau.domain.disputes import Answer, DisputeStatus, WhatNow, status_after, what_now
from tribureau.domain.disputes.proposals import NOT_PRINTED
from tribureau.web import formats, wording
from tribureau.web.pages.account_facts import shown

_OPEN: Final = (DisputeStatus.PENDING, DisputeStatus.INVESTIGATING, DisputeStatus.EXPIRED)
NOTES: Final = [answer for answer in Answer if status_after(answer) is None]
"""Answers that end nothing."""


@dataclass(frozen=True, slots=True)
class Answered:
    """`what_now` is what the newest answer asks of the user, if it ended nothing."""

    answers: list[Row]
    proposals: list[Row]
    items: list[Row]
    may_be_noted: bool
    what_now: WhatNow | None

    @property
    def notes(self) -> list[Answer]:
        return NOTES

    @property
    def waiting(self) -> list[Row]:
        return [one for one in self.proposals if one["status"] == "proposed"]

    @property
    def decided(self) -> list[Row]:
        """Proposals that were set aside; accepted ones stand among the answers."""
        return [one for one in self.proposals if one["status"] == "set_aside"]


async def answered_to(database: Database, user: UserId, dispute: Row) -> Answered:
    """`dispute` is a row of `disputes.find`."""
    given = {"dispute_id": dispute["dispute_id"]}
    answers = await database.read_as_user(user, "dispute_answers.of_dispute", **given)
    proposals = await database.read_as_user(user, "dispute_proposals.of_dispute", **given)
    items = await database.read_as_user(user, "dispute_answers.letters_items", **given)
    open_still = dispute["status"] in _OPEN
    holding = next((one for one in answers if open_still and one["withdrawn_at"] is None), None)
    mailed = dispute["status"] not in (DisputeStatus.DRAFT, DisputeStatus.BLANK, DisputeStatus.ESCALATED)
    return Answered(answers, proposals, items, mailed, what_now(Answer(holding["outcome"])) if holding else None)


def said_value(text: str, field: str) -> Markup | str:
    """A value of a proposal's change as people read it: `$900`, `Mar 2019`, `Jan 2025: 60 days late`."""
    if text == NOT_PRINTED:
        return "not printed"
    if field == "payment_history":
        month, _, code = text.partition(" ")
        return f"{formats.day(month + '-01', 'month')}: {wording.term(wording.MONTHS_OF_HISTORY, code).explanation}"
    if field.startswith("date_"):
        return shown(field, (text + "-01-01")[:10], {4: "year", 7: "month"}.get(len(text), "day"))
    return shown(field, text)
