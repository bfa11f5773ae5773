"""All findings beside the accounts, each under the key by which it is the same finding the next time."""

from collections.abc import Iterable, Iterator

from tribureau.domain.findings.finding import Finding
from tribureau.domain.findings.inquiries import inquiry_findings
from tribureau.domain.findings.items import BesideAccounts
from tribureau.domain.findings.personal import personal_findings
from tribureau.domain.findings.public_records import record_findings


def find_beside_accounts(beside: BesideAccounts) -> dict[str, Finding]:
    """Findings by key. A thing that one report prints twice gives one finding."""
    found: dict[str, Finding] = {}
    for key, findings in _all(beside):
        for finding in findings:
            found.setdefault(f"{finding.kind} {key}", finding)
    return found


def _all(beside: BesideAccounts) -> Iterator[tuple[str, Iterable[Finding]]]:
    for inquiry in beside.inquiries:
        yield inquiry.key, inquiry_findings(inquiry)
    for record in beside.records:
        yield record.key, record_findings(record)
    for information in beside.information:
        yield information.key, personal_findings(information, beside.profile)
