"""The real SDK before a stand-in: a page's picture out, its words in pixels back."""

from io import BytesIO

import pytest
from PIL import Image
from tests.cloud.stand_ins import PROCESSOR, Answer, Refusal, Silence, StandIn, document, png_of, stand_in

from tribureau.providers.ocr.document_ai import DocumentAi, DocumentAiOptions
from tribureau.reader.ocr.words import Picture, SeenWord
from tribureau.reader.outside.readers import CloudFailed, Failure

PICTURE = Picture(1, 200, 100, 1.0, bytes(range(200)) * 100)
WORDS = [("Balance", (0.1, 0.1, 0.3, 0.2), 0), ("$1,240", (0.5, 0.1, 0.7, 0.2), 0), ("Paid", (0.1, 0.4, 0.2, 0.5), 1)]


async def ask(service: StandIn, seconds: float = 20) -> list[SeenWord]:
    reader = DocumentAi(DocumentAiOptions(service.url, PROCESSOR, "", seconds))
    try:
        return await reader.words_of(PICTURE)
    finally:
        await reader.close()
        assert service.faults == []


async def test_words_come_with_their_boxes_and_lines() -> None:
    with stand_in(document(WORDS)) as service:
        words = await ask(service)
    assert [word.text for word in words] == ["Balance", "$1,240", "Paid"]
    assert [word.line for word in words] == [0, 0, 1]
    assert words[0][1:5] == pytest.approx((20, 10, 60, 20), abs=0.01)
    assert words[0].confidence == pytest.approx(0.98)
    assert Image.open(BytesIO(png_of(service.received[0]))).tobytes() == PICTURE.grey


async def test_no_credentials_go_over_plain_http() -> None:
    with stand_in(document(WORDS)) as service:
        await ask(service)
    assert b"authorization" not in service.everything.lower()


async def test_pieces_that_no_space_parts_are_one_word() -> None:
    answer = document([("$", (0.5, 0.1, 0.52, 0.2), 0), ("1,240", (0.52, 0.1, 0.7, 0.2), 0)])
    glued = answer.replace(b'"$ 1,240 "', b'"$1,240 "').replace(b'"type": 1', b'"type": 0', 1)
    glued = glued.replace(b'"endIndex": "2"', b'"endIndex": "1"').replace(b'"startIndex": "2"', b'"startIndex": "1"')
    with stand_in(glued.replace(b'"endIndex": "8"', b'"endIndex": "7"')) as service:
        assert [word.text for word in await ask(service)] == ["$1,240"]


async def test_it_waits_while_the_service_is_busy() -> None:
    with stand_in(Refusal(429, {"Retry-After": "1"}), document(WORDS)) as service:
        assert len(await ask(service)) == 3
    assert len(service.received) == 2


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (Refusal(429), Failure.BUSY),
        (Refusal(500), Failure.ERROR),
        (Refusal(403), Failure.ERROR),
        (Silence(), Failure.LATE),
        (b"this is no JSON", Failure.USELESS),
        (b"{}", Failure.USELESS),
        (b'{"document": {"text": 7}}', Failure.USELESS),
        (document([("far", (3e8, 0.1, 4e8, 0.2), 0)]), Failure.USELESS),
        (document([("nan", ("NaN", 0.1, 0.2, 0.2), 0)]), Failure.USELESS),
        (b'{"document": {"text": "' + b"x" * (33 * 2**20) + b'"}}', Failure.USELESS),
    ],
)
async def test_what_is_no_answer_is_a_failure_with_its_reason(answer: Answer, failure: Failure) -> None:
    with stand_in(answer) as service, pytest.raises(CloudFailed) as failed:
        await ask(service, seconds=3)
    assert failed.value.failure is failure


async def test_the_processor_can_be_checked() -> None:
    with stand_in(b"{}") as service:
        await DocumentAi(DocumentAiOptions(service.url, PROCESSOR, "", 5)).check()
        with pytest.raises(CloudFailed):
            await DocumentAi(DocumentAiOptions(service.url, PROCESSOR + "x", "", 5)).check()
