"""Google Gemini and Google Document AI as far as Tribureau speaks with them, over HTTP.

Each request is read by the vendor's own message types, and kept. What is answered next stands in `answers`: bytes or
an object as a body, or a status with headers; the last one is given again and again.
"""

import json
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from typing import Any

from google.cloud import documentai_v1 as documentai
from google.genai import types
from jsonschema import Draft202012Validator
from PIL import Image

from tribureau.domain.redaction import redacted
from tribureau.reader.ocr.tesseract import words_in
from tribureau.reader.outside.said import QUESTIONS
from tribureau.reader.report import Report

PROCESSOR = "projects/invented/locations/us/processors/abc123"
MODEL = "gemini-2.5-flash"


@dataclass
class Refusal:
    status: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Silence:
    seconds: float = 30


Answer = Refusal | Silence | dict[str, Any] | bytes | Callable[[Any], Any]


@dataclass
class StandIn:
    """`received` holds every byte that came, `asked` what was understood of it, `faults` what was wrong with it."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def understand(self, path: str, body: bytes) -> Any:
        """What the request asks, by the vendor's own types."""
        if path == f"/v1beta/models/{MODEL}:generateContent":
            return _gemini_question(json.loads(body))
        assert path == f"/v1/{PROCESSOR}:process", path
        fields = json.loads(body)
        request = documentai.ProcessRequest.from_json(json.dumps({**fields, "name": PROCESSOR}))
        assert request.raw_document.mime_type == "image/png"
        return Image.open(BytesIO(request.raw_document.content)).convert("L")

    @property
    def everything(self) -> bytes:
        """All that it was ever told; pictures are to be looked at apart."""
        return b"\n".join(self.received)


def _gemini_question(body: dict[str, Any]) -> str:
    contents = [types.Content.model_validate(content) for content in body["contents"]]
    types.Content.model_validate(body["systemInstruction"])
    wanted = types.GenerationConfig.model_validate(body["generationConfig"])
    assert wanted.response_mime_type == "application/json"
    Draft202012Validator.check_schema(wanted.response_json_schema)
    assert set(body) <= {"contents", "systemInstruction", "generationConfig"}
    return "".join(part.text or "" for content in contents for part in content.parts or [])


@contextmanager
def stand_in(*answers: Answer) -> Iterator[StandIn]:
    service = StandIn(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.received.append(self.path.encode() + b"\n" + str(self.headers).encode() + body)
            try:
                question = service.understand(self.path.partition("?")[0], body)
            except Exception as error:
                service.faults.append(repr(error))
                return self._send(400, b"{}")
            service.asked.append(question)
            return self._answer(service.next(), question)

        def do_GET(self) -> None:
            known = {f"/v1beta/models/{MODEL}": "models/x", f"/v1/{PROCESSOR}": PROCESSOR}
            name = known.get(self.path.partition("?")[0])
            self._send(200 if name else 404, json.dumps({"name": name or ""}).encode())

        def _answer(self, answer: Answer, question: Any) -> None:
            if callable(answer):
                answer = answer(question)
            match answer:
                case Refusal(status, headers):
                    self._send(status, b'{"error": {"code": %d, "message": "no"}}' % status, headers)
                case Silence(seconds):
                    time.sleep(seconds)
                case bytes():
                    self._send(200, answer)
                case _:
                    self._send(200, json.dumps(answer).encode())

        def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def generated(text: str, finish: str = "STOP") -> dict[str, Any]:
    """Gemini's answer with that text."""
    parts = [{"text": text}] if text else []
    return {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": finish, "index": 0}]}


def accounts(*found: dict[str, Any]) -> dict[str, Any]:
    return generated(json.dumps({"accounts": list(found)}))


def document(words: list[tuple[str, tuple[Any, Any, Any, Any], int]], confidence: float = 0.98) -> bytes:
    """Document AI's answer: words with their boxes in shares of the page, and the number of their line."""
    text, tokens, lines = "", [], dict[int, list[int]]()
    for word, (x0, y0, x1, y1), line in words:
        start, text = len(text), f"{text}{word} "
        corners = [{"x": x, "y": y} for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        tokens.append({"layout": {**_anchor(start, len(text)), "confidence": confidence,
                                  "boundingPoly": {"normalizedVertices": corners}},
                       "detectedBreak": {"type": "SPACE"}})  # fmt: skip
        lines.setdefault(line, [start, len(text)])[1] = len(text)
    page = {"pageNumber": 1, "tokens": tokens, "lines": [{"layout": _anchor(*ends)} for ends in lines.values()]}
    answer = documentai.ProcessResponse.from_json(json.dumps({"document": {"text": text, "pages": [page]}}))
    return documentai.ProcessResponse.to_json(answer).encode()


def _anchor(start: int, end: int) -> dict[str, Any]:
    return {"textAnchor": {"textSegments": [{"startIndex": str(start), "endIndex": str(end)}]}}


def png_of(body: bytes) -> bytes:
    """The picture in a kept request to Document AI."""
    return b64decode(json.loads(body[body.index(b"{") :])["rawDocument"]["content"])


def said_of(report: Report) -> list[dict[str, Any]]:
    """What a model that reads without fault would say of a report, read of the redacted text."""
    return [
        {
            "creditor": line.evidence["creditor_name"].printed,
            "bureau": line.tradeline.bureau.value,
            "page": line.evidence["creditor_name"].page + 1,
            "values": [
                {"question": name, "label": found.rule.removeprefix("label:"), "printed": redacted([found.printed])[0]}
                for name, found in line.evidence.items()
                if name in QUESTIONS and found.rule.startswith("label:")
            ],
        }
        for line in report.tradelines
    ]


def tesseract_document(picture: Image.Image) -> bytes:
    """Document AI's answer as Tesseract reads the picture that it was sent."""
    png = BytesIO()
    picture.save(png, "PNG")
    table = subprocess.run(
        [shutil.which("tesseract") or "tesseract", "stdin", "stdout", "--psm", "6", "tsv"],
        input=png.getvalue(), capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    wide, high = picture.size
    return document(
        [
            (word.text, (word.x0 / wide, word.y0 / high, word.x1 / wide, word.y1 / high), word.line)
            for word in words_in(table)
        ]
    )
