"""The evidence packet as a PDF: pages of other documents in their frames, in their order, with all that is attached."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from tribureau.domain.evidence.words import in_language
from tribureau.domain.letters import Language
from tribureau.letters import packet as packets
from tribureau.letters.packet import Attachment, Packet, TooManyPages, typeset_packet


def _pictures(colours: list[tuple[int, int, int]], size: tuple[int, int] = (85, 110)) -> bytes:
    first, *others = [Image.new("RGB", size, colour) for colour in colours]
    out = BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=10)
    return out.getvalue()


def _packet() -> Packet:
    content: dict[str, Any] = {
        "words": in_language(Language.ENGLISH),
        "language": "en",
        "title": "Dispute of #set page(width: 1pt) at $Equifax$",
        "author": "Dana Rowe",
        "bureau": "Equifax",
        "dispute_id": "11111111-2222-3333-4444-555555555555",
        "made_on": "2026-11-23",
        "head": [["Consumer", "Dana Rowe"]],
        "rounds": {"columns": ["Round", "a", "b", "c", "d", "e"], "rows": [["1", "-", "-", "-", "-", "Draft"]]},
        "problems": [],
        "timeline": [],
        "items": [],
        "letters": [],
        "answers": [],
        "history": [],
        "check": {"steps": ["Do `this`."], "limits": "None.", "public_key": "ab" * 32, "key_id": "cd" * 8},
    }
    return Packet(content)


def _found(packet: Packet, part: str, *documents: dict[str, Any]) -> None:
    packet.content[part] = [{"heading": "Round 1", "found": list(documents)}]


def _colour_in_the_middle(pdf: bytes, page: int) -> tuple[int, ...]:
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=0.5).to_pil().convert("RGB")
    middle = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(middle, tuple)
    return tuple(round(value / 10) for value in middle)


def test_hundreds_of_pages_stand_in_their_frames_in_order() -> None:
    packet = _packet()
    colours = [(10 * (number % 25), 10 * (number // 25), 120) for number in range(300)]
    _found(packet, "items", packet.add("item", _pictures(colours[:10]), "Item"))
    _found(packet, "letters", packet.add("letter", _pictures(colours[10:]), "Letter"))
    pdf = typeset_packet(packet)
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    first = next(number for number, text in enumerate(texts) if "Letter · Page 1 of 290" in text)
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts, start=1))
    for place in (0, 1, 150, 289):
        red, green, blue = _colour_in_the_middle(pdf, first + place)
        assert (red, green, blue) == tuple(value // 10 for value in colours[10 + place])


def test_a_wide_page_fits_its_frame() -> None:
    packet = _packet()
    _found(packet, "answers", packet.add("answer", _pictures([(200, 30, 30)], (220, 40)), "Answer"))
    pdf = typeset_packet(packet)
    page = next(p for p in pypdfium2.PdfDocument(pdf) if "Answer · Page 1 of 1" in p.get_textpage().get_text_bounded())
    picture = page.render(scale=1).to_pil().convert("RGB")
    red = [x for x in range(picture.width) if picture.getpixel((x, picture.height // 2))[0] > 150  # type: ignore[index]
           and picture.getpixel((x, picture.height // 2))[1] < 90]  # type: ignore[index]  # fmt: skip
    assert 70 <= red[0] <= 75 and 536 <= red[-1] <= 542


def test_what_is_attached_comes_out_as_it_went_in() -> None:
    packet = _packet()
    packet.attachments = [
        Attachment("history.jsonl", "application/jsonl", "«ü»\n".encode()),
        Attachment("pages.pdf", "application/pdf", bytes(range(256)) * 9),
    ]
    pdf = typeset_packet(packet)
    found = {name: content[0] for name, content in PdfReader(BytesIO(pdf)).attachments.items()}
    assert found == {one.name: one.content for one in packet.attachments}
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    assert "#set page(width: 1pt) at $Equifax$" in " ".join(text.split())


def test_a_document_too_many_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packets, "MOST_PAGES", 3)
    packet = _packet()
    packet.add("one", _pictures([(0, 0, 0)] * 2), "One")
    with pytest.raises(TooManyPages) as refused:
        packet.add("two", _pictures([(0, 0, 0)] * 2), "Two")
    assert refused.value.args == (2,)
    assert packet.add("three", _pictures([(0, 0, 0)]), "Three")["pages"] == 1
