"""The evidence packet as a stranger gets it: read back, taken apart, checked with other means than ours."""

import asyncio
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pypdfium2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from httpx import codes
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from tests.functional.conftest import Site, until_read, upload
from tests.functional.disputes.test_dispute_api import days_ago
from tests.functional.disputes.test_letters_api import PROFILE, TRACKING, _letters, _picture, _save, _seen

from tribureau.samples import make_report

HASHED = (
    "position", "history_id", "user_id", "dispute_id", "previous_status", "new_status", "changed_by", "change_reason",
    "change_notes",
)  # fmt: skip


async def _disputed(client: httpx.AsyncClient) -> str:
    """A dispute of the first negative account of a report that was read."""
    report = (await upload(client, make_report("experian", seed=1).pdf)).raise_for_status().json()["id"]
    await until_read(client, report)
    lines = (await client.get("/api/v1/tradelines", params={"is_negative": True})).json()["items"]
    begun = await client.post("/api/v1/disputes", json={"tradeline_id": lines[0]["tradeline_id"]})
    return str(begun.raise_for_status().json()["dispute_id"])


async def _mailed(client: httpx.AsyncClient, dispute: str, **facts: Any) -> None:
    (await client.put("/api/v1/profile", json=PROFILE)).raise_for_status()
    (letter,) = await _letters(client, [dispute])
    letter = (await _save(client, letter, **facts)).raise_for_status().json()
    address = f"/api/v1/letters/{letter['letter_id']}"
    files = {"file": ("license.png", _picture(), "image/png")}
    proof = (await client.post("/api/v1/enclosures", files=files, data={"kind": "identity"})).json()["enclosure_id"]
    (await client.put(f"{address}/enclosures", json={"enclosure_ids": [proof]})).raise_for_status()
    told = {"mailed_on": days_ago(50), "tracking_number": TRACKING}
    letter = (await client.post(f"{address}/posting", json=told, headers=_seen(letter))).raise_for_status().json()
    (
        await client.post(f"{address}/receipt", json={"received_on": days_ago(45)}, headers=_seen(letter))
    ).raise_for_status()


async def _moved(client: httpx.AsyncClient, dispute: str, status: str, **facts: Any) -> None:
    now = await client.get(f"/api/v1/disputes/{dispute}")
    headers = {"If-Match": now.headers["ETag"]}
    body = {"status": status, **facts}
    (await client.post(f"/api/v1/disputes/{dispute}/transition", json=body, headers=headers)).raise_for_status()


async def _packet(client: httpx.AsyncClient, dispute: str) -> bytes:
    answer = (await client.get(f"/api/v1/disputes/{dispute}/evidence")).raise_for_status()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"] == f'attachment; filename="evidence-{dispute}.pdf"'
    return answer.content


async def _until_pages_are_kept(database_url: str, disputes: int) -> None:
    def kept() -> int:
        with psycopg.connect(database_url) as connection:
            row = connection.execute("select count(*) from public.dispute_pages where state = 'kept'").fetchone()
            assert row
            return int(row[0])

    async with asyncio.timeout(60):
        while await asyncio.to_thread(kept) < disputes:
            await asyncio.sleep(0.05)


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def _attached(pdf: bytes) -> dict[str, bytes]:
    return {name: content[0] for name, content in PdfReader(BytesIO(pdf)).attachments.items()}


