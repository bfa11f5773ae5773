"""What is asked of a mail house that prints a PDF and hands it to the Postal Service.

`key` makes a repetition within a day harmless; later an unknown outcome is settled by `find_letters`.
Every method raises TryLater, UnknownOutcome (only those that change something), Refused or KeyRefused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from tribureau.domain.errors import InvalidInput

_LAST_LINE: Final = re.compile(r"(?P<city>.+?),?\s+(?P<state>[A-Z]{2})\s+(?P<zip_code>\d{5}(?:-\d{4})?)")
LONGEST_NAME: Final = 40
LONGEST_LINE: Final = 64


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address in the United States, in the parts that mail houses ask for."""

    name: str
    line1: str
    city: str
    state: str
    zip_code: str
    line2: str = ""
    company: str = ""


def mail_address(lines: Sequence[str]) -> MailAddress:
    """The parts of an envelope's lines: name, one or two lines of street, and city, state and ZIP code.

    Of five lines the second names a company. Raises InvalidInput.
    """
    last = _LAST_LINE.fullmatch(lines[-1].strip()) if len(lines) >= 3 else None
    if last is None:
        raise InvalidInput(
            "This address can't be mailed to.", hint="It needs a name, a street or P.O. box, and city, state, ZIP code."
        )
    name, *middle = [line.strip() for line in lines[:-1]]
    company, middle = (middle[0], middle[1:]) if len(middle) > 2 else ("", middle)
    if (
        len(middle) > 2
        or max(len(name), len(company)) > LONGEST_NAME
        or any(len(line) > LONGEST_LINE for line in middle)
    ):
        raise InvalidInput(
            "This address is too long for the envelope.",
            hint=f"A name has at most {LONGEST_NAME} letters, a line {LONGEST_LINE}; shorten it.",
        )
    return MailAddress(name, middle[0], last["city"], last["state"], last["zip_code"], "".join(middle[1:]), company)


class Deliverability(StrEnum):
    DELIVERABLE = "deliverable"
    UNIT_DOUBTFUL = "unit_doubtful"  # the building is right; an apartment is missing, wrong or too much
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class VerifiedAddress:
    """What the mail house says of an address; `advice` is a sentence for the user where it is not deliverable."""

    verdict: Deliverability
    line1: str
    line2: str
    last_line: str
    advice: str


class Service(StrEnum):
    CERTIFIED = "certified"
    RETURN_RECEIPT = "certified_return_receipt"


@dataclass(frozen=True, slots=True)
class LetterWish:
    """One letter. `mailing` and `attempt` come back as metadata."""

    mailing: str
    attempt: int
    user: str
    recipient: MailAddress = field(repr=False)
    sender: MailAddress = field(repr=False)
    pdf: bytes = field(repr=False)
    service: Service = Service.CERTIFIED
    double_sided: bool = False


@dataclass(frozen=True, slots=True)
class TrackedStep:
    """`kind` as in RULES: mailed, in_transit, in_local_area, processed_for_delivery, re-routed, returned_to_sender,
    delivered, pickup_available, issue."""

    id: str
    kind: str
    at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class LetterThere:
    """A letter as the mail house knows it. It can be cancelled before `leaves_at`; `cents` where its cost is told."""

    id: str
    mailing: str
    tracking_number: str | None
    carrier: str
    leaves_at: datetime | None
    expected_on: str | None
    steps: tuple[TrackedStep, ...]
    standing: str
    cents: int | None
    metadata: Mapping[str, str]
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MailEvent:
    """A hint of a webhook. `kind` is the vendor's, such as `letter.certified.delivered`; `at` when it happened."""

    id: str
    kind: str
    at: datetime
    letter_there: str
    mailing: str


class MailHouse(Protocol):
    name: str

    async def check(self) -> None:
        """Whether the service answers and knows our key."""

    async def verify(self, address: MailAddress) -> VerifiedAddress: ...

    async def send(self, wish: LetterWish, key: str) -> LetterThere: ...

    async def letter(self, id_: str) -> LetterThere | None:
        """None where there is none, as after it was cancelled."""

    async def find_letters(self, mailing: str) -> list[LetterThere]:
        """Every letter of that mailing, whatever its attempt, that was not cancelled."""

    async def cancel(self, id_: str) -> None:
        """Takes it out of production; one that is gone already is fine. Raises Refused with `too_late`."""

    def event(self, body: bytes, headers: Mapping[str, str]) -> MailEvent:
        """Of a webhook, whose headers are named in lower case. Raises NotSigned."""
