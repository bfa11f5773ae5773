"""Every documented call, sent what its description allows and what it does not: no accident, no undocumented answer."""

import asyncio
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.functional.conftest import PASSWORD, Site

STREAMS = ("/events",)


@pytest.mark.timeout(170)
async def test_every_call_keeps_to_its_description(site: Site) -> None:
    client = await site.somebody()
    description = (await client.get("/api/openapi.json")).json()
    description["paths"] = {
        path: calls
        for path, calls in description["paths"].items()
        if path.startswith("/api/v1") and not path.endswith(STREAMS)
    }
    tried = await asyncio.to_thread(_try_all, description, site.settings.site_url, client.headers["Authorization"])
    assert tried >= 12


def _try_all(description: dict[str, Any], address: str, token: str) -> int:
    operations = [found.ok() for found in schemathesis.openapi.from_dict(description).get_all_operations()]
    for operation in operations:

        @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def call(case: schemathesis.Case) -> None:
            answer = case.call(base_url=address, headers={"Authorization": token})
            case.validate_response(
                answer, checks=[not_a_server_error, response_schema_conformance, status_code_conformance]
            )

        call()
    return len(operations)


async def test_the_first_walk_on_the_page_works_as_it_is_printed(site: Site, tmp_path: Path) -> None:
    """Up to the upload: the later steps take an id from its answer."""
    client = await site.somebody()
    account = (await client.get("/auth/v1/user")).json()["email"]
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7 nothing")
    page = (await client.get("/api/docs")).text
    walk = unescape(re.search(r'id="walk">(.*?)</pre>', page, re.DOTALL)[1])  # type: ignore[index]
    script = walk.partition("# watch")[0].replace("you@example.org", account).replace("your password", PASSWORD)
    run = await asyncio.to_thread(
        subprocess.run, ["/bin/sh", "-euc", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert '"processing_status":"' in run.stdout, run.stderr
