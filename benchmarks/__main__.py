"""`make bench`: measures all topics, or those named, prints a table and keeps benchmarks/results/latest.json."""

import sys

from benchmarks import (
    calibration,
    disputes,
    findings,
    generality,
    letters,
    long_reports,
    ocr,
    reading,
    rewording,
    start_up,
    upload,
)
from benchmarks.measurements import Measurement, keep, show

TOPICS = {
    "generality": generality.measure,
    "rewording": rewording.measure,
    "reading": reading.measure,
    "long-reports": long_reports.measure,
    "ocr": ocr.measure,
    "calibration": calibration.measure,
    "findings": findings.measure,
    "disputes": disputes.measure,
    "letter": letters.measure,
    "upload": upload.measure,
    "start-up": start_up.measure,
}


def main(names: list[str]) -> int:
    """0 where all was measured, whatever it was; 2 for a name that there is not."""
    if unknown := set(names) - set(TOPICS):
        sys.stderr.write(f"There is no {', '.join(sorted(unknown))}; choose of {', '.join(TOPICS)}.\n")
        return 2
    found: list[Measurement] = []
    for name in names or TOPICS:
        sys.stderr.write(f"Measuring {name} ...\n")
        found += TOPICS[name]()
    show(found)
    keep(found)
    return 0


sys.exit(main(sys.argv[1:]))
