"""The text layer: where words stand, and what becomes of files that have none or can't be opened."""

from io import BytesIO
from pathlib import Path

import pytest
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tribureau.domain.errors import Damaged, EmptyFile, NotAPdf, PasswordRequired, TooComplex, WrongPassword
from tribureau.reader import pdf_text
from tribureau.reader.pages import Page
from tribureau.reader.pdf_text import pages_of

PLACED = (
    "#set page(width: 400pt, height: 300pt, margin: 0pt)\n"
    '#place(dx: 50pt, dy: 40pt, text(size: 10pt)[Balance])\n'
    '#place(dx: 200pt, dy: 40pt, text(size: 10pt)[\\$1,234])\n'
    '#place(dx: 50pt, dy: 100pt, text(size: 10pt, weight: "bold")[NORTHGATE BANK])\n'
)  # fmt: skip


def typeset(source: str) -> bytes:
    return bytes(typst.compile(source.encode()))


def turned(pdf: bytes, degrees: int) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        page.rotate(degrees)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def read_one(pdf: bytes) -> Page:
    [page] = pages_of(pdf)
    return page


def test_words_stand_where_they_are_printed() -> None:
    page = read_one(typeset(PLACED))
    assert (page.width, page.height) == pytest.approx((400, 300))
    places = [(word.text, round(word.x0), word.bold) for word in page.words]
    assert places[:3] == [("Balance", 50, False), ("$1,234", 200, False), ("NORTHGATE", 50, True)]
    balance = page.words[0]
    assert 38 < balance.y0 < balance.y1 < 56
    assert [[s.text for s in line.segments] for line in page.lines] == [["Balance", "$1,234"], ["NORTHGATE BANK"]]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_text_that_lies_on_its_side_is_read_upright(degrees: int) -> None:
    upright = read_one(typeset(PLACED))
    page = read_one(turned(typeset(PLACED), degrees))
    assert [word.text for line in page.lines for word in line.words] == ["Balance", "$1,234", "NORTHGATE", "BANK"]
    assert page.words[0].y0 == pytest.approx(upright.words[0].y0, abs=1)
    assert (page.width, page.height) == pytest.approx((400, 300))


def test_curly_quotes_and_soft_hyphens_are_plain() -> None:
    source = "#set page(width: 300pt, height: 100pt)\nO’Malley Grant\u00ador ’25"
    assert read_one(typeset(source)).lines[0].text == "O'Malley Grantor '25"


def picture_of_text() -> bytes:
    picture = BytesIO()
    Image.new("L", (600, 200), 128).save(picture, "PDF")
    return picture.getvalue()


def test_a_page_that_is_an_image_is_a_picture() -> None:
    page = read_one(picture_of_text())
    assert page.is_picture
    assert page.words == []


@pytest.mark.parametrize("content", ["", "Page 9", "#line(length: 100%)"])
def test_a_page_with_little_or_nothing_on_it_is_none(content: str) -> None:
    assert not read_one(typeset(f"#set page(width: 300pt, height: 100pt)\n{content}")).is_picture


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"", EmptyFile), (b" \n\x00", EmptyFile), (b"Not a PDF at all", NotAPdf), (b"%PDF-1.7\nnothing", Damaged)],
)
def test_a_file_that_is_none(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(pages_of(data))


def test_a_file_cut_short_is_damaged() -> None:
    whole = typeset(PLACED)
    with pytest.raises(Damaged):
        list(pages_of(whole[: len(whole) // 2]))


def test_a_locked_file_needs_its_password(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(typeset(PLACED))))
    writer.encrypt("sesame", algorithm="AES-128")
    path = tmp_path / "locked.pdf"
    with path.open("wb") as file:
        writer.write(file)
    with pytest.raises(PasswordRequired):
        list(pages_of(path))
    with pytest.raises(WrongPassword):
        list(pages_of(path, password="Sesame"))
    [page] = pages_of(path, password="sesame")
    assert page.words[0].text == "Balance"


def test_more_pages_than_a_report_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MAX_PAGES", 2)
    with pytest.raises(TooComplex):
        list(pages_of(typeset("a #pagebreak() b #pagebreak() c")))


def test_more_text_than_a_page_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MAX_CHARACTERS_ON_A_PAGE", 3)
    with pytest.raises(TooComplex):
        list(pages_of(typeset(PLACED)))


def test_months_drawn_in_colour_are_kept_as_marks() -> None:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    months = "\n".join(f"#place(dx: {40 + 30 * at}pt, dy: 20pt)[{name}]" for at, name in enumerate(names))
    source = (
        f"#set page(width: 300pt, height: 100pt, margin: 0pt)\n#set text(size: 8pt)\n{months}\n"
        '#place(dx: 42pt, dy: 40pt, circle(radius: 3pt, fill: rgb("#2e7d32")))\n'
        '#place(dx: 72pt, dy: 40pt, rect(width: 5pt, height: 5pt, fill: rgb("#bbbbbb")))\n'
        '#place(dx: 102pt, dy: 40pt, rect(width: 5pt, height: 5pt, fill: rgb("#c62828")))\n'
    )
    marks = read_one(typeset(source)).marks
    assert sorted((round(mark.box.x0), mark.meaning) for mark in marks) == [(42, "OK"), (72, "ND"), (102, None)]
