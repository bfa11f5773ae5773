"""Time zones as a user may write them past the page: too long, a folder of zones, a way that leads elsewhere."""

from datetime import UTC, date, datetime

import pytest

from tribureau.domain.deadlines.local_days import day_in
from tribureau.web.formats import as_moment
from tribureau.workflows.evidence_facts import local_moment

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["America", "x" * 300, "../UTC", "/etc/passwd", "a\x00b", "Nowhere/Else"])
def test_a_zone_that_is_none_breaks_nothing(zone: str) -> None:
    assert day_in(zone, NOW) == date(2026, 11, 22)
    assert local_moment(NOW, zone) == "2026-11-22 22:00 EST"
    assert as_moment(NOW, zone) == NOW
