"""Sample reports of an invented person, to try the site with."""

import asyncio
from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter, Depends, Response

from tribureau.domain.errors import NotFound
from tribureau.samples import sample_reports
from tribureau.samples.responses import sample_answer
from tribureau.web.dependencies import current_user

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Sample:
    """`file_name` is the sample's own; `name` stands in addresses."""

    file_name: str
    title: str
    description: str

    @property
    def name(self) -> str:
        return self.file_name.removesuffix(".pdf")


SHELF = (
    Sample(
        "jordan-avery-three-bureaus.pdf",
        "All three bureaus",
        "Eleven accounts side by side, as a monitoring service prints them",
    ),
    Sample(
        "jordan-avery-transunion.pdf",
        "TransUnion",
        "A charged-off card, the collector who bought it, a car loan that slipped",
    ),
    Sample("jordan-avery-equifax.pdf", "Equifax", "The same person: a medical bill, and no collector for the card"),
    Sample("jordan-avery-experian.pdf", "Experian", "The same person once more, with other dates and balances"),
    Sample(
        "jordan-avery-experian-answer.pdf",
        "Experian's answer to a dispute",
        "Four results to confirm; read Experian's report first, and each finds its account",
    ),
)


@router.get("/samples/{name}.pdf", dependencies=[Depends(current_user)])
async def sample(name: str) -> Response:
    return Response(await sample_file(name), media_type="application/pdf")


async def sample_file(name: str) -> bytes:
    """A sample's PDF. The first one asked for takes about two seconds: the shelf is typeset then, and kept."""
    files = await asyncio.to_thread(_files)
    if f"{name}.pdf" not in files:
        raise NotFound
    return files[f"{name}.pdf"]


@cache
def _files() -> dict[str, bytes]:
    return {report.file_name: report.pdf for report in (*sample_reports(), sample_answer())}
