"""The shape of a finding, and what it is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import PrintedDate, Tradeline


class FindingKind(StrEnum):
    """Stable keys; what each means stands where it is made."""

    DOFD_MISSING = "dofd_missing"
    DOFD_AFTER_DEFAULT = "dofd_after_default"
    BALANCE_AFTER_END = "balance_after_end"
    PAST_DUE_WHILE_CURRENT = "past_due_while_current"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    LATE_AFTER_END = "late_after_end"
    TOO_OLD = "too_old"
    SAME_DEBT_TWICE = "same_debt_twice"
    BUREAUS_DISAGREE = "bureaus_disagree"
    RE_AGED = "re_aged"
    REINSERTED = "reinserted"
    MEDICAL_POLICY = "medical_policy"
    LIEN_OR_JUDGMENT = "lien_or_judgment"
    RECORD_TOO_OLD = "record_too_old"
    INQUIRY_TOO_OLD = "inquiry_too_old"
    NOT_RECOGNISED = "not_recognised"
    NAME_NOT_YOURS = "name_not_yours"
    ADDRESS_NOT_YOURS = "address_not_yours"
    IDENTITY_DIFFERS = "identity_differs"


class Certainty(StrEnum):
    """How sure the finding itself is, whatever follows from it in law."""

    PRINTED = "printed"
    """It follows from what the report prints, and from nothing else."""
    LIKELY = "likely"
    """It rests on an inferred date or on two accounts being one debt."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A tradeline in its place: which report showed it, when, and which real account it is.

    `dofd_is_printed` tells whether that report prints dates of first delinquency at all, so that a missing one says
    something. `payment_words` are the words that the payment status was read from; None where the user chose it.
    `is_whole` is false where the reader could not read all of the report, so that what it leaves out says nothing.
    """

    id: UUID
    tradeline: Tradeline
    reported_on: date
    upload: UUID | None = None
    account: UUID | None = None
    layout: str | None = None
    dofd_is_printed: bool = False
    payment_words: str | None = None
    is_whole: bool = True

    @property
    def place(self) -> tuple[UUID, Bureau]:
        """The account (a tradeline that was matched with none is one by itself) at its bureau."""
        return self.account or self.id, self.tradeline.bureau


class Subject(StrEnum):
    """What a value belongs to; the member is the name of its id's column."""

    TRADELINE = "tradeline_id"
    INQUIRY = "inquiry_id"
    PUBLIC_RECORD = "public_record_id"
    INFORMATION = "information_id"


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a finding rests on: whose, which field, and what it says.

    Of personal information, which is sealed at rest, `value` is empty: whoever may see it looks it up by its id.
    """

    id: UUID
    field: str
    value: str
    about: Subject = Subject.TRADELINE


@dataclass(frozen=True, slots=True)
class Finding:
    """`explanation` and `request` are sentences for the user; `rule` names the rule and `source` where it stands.

    `relevant_until` is the computed end of the reporting period, where one was computed.
    """

    kind: FindingKind
    explanation: str
    said: tuple[Said, ...]
    rule: str
    source: str
    request: str
    certainty: Certainty = Certainty.PRINTED
    relevant_until: date | None = None

    @property
    def tradelines(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(said.id for said in self.said if said.about is Subject.TRADELINE))


ACCURACY: Final = "15 USC 1681e(b), 1681i(a); 15 USC 1681s-2(a)(1)"
"""A bureau must follow reasonable procedures for accuracy and reinvestigate; a furnisher may not report what it
knows to be wrong."""


def say(reported: Reported, *names: str) -> Iterable[Said]:
    """The named fields of a tradeline that have a value, as text."""
    for name in names:
        value = getattr(reported.tradeline, name)
        if value is not None and value != []:
            yield Said(reported.id, name, text_of(value))


def text_of(value: object) -> str:
    if isinstance(value, PrintedDate):
        return value.iso()
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
