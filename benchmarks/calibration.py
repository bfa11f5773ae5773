"""Whether confidences on scans hold for people that the map was not made from, and what a new map would be.

One scanned report of each style is read twice over: as it is, and with maps that change nothing. `reader/confidence.py`
keeps the maps; a person draws their few points through the steps that this prints.
"""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple
from unittest.mock import patch

from benchmarks.measurements import Measurement
from tribureau.evaluation.reliability import Claim, bins, claims, expected_calibration_error, marking
from tribureau.reader import confidence
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.tesseract import Tesseract, tesseract_program
from tribureau.reader.ocr.words import Picture, PictureRead
from tribureau.reader.read import read_report
from tribureau.reader.report_json import report_object
from tribureau.reader.scans import Scans
from tribureau.samples import FAMILIES, make_report

SEED: Final = 9000
"""The map was made from other seeds."""
_ACCOUNTS: Final = 3
_CHECK_BELOW: Final = 0.8
_UNCHANGED: Final = dict.fromkeys(confidence.MAPS, ((0.0, 0.0), (1.0, 1.0)))


class Step(NamedTuple):
    """Scores up to `high` are right so often, by pool-adjacent-violators; Laplace's rule keeps small steps modest."""

    high: float
    claims: int
    right: float


def measure() -> list[Measurement]:
    program = tesseract_program()
    if program is None:
        sys.stderr.write("Tesseract is not installed, so no confidence was measured.\n")
        return []
    kept, raw = _claims(ScanReader(Tesseract(program), seconds_a_page=600, seconds=6000, at_once=1))
    for kind, made in groupby(sorted(raw, key=_kind), key=_kind):
        sys.stderr.write(f"{kind}: {[tuple(round(part, 3) for part in step) for step in steps(made)]}\n")
    marked = marking(kept, _CHECK_BELOW)
    sys.stderr.write(f"Marked below {_CHECK_BELOW}: {marked}\n")
    error, before = (expected_calibration_error(bins(made)) or 0 for made in (kept, raw))
    return [
        Measurement(
            name="calibration",
            value=round(error, 3),
            unit="expected error",
            baseline_name="without the map",
            baseline=round(before, 3),
            goal="at most the baseline",
            met=error <= before,
        )
    ]


def steps(made: Iterable[Claim]) -> list[Step]:
    """The never falling steps that fit the claims best (isotonic regression)."""
    blocks: list[tuple[float, int, int]] = []
    for claim in sorted(made):
        block = (claim.confidence, 1, int(claim.right))
        while blocks and blocks[-1][2] * block[1] >= block[2] * blocks[-1][1]:
            _, count, right = blocks.pop()
            block = (block[0], block[1] + count, block[2] + right)
        blocks.append(block)
    return [Step(high, count, (right + 1) / (count + 2)) for high, count, right in blocks]


def _kind(claim: Claim) -> str:
    return confidence.kind_of(claim.field)


def _claims(reader: ScanReader) -> tuple[list[Claim], list[Claim]]:
    kept: list[Claim] = []
    raw: list[Claim] = []
    styles = [(family, style) for family, styles in FAMILIES.items() for style in styles]
    with asyncio.Runner() as runner:
        for number, (family, style) in enumerate(styles):
            sample = make_report(family, style=style, seed=SEED + number, accounts=_ACCOUNTS, scanned=True)
            seen: dict[bytes, PictureRead] = {}

            def exchange(pictures: Iterable[Picture], seen: dict[bytes, PictureRead] = seen) -> Iterator[PictureRead]:
                for picture in pictures:
                    if picture.grey not in seen:
                        seen[picture.grey] = runner.run(reader.read(picture))
                    yield seen[picture.grey]

            for maps, made in ((dict(confidence.MAPS), kept), (_UNCHANGED, raw)):
                with patch.object(confidence, "MAPS", maps):
                    report = read_report(sample.pdf, scans=Scans(reader.name, exchange))
                made.extend(claims(sample.truth, report_object(sample.file_name, report)))
    return kept, raw
