"""Whether a confidence means what it says: of the values that are given 0.9, nine in ten should be right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from tribureau.evaluation.matching import Account, matched
from tribureau.evaluation.values import COMPARED, comparable, is_right

_MONTH: Final = "payment_history/"
_BINS: Final = 8


class Claim(NamedTuple):
    """A value that was read: how sure the reader was, whether it is so, and which field it is (none for a verdict)."""

    confidence: float
    right: bool
    field: str = ""


class Bin(NamedTuple):
    """About as many claims as in every other bin, from the least sure `low` to the surest `high`."""

    low: float
    high: float
    claims: int
    mean_confidence: float
    right: float


class Marking(NamedTuple):
    """What «please check» does: `of_wrong` is the share of wrong values that it marks, `of_right` that of right ones,
    `wrong` the share of wrong ones among the marked. None where there are none to share."""

    marked: int
    of_wrong: float | None
    of_right: float | None
    wrong: float | None


def claims(truth: Mapping[str, Any], read: Mapping[str, Any]) -> Iterator[Claim]:
    """Every value of a report that has a source on its pages; those of an invented account are wrong.

    Of an account whose number alone was misread that number is wrong; its other values are judged as they are.
    """
    accounts: list[Account] = truth["tradelines"]
    counterpart = _counterparts(accounts, read["tradelines"])
    for to, account in enumerate(read["tradelines"]):
        for name, source in account["provenance"].items():
            right = _is_so(name, counterpart.get(to), account)
            if right is not None:
                yield Claim(source["confidence"], right, name)


def _counterparts(accounts: Sequence[Account], read: Sequence[Account]) -> dict[int, Account]:
    sure = matched(accounts, read)
    left = [at for at in range(len(accounts)) if at not in sure]
    other = [to for to in range(len(read)) if to not in set(sure.values())]
    by_the_rest = matched([_numberless(accounts[at]) for at in left], [_numberless(read[to]) for to in other])
    return {to: accounts[at] for at, to in sure.items()} | {
        other[to]: accounts[left[at]] for at, to in by_the_rest.items()
    }


def _numberless(account: Account) -> Account:
    return {**account, "account_number": None, "account_number_last4": None}


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


def bins(made: Iterable[Claim]) -> list[Bin]:
    """Bins of equal count, least sure first; claims of one confidence stay together, so there may be fewer."""
    ordered = sorted(made)
    least = max(1, len(ordered) // _BINS)
    table: list[list[Claim]] = []
    for claim in ordered:
        if not table or (len(table[-1]) >= least and claim.confidence > table[-1][-1].confidence):
            table.append([])
        table[-1].append(claim)
    return [_bin(inside) for inside in table]


def _bin(inside: list[Claim]) -> Bin:
    count = len(inside)
    mean = sum(claim.confidence for claim in inside) / count
    right = sum(claim.right for claim in inside) / count
    return Bin(inside[0].confidence, inside[-1].confidence, count, mean, right)


def expected_calibration_error(table: list[Bin]) -> float | None:
    """The mean distance between confidence and being right, weighted by claims (Naeini et al. 2015)."""
    total = sum(one.claims for one in table)
    return sum(one.claims * abs(one.right - one.mean_confidence) for one in table) / total if total else None


def brier_score(made: Sequence[Claim]) -> float | None:
    """The mean squared distance between confidence and what is so: 0 is perfect (Brier 1950)."""
    return sum((claim.confidence - claim.right) ** 2 for claim in made) / len(made) if made else None


def marking(made: Sequence[Claim], below: float) -> Marking:
    """What a threshold marks."""
    marked = [claim for claim in made if claim.confidence < below]
    wrong, wrong_marked = sum(not claim.right for claim in made), sum(not claim.right for claim in marked)
    right = len(made) - wrong
    return Marking(
        len(marked),
        wrong_marked / wrong if wrong else None,
        (len(marked) - wrong_marked) / right if right else None,
        wrong_marked / len(marked) if marked else None,
    )
