"""How one report is asked about outside: in parts, only as long as consent stands, and no longer than it helps."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.cloud.stand_ins import MODEL, PROCESSOR, Refusal, StandIn, accounts, document, generated, png_of, stand_in

from tribureau.domain.cloud_consent import CloudConsent
from tribureau.domain.errors import NotACreditReport
from tribureau.providers.ocr.document_ai import DocumentAi, DocumentAiOptions
from tribureau.providers.parsing.gemini import Gemini, GeminiOptions
from tribureau.reader.ocr.painting import painted_over, secret_words, with_hidden
from tribureau.reader.ocr.scan_reader import ScanReader
from tribureau.reader.ocr.words import EngineFailed, Picture, SeenWord
from tribureau.reader.outside.said import PageText, Said, SaidAccount
from tribureau.reader.sandbox import Sandbox
from tribureau.reader.walls import Limits
from tribureau.workflows.cloud_reading import CloudReading, CloudServices
from tribureau.workflows.text_batches import MOST_LETTERS, batches, joined

AGREED = CloudConsent(unredacted_pages=False)
LONG = [PageText(number, ["x" * (MOST_LETTERS // 2)]) for number in range(1, 7)]


class Consent:
    """Stands for so many looks at it."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    async def __call__(self) -> CloudConsent | None:
        self.looks -= 1
        return AGREED if self.looks >= 0 else None


def asking(
    service: StandIn, consent: Consent | None = None, tell: Callable[[int, str], None] | None = None
) -> CloudReading:
    services = CloudServices(
        ocr=DocumentAi(DocumentAiOptions(service.url, PROCESSOR, "", 10)),
        parser=Gemini(GeminiOptions("k", MODEL, service.url, 10)),
    )
    return CloudReading(services, AGREED, consent or Consent(99), tell or (lambda percent, text: None))


@given(st.lists(st.integers(0, 2 * MOST_LETTERS), max_size=12))
def test_parts_hold_every_page_in_order_and_begin_where_the_last_one_ended(lengths: list[int]) -> None:
    pages = [PageText(number, ["x" * length]) for number, length in enumerate(lengths, 1)]
    parts = batches(pages)
    seen = [page.page for part in parts for page in part]
    assert list(dict.fromkeys(seen)) == [page.page for page in pages]
    for part in parts:
        assert len(part) == 1 or sum(len(page.lines[0]) + 1 for page in part) <= MOST_LETTERS
    for one, other in pairwise(parts):
        assert other[0].page in (one[-1].page, one[-1].page + 1)


def test_an_account_on_a_page_that_two_parts_share_is_taken_from_the_later() -> None:
    first, second, third = (PageText(number, []) for number in (1, 2, 3))
    on = {page: SaidAccount("BANK", "Experian", page) for page in (1, 2, 3)}  # type: ignore[arg-type]
    again = SaidAccount("BANK", "Experian", 2, [])  # type: ignore[arg-type]
    said = joined(
        "M", [([first, second], Said(accounts=[on[1], on[2]])), ([second, third], Said(accounts=[again, on[3]]))], []
    )
    assert [account.page for account in said.accounts] == [1, 2, 3]
    assert said.accounts[1] is again


async def test_a_long_report_is_asked_about_in_parts_and_told_so() -> None:
    told: list[tuple[int, str]] = []
    with stand_in(accounts()) as service:
        said = await asking(service, tell=lambda percent, text: told.append((percent, text))).said_of(LONG)
    assert len(service.received) == len(batches(LONG)) == len(told)
    assert said.by == f"Google Gemini ({MODEL})" and said.notes == []
    assert told[0] == (31, f"Page 1 of 6 is being read by Google Gemini ({MODEL})") or told[0][1].startswith(
        "Pages 1 to"
    )
    assert [percent for percent, _ in told] == sorted({percent for percent, _ in told})


async def test_consent_is_looked_up_before_each_question() -> None:
    with stand_in(accounts()) as service:
        said = await asking(service, Consent(2)).said_of(LONG)
    assert len(service.received) == 2
    assert said.by and len(said.notes) == 1 and "not asked any more" in said.notes[0]
    with stand_in(accounts()) as service:
        assert (await asking(service, Consent(0)).said_of(LONG)).by is None
    assert service.received == []


async def test_a_model_that_fails_twice_is_left_alone_for_this_report() -> None:
    with stand_in(Refusal(500)) as service:
        said = await asking(service).said_of(LONG)
    assert len(service.received) == 2
    assert (said.by, said.accounts) == (None, [])
    assert said.notes == [f"Google Gemini ({MODEL}) answered with an error. This report was read by Tribureau alone."]


