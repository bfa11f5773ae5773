"""How a family that prints one block per account is declared: cues, labels, headings, and nothing that acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from tribureau.domain.bureaus import Bureau


class Section(Enum):
    """What the part of a report under a heading is about."""

    ACCOUNTS = auto()
    COLLECTIONS = auto()
    PERSONAL = auto()
    INQUIRIES = auto()
    HARD_INQUIRIES = auto()
    SOFT_INQUIRIES = auto()
    PUBLIC_RECORDS = auto()
    OTHER = auto()


@dataclass(frozen=True)
class Declaration:
    """A family of reports whose accounts are blocks of labels and values.

    Wordings are separated by `|` and meet the report without regard to case and punctuation. `labels` come before
    `COMMON_LABELS`. `sections` gives the headings of the parts; `groups` those inside the accounts that name a kind of
    account; `subheadings` those inside an account. None of them names a creditor. `bureau` is None where headings name
    the bureau, as apps do. `rating_rows` are the rows of a labelled month table that hold the payment history.
    """

    family: str
    cues: Mapping[str, float]
    bureau: Bureau | None
    sections: Mapping[Section, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    groups: str = ""
    subheadings: str = ""
    rating_rows: str = "Rating|Status|Payment Status|Pay Status"
