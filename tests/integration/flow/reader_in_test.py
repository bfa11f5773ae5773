"""A reader whose results a test can change, as another version of the program would."""

from collections.abc import Callable

from tribureau.reader import Report, read_report
from tribureau.reader.outside.readers import Outside
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits


class Reader(Sandbox):
    """Reads inside the test's own process, then lets `change` at the report."""

    def __init__(self) -> None:
        super().__init__(Limits(2**30, 60), max_pages=1000)
        self.change: Callable[[Report], None] = lambda report: None

    async def read(
        self, pdf: bytes, *, progress: Callable[[int, str], None] | None = None, outside: Outside | None = None
    ) -> Report:
        report = read_report(pdf, progress=progress)
        self.change(report)
        return report
