"""Whether this process lives, and whether it can work."""

import psycopg
from fastapi import APIRouter, Response
from psycopg_pool import PoolTimeout
from pydantic import BaseModel

from tribureau import __version__
from tribureau.web.parts import Parts

router = APIRouter(tags=["health"])


class Health(BaseModel):
    status: str
    version: str = __version__


class Readiness(BaseModel):
    status: str
    parts: dict[str, str]


@router.get("/healthz", summary="The process lives")
async def healthz() -> Health:
    return Health(status="ok")


@router.get("/readyz", summary="The site can work", responses={503: {"model": Readiness}})
async def readyz(parts: Parts, response: Response) -> Readiness:
    found = {
        "database": await _database(parts),
        "live_updates": "ok" if parts.notices.listening else "the listener is reconnecting",
    }
    ready = found["database"] == "ok"
    if not ready:
        response.status_code = 503
    return Readiness(status="ready" if ready else "not ready", parts=found)


async def _database(parts: Parts) -> str:
    try:
        await parts.database.ping()
    except (psycopg.Error, PoolTimeout) as error:
        return f"can't be reached ({type(error).__name__})"
    return "ok"