def _as_a_stranger(attached: dict[str, bytes]) -> list[str]:
    """What the packet's last part says, done by hand; the status that each round ends with."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(attached["public-key.txt"].decode()))
    ends = []
    for number, line in enumerate(attached["history.jsonl"].decode().splitlines(), start=1):
        chain = json.loads(line)
        before, hashes = bytes(32), {}
        for entry in chain["entries"]:
            content = [*(entry[name] for name in HASHED), _utc(entry["changed_at"]), _sorted(entry["facts"])]
            text = json.dumps(content, ensure_ascii=False, separators=(", ", ": "))
            before = hashlib.sha256(before + text.encode()).digest()
            assert entry["hash"] == f"\\x{before.hex()}"
            hashes[entry["position"]] = before.hex()
        newest = chain["heads"][-1]
        assert newest["position"] == len(chain["entries"])
        for head in chain["heads"]:
            position = head["position"]
            signed = ("tribureau dispute history, signed head, version 1", chain["user_id"], chain["dispute_id"],
                      str(position), hashes[position], _utc(head["signed_at"]))  # fmt: skip
            key.verify(bytes.fromhex(head["signature"][2:]), "\n".join(signed).encode())
        facts = chain["entries"][-1]["facts"]
        values = attached[f"disputed-values-round-{number}.json"]
        assert hashlib.sha256(values).hexdigest() == facts["disputed_values_sha256"]
        if "letter_sha256" in facts and f"letter-round-{number}.txt" in attached:
            assert hashlib.sha256(attached[f"letter-round-{number}.txt"]).hexdigest() == facts["letter_sha256"]
        if pages := chain["pages"]:
            assert hashlib.sha256(attached[f"pages-round-{number}.pdf"]).hexdigest() == pages["sha256"]
            signed = ("tribureau pages of a dispute, version 1", chain["user_id"], chain["dispute_id"],
                      pages["report_sha256"], ",".join(map(str, pages["page_numbers"])), pages["sha256"],
                      _utc(pages["kept_at"]))  # fmt: skip
            key.verify(bytes.fromhex(pages["signature"][2:]), "\n".join(signed).encode())
        ends.append(chain["entries"][-1]["new_status"])
    return ends


def _utc(printed: str) -> str:
    return datetime.fromisoformat(printed).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _sorted(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in sorted(facts, key=lambda name: (len(name.encode()), name.encode()))}


def _verified(attached: dict[str, bytes], folder: Path, history: bytes) -> subprocess.CompletedProcess[str]:
    file = folder / "history.jsonl"
    file.write_bytes(history)
    key = attached["public-key.txt"].decode().strip()
    command = [sys.executable, "-m", "tribureau", "audit", "verify", str(file), "--public-key", key]
    env = {"PATH": "/usr/bin", "TRIBUREAU_HOME": str(folder / "nothing here")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


def _every_font_is_embedded(pdf: bytes) -> None:
    document = PdfReader(BytesIO(pdf))
    fonts = 0
    for page in document.pages:
        drawings = [page["/Resources"].get_object()]
        for drawing in drawings:
            drawings += [
                one.get_object()["/Resources"].get_object()
                for one in drawing.get("/XObject", {}).values()
                if "/Resources" in one.get_object()
            ]
            for font in drawing.get("/Font", {}).values():
                (inner,) = font.get_object()["/DescendantFonts"].get_object()
                descriptor = inner.get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(descriptor)
                fonts += 1
    assert fonts


async def test_a_stranger_reads_and_checks_a_packet(
    site: Site, worker: None, database_url: str, tmp_path: Path
) -> None:
    client = await site.somebody()
    first = await _disputed(client)
    await _mailed(client, first, said={"reason": "wrong_balance", "correction": "$0"})
    answered = {"bureau_response_date": days_ago(12), "bureau_response_summary": "Verified as accurate. Ümläut «»"}
    await _moved(client, first, "Verified", **answered)
    await _moved(client, first, "Escalated", change_reason="They did not look at my statement")
    second = (await client.get(f"/api/v1/disputes/{first}")).json()["current_dispute_id"]
    await _until_pages_are_kept(database_url, 2)

    pdf = await _packet(client, second)
    (tmp_path / "packet.pdf").write_bytes(pdf)
    pages = _texts(pdf)
    whole = " ".join(pages)
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert second in text
    attached = _attached(pdf)
    assert set(attached) == {
        "history.jsonl", "public-key.txt", "disputed-values-round-1.json", "disputed-values-round-2.json",
        "letter-round-1.txt", "pages-round-1.pdf", "pages-round-2.pdf",
    }  # fmt: skip
    chains = [json.loads(line) for line in attached["history.jsonl"].splitlines()]
    grouped = "".join(whole.split())
    for chain in chains:
        for entry in chain["entries"]:
            assert entry["hash"][2:] in grouped
        assert chain["heads"][-1]["signature"][2:] in grouped
    assert attached["public-key.txt"].decode().strip() in grouped
    for words in (
        "Rowan Canary", "77 Heron Wharf", TRACKING, "Day 33 after receipt: 3 days after the period of 30 days",
        "15 USC 1681i(a)(1)(A)",
        "They did not look at my statement", "Verified as accurate. Ümläut «»", "Copy of my identity document",
        "How to check this", "every entry, every hash and every signature held",
    ):  # fmt: skip
        assert words.replace(" ", "") in grouped, words
    _every_font_is_embedded(pdf)
    document = pypdfium2.PdfDocument(pdf)
    framed = [number for number, text in enumerate(pages) if "The disputed item, as reported · Round 1 · Page" in text]
    assert framed and _share_of_red(document, framed[0]) > 0.0005

    assert _as_a_stranger(attached) == ["Escalated", "Draft"]
    checked = _verified(attached, tmp_path, attached["history.jsonl"])
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    assert "everything holds" in checked.stdout and ", 0 of them not signed yet" in checked.stdout
    forged = attached["history.jsonl"].replace(b"They did not look", b"They did too look")
    assert forged != attached["history.jsonl"]
    refused = _verified(attached, tmp_path, forged)
    assert refused.returncode == 1 and "was changed" in refused.stdout
    with pytest.raises((AssertionError, InvalidSignature)):
        _as_a_stranger({**attached, "history.jsonl": forged})


async def test_a_draft_and_one_that_was_taken_back_say_what_is_not_there_yet(site: Site) -> None:
    client = await site.somebody()
    known = {"creditor_name": "Northbank #set page()", "bureau": "Equifax", "balance": "642.00"}
    line = (await client.post("/api/v1/tradelines", json=known)).raise_for_status().json()["tradeline_id"]
    dispute = (await client.post("/api/v1/disputes", json={"tradeline_id": line})).json()["dispute_id"]
    text = " ".join(" ".join(_texts(await _packet(client, dispute))).split())
    for words in ("Not given", "Northbank #set page()", "No letter of this round is in the mail yet",
                  "No answer to this round is recorded", "typed by hand", "$642.00", "begins as Draft"):  # fmt: skip
        assert words in text, words
    await client.delete(f"/api/v1/disputes/{dispute}", headers={"If-Match": '"1"'})
    pdf = await _packet(client, dispute)
    assert "The draft was taken back; nothing was sent." in " ".join(" ".join(_texts(pdf)).split())
    assert _as_a_stranger(_attached(pdf)) == ["Blank"]


async def test_a_packet_speaks_the_language_of_its_letter(site: Site) -> None:
    client = await site.somebody()
    known = {"creditor_name": "Northbank", "bureau": "Equifax", "balance": "642.00"}
    line = (await client.post("/api/v1/tradelines", json=known)).raise_for_status().json()["tradeline_id"]
    dispute = (await client.post("/api/v1/disputes", json={"tradeline_id": line})).json()["dispute_id"]
    await _mailed(client, dispute, language="es")
    text = " ".join(" ".join(_texts(await _packet(client, dispute))).split())
    for words in ("Expediente de pruebas", "Equifax recibió la carta", "días hábiles", "Cómo comprobarlo",
                  "Copia de mi documento de identidad", "Página 1 de"):  # fmt: skip
        assert words in text, words
    assert "Evidence packet" not in text


async def test_an_uploaded_answer_is_shown_as_pictures_and_a_hostile_one_is_told(site: Site, database_url: str) -> None:
    client = await site.somebody()
    known = {"creditor_name": "Northbank", "bureau": "Equifax", "balance": "642.00"}
    line = (await client.post("/api/v1/tradelines", json=known)).raise_for_status().json()["tradeline_id"]
    dispute = (await client.post("/api/v1/disputes", json={"tradeline_id": line})).json()["dispute_id"]
    for number, content in enumerate((_with_script(), b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 1 0 R>> endobj"), 1):
        answer = (await upload(client, content, f"answer{number}.pdf")).raise_for_status().json()["id"]
        await asyncio.to_thread(_recorded, database_url, dispute, answer)
    pdf = await _packet(client, dispute)
    text = " ".join(" ".join(_texts(pdf)).split())
    assert "The answer as it was uploaded, as pictures of its pages." in text
    assert "Answer to round 1 · Page 2 of 2" in text
    assert "The uploaded answer can't be shown here: " in text
    whole = PdfReader(BytesIO(pdf))
    assert "/Names" not in whole.trailer["/Root"] or "/JavaScript" not in whole.trailer["/Root"]["/Names"]
    assert "/OpenAction" not in whole.trailer["/Root"] and b"alert" not in pdf


def _with_script() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(make_report("equifax", seed=2, accounts=2).pdf))
    while len(writer.pages) > 2:
        writer.remove_page(len(writer.pages) - 1)
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('planted')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("planted.txt", b"alert")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _recorded(database_url: str, dispute: str, answer: str) -> None:
    """As if the user had confirmed what was read in the answer."""
    with psycopg.connect(database_url) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "with r as (insert into public.bureau_responses (user_id, report_upload_id, kind, bureau) "
            "select user_id, id, 'results', 'Equifax' from public.report_uploads where id = %(answer)s returning *), "
            "i as (insert into public.bureau_response_items (user_id, response_id, item_key, position, kind, "
            "creditor_name, read_outcome, outcome, outcome_text) select user_id, response_id, 'a', 1, 'account', "
            "'Northbank', 'under_investigation', 'under_investigation', 'x' from r returning *) "
            "insert into public.dispute_answers (user_id, dispute_id, response_id, item_id, outcome, answered_on) "
            "select user_id, %(dispute)s, response_id, item_id, 'under_investigation', current_date from i",
            {"answer": answer, "dispute": dispute},
        )


async def test_other_peoples_packets_are_not_there(site: Site) -> None:
    owner, other = await site.somebody(), await site.somebody()
    line = {"creditor_name": "Northbank", "bureau": "Equifax"}
    tradeline = (await owner.post("/api/v1/tradelines", json=line)).json()["tradeline_id"]
    dispute = (await owner.post("/api/v1/disputes", json={"tradeline_id": tradeline})).json()["dispute_id"]
    for address in (f"/api/v1/disputes/{dispute}/evidence", f"/disputes/{dispute}/evidence.pdf"):
        assert (await other.get(address)).status_code == codes.NOT_FOUND
        assert (await site.nobody().get(address)).status_code in (codes.UNAUTHORIZED, codes.SEE_OTHER)
        answer = await owner.get(address)
        assert (answer.status_code, answer.headers["cache-control"]) == (codes.OK, "private, no-store")
    assert f'href="/disputes/{dispute}/evidence.pdf"' in (await owner.get(f"/disputes/{dispute}")).text
    assert (await owner.get(f"/api/v1/disputes/{uuid4()}/evidence")).status_code == codes.NOT_FOUND


async def test_a_tampered_history_is_said_on_the_first_page_and_not_signed(site: Site, database_url: str) -> None:
    client = await site.somebody()
    line = {"creditor_name": "Northbank", "bureau": "Equifax"}
    tradeline = (await client.post("/api/v1/tradelines", json=line)).json()["tradeline_id"]
    dispute = (await client.post("/api/v1/disputes", json={"tradeline_id": tradeline})).json()["dispute_id"]
    with psycopg.connect(database_url) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update public.dispute_status_history set change_reason = 'forged', new_status = 'Won'")
        connection.execute("insert into public.profiles (user_id, time_zone) select user_id, 'Moon' from disputes")
    pdf = await _packet(client, dispute)
    first, *_ = _texts(pdf)
    assert "its history did not hold:" in first and "entry 1 was changed" in first
    assert json.loads(_attached(pdf)["history.jsonl"])["heads"] == []
    assert "Not signed, because the history above does not hold." in " ".join(_texts(pdf))


def _share_of_red(document: pypdfium2.PdfDocument, page: int) -> float:
    picture = document[page].render(scale=2).to_pil().convert("RGB")
    red = sum(count for count, (r, g, b) in picture.getcolors(1 << 24) if r > 150 and g < 90 and b < 90)
    return float(red / (picture.width * picture.height))
