"""What the bureaus themselves have promised not to report: policy, not law, and worded so.

Since 2022 and 2023 Equifax, Experian and TransUnion leave out medical collections that are paid, under 500 USD, or less
than a year old. (A federal rule of 2025 that went further was vacated.)
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from tribureau.domain.findings.finding import Certainty, Finding, FindingKind, Reported, Said, say
from tribureau.domain.tradelines import AccountType

_SMALL: Final = Decimal(500)
_YOUNG: Final = timedelta(days=365)
_MEDICAL: Final = re.compile(
    r"\b(medical|med|hospitals?|hosp|clinic|physicians?|radiology|health ?care|health|dental|surgery|surgical"
    r"|emergency (?:room|physicians|medicine|services)|ambulance|pathology|anesthesia)\b",
    re.IGNORECASE,
)
_NOT_MEDICAL: Final = re.compile(r"\b(animal|vet|veterinary|pets?|club|fitness|gym|spa|insurance)\b", re.IGNORECASE)


def medical_debts(reported: Reported) -> Iterator[Finding]:
    line = reported.tradeline
    reason = _policy_reason(reported)
    if line.account_type is AccountType.COLLECTION and reason and _is_medical(reported):
        yield Finding(
            FindingKind.MEDICAL_POLICY,
            f"This looks like a medical collection that {reason}. The bureaus say that they leave such items out.",
            tuple(say(reported, "original_creditor", "remarks", "original_amount", "balance", "date_opened"))
            or (Said(reported.id, "creditor_name", line.creditor_name),),
            "No medical collection that is paid, under 500 USD, or less than a year old",
            "The three bureaus' own policy, announced 2022 and 2023; not law",
            "Ask the bureau to remove it under its own policy on medical debts.",
            Certainty.LIKELY,
        )


def _is_medical(reported: Reported) -> bool:
    line = reported.tradeline
    texts = (line.original_creditor or "", *line.remarks)
    return any(_MEDICAL.search(text) and not _NOT_MEDICAL.search(text) for text in texts)


def _policy_reason(reported: Reported) -> str | None:
    """A part of an amount may be paid, so it is the amount that was first reported that must be small; a collector
    may get a debt late, so only the first delinquency tells its age."""
    line = reported.tradeline
    first_amount = line.original_amount or line.high_balance
    if line.balance == 0:
        return "shows nothing owed any more"
    if first_amount and first_amount < _SMALL:
        return "was under 500 USD"
    if (since := line.date_of_first_delinquency) and reported.reported_on - since.day < _YOUNG:
        return "is less than a year old"
    return None