async def test_a_part_that_fails_is_read_here_and_the_rest_outside() -> None:
    with stand_in(accounts(), generated("{", "MAX_TOKENS"), accounts()) as service:
        said = await asking(service).said_of(LONG)
    assert len(service.received) == len(batches(LONG))
    [note] = said.notes
    assert "was cut off. Page" in note and note.endswith("read by Tribureau alone.")


def word(text: str, x: float, y: float, line: int = 0) -> SeenWord:
    return SeenWord(text, x, y, x + 12 * len(text), y + 20, line, 0.9)


SSN = [word("SSN:", 20, 20), word("123-45-6789", 100, 20)]
CARD = [
    word("Card", 20, 90, 1),
    *(word(part, 100 + 60 * at, 90, 1) for at, part in enumerate(("4539", "5711", "4792", "3358"))),
]
SHEET = Picture(1, 400, 200, 1.0, bytes(400 * 200))


def test_words_that_hold_secrets_are_painted_over_and_no_others() -> None:
    hidden = secret_words([*SSN, word("Balance", 20, 160, 2), word("$1,240", 150, 160, 2), *CARD])
    assert [secret.text for secret in hidden] == ["123-45-6789", "4539", "5711", "4792", "3358"]
    painted = Image.frombytes("L", (400, 200), painted_over(SHEET, hidden).grey)
    assert painted.getpixel((150, 30)) == 255 and painted.getpixel((120, 100)) == 255
    assert painted.getpixel((60, 30)) == 0 and painted.getpixel((160, 170)) == 0


def test_what_was_painted_over_is_put_back_from_what_was_read_here() -> None:
    hidden = [SSN[1]]
    words = with_hidden([word("SSN:", 20, 20), word("~", 130, 20), word("Paid", 20, 60, 1)], hidden)
    assert [one.text for one in words] == ["SSN:", "Paid", "123-45-6789"]
    assert words[-1].line not in (0, 1)


class Engine:
    """An engine of this machine that sees the same words on every page, or fails."""

    name = "Engine"

    def __init__(self, words: list[SeenWord] | None) -> None:
        self.words = words

    async def words_of(self, picture: Picture) -> list[SeenWord]:
        if self.words is None:
            raise EngineFailed(picture.page)
        return self.words

    async def close(self) -> None:
        """Nothing to close."""


def sharpened(service: StandIn, words: list[SeenWord] | None, consent: Consent | None = None) -> ScanReader:
    reader = asking(service, consent).sharpened(ScanReader(Engine(words), seconds_a_page=30, seconds=60))
    assert reader
    return reader


async def test_a_scanned_page_leaves_painted_over_and_comes_back_whole() -> None:
    with stand_in(document([("SSN:", (0.05, 0.1, 0.17, 0.2), 0), ("Paid", (0.05, 0.4, 0.2, 0.5), 1)])) as service:
        read = await sharpened(service, SSN).read(SHEET)
    assert read.by == "Google Document AI" and read.words
    assert {one.text for one in read.words} == {"SSN:", "Paid", "123-45-6789"}
    sent = Image.open(BytesIO(png_of(service.received[0])))
    assert sent.getpixel((150, 30)) == 255


DIM = [one._replace(confidence=0.3) for one in SSN]


@pytest.mark.parametrize("words", [None, [], DIM], ids=["failed", "blank", "illegible"])
async def test_a_page_that_nothing_here_has_read_does_not_leave(words: list[SeenWord] | None) -> None:
    with stand_in(document([])) as service:
        read = await sharpened(service, words).read(SHEET)
    assert len(read.words or ()) == len(words or ()) and read.by is None
    assert service.received == []


async def test_pages_stay_here_once_consent_is_gone_or_the_service_failed_twice() -> None:
    with stand_in(document([])) as service:
        await sharpened(service, SSN, Consent(0)).read(SHEET)
        assert service.received == []
    with stand_in(Refusal(500)) as service:
        reader = sharpened(service, SSN)
        for _ in range(4):
            read = await reader.read(SHEET)
            assert read.by is None and read.words
    assert len(service.received) == 2


async def test_whoever_waits_is_told_which_page_is_being_read_by_whom() -> None:
    sheets, pdf, told = [Image.new("L", (850, 1100), 250) for _ in range(2)], BytesIO(), list[str]()
    sheets[0].save(pdf, "PDF", save_all=True, append_images=sheets[1:], resolution=100)
    reader = ScanReader(Engine(SSN), seconds_a_page=30, seconds=60)
    sandbox = Sandbox(Limits(2**30, 60), max_pages=9, scan_reader=reader)
    with stand_in(document([("Paid", (0.05, 0.4, 0.2, 0.5), 0)])) as service, pytest.raises(NotACreditReport):
        await sandbox.read(pdf.getvalue(), progress=lambda _, text: told.append(text), outside=asking(service))
    await sandbox.close()
    assert told[:2] == [f"Page {page} of 2 is being read by Google Document AI" for page in (1, 2)]
