"""One account's values as a person reads them: label, value, what was printed, where, and what the user corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS
from tribureau.web import formats, wording

GROUPS: Final = (
    ("Account", ("creditor_name", "account_number", "account_type", "responsibility", "original_creditor")),
    (
        "How it stands",
        ("account_status", "payment_status", "balance", "past_due", "charge_off_amount"),
    ),
    ("Amounts", ("credit_limit", "high_balance", "original_amount", "monthly_payment", "terms")),
    (
        "Dates",
        (
            "date_opened",
            "date_closed",
            "date_of_first_delinquency",
            "date_last_payment",
            "date_last_activity",
            "date_reported",
        ),
    ),
    (
        "Late payments counted",
        ("late_payments_30", "late_payments_60", "late_payments_90", "late_payments_120"),
    ),
    ("Notes", ("disputed", "remarks", "comments")),
)
COUNT_FIELDS: Final = frozenset(field for field in GROUPS[4][1])
CORRECTABLE: Final = frozenset(field for _, fields in GROUPS for field in fields)


@dataclass(frozen=True)
class Fact:
    """A value with its story. `input_kind` picks the form control: choice, money, date, count, flag, long or text."""

    field: str
    label: str
    explanation: str
    value: Markup | str
    raw: str
    input_kind: str
    page: int | None = None
    printed: str | None = None
    rule: str | None = None
    doubtful: bool = False
    corrected: bool = False
    read_as: Markup | str | None = None

    @property
    def missing(self) -> bool:
        return self.raw == ""


@dataclass(frozen=True)
class FactGroup:
    title: str
    facts: list[Fact]


def fact_groups(tradeline: Mapping[str, Any], provenance: list[Any], corrections: list[Any]) -> list[FactGroup]:
    """The values that the report gives or the user set, by group; empty groups are left out."""
    facts = [
        FactGroup(title, [fact for fact in _facts(fields, tradeline, provenance, corrections) if not fact.missing])
        for title, fields in GROUPS
    ]
    return [group for group in facts if group.facts]


def missing_facts(tradeline: Mapping[str, Any], provenance: list[Any], corrections: list[Any]) -> list[Fact]:
    """What the report does not print and the user has not added."""
    fields = tuple(field for _, fields in GROUPS for field in fields)
    return [fact for fact in _facts(fields, tradeline, provenance, corrections) if fact.missing]


def _facts(
    fields: tuple[str, ...], tradeline: Mapping[str, Any], provenance: list[Any], corrections: list[Any]
) -> list[Fact]:
    places = {place["field"]: place for place in provenance}
    was_read = {correction["field"]: correction["read_value"] for correction in corrections}
    return [fact(field, tradeline, places.get(field), was_read) for field in fields]


def fact(
    field: str, tradeline: Mapping[str, Any], place: Mapping[str, Any] | None, was_read: Mapping[str, Any]
) -> Fact:
    """One value; `place` is its row of provenance, `was_read` what was read where the user corrected it, by field."""
    label, explanation = wording.term(wording.FIELDS, field)
    precision = tradeline.get(f"{field}_precision")
    read_precision = was_read.get(f"{field}_precision", precision)
    corrected = field in was_read or read_precision != precision
    return Fact(
        field,
        label,
        explanation,
        shown(field, tradeline.get(field), precision),
        raw_text(field, tradeline.get(field), precision),
        input_kind(field),
        page=place["page"] if place else None,
        printed=place["printed_text"] if place else None,
        rule=wording.rule_in_words(place["rule"]) if place else None,
        doubtful=bool(place and place.get("is_doubtful")),
        corrected=corrected,
        read_as=shown(field, was_read.get(field, tradeline.get(field)), read_precision) if corrected else None,
    )


def input_kind(field: str) -> str:
    """Which form control a field takes."""
    if field in wording.CHOICES:
        return "choice"
    if field in MONEY_FIELDS:
        return "money"
    if field in DATE_FIELDS:
        return "date"
    if field in COUNT_FIELDS:
        return "count"
    if field in {"remarks", "comments"}:
        return "long"
    return "flag" if field == "disputed" else "text"


def shown(field: str, value: Any, precision: str | None = None) -> Markup | str:
    """A value as people read it; «not printed» for none."""
    if value is None or value == "":
        return "not printed"
    match input_kind(field):
        case "choice":
            return wording.term(wording.CHOICES[field], value).word
        case "money":
            return formats.money(value)
        case "date":
            return formats.day_element(value, precision)
        case "flag":
            return "Yes" if value else "No"
        case _:
            return formats.masked_number(value) if field == "account_number" else str(value)


def raw_text(field: str, value: Any, precision: str | None) -> str:
    """A value as a form field holds it; empty for none, and for a count of zero or a flag that is off."""
    if value is None or (input_kind(field) in {"count", "flag"} and not value):
        return ""
    if input_kind(field) == "date":
        return formats.as_date(value).isoformat()[: {"year": 4, "month": 7}.get(precision or "day", 10)]
    if input_kind(field) == "money":
        return formats.money(value).replace("$", "").replace("−", "-")
    return "yes" if value is True else str(value)
