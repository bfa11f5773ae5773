"""An evaluation as tables for people."""

from collections.abc import Iterable
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tribureau.evaluation.answers import ANSWER_HEADLINES
from tribureau.evaluation.evaluation import Evaluation, Reliability
from tribureau.evaluation.figures import HEADLINES, Figures

_Row = list[str | float | None]
_ACCURACY: Final = "Accuracy (P: precision, R: recall, late: F1 of late months)"
_ORDER: Final = ("all", "text", "scanned")


def print_evaluation(found: Evaluation) -> None:
    console = Console(highlight=False)
    names = [*(name for name in _ORDER if name in found.slices), *sorted(set(found.slices) - set(_ORDER))]
    slices = ([_short(name), *(found.slices[name][key] for key in HEADLINES)] for name in names)
    _print(console, _ACCURACY, ["", *HEADLINES.values()], slices)
    fields = ([name, *field.values()] for name, field in found.details["fields"].items())
    _print(console, "Fields", ["", "n", "right", "end to end", "missed", "invented"], fields)
    _print_shares(console, "Negative accounts found, by reason", found.details["negative_recall_by_reason"])
    _print_shares(console, "Beside the accounts", found.details["beside_accounts"])
    if found.special:
        _print_shares(console, "Special files, and how many were met as they should be", found.special)
    for name in found.values:
        _print_reliability(console, f"Confidence of values, {name}", found.values[name])
        _print_reliability(console, f"Confidence of verdicts, {name}", found.verdicts[name])


def print_answers(slices: dict[str, Figures]) -> None:
    """Bureaus' answers: how many were known, and how right their items are."""
    names = [*(name for name in _ORDER if name in slices), *sorted(set(slices) - set(_ORDER))]
    rows = ([_short(name), *(slices[name][key] for key in ANSWER_HEADLINES)] for name in names)
    _print(Console(highlight=False), "Answers to disputes", ["", *ANSWER_HEADLINES.values()], rows)


def _short(name: str) -> str:
    return name.removeprefix("layout:").removeprefix("bureau:").replace("style:", "  ")


def _print_shares(console: Console, title: str, shares: dict[str, Figures]) -> None:
    _print(console, title, ["", "n", "right"], ([name, one["n"], one["right"]] for name, one in shares.items()))


def _print_reliability(console: Console, title: str, reliability: Reliability) -> None:
    rows: list[_Row] = [
        [f"{one.low:.3f} to {one.high:.3f}", one.claims, one.mean_confidence, one.right] for one in reliability.table
    ]
    error, brier = _cell(reliability.expected_calibration_error), _cell(reliability.brier_score)
    _print(console, title, ["said", "n", "said on average", "right"], rows)
    console.print(f"expected calibration error {error}, Brier score {brier}")
    marked, of_wrong, of_right, wrong = map(_cell, reliability.marking)
    console.print(f"to check: {marked}; of wrong ones {of_wrong}, of right ones {of_right}; wrong among them {wrong}\n")


def _print(console: Console, title: str, columns: list[str], rows: Iterable[_Row]) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in rows:
        table.add_row(*map(_cell, row))
    console.print(Text(title, style="bold"))
    console.print(table)


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
