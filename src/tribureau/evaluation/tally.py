"""What one report's reading got right, counted; the counts of many reports add up."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rapidfuzz import fuzz

from tribureau.domain.tradelines import MonthCode
from tribureau.evaluation.matching import Account, matched
from tribureau.evaluation.values import COMPARED, CORE, comparable, is_right, plain

Tally = Counter[tuple[str, ...]]
"""Counts by subject, name and outcome: `("account", "found")`, `("field", "balance", "right")`."""
_UNREMARKABLE: Final = frozenset({MonthCode.OK.value, MonthCode.NO_DATA.value})
_LATE_COUNTS: Final = ("late_payments_30", "late_payments_60", "late_payments_90", "late_payments_120")
_SAME_PERSON: Final = 90


def tally_of(truth: Mapping[str, Any], read: Mapping[str, Any]) -> Tally:
    """Counts over one report: both are objects in the form of `tribureau read --json`."""
    printed, found = truth["tradelines"], read["tradelines"]
    pairs = matched(printed, found)
    tally: Tally = Counter({("report",): 1})
    tally["account", "printed"] += len(printed)
    tally["account", "read"] += len(found)
    tally["account", "found"] += len(pairs)
    for at, account in enumerate(printed):
        _count_account(tally, account, found[pairs[at]] if at in pairs else None)
    invented = [account for to, account in enumerate(found) if to not in set(pairs.values())]
    tally["negative", "invented"] += sum(bool(account["is_negative"]) for account in invented)
    whole = sum(_is_whole(printed[at], found[to]) for at, to in pairs.items())
    tally["account", "whole"] += whole
    tally["report", "whole"] += 0 < whole == len(printed) == len(found)
    tally.update(_beside_accounts(truth, read))
    return tally


def _count_account(tally: Tally, truth: Account, read: Account | None) -> None:
    for name in COMPARED:
        if comparable(name, truth.get(name)) is not None:
            tally["field", name, "printed"] += 1
    if read is not None:
        _count_fields(tally, truth, read)
        _count_totals(tally, truth, read)
    _count_months(tally, truth, read)
    _count_verdict(tally, truth, read)


def _is_whole(truth: Account, read: Account) -> bool:
    return all(is_right(name, truth, read) for name in CORE)


def _count_fields(tally: Tally, truth: Account, read: Account) -> None:
    for name in COMPARED:
        printed, found = comparable(name, truth.get(name)), comparable(name, read.get(name))
        right = is_right(name, truth, read)
        if printed is not None:
            tally["field", name, "matched"] += 1
            tally["field", name, "right"] += right
            tally["field", name, "missed"] += found is None
        elif found is not None:
            tally["field", name, "invented"] += not right
        if found is not None:
            tally["field", name, "read"] += 1
            tally["field", name, "read right"] += right


def _count_totals(tally: Tally, truth: Account, read: Account) -> None:
    """Totals of late payments, where either side has any; the dispute's mark."""
    if any(account.get(name) for account in (truth, read) for name in _LATE_COUNTS):
        for name in _LATE_COUNTS:
            others = [int(other or 0) for other in (truth.get("alternatives") or {}).get(name, [])]
            tally["late total", "all"] += 1
            tally["late total", "right"] += int(read.get(name) or 0) in [int(truth.get(name) or 0), *others]
    tally["disputed", "all"] += 1
    tally["disputed", "right"] += bool(truth.get("disputed")) == bool(read.get("disputed"))


def _count_months(tally: Tally, truth: Account, read: Account | None) -> None:
    printed: Mapping[str, str] = truth.get("payment_history") or {}
    found: Mapping[str, str] = (read or {}).get("payment_history") or {}
    bad, bad_read = _bad_months(printed), _bad_months(found)
    tally["late month", "found"] += len(bad & bad_read)
    tally["late month", "missed"] += len(bad - bad_read)
    tally["late month", "invented"] += len(bad_read - bad)
    if read is not None:
        on_time = [month for month, code in printed.items() if code == MonthCode.OK]
        tally["month on time", "all"] += len(on_time)
        tally["month on time", "right"] += sum(found.get(month) == MonthCode.OK for month in on_time)


def _bad_months(history: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(month, code) for month, code in history.items() if code not in _UNREMARKABLE}


def _count_verdict(tally: Tally, truth: Account, read: Account | None) -> None:
    """A negative account that was not found is a miss."""
    said = bool(read and read["is_negative"])
    match bool(truth["is_negative"]), said:
        case True, True:
            tally["negative", "found"] += 1
        case True, False:
            tally["negative", "missed"] += 1
        case False, True:
            tally["negative", "invented"] += 1
    for reason in truth.get("negative_reasons", []):
        tally["reason", reason, "all"] += 1
        tally["reason", reason, "right"] += said


def _beside_accounts(truth: Mapping[str, Any], read: Mapping[str, Any]) -> Tally:
    """The family, the person, scores and inquiries."""
    checks: Sequence[tuple[str, bool]] = [
        ("layout", read.get("layout") == truth["layout"]),
        *_person_checks(truth.get("personal_info") or {}, read.get("personal_info") or {}),
        *(("score", (read.get("scores") or {}).get(b) == s) for b, s in (truth.get("scores") or {}).items()),
    ]
    inquiries, counted = truth.get("inquiries_count") or {}, read.get("inquiries_count") or {}
    tally: Tally = Counter()
    for name, right in [*checks, *((f"{kind} inquiries", counted.get(kind) == n) for kind, n in inquiries.items())]:
        tally["beside", name, "all"] += 1
        tally["beside", name, "right"] += right
    _count_listed(tally, truth, read)
    return tally


def _count_listed(tally: Tally, truth: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Inquiries and public records one by one, names and employers; `invented` are those that nobody printed."""
    person = truth.get("personal_info") or {}
    for subject, printed, found in (
        ("each inquiry", map(_inquiry, truth.get("inquiries") or ()), map(_inquiry, read.get("inquiries") or ())),
        ("each public record", map(_record, _once(truth)), map(_record, _once(read))),
        ("other names", map(plain, person.get("also_known_as") or ()), map(plain, (read.get("names") or ())[1:])),
        ("employers", map(plain, person.get("employers") or ()), map(plain, read.get("employers") or ())),
    ):
        wanted, got = Counter(printed), Counter(found)
        tally["beside", subject, "all"] += wanted.total()
        tally["beside", subject, "right"] += (wanted & got).total()
        tally["beside", f"{subject}, precision", "all"] += got.total()
        tally["beside", f"{subject}, precision", "right"] += (wanted & got).total()


def _inquiry(one: Mapping[str, Any]) -> tuple[str, ...]:
    """Compared to the month, which every style prints."""
    return plain(one["creditor"]), one["bureau"], one["date"][:7], one["type"]


def _record(one: Mapping[str, Any]) -> tuple[str, ...]:
    return plain(one["type"]), str(one.get("filed") or one.get("filed_on") or "")[:7]


def _once(read: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A record that several bureaus print counts once, as the corpus has it."""
    return list({_record(one): one for one in read.get("public_records") or ()}.values())


def _person_checks(printed: Mapping[str, Any], read: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    for name in ("name", "current_address", "dob", "ssn_last4"):
        if value := printed.get(name):
            found = read.get(name) or ""
            same = found[: len(value)] == value if name == "dob" else _like(value, found)
            yield name, bool(found) and same


def _like(value: str, found: str) -> bool:
    return fuzz.ratio(plain(value), plain(found)) >= _SAME_PERSON
