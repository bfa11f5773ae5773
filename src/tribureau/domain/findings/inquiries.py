"""Inquiries that are older than bureaus keep them, or that the user does not know."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from tribureau.domain.findings.finding import Certainty, Finding, FindingKind, Said, Subject
from tribureau.domain.findings.items import NOT_MINE, ReportedInquiry
from tribureau.domain.findings.reporting_period import latest_day, years_after
from tribureau.domain.personal_information import InquiryKind

_YEARS_KEPT: Final = 2
_A_MONTH: Final = timedelta(days=31)
"""Bureaus drop inquiries with a month's update, so one is called too old only after that."""


def inquiry_findings(reported: ReportedInquiry) -> Iterator[Finding]:
    if reported.kind is not InquiryKind.HARD:
        return
    until = years_after(latest_day(reported.inquired_on), _YEARS_KEPT)
    said = Said(reported.id, "inquired_on", reported.inquired_on.iso(), Subject.INQUIRY)
    if until + _A_MONTH < reported.reported_on:
        yield Finding(
            FindingKind.INQUIRY_TOO_OLD,
            "This hard inquiry is older than two years. The bureaus say that they take inquiries off after two years.",
            (said,),
            "A hard inquiry stays for two years",
            "The three bureaus' own policy; no law sets it. (15 USC 1681g(a)(3) says how far back you must be told: "
            "one year, two for employment.)",
            "Ask the bureau to remove it under its own policy.",
            Certainty.LIKELY,
            until,
        )
    if reported.recognised == NOT_MINE:
        yield Finding(
            FindingKind.NOT_RECOGNISED,
            "You said that you don't recognise this inquiry.",
            (Said(reported.id, "creditor_name", reported.creditor_name, Subject.INQUIRY), said),
            "A file may be given out only for a purpose that the law allows, such as your application",
            "15 USC 1681b(a) and (f), 1681i(a)",
            "Ask the company which application of yours it acted on, and the bureau to remove the inquiry if there was "
            "none. If somebody applied in your name, it may be identity theft.",
        )
