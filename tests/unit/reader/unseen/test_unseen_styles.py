"""Styles that no declaration was written from are read by their structure and the sense of their words."""

from collections import Counter
from typing import Any

import pytest
from tests.unit.reader.unseen import merged, single

from tribureau.evaluation.evaluation import evaluate
from tribureau.evaluation.figures import Figures
from tribureau.reader.pages import Page
from tribureau.reader.read import read_pages
from tribureau.reader.report_json import report_object

SEEDS = (1, 2)
LEAST_CORE = 0.9


def figures_of(style: Any, draw: Any) -> Figures:
    drawn: list[tuple[dict[str, Any], list[Page]]] = [draw(style, seed) for seed in SEEDS]
    read = {truth["file"]: report_object(truth["file"], read_pages(pages)) for truth, pages in drawn}
    return evaluate([truth for truth, _ in drawn], read).slices["all"]


@pytest.mark.parametrize(
    ("style", "draw"),
    [
        *[pytest.param(style, single.draw, id=style.name) for style in single.STYLES],
        *[pytest.param(style, merged.draw, id=style.name) for style in merged.STYLES],
    ],
)
def test_an_unseen_style_is_read(style: Any, draw: Any) -> None:
    found = figures_of(style, draw)
    assert found["account_precision"] == 1
    assert found["negative_precision"] == 1
    assert found["core_field_recall_end_to_end"] is not None
    assert found["core_field_recall_end_to_end"] >= LEAST_CORE


def test_what_is_found_by_a_weaker_rule_says_so() -> None:
    _, pages = single.draw(single.STYLES[0], 1)
    trust = {
        (evidence.rule.partition(":")[0], evidence.confidence)
        for read in read_pages(pages).tradelines
        for evidence in read.evidence.values()
        if "label" in evidence.rule
    }
    kinds = Counter(rule for rule, _ in trust)
    assert {"label", "similar label", "likely label"} <= set(kinds)
    assert max(c for rule, c in trust if rule == "likely label") < 0.8
    assert max(c for rule, c in trust if rule == "similar label") < 1
