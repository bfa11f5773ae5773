"""One seed is one report, and each option does to it what it says."""

from collections.abc import Callable

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tribureau.domain.errors import InvalidInput
from tribureau.samples import FAMILIES, make_report

families = st.sampled_from(sorted(FAMILIES))


@settings(max_examples=12, deadline=None)
@given(family=families, style=st.sampled_from("ABC"), seed=st.integers(0, 10**6))
def test_one_seed_is_one_report(family: str, style: str, seed: int) -> None:
    first, second = (make_report(family, style=style, seed=seed) for _ in range(2))
    assert first.pdf == second.pdf
    assert first.truth == second.truth


def test_another_seed_is_another_report() -> None:
    first, second = (make_report("experian", seed=seed) for seed in (1, 2))
    assert first.pdf != second.pdf
    assert first.truth["personal_info"] != second.truth["personal_info"]


@settings(max_examples=10, deadline=None)
@given(family=families, seed=st.integers(0, 10**6))
def test_nobody_in_it_can_be_real(family: str, seed: int) -> None:
    person = make_report(family, seed=seed, accounts=1).truth["personal_info"]
    state, zip_code = person["current_address"].rsplit(", ", 1)[1].split()
    assert state in {"ZX", "QJ", "XN", "QT", "ZL"}
    assert zip_code.startswith("000")


@pytest.mark.parametrize("count", [0, 1, 9])
def test_as_many_accounts_as_asked_for(count: int) -> None:
    truth = make_report("smartcredit", seed=3, accounts=count).truth
    assert len({line["account_group"] for line in truth["tradelines"]}) == count


def test_a_locked_report_opens_with_its_password_only(text_of: Callable[..., str]) -> None:
    locked = make_report("transunion", seed=8, locked_with="00041")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(locked.pdf)
    assert "PersonalCreditReport" in text_of(locked.pdf, "00041")
    assert locked.truth["variant"]["password"] == "00041"


def test_a_truncated_report_is_the_beginning_of_the_whole_one() -> None:
    whole, part = make_report("equifax", seed=8), make_report("equifax", seed=8, truncated=True)
    assert whole.pdf.startswith(part.pdf)
    assert len(part.pdf) < 0.85 * len(whole.pdf)
    assert part.truth["variant"]["truncated"]


def test_a_decoy_holds_no_credit_account(text_of: Callable[..., str]) -> None:
    decoy = make_report("experian", seed=8, decoy=True)
    assert decoy.truth["tradelines"] == []
    assert "Checkingaccountstatement" in text_of(decoy.pdf)
    assert "Experian" not in text_of(decoy.pdf)


def test_a_scanned_report_is_pictures_of_the_same_pages(text_of: Callable[..., str]) -> None:
    plain = make_report("identityiq", seed=8, accounts=2)
    scanned = make_report("identityiq", seed=8, accounts=2, scanned=True)
    assert text_of(scanned.pdf) == ""
    assert len(pypdfium2.PdfDocument(scanned.pdf)) == len(pypdfium2.PdfDocument(plain.pdf))
    assert scanned.truth["tradelines"] == plain.truth["tradelines"]
    assert scanned.pdf == make_report("identityiq", seed=8, accounts=2, scanned=True).pdf


def test_a_scanned_page_is_not_blank() -> None:
    scanned = make_report("experian", seed=8, accounts=1, scanned=True)
    picture = pypdfium2.PdfDocument(scanned.pdf)[0].render(scale=0.5).to_pil().convert("L")
    darkest, brightest = picture.getextrema()
    assert darkest < 120 < brightest


@pytest.mark.parametrize(("family", "style"), [("callcredit", "A"), ("experian", "Z")])
def test_an_unknown_layout_is_refused_with_the_known_ones(family: str, style: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_report(family, style=style)
    assert "One of: " in refused.value.hint
