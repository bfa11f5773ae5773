"""Whether a confidence means what it says: of the values that are given 0.9, nine in ten should be right."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from tribureau.evaluation.matching import Account, matched
from tribureau.evaluation.values import COMPARED, comparable, is_right

_MONTH: Final = "payment_history/"
_TENTHS: Final = 10


class Claim(NamedTuple):
    """A value that was read: how sure the reader was, and whether it is so."""

    confidence: float
    right: bool


class Decile(NamedTuple):
    """The claims whose confidence lies from `low` up to the next tenth (the last one holds 1.0)."""

    low: float
    claims: int
    mean_confidence: float
    right: float


def claims(truth: Mapping[str, Any], read: Mapping[str, Any]) -> Iterator[Claim]:
    """Every value of a report that has a source on its pages; those of an invented account are wrong."""
    accounts: list[Account] = truth["tradelines"]
    counterpart = {to: accounts[at] for at, to in matched(accounts, read["tradelines"]).items()}
    for to, account in enumerate(read["tradelines"]):
        for name, source in account["provenance"].items():
            right = _is_so(name, counterpart.get(to), account)
            if right is not None:
                yield Claim(source["confidence"], right)


def verdicts(truth: Mapping[str, Any], read: Mapping[str, Any]) -> Iterator[Claim]:
    """The verdicts on accounts that were found: negative or not."""
    accounts: list[Account] = truth["tradelines"]
    for at, to in matched(accounts, read["tradelines"]).items():
        account = read["tradelines"][to]
        yield Claim(account["negative"]["confidence"], accounts[at]["is_negative"] == account["is_negative"])


def _is_so(name: str, truth: Account | None, read: Account) -> bool | None:
    """None for what is not compared."""
    if name.startswith(_MONTH):
        month = name.removeprefix(_MONTH)
        return truth is not None and (truth.get("payment_history") or {}).get(month) == read["payment_history"][month]
    if name not in COMPARED or comparable(name, read.get(name)) is None:
        return None
    return truth is not None and is_right(name, truth, read)


def deciles(made: Iterable[Claim]) -> list[Decile]:
    """The tenths of confidence that have claims, least sure first."""
    tenths: dict[int, list[Claim]] = {}
    for claim in made:
        tenths.setdefault(min(int(claim.confidence * _TENTHS), _TENTHS - 1), []).append(claim)
    return [_decile(tenth, inside) for tenth, inside in sorted(tenths.items())]


def _decile(tenth: int, inside: list[Claim]) -> Decile:
    mean = sum(claim.confidence for claim in inside) / len(inside)
    return Decile(tenth / _TENTHS, len(inside), mean, sum(claim.right for claim in inside) / len(inside))


def expected_calibration_error(table: list[Decile]) -> float | None:
    """The mean distance between confidence and being right, weighted by claims (Naeini et al. 2015)."""
    total = sum(decile.claims for decile in table)
    return (
        sum(decile.claims * abs(decile.right - decile.mean_confidence) for decile in table) / total if total else None
    )
