"""Somebody whose secrets are planted wherever a person leaves them, lived through the site up to a bureau's answer."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import httpx
from PIL import Image, ImageDraw
from tests.functional.conftest import upload

from tribureau.domain.bureaus import Bureau
from tribureau.samples.reports import FAMILIES, invent_file
from tribureau.samples.responses.letters import STYLES, _invent
from tribureau.samples.typesetting import typeset

SSN, NUMBER, STREET, BORN = "987-65-4321", "4539571147923358", "4417 Canaryvale", date(1971, 3, 29)
IN_GROUPS = "4539 5711 4792 3358"
SECRETS = (
    *(SSN, SSN.replace("-", ""), SSN.replace("-", " "), NUMBER, IN_GROUPS, IN_GROUPS.replace(" ", "-")),
    *(STREET, STREET.upper(), BORN.isoformat(), "March 29, 1971", "Mar 29, 1971", "03/29/1971", "Rowan Canary"),
)
TYPED = f"My number is {NUMBER}, my SSN {SSN}."
PROFILE = {
    "name": "Rowan Canary",
    "address": {"street": f"{STREET} St", "unit": "", "city": "Millrace", "state": "TX", "zip_code": "75013"},
    "date_of_birth": BORN.isoformat(),
    "ssn_last4": SSN[-4:],
}


def planted_report() -> bytes:
    """An Equifax report that prints the SSN, an account's number, the date of birth and the street in full."""
    file = invent_file(Random("canary"), 4)  # noqa: S311
    file.consumer = replace(
        file.consumer, first="Rowan", middle="", last="Canary", born=BORN, address=f"{STREET} ST, Millrace, ZX 00012"
    )
    drawn = FAMILIES["equifax"]["A"](file)
    return typeset(drawn.look, _planted(drawn.blocks))


def planted_answer() -> bytes:
    """Equifax's answer, with the same."""
    answer = _invent(Bureau.EQUIFAX, "A", Random("canary answers"))  # noqa: S311
    answer.consumer = replace(
        answer.consumer, first="Rowan", middle="", last="Canary", address=f"{STREET} ST, Millrace, ZX 00012"
    )
    look, blocks = STYLES[Bureau.EQUIFAX]["A"](answer)
    return typeset(look, _planted(blocks))


def _planted(blocks: list[Any]) -> list[Any]:
    """The first masked account number is printed in full, and the SSN too."""
    text = json.dumps(blocks, ensure_ascii=False)
    text = re.sub(r"XXX-XX-\d{4}", SSN, text)
    text, planted = re.subn(r"[Xx*]+\d{4}", NUMBER, text, count=1)
    assert planted, text[:2000]
    found: list[Any] = json.loads(text)
    return found


def picture_of_a_license() -> bytes:
    """A picture that also carries the SSN as a comment, as phones leave things in theirs."""
    picture = Image.new("RGB", (600, 300), "white")
    ImageDraw.Draw(picture).text((20, 20), f"{SSN}\n{STREET}\n{BORN}", fill="black")
    out = BytesIO()
    picture.save(out, "JPEG", comment=SSN.encode())
    return out.getvalue()


@dataclass
class Life:
    """What came of it."""

    client: httpx.AsyncClient
    report: str
    answer: str
    letter: str
    enclosure: str
    disputes: list[str]


async def lived(client: httpx.AsyncClient, until_read: Callable[..., Any]) -> Life:
    """Needs a worker."""
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    report = (await upload(client, planted_report(), "my report.pdf")).raise_for_status().json()["id"]
    assert (await until_read(client, report))["processing_status"] == "complete"
    lines = (await client.get("/api/v1/tradelines", params={"report_upload_id": report})).json()
    disputes = [await _disputed(client, line) for line in _items(lines)[:2]]
    letter, enclosure = await _posted(client, disputes)
    answer = (await upload(client, planted_answer(), "answer.pdf")).raise_for_status().json()["id"]
    assert (await until_read(client, answer))["processing_status"] == "complete"
    return Life(client, report, answer, letter, enclosure, disputes)


def _items(answer: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answer if isinstance(answer, list) else answer["items"]
    return items


async def _disputed(client: httpx.AsyncClient, line: dict[str, Any]) -> str:
    begun = await client.post("/api/v1/disputes", json={"tradeline_id": line["tradeline_id"]})
    return str(begun.raise_for_status().json()["dispute_id"])


async def _posted(client: httpx.AsyncClient, disputes: list[str]) -> tuple[str, str]:
    begun = (await client.post("/api/v1/letters", json={"dispute_ids": disputes})).raise_for_status().json()
    [address] = [f"/api/v1/letters/{letter}" for letter in begun["letter_ids"]]
    letter = (await client.get(address)).json()
    said = {"reason": "not_mine", "explanation": TYPED, "confirmed": True}
    items = [{"dispute_id": item["dispute_id"], **said} for item in letter["items"]]
    body = {"kind": "first_dispute", "items": items, "with_report_pages": True}
    letter = (await client.put(address, json=body, headers=_seen(letter))).raise_for_status().json()
    own = {"content": f"{letter['content']}\n\n{TYPED}"}
    letter = (await client.put(f"{address}/text", json=own, headers=_seen(letter))).raise_for_status().json()
    files = {"file": ("license.jpg", picture_of_a_license(), "image/jpeg")}
    kept = (await client.post("/api/v1/enclosures", files=files, data={"kind": "identity"})).raise_for_status().json()
    chosen = {"enclosure_ids": [kept["enclosure_id"]]}
    (await client.put(f"{address}/enclosures", json=chosen)).raise_for_status()
    told = {"mailed_on": (datetime.now(UTC).date() - timedelta(days=5)).isoformat(), "tracking_number": ""}
    (await client.post(f"{address}/posting", json=told, headers=_seen(letter))).raise_for_status()
    return letter["letter_id"], kept["enclosure_id"]


def _seen(letter: dict[str, Any]) -> dict[str, str]:
    return {"If-Match": f'"{letter["version"]}"'}
