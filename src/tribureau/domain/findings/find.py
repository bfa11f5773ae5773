"""All findings of a user's reports, in an order that depends on nothing but them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from tribureau.domain.bureaus import Bureau
from tribureau.domain.findings.bureau_policy import medical_debts
from tribureau.domain.findings.consistency import contradictions
from tribureau.domain.findings.disagreement import disagreements
from tribureau.domain.findings.finding import Finding, Reported
from tribureau.domain.findings.over_time import re_aged, reinserted
from tribureau.domain.findings.reporting_period import too_old
from tribureau.domain.findings.same_debt import counted_twice

Key = TypeVar("Key", bound=Hashable)
Deletions = Mapping[tuple[UUID, Bureau], date]
"""By account and bureau: when the bureau said that it deleted the item."""


def find_all(snapshots: Iterable[Reported], deletions: Deletions | None = None) -> list[Finding]:
    """What does not add up in what each bureau says now, and in how it came to say so.

    Now is the newest report of an account at a bureau; an older one counts only as its past.
    """
    lines = sorted(snapshots, key=lambda one: (one.reported_on, str(one.upload), str(one.id)))
    past = _grouped(lines, lambda one: one.place)
    newest = [history[-1] for history in past.values()]
    found: list[Finding] = []
    for reported in newest:
        found += [*contradictions(reported), *too_old(reported), *medical_debts(reported)]
    for report in _grouped(newest, lambda one: one.upload).values():
        found += counted_twice(report)
    for account in _grouped(newest, lambda one: one.place[0]).values():
        found += disagreements(account)
    return [*found, *_changes(lines, past, deletions or {})]


def _changes(
    lines: Sequence[Reported], past: Mapping[tuple[UUID, Bureau], list[Reported]], deletions: Deletions
) -> Iterator[Finding]:
    reports = _grouped([one for one in lines if one.upload], lambda one: (one.tradeline.bureau, one.upload))
    lists = {bureau: [report for (of, _), report in reports.items() if of is bureau] for bureau in Bureau}
    for place, history in past.items():
        yield from re_aged(history)
        yield from reinserted(history, lists[place[1]], deletions.get(place))


def _grouped(lines: Iterable[Reported], key: Callable[[Reported], Key]) -> dict[Key, list[Reported]]:
    groups: defaultdict[Key, list[Reported]] = defaultdict(list)
    for reported in lines:
        groups[key(reported)].append(reported)
    return groups
