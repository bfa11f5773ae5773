"""Which kind of letter a dispute asks for, by its round and by what came of the round before."""

from collections.abc import Collection
from typing import Final

from tribureau.domain.disputes.statuses import DisputeStatus
from tribureau.domain.findings.finding import FindingKind
from tribureau.domain.letters.items import ItemKind
from tribureau.domain.letters.kinds import PLANS, LetterKind
from tribureau.domain.personal_information import PersonalKind

_OF_REASON: Final = {
    "identity_theft": LetterKind.IDENTITY_THEFT_BLOCK,
    "obsolete": LetterKind.OBSOLETE,
    "reinserted": LetterKind.REINSERTION,
}

_OF_FINDING: Final = {
    FindingKind.DOFD_AFTER_DEFAULT: "wrong_date",
    FindingKind.DATES_OUT_OF_ORDER: "wrong_date",
    FindingKind.BALANCE_AFTER_END: "wrong_balance",
    FindingKind.PAST_DUE_WHILE_CURRENT: "wrong_past_due",
    FindingKind.LATE_AFTER_END: "some_months_not_late",
    FindingKind.TOO_OLD: "obsolete",
    FindingKind.RECORD_TOO_OLD: "obsolete",
    FindingKind.SAME_DEBT_TWICE: "lender_and_collector",
    FindingKind.RE_AGED: "re_aged",
    FindingKind.REINSERTED: "reinserted",
    FindingKind.MEDICAL_POLICY: "medical_policy",
    FindingKind.LIEN_OR_JUDGMENT: "lien_or_judgment",
    FindingKind.NAME_NOT_YOURS: "wrong_name",
    FindingKind.ADDRESS_NOT_YOURS: "wrong_address",
    FindingKind.IDENTITY_DIFFERS: "wrong_birth_or_number",
}
_OF_PERSONAL: Final = {
    PersonalKind.NAME: "wrong_name",
    PersonalKind.OTHER_NAME: "wrong_name",
    PersonalKind.CURRENT_ADDRESS: "wrong_address",
    PersonalKind.PREVIOUS_ADDRESS: "wrong_address",
    PersonalKind.EMPLOYER: "wrong_employer",
    PersonalKind.PHONE: "wrong_phone",
    PersonalKind.DATE_OF_BIRTH: "wrong_birth_or_number",
    PersonalKind.SSN_LAST4: "wrong_birth_or_number",
}
_OF_NOT_MINE: Final = {ItemKind.INQUIRY: "inquiry_not_authorized", ItemKind.PUBLIC_RECORD: "not_mine"}


def suggested_entry_reason(item: ItemKind, detail: str | None, finding: str | None, *, not_mine: bool) -> str | None:
    """The reason to begin with for an entry that is no account; of personal information its kind says it."""
    if item is ItemKind.PERSONAL:
        return _OF_PERSONAL.get(PersonalKind(detail)) if detail in set(PersonalKind) else None
    return (suggested_reason(finding) if finding else None) or (_OF_NOT_MINE.get(item) if not_mine else None)


_OF_FIELD: Final = {
    "responsibility": "authorized_user_only",
    "account_status": "wrong_status",
    "payment_status": "wrong_status",
    "balance": "wrong_balance",
    "past_due": "wrong_past_due",
    "credit_limit": "wrong_limit",
    "high_balance": "wrong_limit",
    "date_opened": "wrong_date",
    "date_closed": "wrong_date",
    "date_of_first_delinquency": "wrong_date",
    "date_last_payment": "wrong_date",
    "date_last_activity": "wrong_date",
    "date_reported": "wrong_date",
    "late_payments_30": "some_months_not_late",
    "late_payments_60": "some_months_not_late",
    "late_payments_90": "some_months_not_late",
    "late_payments_120": "some_months_not_late",
    "payment_history": "some_months_not_late",
}


def reason_for_field(field: str) -> str | None:
    """The reason that says that this value of an account is wrong; None where no reason is about it."""
    return _OF_FIELD.get(field)


def suggested_reason(finding: str) -> str | None:
    """The reason that a finding of that kind gives; None where the user has to choose, as when bureaus disagree."""
    return _OF_FINDING.get(FindingKind(finding)) if finding in set(FindingKind) else None


def suggested_kind(
    round_number: int, outcome_before: DisputeStatus | None, item: ItemKind = ItemKind.ACCOUNT
) -> LetterKind:
    """After a verification the method is asked for first: the new facts of a second round often lie in its answer."""
    if round_number == 1:
        return LetterKind.PERSONAL_INFORMATION if item is ItemKind.PERSONAL else LetterKind.FIRST_DISPUTE
    match outcome_before:
        case DisputeStatus.DELETED if item is not ItemKind.PERSONAL:
            return LetterKind.REINSERTION
        case DisputeStatus.VERIFIED:
            return LetterKind.METHOD_OF_VERIFICATION
        case _:
            return LetterKind.SECOND_ROUND


def kind_for_reasons(kind: LetterKind, reasons: Collection[str]) -> LetterKind:
    """The kind that suits all of the reasons, where they ask for one; `kind` otherwise."""
    asked = {_OF_REASON.get(reason) for reason in reasons}
    only = asked.pop() if len(asked) == 1 else None
    if only and (only in PLANS):
        return only
    return kind


def kinds_to_choose(
    round_number: int, *, answered: bool, mailed_before: bool, items: Collection[ItemKind] = (ItemKind.ACCOUNT,)
) -> list[LetterKind]:
    """The kinds to a bureau about such items; those that tell of an earlier letter only where there is one."""
    chosen = [LetterKind.FIRST_DISPUTE, LetterKind.OBSOLETE, LetterKind.IDENTITY_THEFT_BLOCK, LetterKind.REINSERTION]
    if ItemKind.PERSONAL in items:
        only = set(items) == {ItemKind.PERSONAL}
        chosen = [LetterKind.PERSONAL_INFORMATION] if only else [LetterKind.FIRST_DISPUTE]
    if round_number > 1 and mailed_before:
        chosen.insert(0, LetterKind.SECOND_ROUND)
    if round_number > 1 and answered:
        chosen.insert(0, LetterKind.METHOD_OF_VERIFICATION)
    return chosen
