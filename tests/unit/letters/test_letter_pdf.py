"""The typeset letter, looked at as a PDF: where the addresses stand, what the pages say, which fonts it carries."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import Language
from tribureau.domain.letters.recipients import PostalAddress
from tribureau.letters import Letter, LetterUse, typeset, with_attachments

SENDER = PostalAddress(("Dana Rowe", "12 Invented Street, Apt 4", "Fairview, OH 44126"))
RECIPIENT = PostalAddress(("Equifax Information Services LLC", "P.O. Box 740256", "Atlanta, GA 30374-0256"))
BODY = "Re: Dispute of #set page(width: 1pt) *in* my $file$\n\nTo whom it may concern:\n\n1. MIDVALE BANK\nNot mine."
INCH = 72.0


def letter(content: str = BODY, use: LetterUse = LetterUse.PRINTED_AT_HOME) -> bytes:
    return typeset(Letter(content, SENDER, RECIPIENT, date(2026, 11, 22), use=use))


def text_within(pdf: bytes, left: float, top: float, width: float, height: float) -> str:
    """The words in a rectangle of the first page, in inches from its top left."""
    page = pypdfium2.PdfDocument(pdf)[0]
    _, page_height = page.get_size()
    return str(
        page.get_textpage().get_text_bounded(
            left * INCH, page_height - (top + height) * INCH, (left + width) * INCH, page_height - top * INCH
        )
    )


def test_both_addresses_stand_in_the_windows() -> None:
    pdf = letter()
    assert text_within(pdf, 0.5, 0.5, 3.5, 0.792).split("\r\n") == list(SENDER.lines)
    assert text_within(pdf, 0.5, 2.042, 3.5, 0.875).split("\r\n") == list(RECIPIENT.lines)


@pytest.mark.parametrize(
    "lines", [RECIPIENT.lines, ("Harrow Lending", "Attn. Disputes", "Suite 4", "P.O. Box 1", "X, TX")]
)
@pytest.mark.parametrize("moved_mm", [7.0, 12.7, 18.0, 25.0])
def test_a_window_of_a_number_10_envelope_shows_the_recipient_and_nothing_else(
    lines: tuple[str, ...], moved_mm: float
) -> None:
    """In mm: the envelope is 241.3 by 104.8; its window 114.3 by 28.6, 22.2 from the left and 12.7 from the bottom.

    The sheet, folded in three to 93.1, rests on the bottom and lies somewhere between left and right.
    """
    pdf = typeset(Letter(BODY, SENDER, PostalAddress(lines), date(2026, 11, 22)))
    sheet, folded = 25.4, 93.1
    top = (104.8 - 12.7 - 28.6) - (104.8 - folded)
    shown = text_within(pdf, (22.2 - moved_mm) / sheet, top / sheet, 114.3 / sheet, 28.6 / sheet)
    assert shown.split("\r\n") == list(lines)


# Lob's double-window #10 envelope, 4.125 by 9.5 inches: height, width, from the left, from the bottom of each window
# (help.lob.com, "Letter envelopes"). A sheet folded in three to 11/3 inches moves by what is left of the envelope.
LOB_WINDOWS = ((0.875, 3.25, 0.625, 2.375), (1.0, 4.0, 0.625, 1.0))


@pytest.mark.parametrize("window", LOB_WINDOWS)
@pytest.mark.parametrize("lowered", [0.0, 4.125 - 11 / 3])
@pytest.mark.parametrize("moved", [0.0, 9.5 - 8.5])
def test_a_mailing_services_windows_show_nothing_of_ours(
    window: tuple[float, float, float, float], lowered: float, moved: float
) -> None:
    """Lob prints both addresses there itself (`address_placement` `top_first_page`)."""
    height, width, left, bottom = window
    pdf = letter(use=LetterUse.MAILED_FOR_THE_USER)
    shown = text_within(pdf, max(left - moved, 0), 4.125 - bottom - height - lowered, width, height)
    assert shown.strip() == ""


def test_a_mailing_service_finds_the_top_of_the_page_empty() -> None:
    pdf = letter(use=LetterUse.MAILED_FOR_THE_USER)
    assert text_within(pdf, 0, 0, 8.5, 3.3).strip() == ""
    assert "MIDVALE BANK" in text_within(pdf, 0, 3.3, 8.5, 7.7)


@pytest.mark.parametrize("before", range(30, 60))
def test_a_citation_is_not_broken_at_the_end_of_a_line(before: int) -> None:
    citation = "15 USC 1681s-2(a)(8)(E)(iv)"
    shown = text_within(letter(f"Re\n\nTo you:\n\n{'word ' * 8}{'x' * before} ({citation}, (a)(8)(E))."), 0, 0, 8.5, 11)
    assert citation in shown and "(a)(8)(E))." in shown


def test_what_is_typed_is_text_and_never_markup() -> None:
    assert "Dispute of #set page(width: 1pt) *in* my $file$" in " ".join(text_within(letter(), 0, 0, 8.5, 11).split())


def test_pages_are_numbered_and_fonts_embedded() -> None:
    pdf = PdfReader(BytesIO(letter(BODY + "\n\n" + "\n\n".join(f"{n}. BANK {n}\nNot mine." for n in range(2, 40)))))
    pages = len(pdf.pages)
    assert pages >= 3
    for number, page in enumerate(pdf.pages, 1):
        assert f"Page {number} of {pages}" in page.extract_text()
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_spanish_letters_keep_their_accents() -> None:
    made = typeset(Letter("Asunto: Año, ¿señal?", SENDER, RECIPIENT, date(2026, 1, 5), Language.SPANISH))
    words = text_within(made, 0, 0, 8.5, 11)
    assert "Año, ¿señal?" in words and "5 de enero de 2026" in words and "Página 1 de 1" in words


def test_the_same_letter_is_the_same_bytes() -> None:
    assert letter() == letter()


@pytest.mark.parametrize("lines", [("Dana Rowe",), ("a", "b", "c", "d", "e", "f"), ("Dana Rowe", " ", "Fairview, OH")])
def test_an_address_that_no_window_shows_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput, match="does not fit on an envelope"):
        Letter(BODY, PostalAddress(lines), RECIPIENT, date(2026, 11, 22))


def a_pdf(width: float, height: float, pages: int = 1, password: str | None = None) -> bytes:
    made = PdfWriter()
    for _ in range(pages):
        made.add_blank_page(width, height)
    if password:
        made.encrypt(password)
    out = BytesIO()
    made.write(out)
    return out.getvalue()


def a_picture(kind: str, size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def test_proofs_follow_the_letter_on_letter_paper() -> None:
    proofs = [
        ("id.jpg", a_picture("JPEG", (3000, 2000))),
        ("bill.pdf", a_pdf(1000, 3000, 2)),
        ("photo.png", a_picture("PNG", (20, 30))),
    ]
    whole = PdfReader(BytesIO(with_attachments(letter(), proofs)))
    assert len(whole.pages) == 1 + 1 + 2 + 1
    assert {(float(page.mediabox.width), float(page.mediabox.height)) for page in whole.pages} == {(612, 792)}
    assert "MIDVALE" in whole.pages[0].extract_text()


def test_a_picture_is_drawn_whole_within_the_margins() -> None:
    whole = with_attachments(letter(), [("id.jpg", a_picture("JPEG", (3000, 2000)))])
    drawn = pypdfium2.PdfDocument(whole)[1].render(scale=1).to_pil().convert("RGB")
    red = [
        (x, y) for x in range(0, drawn.width, 4) for y in range(0, drawn.height, 4) if drawn.getpixel((x, y))[1] < 60
    ]
    assert min(x for x, _ in red) >= 35 and max(x for x, _ in red) <= 612 - 35
    assert (max(x for x, _ in red) - min(x for x, _ in red)) > 500


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 a spreadsheet", "neither a PDF nor a picture"),
        (b"%PDF-1.7 and then nothing", "is damaged|has no page"),
        (a_pdf(100, 100, password="secret"), "locked"),
        (a_pdf(612, 792, 61), "more than 60 pages"),
        (b"\x89PNG\r\n\x1a\n cut", "neither"),
    ],
)
def test_a_proof_that_can_not_be_enclosed_says_why(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        with_attachments(letter(), [("proof", content)])
