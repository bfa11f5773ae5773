"""How well every style is read when its labels and headings are put in other words, all of them, at random."""

import re
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

from benchmarks.measurements import Measurement
from benchmarks.other_words import HEADINGS, LABELS, SAID_OF
from tribureau.domain.errors import TribureauError
from tribureau.evaluation.evaluation import evaluate
from tribureau.reader.labels import tokens
from tribureau.reader.layouts import LAYOUTS
from tribureau.reader.layouts.three_bureau_words import ACCOUNT_LABELS
from tribureau.reader.read import read_report
from tribureau.reader.report_json import error_object, report_object
from tribureau.reader.single_bureau.bureau_labels import COMMON_LABELS
from tribureau.reader.single_bureau.layout import BlockLayout
from tribureau.samples import FAMILIES, make_report, reports
from tribureau.samples.typesetting import typeset

SEEDS = (5, 6)
LEAST = 0.9
_KEPT = frozenset({"closed", "current", "open", ">placed for collection<"})
"""Values that read like labels."""
Say = Callable[[str], str | None]


def measure() -> list[Measurement]:
    return [_measurement(family, style) for family, styles in FAMILIES.items() for style in styles]


def _measurement(family: str, style: str) -> Measurement:
    truths, read = [], {}
    for seed in SEEDS:
        sample = reworded(family, style, seed)
        truths.append(sample.truth)
        try:
            read[sample.file_name] = report_object(sample.file_name, read_report(sample.pdf))
        except TribureauError as error:
            read[sample.file_name] = error_object(sample.file_name, error)
    found = evaluate(truths, read).slices["all"]
    figure = found["core_field_recall_end_to_end"] or 0
    return Measurement(
        name=f"{family}/{style} in other words (accounts P {found['account_precision']}, R {found['account_recall']})",
        value=round(figure, 3),
        unit="of core fields",
        baseline_name="a perfect reading",
        baseline=1.0,
        goal=f"at least {LEAST}",
        met=figure >= LEAST,
    )


def reworded(family: str, style: str, seed: int) -> reports.SampleReport:
    """A sample whose every known label and heading is replaced, each by one wording throughout."""
    random = Random(f"{family}{style}{seed}")
    chosen: dict[str, str] = {}
    questions = _questions(family)

    def label(text: str) -> str | None:
        words = " ".join(tokens(text))
        listed = LABELS.get(questions.get(tokens(text), ""), ())
        if listed and words not in chosen:
            chosen[words] = random.choice([one for one in listed if one not in chosen.values()] or [text])
        return chosen[words] if listed else None

    def heading(text: str) -> str | None:
        kind = next((kind for kind, shape in SAID_OF.items() if re.search(shape, text.lower())), None)
        return chosen.setdefault(f"heading {text}", random.choice(HEADINGS[kind])) if kind else None

    print_it = partial(_reword, label=label, heading=heading)
    with patch.object(reports, "typeset", lambda look, blocks: typeset(look, [print_it(block) for block in blocks])):
        return make_report(family, style=style, seed=seed, accounts=7)


def _questions(family: str) -> dict[tuple[str, ...], str]:
    layout = next(layout for layout in LAYOUTS if layout.family == family)
    books = [COMMON_LABELS, layout.labels] if isinstance(layout, BlockLayout) else [ACCOUNT_LABELS]
    return {
        tokens(words): "type_words" if question == "type" else question
        for book in books
        for question, listed in book.items()
        for words in listed.split("|")
    }


def _reword(block: dict[str, Any], *, label: Say, heading: Say) -> dict[str, Any]:
    cell = partial(_cell, label=label)
    match block["kind"]:
        case "heading" | "subheading" | "caption" | "title":
            return block | {"text": heading(block["text"]) or cell(block["text"])}
        case "line":
            return block | {"text": cell(block["text"])}
        case "table":
            rows = [
                [one if at and str(one).lower() in _KEPT else cell(one) for at, one in enumerate(row)]
                for row in block["rows"]
            ]
            return block | {"rows": rows, "head": block["head"] and [cell(one) for one in block["head"]]}
        case _:
            return block


def _cell(text: Any, label: Say) -> Any:
    if not isinstance(text, str):
        return text
    bare = text.rstrip(":")
    whole = label(bare)
    if whole:
        return whole + text[len(bare) :]
    return " | ".join(_run(part, label) for part in text.split(" | "))


def _run(part: str, label: Say) -> str:
    words, colon, rest = part.partition(":")
    said = label(words) if colon else None
    return f"{said}:{rest}" if said else part
