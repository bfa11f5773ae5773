"""What can be disputed from an account's page: the account, a value of it or a finding, each with a fitting reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.letters.printed import item_kind
from tribureau.domain.letters.reasons import reasons_for
from tribureau.domain.letters.suggestions import reason_for_field, suggested_reason
from tribureau.workflows.stored_tradelines import stored_tradeline


@dataclass(frozen=True, slots=True)
class Disputing:
    """`dispute_id` and `status` are of what runs already, None where nothing does; `reasons` are those that fit."""

    tradeline_id: str
    names_bureau: bool
    dispute_id: str | None
    status: str | None
    reasons: frozenset[str]

    @property
    def may_begin(self) -> bool:
        """A draft is gone on with. What no bureau is named for is chosen on the page of new letters."""
        return self.names_bureau and self.status in {None, DisputeStatus.DRAFT}

    def by_field(self, field: str) -> str | None:
        """The reason why a value is wrong; None where none fits."""
        reason = reason_for_field(field)
        return reason if self.may_begin and reason in self.reasons else None

    def by_finding(self, kind: str) -> str:
        """The reason that the finding gives; empty where the user has to choose."""
        reason = suggested_reason(kind)
        return reason if reason in self.reasons and reason else ""


def disputing_of(tradeline: Mapping[str, Any], dispute: Mapping[str, Any] | None) -> Disputing:
    fitting = reasons_for(item_kind(stored_tradeline(tradeline)))
    return Disputing(
        str(tradeline["tradeline_id"]),
        tradeline["bureau"] != "All",
        str(dispute["dispute_id"]) if dispute else None,
        dispute["status"] if dispute else None,
        frozenset(reason.key for reason in fitting),
    )
