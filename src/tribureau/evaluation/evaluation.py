"""A labelled folder evaluated: figures by layout, style and scan, special files, and how far confidences hold."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from tribureau.domain.errors import PasswordRequired
from tribureau.evaluation.figures import Figures, details, figures
from tribureau.evaluation.matching import matched
from tribureau.evaluation.reliability import (
    Claim,
    Decile,
    claims,
    deciles,
    expected_calibration_error,
    verdicts,
)
from tribureau.evaluation.tally import Tally, tally_of

_NOTHING_INVENTED: Final = 0.9
"""This share of what is read of a file that was cut off must be in its truth."""


@dataclass(frozen=True)
class Reliability:
    table: list[Decile]
    expected_calibration_error: float | None

    @classmethod
    def of(cls, made: list[Claim]) -> "Reliability":
        table = deciles(made)
        return cls(table, expected_calibration_error(table))


@dataclass(frozen=True)
class Evaluation:
    """`slices` holds the figures of «all», «text», «scanned», «layout:…» and «style:…/…»."""

    slices: dict[str, Figures]
    details: dict[str, Any]
    special: dict[str, Figures]
    values: Reliability
    verdicts: Reliability

    def as_object(self) -> dict[str, Any]:
        return {
            "slices": self.slices,
            **self.details,
            "special_files": self.special,
            "reliability": {"values": _plain(self.values), "verdicts": _plain(self.verdicts)},
        }


@dataclass
class _Sums:
    slices: dict[str, Tally] = field(default_factory=dict)
    special: Tally = field(default_factory=Counter)
    claims: list[Claim] = field(default_factory=list)
    verdicts: list[Claim] = field(default_factory=list)


def evaluate(truths: Sequence[Mapping[str, Any]], read: Mapping[str, Mapping[str, Any]]) -> Evaluation:
    """`truths` beside the readings by file name. A reading that is missing has found nothing."""
    sums = _Sums()
    for truth in truths:
        _add(sums, truth, read.get(truth["file"], {"error": "not_read", "tradelines": []}))
    everything = sums.slices.get("all", Counter())
    kinds = sorted({key[0] for key in sums.special})
    return Evaluation(
        slices={name: figures(tally) for name, tally in sums.slices.items()},
        details=details(everything),
        special={kind: {"n": sums.special[kind, "all"], "right": sums.special[kind, "right"]} for kind in kinds},
        values=Reliability.of(sums.claims),
        verdicts=Reliability.of(sums.verdicts),
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
    sums.claims += claims(truth, read)
    sums.verdicts += verdicts(truth, read)


def _slices_of(truth: Mapping[str, Any]) -> Iterator[str]:
    yield "all"
    yield "scanned" if truth["variant"]["scanned"] else "text"
    yield f"layout:{truth['layout']}"
    yield f"style:{truth['layout']}/{truth['style']}"


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
    return asdict(reliability) | {"table": [decile._asdict() for decile in reliability.table]}
