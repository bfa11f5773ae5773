"""All findings beside the accounts, each under the key by which it is the same finding the next time."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tribureau.domain.findings.finding import Finding
from tribureau.domain.findings.inquiries import inquiry_findings
from tribureau.domain.findings.items import BesideAccounts
from tribureau.domain.findings.personal import personal_findings
from tribureau.domain.findings.public_records import record_findings


def find_beside_accounts(beside: BesideAccounts) -> dict[str, Finding]:
    """Findings by key. What several bureaus say alike, or one report twice, is one finding that names them all."""
    found: dict[str, Finding] = {}
    for key, findings in _all(beside):
        for finding in findings:
            name = f"{finding.kind} {key}"
            known = found.get(name)
            found[name] = replace(known, said=known.said + finding.said) if known else finding
    return found


def _all(beside: BesideAccounts) -> Iterator[tuple[str, Iterable[Finding]]]:
    for inquiry in beside.inquiries:
        yield inquiry.key, inquiry_findings(inquiry)
    for record in beside.records:
        yield record.key, record_findings(record)
    for information in beside.information:
        yield information.key, personal_findings(information, beside.profile)
