"""Counts as figures between 0 and 1; None where there was nothing to count."""

from typing import Any, Final

from tribureau.evaluation.tally import Tally
from tribureau.evaluation.values import COMPARED, CORE

Figures = dict[str, float | int | None]

HEADLINES: Final = {
    "account_precision": "acct P",
    "account_recall": "acct R",
    "core_field_recall_end_to_end": "core",
    "negative_precision": "neg P",
    "negative_recall": "neg R",
    "late_cell_f1": "late",
    "n_reports": "files",
    "n_accounts": "accts",
}
"""The figures of the accuracy table and the headings of its columns."""


def figures(tally: Tally) -> Figures:
    """The headline figures. Fields «end to end» charge the fields of accounts that were not found, too."""
    found = tally["account", "found"]
    negative = (tally["negative", "found"], tally["negative", "missed"], tally["negative", "invented"])
    late = (tally["late month", "found"], tally["late month", "missed"], tally["late month", "invented"])
    return {
        "n_reports": tally["report",],
        "n_accounts": tally["account", "printed"],
        **_detection("account", found, tally["account", "printed"] - found, tally["account", "read"] - found),
        "account_all_core_correct": share(tally["account", "whole"], tally["account", "printed"]),
        "report_perfect": share(tally["report", "whole"], tally["report",]),
        "field_accuracy_matched": _of_fields(tally, COMPARED, "right", "matched"),
        "field_recall_end_to_end": _of_fields(tally, COMPARED, "right", "printed"),
        "field_precision": _of_fields(tally, COMPARED, "read right", "read"),
        "core_field_accuracy_matched": _of_fields(tally, CORE, "right", "matched"),
        "core_field_recall_end_to_end": _of_fields(tally, CORE, "right", "printed"),
        **_detection("negative", *negative),
        **_detection("late_cell", *late),
        "ok_cell_accuracy": share(tally["month on time", "right"], tally["month on time", "all"]),
        "late_count_accuracy": share(tally["late total", "right"], tally["late total", "all"]),
        "disputed_accuracy": share(tally["disputed", "right"], tally["disputed", "all"]),
    }


def details(tally: Tally) -> dict[str, Any]:
    """By field, by reason of a negative verdict, and beside the accounts."""
    return {
        "fields": {name: _field(tally, name) for name in COMPARED},
        "negative_recall_by_reason": _shares(tally, "reason"),
        "beside_accounts": _shares(tally, "beside"),
    }


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _of_fields(tally: Tally, names: tuple[str, ...], part: str, whole: str) -> float | None:
    return share(*(sum(tally["field", name, outcome] for name in names) for outcome in (part, whole)))


def _detection(name: str, found: int, missed: int, invented: int) -> Figures:
    """F1 is None where nothing was there or nothing was said."""
    precision, recall = share(found, found + invented), share(found, found + missed)
    known = precision is not None and recall is not None
    f1 = 2 * found / (2 * found + missed + invented) if known else None
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": f1}


def _field(tally: Tally, name: str) -> Figures:
    return {
        "n": tally["field", name, "matched"],
        "accuracy": share(tally["field", name, "right"], tally["field", name, "matched"]),
        "end_to_end": share(tally["field", name, "right"], tally["field", name, "printed"]),
        "missed": tally["field", name, "missed"],
        "invented": tally["field", name, "invented"],
    }


def _shares(tally: Tally, subject: str) -> dict[str, Figures]:
    names = sorted({key[1] for key in tally if key[0] == subject})
    return {
        name: {
            "n": tally[subject, name, "all"],
            "right": share(tally[subject, name, "right"], tally[subject, name, "all"]),
        }
        for name in names
    }
