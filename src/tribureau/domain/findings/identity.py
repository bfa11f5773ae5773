"""Which finding of now is which one of before, so that what the user dismissed stays dismissed."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from tribureau.domain.findings.finding import Finding, FindingKind, Reported

_TOLD_APART_BY_FIELD: Final = (FindingKind.BUREAUS_DISAGREE, FindingKind.DATES_OUT_OF_ORDER)
"""Kinds of which one account may have several; any other stays the same while its months and amounts change."""


def identity(finding: Finding, reported: Mapping[UUID, Reported]) -> str:
    """The kind, the accounts at their bureaus and the fields, whatever reports they stand in."""
    places = {f"{account}@{bureau}" for account, bureau in (reported[id_].place for id_ in finding.tradelines)}
    fields = {said.field for said in finding.said} if finding.kind in _TOLD_APART_BY_FIELD else set()
    return " ".join([finding.kind, *sorted(places), *sorted(fields)])
