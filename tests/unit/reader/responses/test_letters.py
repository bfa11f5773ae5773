"""Bureaus' answers in every style of the generator: known for what they are, and read item by item."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tribureau.domain.bureau_responses import ItemKind, Outcome, ResponseKind
from tribureau.domain.bureaus import Bureau
from tribureau.domain.errors import Damaged, PasswordRequired
from tribureau.reader import read_report
from tribureau.reader.report import ReadItem, Response
from tribureau.samples import FAMILIES, make_report
from tribureau.samples.responses import STYLES, letters, make_response
from tribureau.samples.responses.answer import AnsweredItem

EVERY_STYLE = [(bureau, style) for bureau, styles in STYLES.items() for style in styles]
SEEDS = (11, 12, 13)


def read(pdf: bytes) -> Response:
    report = read_report(pdf)
    assert report.response and not report.tradelines
    return report.response


def told(item: ReadItem) -> dict[str, object]:
    changes = [{"field": c.field, "before": c.before, "after": c.after} for c in item.changes]
    return {
        "kind": item.kind,
        "creditor_name": item.creditor_name,
        "account_number": item.account_number and item.account_number.strip("."),
        "outcome": item.outcome,
        "changes": sorted(changes, key=str),
    }


@pytest.mark.parametrize(("bureau", "style"), EVERY_STYLE)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_style_is_read_as_it_was_written(bureau: Bureau, style: str, seed: int) -> None:
    made = make_response(bureau, style=style, seed=seed)
    response, truth = read(made.pdf), made.truth["response"]

    assert (response.kind, response.bureau, response.reference) == (truth["kind"], bureau, truth["reference"])
    assert response.letter_date and response.letter_date.isoformat() == truth["letter_date"]
    for item in truth["items"]:
        item["account_number"] = item["account_number"] and item["account_number"].strip(".")
        item["changes"].sort(key=str)
    assert sorted(map(told, response.items), key=str) == sorted(truth["items"], key=str)


@pytest.mark.parametrize(("bureau", "style"), [one for one in EVERY_STYLE if one[1] in "ABC"])
def test_the_day_of_an_inquiry_and_the_docket_of_a_record_are_read(
    bureau: Bureau, style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[AnsweredItem] = []

    def kept(make: Callable[..., AnsweredItem], *given: Any) -> AnsweredItem:
        written.append(make(*given))
        return written[-1]

    for name in ("inquiry_item", "public_record_item"):
        monkeypatch.setattr(letters, name, partial(kept, getattr(letters, name)))
    items = [item for seed in range(40, 48) for item in read(make_response(bureau, style=style, seed=seed).pdf).items]
    assert written
    assert sorted((item.name, item.detail) for item in written) == sorted(
        (item.creditor_name, f"{item.inquired_on:%m/%d/%Y}" if item.inquired_on else item.reference or "")
        for item in items
        if item.kind in (ItemKind.INQUIRY, ItemKind.PUBLIC_RECORD)
    )
    assert not any(item.inquired_on or item.reference for item in items if item.kind is ItemKind.ACCOUNT)


@pytest.mark.parametrize(("bureau", "style"), EVERY_STYLE)
def test_each_value_stands_where_it_is_said_to_stand(bureau: Bureau, style: str) -> None:
    for item in read(make_response(bureau, style=style, seed=21).pdf).items:
        places = [*item.evidence.values(), *(change.evidence for change in item.changes)]
        assert {"creditor_name", "outcome"} <= set(item.evidence)
        for place in places:
            assert place.printed and place.rule and 0.5 < place.confidence <= 1
            assert place.page == 1 and place.box.x0 < place.box.x1 and place.box.y0 < place.box.y1


@pytest.mark.parametrize(("family", "style"), [(family, style) for family in FAMILIES for style in FAMILIES[family]])
def test_a_report_is_never_taken_for_an_answer(family: str, style: str) -> None:
    assert read_report(make_report(family, style=style, seed=31).pdf).response is None


def test_letters_that_tell_no_result_have_no_items() -> None:
    for bureau in Bureau:
        response = read(make_response(bureau, style="D", seed=5).pdf)
        assert (response.kind, response.items) == (ResponseKind.IDENTIFICATION_REQUEST, [])
    notice = read(make_response(Bureau.EXPERIAN, style="E", seed=5).pdf)
    assert notice.kind is ResponseKind.FRIVOLOUS_NOTICE
    assert {item.outcome for item in notice.items} == {Outcome.REJECTED_FRIVOLOUS}


def test_of_personal_information_the_kind_is_kept_and_never_the_value() -> None:
    found = 0
    for seed in range(40, 60):
        made = make_response(Bureau.EXPERIAN, style="A", seed=seed)
        for item in read(made.pdf).items:
            if item.kind == "personal_information":
                found += 1
                assert item.creditor_name in {"Previous address", "Name variation", "Employer"}
                assert not any(digit in item.evidence["creditor_name"].printed for digit in "0123456789")
    assert found


def test_locked_and_cut_letters_end_in_their_own_errors() -> None:
    with pytest.raises(PasswordRequired):
        read_report(make_response(Bureau.EQUIFAX, seed=3, locked_with="00041").pdf)
    with pytest.raises(Damaged):
        read_report(make_response(Bureau.EQUIFAX, seed=3, truncated=True).pdf)
