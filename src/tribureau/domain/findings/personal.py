"""Names, addresses and identity that a report gives and that are not the user's: files may have been mixed."""

from collections.abc import Iterator
from typing import Final

from tribureau.domain import addresses, person_names
from tribureau.domain.findings.finding import ACCURACY, Certainty, Finding, FindingKind, Said, Subject
from tribureau.domain.findings.items import MINE, NOT_MINE, ReportedInformation
from tribureau.domain.likeness import Likeness
from tribureau.domain.personal_information import PersonalKind
from tribureau.domain.profile import Profile

_NAMES: Final = (PersonalKind.NAME, PersonalKind.OTHER_NAME)
_ADDRESSES: Final = (PersonalKind.CURRENT_ADDRESS, PersonalKind.PREVIOUS_ADDRESS)
_RULE: Final = "A report may hold only what belongs to the person it is about"
_MIXED: Final = (
    "If it is not yours, ask the bureau to remove it, and look whether an account that is not yours came with it: "
    "files get mixed. If it is yours, say so beside it or add it to your profile."
)


def personal_findings(reported: ReportedInformation, profile: Profile | None) -> Iterator[Finding]:
    """Nothing is said of what may be the user's in another spelling, nor without a profile to compare with."""
    if reported.recognised == MINE:
        return
    if reported.recognised == NOT_MINE:
        yield _finding(reported, _KIND_OF.get(reported.kind, FindingKind.NOT_RECOGNISED), _TOLD, Certainty.PRINTED)
    elif profile is not None:
        yield from _by_profile(reported, profile)


def _by_profile(reported: ReportedInformation, profile: Profile) -> Iterator[Finding]:
    kind = reported.kind
    if kind in _NAMES and profile.name:
        if person_names.best_likeness(reported.value, profile.names) is Likeness.OTHER:
            text = "This report gives a name that is not among the names in your profile."
            yield _finding(reported, FindingKind.NAME_NOT_YOURS, text, Certainty.LIKELY)
    elif kind in _ADDRESSES and profile.address:
        if addresses.best_likeness(reported.value, profile.addresses) is Likeness.OTHER:
            text = "This report gives an address that is not among the addresses in your profile."
            yield _finding(reported, FindingKind.ADDRESS_NOT_YOURS, text, Certainty.LIKELY)
    elif kind is PersonalKind.DATE_OF_BIRTH and profile.date_of_birth:
        if not profile.date_of_birth.isoformat().startswith(reported.value):
            text = "This report gives another date of birth than your profile."
            yield _finding(reported, FindingKind.IDENTITY_DIFFERS, text, Certainty.PRINTED)
    elif kind is PersonalKind.SSN_LAST4 and profile.ssn_last4 and profile.ssn_last4 != reported.value:
        text = "This report gives another social security number than your profile: its last four digits differ."
        yield _finding(reported, FindingKind.IDENTITY_DIFFERS, text, Certainty.PRINTED)


_TOLD: Final = "You said that this is not yours."
_KIND_OF: Final = {
    **dict.fromkeys(_NAMES, FindingKind.NAME_NOT_YOURS),
    **dict.fromkeys(_ADDRESSES, FindingKind.ADDRESS_NOT_YOURS),
}


def _finding(reported: ReportedInformation, kind: FindingKind, text: str, certainty: Certainty) -> Finding:
    said = (Said(reported.id, reported.kind, "", Subject.INFORMATION),)
    return Finding(kind, text, said, _RULE, ACCURACY, _MIXED, certainty)
