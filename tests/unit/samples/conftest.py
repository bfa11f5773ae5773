"""What a sample's PDF says, for comparing it with the sample's truth."""

import re
from collections.abc import Callable

import pypdfium2
import pytest

TextOf = Callable[..., str]


@pytest.fixture(scope="session")
def text_of() -> TextOf:
    """All pages' text without any white space, so that a line break inside a value does not matter."""

    def read(pdf: bytes, password: str | None = None) -> str:
        document = pypdfium2.PdfDocument(pdf, password=password)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        return re.sub(r"\s+|\ufffe|\x02", "", text)

    return read
