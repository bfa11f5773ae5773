"""What can be done with a dispute by hand now: which forms its page shows, and what of it goes through its letter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from markupsafe import Markup

from tribureau.domain.disputes import ANSWERS, DisputeStatus
from tribureau.domain.errors import InvalidInput, TribureauError
from tribureau.web import formats
from tribureau.web.pages.account_facts import GROUPS, shown
from tribureau.web.wording import FIELDS
from tribureau.workflows.dispute_story import StoredStory

_MANUAL: Final = "Manual"
_NAMED: Final = ("creditor_name", "account_number", "disputed", "comments")
_OTHER_FIELDS: Final = {
    "inquired_on": "Asked for your report on",
    "court": "Court",
    "reference": "Docket number",
    "filed_on": "Filed",
    "amount": "Amount",
}


class Form(StrEnum):
    """Each form of the page, by what it says."""

    BEGIN_LETTER = "letter"
    MAILED = "mailed"
    RECEIVED = "received"
    ANSWERED = "answered"
    CORRECT_MAILING = "correct-mailing"
    CORRECT_RECEIPT = "correct-receipt"
    CORRECT_ANSWER = "correct-answer"
    TAKE_BACK = "taken-back"
    RESTORE = "restored"
    NOT_MAILED = "not-mailed"
    NOT_RECEIVED = "not-received"
    NOT_ANSWERED = "not-answered"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A form that was sent and refused: why, what was typed, and which field is wrong, if it is one."""

    error: TribureauError
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> dict[str, str]:
        if not isinstance(self.error, WrongField):
            return {}
        return {self.error.field: f"{self.error.message} {self.error.hint}"}


class WrongField(InvalidInput):
    """A field of a form holds what it can't."""

    def __init__(self, name: str, error: TribureauError) -> None:
        super().__init__(error.message, hint=error.hint)
        self.field = name


def through_letter(stored: StoredStory) -> bool:
    """Whether mailing is said of the whole letter, as it is about other disputes as well or isn't written yet."""
    one = stored.round
    return one["letter_id"] is not None and (one["letter_items"] > 1 or one["letter_state"] == "draft")


def open_forms(stored: StoredStory) -> list[Form]:
    """In the order in which the page shows them."""
    return list(_open(stored))


def _open(stored: StoredStory) -> Iterator[Form]:
    by_letter = through_letter(stored)
    by_hand = stored.dispute["mailing_service"] == _MANUAL
    match stored.status:
        case DisputeStatus.DRAFT:
            if stored.round["letter_id"] is None:
                yield Form.BEGIN_LETTER
            if not by_letter:
                yield Form.MAILED
            yield Form.TAKE_BACK
        case DisputeStatus.BLANK:
            yield Form.RESTORE
        case DisputeStatus.PENDING:
            if by_hand and not by_letter:
                yield from (Form.RECEIVED, Form.CORRECT_MAILING, Form.NOT_MAILED)
            yield Form.ANSWERED
        case DisputeStatus.INVESTIGATING:
            yield Form.ANSWERED
            if by_hand and not by_letter:
                yield from (Form.CORRECT_RECEIPT, Form.CORRECT_MAILING)
            if by_hand:
                yield Form.NOT_RECEIVED
        case DisputeStatus.EXPIRED:
            yield Form.ANSWERED
            if by_hand:
                yield Form.CORRECT_RECEIPT
        case status if status in ANSWERS:
            yield from (Form.CORRECT_ANSWER, Form.NOT_ANSWERED)


def disputed_facts(dispute: Mapping[str, Any]) -> list[tuple[str, Markup | str]]:
    """What the item said when the round began: label and value, what was not printed left out."""
    values = dispute["disputed_values"]
    found: list[tuple[str, Markup | str]] = []
    for _, fields in GROUPS:
        for name in fields:
            if name not in _NAMED and values.get(name):
                found.append((FIELDS[name].word, shown(name, values[name], values.get(f"{name}_precision") or "day")))
    for name, label in _OTHER_FIELDS.items():
        if values.get(name):
            found.append((label, _other(name, values[name])))
    return found


def _other(name: str, value: Any) -> Markup | str:
    if name.endswith("_on"):
        return formats.day_element(value)
    return formats.money(value) if name == "amount" else str(value)
