"""How well a style is read that the declarations have never seen: every wording that only it prints is taken out first.

Taken out are labels, headings, groups and cues, where they stand in the declarations, and labels in the thesaurus; the
engine stays as it is, and was written with these styles in view, so the figure is an upper bound of what a new style
gets.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any, TypeVar
from unittest.mock import patch

from benchmarks.measurements import Measurement
from tribureau.domain.errors import TribureauError
from tribureau.evaluation.evaluation import evaluate
from tribureau.evaluation.figures import Figures
from tribureau.reader import read as reading
from tribureau.reader import thesaurus
from tribureau.reader.labels import tokens
from tribureau.reader.layouts import LAYOUTS, three_bureau_words
from tribureau.reader.layouts.declaration import Layout
from tribureau.reader.pages import Page
from tribureau.reader.pdf_text import pages_of
from tribureau.reader.report_json import error_object, report_object
from tribureau.reader.single_bureau import accounts
from tribureau.reader.single_bureau.layout import BlockLayout
from tribureau.reader.tri_merge import wording
from tribureau.reader.tri_merge.layout import ThreeBureauLayout
from tribureau.samples import FAMILIES, make_report

SEEDS = (81, 82)
LEAST_SHARE = 0.9
Key = TypeVar("Key")
Style = tuple[str, str]
Kept = Callable[[str], bool]
_STYLES: list[Style] = [(family, style) for family, styles in FAMILIES.items() for style in styles]
_THREE_BUREAUS = {layout.family for layout in LAYOUTS if isinstance(layout, ThreeBureauLayout)}


def measure() -> list[Measurement]:
    return [_measurement(style) for style in _STYLES]


def _measurement(style: Style) -> Measurement:
    whole, (left_out, dropped) = _read(style), read_without(style)
    figure, baseline = left_out["core_field_recall_end_to_end"] or 0, whole["core_field_recall_end_to_end"] or 1
    others = ", ".join(f"{name} {_shown(left_out[key])}" for name, key in _BESIDE.items())
    return Measurement(
        name=f"{'/'.join(style)} without its {dropped} own wordings ({others})",
        value=round(figure, 3),
        unit="of core fields",
        baseline_name="whole declaration",
        baseline=round(baseline, 3),
        goal=f"at least {LEAST_SHARE} of the baseline",
        met=figure / baseline >= LEAST_SHARE,
    )


_BESIDE = {
    "accounts P": "account_precision",
    "accounts R": "account_recall",
    "negative P": "negative_precision",
    "negative R": "negative_recall",
}


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


def read_without(style: Style) -> tuple[Figures, int]:
    """The figures of a style read by declarations without the wordings that are its own, and how many those are."""
    dropped: set[str] = set()
    with ExitStack() as changed:
        similar = _without(thesaurus.WORDINGS, _keeps(style, _STYLES, dropped))
        changed.enter_context(patch.object(accounts, "WORDINGS", similar))
        changed.enter_context(patch.object(wording, "WORDINGS", similar))
        if style[0] not in _THREE_BUREAUS:
            common = _without(accounts.COMMON_LABELS, _keeps(style, _single_bureau_styles(), dropped))
            changed.enter_context(patch.object(accounts, "COMMON_LABELS", common))
        layouts = tuple(_reduced(layout, style, dropped) for layout in LAYOUTS)
        changed.enter_context(patch.object(reading, "LAYOUTS", layouts))
        return _read(style), len(dropped)


def _read(style: Style) -> Figures:
    truths = [truth for truth, _ in samples(style)]
    read = {truth["file"]: _object(truth["file"], pages) for truth, pages in samples(style)}
    return evaluate(truths, read).slices["all"]


def _object(file: str, pages: list[Page]) -> dict[str, Any]:
    try:
        return report_object(file, reading.read_pages(pages))
    except TribureauError as error:
        return error_object(file, error)


@cache
def samples(style: Style) -> list[tuple[dict[str, Any], list[Page]]]:
    made = [make_report(style[0], style=style[1], seed=seed, accounts=6) for seed in SEEDS]
    return [(sample.truth, list(pages_of(sample.pdf))) for sample in made]


@cache
def words_of(style: Style) -> str:
    """All that a style prints, as words between blanks."""
    lines = (line.text for _, pages in samples(style) for page in pages for line in page.lines)
    return f" {' '.join(chain.from_iterable(map(tokens, lines)))} "


def _single_bureau_styles() -> list[Style]:
    return [style for style in _STYLES if style[0] not in _THREE_BUREAUS]


def _keeps(style: Style, known: Iterable[Style], dropped: set[str]) -> Kept:
    """Whether a wording stays: this style does not print it, or another that the declaration was written from does."""
    others = [other for other in known if other != style]

    def keeps(wording: str) -> bool:
        sought = f" {' '.join(tokens(wording))} "
        own = sought in words_of(style) and not any(sought in words_of(other) for other in others)
        if own:
            dropped.add(wording.lower())
        return not own

    return keeps


def _reduced(layout: Layout, style: Style, dropped: set[str]) -> Layout:
    """Three-bureau families share their words, so both are reduced; of the others only the style's own."""
    if layout.family in _THREE_BUREAUS and style[0] in _THREE_BUREAUS:
        keeps = _keeps(style, [other for other in _STYLES if other[0] in _THREE_BUREAUS], dropped)
        words = three_bureau_words
        reduced = wording.Wording(
            labels=_without(words.LABELS, keeps),
            sections=_without(words.SECTIONS, keeps),
            groups=_kept(words.GROUPS, keeps),
            histories=_kept(words.HISTORIES, keeps),
        )
        return ThreeBureauLayout(layout.family, _cues(layout, keeps), reduced)
    if layout.family != style[0] or not isinstance(layout, BlockLayout):
        return layout
    keeps = _keeps(style, [other for other in _STYLES if other[0] == layout.family], dropped)
    return replace(
        layout,
        cues=_cues(layout, keeps),
        labels=_without(layout.labels, keeps),
        sections=_without(layout.sections, keeps),
        groups=_kept(layout.groups, keeps),
        subheadings=_kept(layout.subheadings, keeps),
    )


def _cues(layout: Layout, keeps: Kept) -> dict[str, float]:
    return {cue: weight for cue, weight in layout.cues.items() if weight < 0 or keeps(cue)}


def _without(wordings: Mapping[Key, str], keeps: Kept) -> dict[Key, str]:
    return {key: kept for key, listed in wordings.items() if (kept := _kept(listed, keeps))}


def _kept(wordings: str, keeps: Kept) -> str:
    return "|".join(filter(keeps, wordings.split("|")))
