"""The evidence packet's PDF: typst sets our own pages, and pages of other documents are put into the frames it left.

Nothing touches a disk. The other documents are of our own making: letters as they were mailed, and pictures of pages.
"""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import Any, Final, NamedTuple

import typst
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
)

MOST_PAGES: Final = 400
MOST_BYTES: Final = 96 * 1024 * 1024
"""Of other documents in one packet. Making it takes about five times these bytes of memory."""
_INCH: Final = 72.0
_FRAME_LEFT: Final = 1.0 * _INCH
_FRAME_TOP: Final = 1.37 * _INCH
_FRAME_WIDTH: Final = 6.5 * _INCH
_FRAME_HEIGHT: Final = _FRAME_WIDTH * 11 / 8.5
_PAPER_HEIGHT: Final = 11 * _INCH
_TEMPLATE: Final = "packet.typ"
_one_at_a_time = threading.Lock()


class Attachment(NamedTuple):
    name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Packet:
    """`content` is what packet.typ reads; `documents` are PDFs by the reference that its frames name."""

    content: dict[str, Any]
    documents: dict[str, bytes] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    pages: int = 0

    def add(self, reference: str, pdf: bytes, caption: str) -> dict[str, Any]:
        """The document among what packet.typ sets; raises TooManyPages where it is one too many."""
        pages = len(PdfReader(BytesIO(pdf)).pages)
        if self.pages + pages > MOST_PAGES or sum(map(len, self.documents.values())) + len(pdf) > MOST_BYTES:
            raise TooManyPages(pages)
        self.pages += pages
        self.documents[reference] = pdf
        return {"reference": reference, "pages": pages, "caption": caption}


class TooManyPages(Exception):
    """The packet would be too long; its `args` hold the pages of the document that was one too many."""


def typeset_packet(packet: Packet) -> bytes:
    """The packet's PDF, fonts embedded, its attachments inside. One is set at a time."""
    attached = [{"name": one.name, "sha256": sha256(one.content).hexdigest()} for one in packet.attachments]
    content = json.dumps({**packet.content, "attached": attached}, ensure_ascii=False)
    sources: Any = {"main.typ": _template(), "packet.json": content.encode()}
    with _one_at_a_time:
        compiled: Any = typst.compile(sources, format="pdf", ignore_system_fonts=True)
        places = json.loads(typst.query(sources, "<frame>", field="value", ignore_system_fonts=True))
        return _bound(bytes(compiled), places, packet)


def _template() -> bytes:
    return (files(__package__) / _TEMPLATE).read_bytes()


def _bound(skeleton: bytes, places: Sequence[Mapping[str, Any]], packet: Packet) -> bytes:
    whole = PdfWriter(clone_from=BytesIO(skeleton))
    for reference, document in packet.documents.items():
        pages = PdfReader(BytesIO(document)).pages
        for place in places:
            if place["reference"] == reference:
                _put_into(whole, whole.pages[place["page"] - 1], pages[place["index"]])
    for one in packet.attachments:
        file = whole.add_attachment(one.name, one.content)
        file.subtype = NameObject("/" + one.mime.replace("/", "#2F"))
        file.description = TextStringObject(one.name)
    out = BytesIO()
    whole.write(out)
    return out.getvalue()


def _put_into(whole: PdfWriter, target: PageObject, source: PageObject) -> None:
    """The page as one drawing within the target's frame, as large as fits, in the middle."""
    box = source.mediabox
    width, height = float(box.width), float(box.height)
    scale = min(_FRAME_WIDTH / width, _FRAME_HEIGHT / height)
    left = _FRAME_LEFT + (_FRAME_WIDTH - width * scale) / 2 - float(box.left) * scale
    bottom = _PAPER_HEIGHT - _FRAME_TOP - (_FRAME_HEIGHT + height * scale) / 2 - float(box.bottom) * scale
    name = NameObject("/Enclosed")
    resources = target["/Resources"].get_object()
    drawings = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()  # type: ignore[union-attr]
    drawings[name] = whole._add_object(_drawing(whole, source))
    drawn = f"q {scale:.6f} 0 0 {scale:.6f} {left:.4f} {bottom:.4f} cm {name} Do Q\n"
    own = target.get_contents()
    content = DecodedStreamObject()
    content.set_data(drawn.encode() + (own.get_data() if own is not None else b""))
    target[NameObject("/Contents")] = whole._add_object(content.flate_encode())


def _drawing(whole: PdfWriter, source: PageObject) -> StreamObject:
    content = source.get_contents()
    drawing = DecodedStreamObject()
    drawing.set_data(content.get_data() if content is not None else b"")
    form = drawing.flate_encode()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(float(edge)) for edge in source.mediabox)
    resources = source.get("/Resources")
    if resources is not None and not isinstance(resources, NullObject):
        form[NameObject("/Resources")] = resources.get_object().clone(whole)
    return form
