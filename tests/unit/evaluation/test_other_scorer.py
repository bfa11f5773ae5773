"""Our figures beside those of the scorer that stands in the labelled corpus: two programs, one set of rules."""

import importlib.util
import os
from collections import Counter
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from tests.unit.evaluation.readings import damaged_reading

from tribureau.evaluation.evaluation import evaluate
from tribureau.samples import FAMILIES, make_report


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = Path(os.environ.get("TRIBUREAU_CORPUS") or "/nowhere") / "score.py"
    spec = importlib.util.spec_from_file_location("scorer_of_the_corpus", path)
    if not path.is_file() or spec is None or spec.loader is None:
        pytest.skip(
            "Not tested that `tribureau evaluate` agrees with the corpus's own scorer: name the folder of its score.py "
            "in TRIBUREAU_CORPUS."
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("family", FAMILIES)
def test_both_give_the_same_figures(scorer: ModuleType, family: str) -> None:
    random = Random(family)  # noqa: S311
    truths = [make_report(family, style=style, seed=seed).truth for style in "AB" for seed in (51, 52)]
    for _ in range(10):
        readings = {truth["file"]: damaged_reading(truth, random) for truth in truths}
        theirs: Counter[str] = Counter()
        for truth in truths:
            theirs.update(scorer.score_file(truth, readings[truth["file"]]))
        ours = evaluate(truths, readings).slices["all"]

        expected = scorer.headline(theirs)
        assert set(ours) == set(expected)
        assert ours == pytest.approx(expected, abs=1e-9)
        assert ours["account_recall"] < 1, "damage that costs nothing tests nothing"  # type: ignore[operator]
