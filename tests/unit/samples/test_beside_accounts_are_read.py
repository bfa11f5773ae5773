"""Every family and style: inquiries, public records, names, addresses and employers as printed, and nothing leaks."""

from collections import Counter
from typing import Any

import pytest

from tribureau.evaluation.values import plain
from tribureau.reader import read_report
from tribureau.reader.report_json import report_object
from tribureau.samples import make_report
from tribureau.samples.reports import FAMILIES

STYLES = [(family, style) for family, styles in FAMILIES.items() for style in styles]
SEEDS = range(40, 45)


def _inquiries(found: list[dict[str, Any]]) -> Counter[tuple[str, ...]]:
    return Counter((plain(one["creditor"]), one["bureau"], one["date"][:7], one["type"]) for one in found)


def _records(found: list[dict[str, Any]], filed: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (one["kind"], one["bureau"], one[filed][:7], one["status"], one["amount"], one["chapter"], plain(one["court"]))
        for one in found
    )


@pytest.mark.parametrize(("family", "style"), STYLES)
def test_what_stands_beside_the_accounts_is_read(family: str, style: str) -> None:
    for seed in SEEDS:
        sample = make_report(family, style=style, seed=seed, accounts=2)
        read, truth = report_object("x", read_report(sample.pdf)), sample.truth
        person = truth["personal_info"]
        assert _inquiries(read["inquiries"]) == _inquiries(truth["inquiries"])
        assert _records(read["public_records"], "filed_on") == _records(truth["public_records"], "filed")
        assert {plain(name) for name in read["names"]} == {plain(n) for n in (person["name"], *person["also_known_as"])}
        told = [read["personal_info"]["current_address"], *read["personal_info"]["previous_addresses"]]
        printed = {plain(address) for address in (person["current_address"], *person["previous_addresses"])}
        assert {plain(address) for address in told} == printed
        assert len(read["tradelines"]) == len(truth["tradelines"])
        for one in [*read["personal"], *read["credit_scores"]]:
            assert one["provenance"]["page"] <= 40 and one["provenance"]["box"][2] > one["provenance"]["box"][0]


def test_liens_judgments_old_bankruptcies_and_former_names_occur() -> None:
    reports = [make_report("identityiq", seed=seed, accounts=1).truth for seed in range(40)]
    kinds = {record["kind"] for truth in reports for record in truth["public_records"]}
    assert kinds == {"bankruptcy", "tax_lien", "civil_judgment"}
    assert any(len(truth["personal_info"]["also_known_as"]) > 1 for truth in reports)
