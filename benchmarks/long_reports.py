"""What a long report costs: seconds on one core for 25 pages, and the reading process's memory for 500 beside 25."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from pypdf import PdfReader, PdfWriter

from benchmarks.measurements import Measurement, cpu_seconds
from tribureau.reader import read_report
from tribureau.samples import make_report

PAGES, MANY_PAGES = 25, 500
_MOST_SECONDS = 0.5
_MOST_MEMORY = 512.0
"""MiB: half of what the walls allow a reading process."""
_CHILD = """
import sys
from pathlib import Path
from tribureau.reader import read_report
read_report(Path(sys.argv[1]))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) / 1024)
"""
"""Reads a file in a process of its own and prints the most memory that it held since its start, in MiB; Linux only."""


def measure() -> list[Measurement]:
    return [*(_seconds(family) for family in ("experian", "equifax", "transunion", "identityiq")), _memory()]


def report_of(family: str, pages: int) -> bytes:
    """A sample's pages, over and over where it has too few."""
    printed = PdfReader(BytesIO(make_report(family, seed=7, accounts=60).pdf)).pages
    writer = PdfWriter()
    for at in range(pages):
        writer.add_page(printed[at % min(len(printed), PAGES)])
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _seconds(family: str) -> Measurement:
    pdf = report_of(family, PAGES)

    def text_alone() -> None:
        for page in pypdfium2.PdfDocument(pdf):
            page.get_textpage().get_text_range()

    ours, plain = cpu_seconds(lambda: read_report(pdf), 5), cpu_seconds(text_alone, 5)
    return Measurement(
        name=f"a text report of {PAGES} pages, {family}",
        value=round(ours, 3),
        unit="s of one core",
        baseline_name="pypdfium2, text alone",
        baseline=round(plain, 3),
        goal=f"under {_MOST_SECONDS} s",
        met=ours < _MOST_SECONDS,
    )


def _memory() -> Measurement:
    few, many = _peak(PAGES), _peak(MANY_PAGES)
    return Measurement(
        name=f"the reading process with {MANY_PAGES} pages",
        value=round(many, 1),
        unit="MiB at most",
        baseline_name=f"with {PAGES} pages",
        baseline=round(few, 1),
        goal=f"under {_MOST_MEMORY:.0f} MiB",
        met=many < _MOST_MEMORY,
    )


def _peak(pages: int) -> float:
    with TemporaryDirectory(prefix="tribureau-bench-") as folder:
        file = Path(folder, "report.pdf")
        file.write_bytes(report_of("transunion", pages))
        done = subprocess.run([sys.executable, "-c", _CHILD, str(file)], capture_output=True, text=True, check=True)
    return float(done.stdout)
