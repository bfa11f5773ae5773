"""A labelled folder evaluated: figures by layout, style and scan, special files, and how far confidences hold."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from tribureau.domain.errors import PasswordRequired
from tribureau.evaluation.figures import Figures, details, figures
from tribureau.evaluation.matching import matched
from tribureau.evaluation.reliability import (
    Bin,
    Claim,
    Marking,
    bins,
    brier_score,
    claims,
    expected_calibration_error,
    marking,
    verdicts,
)
from tribureau.evaluation.tally import Tally, tally_of

_NOTHING_INVENTED: Final = 0.9
"""This share of what is read of a file that was cut off must be in its truth."""


@dataclass(frozen=True)
class Reliability:
    """`table` in bins of equal count; `marking` is what «please check» does at the threshold in use."""

    table: list[Bin]
    expected_calibration_error: float | None
    brier_score: float | None
    marking: Marking

    @classmethod
    def of(cls, made: list[Claim], check_below: float) -> "Reliability":
        table = bins(made)
        return cls(table, expected_calibration_error(table), brier_score(made), marking(made, check_below))


@dataclass(frozen=True)
class Evaluation:
    """`slices` holds the figures of «all», «text», «scanned», «layout:…» and «style:…/…».

    `values` and `verdicts` tell of «text» and «scanned» how far confidences hold.
    """

    slices: dict[str, Figures]
    details: dict[str, Any]
    special: dict[str, Figures]
    values: dict[str, Reliability]
    verdicts: dict[str, Reliability]

    def as_object(self) -> dict[str, Any]:
        return {
            "slices": self.slices,
            **self.details,
            "special_files": self.special,
            "reliability": {
                "values": {name: _plain(one) for name, one in self.values.items()},
                "verdicts": {name: _plain(one) for name, one in self.verdicts.items()},
            },
        }


@dataclass
class _Sums:
    slices: dict[str, Tally] = field(default_factory=dict)
    special: Tally = field(default_factory=Counter)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    verdicts: dict[str, list[Claim]] = field(default_factory=dict)


def evaluate(
    truths: Sequence[Mapping[str, Any]], read: Mapping[str, Mapping[str, Any]], check_below: float = 0.8
) -> Evaluation:
    """`truths` beside the readings by file name. A reading that is missing has found nothing. Values that are read with
    less confidence than `check_below` count as marked for their user.
    """
    sums = _Sums()
    for truth in truths:
        _add(sums, truth, read.get(truth["file"], {"error": "not_read", "tradelines": []}))
    everything = sums.slices.get("all", Counter())
    kinds = sorted({key[0] for key in sums.special})
    return Evaluation(
        slices={name: figures(tally) for name, tally in sums.slices.items()},
        details=details(everything),
        special={kind: {"n": sums.special[kind, "all"], "right": sums.special[kind, "right"]} for kind in kinds},
        values={name: Reliability.of(made, check_below) for name, made in sums.claims.items()},
        verdicts={name: Reliability.of(made, check_below) for name, made in sums.verdicts.items()},
    )


def _add(sums: _Sums, truth: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    if (special := _special(truth, read)) is not None:
        kind, right = special
        sums.special[kind, "all"] += 1
        sums.special[kind, "right"] += right
        return
    tally = tally_of(truth, read)
    for name in _slices_of(truth):
        sums.slices.setdefault(name, Counter()).update(tally)
    kind = _kind_of(truth)
    sums.claims.setdefault(kind, []).extend(claims(truth, read))
    sums.verdicts.setdefault(kind, []).extend(verdicts(truth, read))


def _slices_of(truth: Mapping[str, Any]) -> Iterator[str]:
    yield "all"
    yield _kind_of(truth)
    yield f"layout:{truth['layout']}"
    yield f"style:{truth['layout']}/{truth['style']}"


def _kind_of(truth: Mapping[str, Any]) -> str:
    return "scanned" if truth["variant"]["scanned"] else "text"


def _special(truth: Mapping[str, Any], read: Mapping[str, Any]) -> tuple[str, bool] | None:
    """Files that are not scored by their accounts: which kind, and whether they were met as they should be."""
    if truth["variant"]["truncated"]:
        return "truncated", bool(read["error"]) or _invents_nothing(truth, read)
    if truth["layout"].startswith("decoy"):
        return "decoys", not read["tradelines"]
    if truth["variant"]["password"]:
        return "locked", read["error"] == PasswordRequired.code
    return None


def _invents_nothing(truth: Mapping[str, Any], read: Mapping[str, Any]) -> bool:
    found = read["tradelines"]
    return len(matched(truth["tradelines"], found)) >= _NOTHING_INVENTED * len(found)


def _plain(reliability: Reliability) -> dict[str, Any]:
    table = [one._asdict() for one in reliability.table]
    return asdict(reliability) | {"table": table, "marking": reliability.marking._asdict()}
