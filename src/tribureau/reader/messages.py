"""What the reading process and its parent say to each other: frames of a 4-byte length and a msgpack body."""

import struct
from typing import BinaryIO, Final

import msgspec

from tribureau.reader.ocr.words import Picture, PictureRead
from tribureau.reader.outside.said import PageTexts, Said
from tribureau.reader.report import Report

LENGTH: Final = struct.Struct(">I")


class Read(msgspec.Struct, tag="read"):
    """Read the report, if it has no more than `max_pages`. `engine` reads the pictures that are asked about.

    `outside` names who reads them beside it, outside of this machine; `asks`: a model there says what it makes of the
    text.
    """

    max_pages: int
    engine: str | None = None
    outside: str | None = None
    asks: bool = False


class Render(msgspec.Struct, tag="render"):
    """Draw page `page` (from 1), `width` pixels wide."""

    page: int
    width: int


class Unlock(msgspec.Struct, tag="unlock"):
    """Open the file with its password and give it back without one."""

    password: str


class Copy(msgspec.Struct, tag="copy"):
    """Give a PDF or a picture back as a PDF of pictures of its pages, if it has no more than `max_pages`."""

    max_pages: int


class Mark(msgspec.Struct, tag="mark"):
    """Give pages (from 1) back as a PDF of pictures, with a frame around each box (left, top, right, bottom)."""

    pages: dict[int, list[tuple[float, float, float, float]]]


class Ready(msgspec.Struct, tag="ready"):
    """The walls stand; `missing` names those that this system does not offer."""

    missing: list[str]


class Progress(msgspec.Struct, tag="progress"):
    percent: int
    message: str


class Failed(msgspec.Struct, tag="failed"):
    """The file's own fault: a domain error by its code."""

    code: str
    message: str
    hint: str


class Stumbled(msgspec.Struct, tag="stumbled"):
    """Our own fault: the kind of exception and the line of code, without its text, which may quote the report."""

    kind: str
    place: str


class ReportRead(msgspec.Struct, tag="report"):
    report: Report


class Content(msgspec.Struct, tag="content"):
    """A picture or a PDF."""

    content: bytes


Task = Read | Render | Unlock | Copy | Mark
Answer = Ready | Progress | Failed | Stumbled | ReportRead | Content | Picture | PageTexts

_encoder: Final = msgspec.msgpack.Encoder()
_tasks: Final[msgspec.msgpack.Decoder[Task]] = msgspec.msgpack.Decoder(Task)
_answers: Final[msgspec.msgpack.Decoder[Answer]] = msgspec.msgpack.Decoder(Answer)
_pictures_read: Final = msgspec.msgpack.Decoder(PictureRead)
_said: Final = msgspec.msgpack.Decoder(Said)


def frame(message: Task | Answer | PictureRead | Said) -> bytes:
    return frame_bytes(_encoder.encode(message))


def frame_bytes(body: bytes) -> bytes:
    return LENGTH.pack(len(body)) + body


def read_frame(stream: BinaryIO) -> bytes:
    """The next frame's body; EOFError where the other side has gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body


def task(body: bytes) -> Task:
    return _tasks.decode(body)


def answer(body: bytes) -> Answer:
    """Raises msgspec.MsgspecError for what is no answer of ours."""
    return _answers.decode(body)


def picture_read(body: bytes) -> PictureRead:
    return _pictures_read.decode(body)


def said(body: bytes) -> Said:
    return _said.decode(body)
