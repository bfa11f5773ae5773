"""`tribureau doctor` on services outside: whether they are set up so that they answer."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from tests.cloud.stand_ins import MODEL, stand_in

from tribureau.diagnosis import State
from tribureau.diagnosis.cloud import cloud
from tribureau.settings import Settings

GEMINI: dict[str, Any] = {"cloud_parsing": "gemini", "gemini_api_key": SecretStr("k"), "gemini_model": MODEL}
DOCUMENT_AI: dict[str, Any] = {
    "cloud_ocr": "document_ai",
    "document_ai_project": "invented",
    "document_ai_processor": "abc123",
}


def states(**settings: Any) -> dict[str, State]:
    return {finding.part: finding.state for finding in cloud(Settings(**settings)) if finding.state is not State.NOTE}


def test_off_by_default() -> None:
    assert states() == {"Google": State.GOOD}


def test_services_that_answer_are_good() -> None:
    with stand_in({}) as service:
        found = states(**GEMINI, **DOCUMENT_AI, gemini_url=service.url, document_ai_url=service.url)
    assert found == {"Google Gemini": State.GOOD, "Google Document AI": State.GOOD}


@pytest.mark.parametrize(
    "wrong",
    [
        {"gemini_api_key": None},
        {"gemini_model": "no-such-model"},
        {"gemini_url": "http://127.0.0.1:9"},
    ],
)
def test_a_model_that_can_t_be_asked_is_off(wrong: dict[str, Any]) -> None:
    with stand_in({}) as service:
        assert states(**{**GEMINI, "gemini_url": service.url, **wrong}) == {"Google Gemini": State.OFF}


@pytest.mark.parametrize(
    "wrong",
    [
        {"document_ai_project": ""},
        {"document_ai_processor": "another"},
        {"document_ai_credentials": Path("/nowhere/key.json")},
        {"document_ai_url": "http://127.0.0.1:9"},
    ],
)
def test_a_processor_that_can_t_be_asked_is_off(wrong: dict[str, Any]) -> None:
    with stand_in({}) as service:
        found = states(**{**DOCUMENT_AI, "document_ai_url": service.url, **wrong})
    assert found == {"Google Document AI": State.OFF}


def test_credentials_that_are_none_are_off(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{}")
    wrong = {**DOCUMENT_AI, "document_ai_url": "https://127.0.0.1:9", "document_ai_credentials": tmp_path / "key.json"}
    assert states(**wrong) == {"Google Document AI": State.OFF}


@pytest.mark.parametrize("url", ["http://example.org", "ftp://127.0.0.1", "example.org", "https://"])
def test_pages_go_over_https_or_nowhere(url: str) -> None:
    for name in ("gemini_url", "document_ai_url"):
        with pytest.raises(ValidationError):
            Settings(**{name: url})
