"""How many pages a second the reader reads on one core, beside taking the bare text out of the same files."""

import pypdfium2

from benchmarks.measurements import Measurement, quickest
from tribureau.reader import read_report
from tribureau.samples import FAMILIES, make_report

_SMALLEST_SHARE = 0.2


def measure() -> list[Measurement]:
    files = [make_report(family, style=style, seed=7).pdf for family in FAMILIES for style in "ABC"]
    pages = sum(len(pypdfium2.PdfDocument(pdf)) for pdf in files)

    def text_alone() -> None:
        for pdf in files:
            for page in pypdfium2.PdfDocument(pdf):
                page.get_textpage().get_text_range()

    def reading() -> None:
        for pdf in files:
            read_report(pdf)

    ours, plain = pages / quickest(reading, 5), pages / quickest(text_alone, 5)
    return [
        Measurement(
            name="reading",
            value=round(ours, 1),
            unit="pages/s",
            baseline_name="pypdfium2, text alone",
            baseline=round(plain, 1),
            goal=f"at least {_SMALLEST_SHARE} of the baseline",
            met=ours / plain >= _SMALLEST_SHARE,
        )
    ]
