"""The pages of the report that a dispute is about, as they were drawn and signed when it began."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

Box = tuple[float, float, float, float]
MOST_PAGES: Final = 8
_MONTHS: Final = "payment_history"


@dataclass(frozen=True, slots=True)
class KeptPages:
    """Which report (SHA-256 of its file) gave which pictures (SHA-256 of the PDF that holds them)."""

    user_id: UUID
    dispute_id: UUID
    report_sha256: str
    page_numbers: tuple[int, ...]
    sha256: str
    kept_at: datetime

    def statement(self) -> bytes:
        """The bytes that are signed."""
        return "\n".join(
            (
                "tribureau pages of a dispute, version 1",
                str(self.user_id),
                str(self.dispute_id),
                self.report_sha256,
                ",".join(map(str, self.page_numbers)),
                self.sha256,
                self.kept_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            )
        ).encode()


@dataclass(frozen=True, slots=True)
class SignedPages:
    kept: KeptPages
    key_id: str
    signature: bytes


def frames(places: Iterable[Mapping[str, Any]]) -> dict[int, list[Box]]:
    """By page, what to frame: a box for each value, one around all months of a page. `MOST_PAGES` pages at most."""
    found: dict[int, list[Box]] = {}
    months: dict[int, Box] = {}
    for place in places:
        page = int(place["page"])
        box = (float(place["x0"]), float(place["y0"]), float(place["x1"]), float(place["y1"]))
        if page not in found and len(found) == MOST_PAGES:
            continue
        boxes = found.setdefault(page, [])
        if str(place["field"]).startswith(_MONTHS):
            months[page] = _around(months.get(page, box), box)
        else:
            boxes.append(box)
    for page, box in months.items():
        found[page].append(box)
    return found


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
