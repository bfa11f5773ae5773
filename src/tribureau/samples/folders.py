"""Sample reports and their truth as files: `pdf/` and `truth/`, a name for both."""

import json
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from tribureau.domain.errors import InvalidInput
from tribureau.samples.reports import FAMILIES, SampleReport, make_report

ZIP_CODE: Final = "00041"
"""What opens a locked sample; its truth says so too."""

HARD: Final[tuple[dict[str, Any], ...]] = (
    {"scanned": True},
    {"locked_with": ZIP_CODE},
    {"truncated": True},
    {"decoy": True},
)


def write_samples(
    folder: Path,
    families: list[str] | None = None,
    count: int = 18,
    seed: int = 1,
    *,
    styles: str = "ABCD",
    hard_cases: bool = False,
    on_written: Callable[[Path], None] = lambda _: None,
    **variant: Any,
) -> list[Path]:
    """Writes `count` reports into `folder`/pdf and their truth into `folder`/truth; returns the PDFs.

    Families and styles take turns; not every family has a style D. With `hard_cases` every fifth is scanned, locked,
    cut off or no report at all; `variant` makes all of them so, as `make_report` takes it.
    Raises InvalidInput for a family that there is not.
    """
    pdfs, truths = folder / "pdf", folder / "truth"
    for place in (pdfs, truths):
        place.mkdir(parents=True, exist_ok=True)
    written = []
    for report in islice(_reports(families, styles, seed, variant, hard_cases=hard_cases), count):
        path = pdfs / report.file_name
        path.write_bytes(report.pdf)
        truth = json.dumps(report.truth, ensure_ascii=False, indent=1)
        (truths / f"{path.stem}.json").write_text(truth, encoding="utf-8")
        on_written(path)
        written.append(path)
    return written


def _reports(
    families: list[str] | None, styles: str, seed: int, variant: dict[str, Any], *, hard_cases: bool
) -> Iterator[SampleReport]:
    unknown = sorted(set(families or ()) - set(FAMILIES))
    if unknown:
        raise InvalidInput(f"There is no family «{', '.join(unknown)}».", hint=f"One of: {', '.join(FAMILIES)}.")
    chosen = [(family, style) for style in styles for family in families or FAMILIES if style in FAMILIES[family]]
    if not chosen:
        raise InvalidInput(f"There is no style «{styles}».", hint="Styles are A to D.")
    hard = cycle(HARD)
    for number, (family, style) in enumerate(cycle(chosen)):
        made = next(hard) if hard_cases and number % 5 == 4 else variant
        yield make_report(family, style=style, seed=seed + number, **made)
