"""What a user agrees to before a page of theirs is read outside of this machine. A new wording is a new question."""

from dataclasses import dataclass
from typing import Final

WORDING_VERSION: Final = 1
"""Raised with every change of the sentences below: consent to an older wording no longer counts."""

TO_WHOM: Final = (
    "To Google, under the account of whoever runs this site: scanned pages to Google Document AI, and the text of all "
    "pages to Google Gemini, each only if it is turned on here."
)
WHAT: Final = (
    "The pages of reports that you upload from now on, or have read again: your name, addresses and accounts stand on "
    "them. Hidden before they leave: your Social Security number, also its last four digits, your date of birth, and "
    "account numbers that are printed in full. Tribureau hides what it recognises as such; on a bad scan it may miss "
    "one."
)
WHY: Final = (
    "Google reads poor scans better, and finds accounts in reports that Tribureau does not know. Tribureau believes "
    "only what it finds printed on your page. Without it your reports are read on this machine, as before."
)
UNREDACTED: Final = (
    "Also send scanned pages that this machine cannot look through first, so that nothing on them is hidden, your "
    "Social Security number included."
)


@dataclass(frozen=True, slots=True)
class CloudConsent:
    """What a user agreed to. `unredacted_pages`: pictures may go out that could not be looked through here."""

    unredacted_pages: bool
