"""Readings as good or as bad as a test wants them: a truth with known damage done to it."""

import copy
from random import Random
from typing import Any

from tribureau.evaluation.values import COMPARED

Reading = dict[str, Any]


def perfect_reading(truth: dict[str, Any], confidence: float = 1.0) -> Reading:
    """What a reader that makes no mistake says of a report."""
    kept = ("file", "layout", "personal_info", "scores", "inquiries_count")
    reading = {name: copy.deepcopy(truth[name]) for name in kept} | {"error": None}
    return reading | {"tradelines": [_account(line, confidence) for line in truth["tradelines"]]}


def _account(line: dict[str, Any], confidence: float) -> dict[str, Any]:
    source = {"page": 1, "box": [0, 0, 1, 1], "printed": "", "rule": "", "confidence": confidence}
    account = copy.deepcopy(line)
    account["provenance"] = {name: source for name in COMPARED if line.get(name) not in (None, [])}
    account["negative"] = {"confidence": confidence}
    return account


def damaged_reading(truth: dict[str, Any], random: Random) -> Reading:
    """Accounts lost, doubled and renamed, values swapped, emptied and invented, months shifted, verdicts turned."""
    reading = perfect_reading(truth)
    lines = reading["tradelines"]
    for line in lines:
        if random.random() < 0.5:
            _damage(line, random.choice(lines), random)
    random.shuffle(lines)
    del lines[: random.choice((0, 0, 1, 2))]
    if lines and random.random() < 0.4:
        lines.append(copy.deepcopy(random.choice(lines)))
    return reading


def _damage(line: dict[str, Any], other: dict[str, Any], random: Random) -> None:
    for name in random.sample(COMPARED, 5):
        line[name] = random.choice((other.get(name), line.get(name), [] if name == "remarks" else None))
    line["creditor_name"] = random.choice((line["creditor_name"] or "BANK", f"{line['creditor_name']} NA", "NOBODY"))
    line["is_negative"] ^= random.random() < 0.2
    line["disputed"] ^= random.random() < 0.2
    line["late_payments_30"] = random.choice((line["late_payments_30"], 1))
    for month in list(line["payment_history"]):
        if random.random() < 0.1:
            line["payment_history"][month] = random.choice(("30", "60", "CO", "OK", "ND"))
