"""From an uploaded file to explained tradelines, on real parts."""

from collections.abc import Callable
from typing import Any

import pytest

from tribureau.samples import FAMILIES, make_report


@pytest.mark.postgresql15
@pytest.mark.parametrize("family", FAMILIES)
async def test_each_family_is_read_by_a_running_worker(
    family: str, upload: Any, until_done: Any, working: Any, rows: Callable[..., list[dict[str, Any]]]
) -> None:
    sample = make_report(family, seed=3)
    async with working():
        done = await until_done(await upload(sample.pdf))
    assert (done["processing_status"], done["progress_percentage"]) == ("complete", 100), done
    assert done["layout"] == family
    stored = rows("select * from public.tradelines order by position")
    assert done["total_tradelines"] == len(stored) == len(sample.truth["tradelines"])
    assert done["negative_tradelines"] == sum(line["is_negative"] for line in stored)
    assert all(line["negative_factors"] for line in stored if line["is_negative"])
    assert all(line["account_id"] for line in stored)
    assert rows("select 1 from public.tradeline_provenance")
    [notification] = rows("select * from public.notifications")
    negative = done["negative_tradelines"]
    assert negative == sum(line["is_negative"] for line in sample.truth["tradelines"])
    assert notification["title"] == f"Found {negative or 'no'} negative item{'s' * (negative != 1)}"
    assert rows("select 1 from queue.pgqueuer") == []
