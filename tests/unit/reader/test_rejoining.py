"""Words that a narrow column cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.reader.rejoining import rejoined


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Conventional real estate mort", "gage"], "Conventional real estate mortgage"),
        ([">Charge-of", "f<"], ">Charge-off<"),
        (["Collection/Char", "geoff"], "Collection/Chargeoff"),
        (["Account info", "rmation disputed", "by consumer"], "Account information disputed by consumer"),
        ([">CHARGED OFF AS BAD DE", "BT<"], ">CHARGED OFF AS BAD DEBT<"),
        (["Co-", "signer"], "Co-signer"),
        (["$1,2", "34.00"], "$1,234.00"),
        (["$1", ",234"], "$1,234"),
        (["$252", "06/21/2025"], "$252 06/21/2025"),
        (["$25", "2019"], "$25 2019"),
        (["06/21/20", "1/2"], "06/21/20 1/2"),
        (["12/02/", "2021"], "12/02/2021"),
        (["12/0", "2/2021"], "12/02/2021"),
        (["Charged to credit", "or closed"], "Charged to credit or closed"),
        (["Account closed by credit", "grantor"], "Account closed by credit grantor"),
        (["Medical/Health Care -", "Collection"], "Medical/Health Care - Collection"),
        (["Collection Department / Agency /", "Attorney"], "Collection Department / Agency / Attorney"),
        (["1587 SALTMARSH CT, NORTH", "BRINDLE, ZX 00075"], "1587 SALTMARSH CT, NORTH BRINDLE, ZX 00075"),
        ([], ""),
    ],
)
def test_lines_as_one_text(lines: list[str], text: str) -> None:
    assert rejoined(lines) == text


_WHOLE = ["account", "charged", "off", "transferred", "to", "lender", "closed", "by", "consumer", "paid", "in", "full"]


@given(st.lists(st.sampled_from(_WHOLE), min_size=1, max_size=12), st.data())
def test_a_cut_between_whole_words_keeps_its_blank(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words)))
    parts = [" ".join(part) for part in (words[:at], words[at:]) if part]
    assert rejoined(parts) == " ".join(words)


@given(st.sampled_from(["collection", "mortgage", "installment", "repossession", "bankruptcy"]), st.data())
def test_a_long_word_cut_anywhere_is_whole_again(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    assert rejoined([f"Included {word[:at]}", f"{word[at:]} account"]) == f"Included {word} account"
