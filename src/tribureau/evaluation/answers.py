"""Bureaus' answers beside their truth: were they known as answers, their items found, and what came of each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tribureau.evaluation.figures import Figures, share
from tribureau.evaluation.matching import Numbers, compare_numbers, likeness_of_names

Item = Mapping[str, Any]
_LIKE_ENOUGH: Final = 72
_LIKE_ENOUGH_WITH_NUMBER: Final = 45
_OF_THE_LETTER: Final = ("kind", "bureau", "letter_date", "reference")

ANSWER_HEADLINES: Final = {
    "n_letters": "n",
    "recognised": "known",
    "letterhead": "head",
    "n_items": "items",
    "item_precision": "P",
    "item_recall": "R",
    "outcome_end_to_end": "outcome",
    "change_recall": "changes",
}
"""The figures of the table of answers and the headings of its columns."""


def is_answer(truth: Mapping[str, Any]) -> bool:
    """Whether the labelled file is an answer that is scored by its items."""
    variant = truth["variant"]
    return "response" in truth and not variant["password"] and not variant["truncated"]


def evaluate_answers(truths: Sequence[Mapping[str, Any]], read: Mapping[str, Mapping[str, Any]]) -> dict[str, Figures]:
    """Figures of «all», «text», «scanned», «bureau:…» and «style:…»; truths are those that `is_answer` holds for."""
    tallies: dict[str, Counter[str]] = {}
    for truth in truths:
        tally = _tally(truth["response"], read.get(truth["file"], {}).get("response"))
        for name in _slices_of(truth):
            tallies.setdefault(name, Counter()).update(tally)
    return {name: _figures(tally) for name, tally in tallies.items()}


def _slices_of(truth: Mapping[str, Any]) -> Iterator[str]:
    yield "all"
    yield "scanned" if truth["variant"]["scanned"] else "text"
    yield f"bureau:{truth['response']['bureau']}"
    yield f"style:{truth['style']}"


def _tally(truth: Mapping[str, Any], read: Mapping[str, Any] | None) -> Counter[str]:
    tally: Counter[str] = Counter(letters=1, items=len(truth["items"]))
    changes = [change for item in truth["items"] for change in item["changes"]]
    tally["changes"] += len(changes)
    if read is None:
        return tally
    tally["known"] += 1
    tally["head"] += sum(truth[name] == read[name] for name in _OF_THE_LETTER)
    tally["read"] += len(read["items"])
    tally["changes read"] += sum(len(item["changes"]) for item in read["items"])
    for printed, found in _matched(truth["items"], read["items"]):
        tally["found"] += 1
        tally["right"] += printed["outcome"] == found["outcome"]
        tally["changes right"] += len(_said(printed) & _said(found))
    return tally


def _matched(truth: Sequence[Item], read: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """One to one, in the order of the letter."""
    left = list(read)
    for printed in truth:
        found = next((item for item in left if _is_same(printed, item)), None)
        if found is not None:
            left.remove(found)
            yield printed, found


def _is_same(printed: Item, found: Item) -> bool:
    if printed["kind"] != found["kind"]:
        return False
    numbers = compare_numbers(printed["account_number"], found["account_number"])
    if numbers is Numbers.CONTRADICT or (printed["account_number"] and numbers is not Numbers.AGREE):
        return False
    enough = _LIKE_ENOUGH_WITH_NUMBER if numbers is Numbers.AGREE else _LIKE_ENOUGH
    return likeness_of_names(printed["creditor_name"], found["creditor_name"]) >= enough


def _said(item: Item) -> set[tuple[str, ...]]:
    return {(change["field"], str(change["before"]), change["after"]) for change in item["changes"]}


def _figures(tally: Counter[str]) -> Figures:
    return {
        "n_letters": tally["letters"],
        "recognised": share(tally["known"], tally["letters"]),
        "letterhead": share(tally["head"], len(_OF_THE_LETTER) * tally["letters"]),
        "n_items": tally["items"],
        "item_precision": share(tally["found"], tally["read"]),
        "item_recall": share(tally["found"], tally["items"]),
        "outcome_accuracy": share(tally["right"], tally["found"]),
        "outcome_end_to_end": share(tally["right"], tally["items"]),
        "change_precision": share(tally["changes right"], tally["changes read"]),
        "change_recall": share(tally["changes right"], tally["changes"]),
    }
