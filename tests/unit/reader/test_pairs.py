"""Labels and values in every arrangement that reports print them in."""

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.reader.drawn import DrawnLine, document

from tribureau.reader.labels import LabelBook
from tribureau.reader.single_bureau.bureau_labels import COMMON_LABELS
from tribureau.reader.single_bureau.pairs import find_pairs

BOOK = LabelBook(COMMON_LABELS)


def answers(*rows: DrawnLine) -> dict[str, str | None]:
    found = find_pairs(document(rows).lines, BOOK, set(), set())
    return {pair.question: pair.value.printed if pair.value else None for pair in found.pairs if pair.question}


def test_a_run_of_labels_and_values() -> None:
    row = [(40, "Account Number: *1234 | Owner: Individual Account Credit Limit: | High Credit: $1,759")]
    assert answers(row) == {
        "account_number": "*1234",
        "responsibility": "Individual Account",
        "credit_limit": None,
        "high_balance": "$1,759",
    }


def test_columns_of_labels_beside_columns_of_values() -> None:
    found = answers(
        [(40, "Balance"), (140, "$543"), (300, "Date Opened"), (400, "07/15/2012")],
        [(40, "Credit Limit"), (300, "Account Type"), (400, "REVOLVING")],
        [(40, "Past Due Amount"), (140, "-"), (300, "Date Closed"), (400, "-")],
    )
    assert found["balance"] == "$543"
    assert found["credit_limit"] is None
    assert found["type_words"] == "REVOLVING"
    assert found["date_closed"] == "-"


def test_a_row_of_labels_over_a_row_of_values() -> None:
    found = answers(
        [(40, "Account name"), (170, "Account number"), (270, "Recent balance"), (400, "Status")],
        [(40, "NORTHGATE BANK"), (170, "431196XXXX"), (270, "$12"), (400, "Open/Never late.")],
    )
    assert found == {
        "creditor_name": "NORTHGATE BANK",
        "account_number": "431196XXXX",
        "balance": "$12",
        "account_words": "Open/Never late.",
    }


def test_a_row_of_labels_that_take_two_lines() -> None:
    found = answers(
        (100, [(40, "Account Number"), (140, "Date of"), (230, "Amount"), (320, "Terms")]),
        (109, [(140, "Last Payment"), (230, "Past Due"), (320, "Duration")]),
        (123, [(40, "XXXX1234"), (140, "05/01/2024"), (230, "$40"), (320, "36 Months")]),
    )
    assert found == {
        "account_number": "XXXX1234",
        "date_last_payment": "05/01/2024",
        "past_due": "$40",
        "terms": "36 Months",
    }


def test_a_value_goes_on_under_itself_but_not_in_the_next_row() -> None:
    found = answers(
        (100, [(40, "Status"), (140, "Collection account. $2,144 past due as of Mar")]),
        (109, [(140, "2025.")]),
        (123, [(40, "Responsibility"), (140, "Individual")]),
    )
    assert found == {
        "account_words": "Collection account. $2,144 past due as of Mar 2025.",
        "responsibility": "Individual",
    }


def test_a_value_that_reads_like_a_label_stays_a_value() -> None:
    found = answers(
        [(40, "Status"), (140, "Closed")],
        [(40, "Balance"), (140, "$0")],
        [(40, "Remarks"), (140, ">PLACED FOR COLLECTION<")],
    )
    assert found == {"account_words": "Closed", "balance": "$0", "remarks": ">PLACED FOR COLLECTION<"}


def test_a_label_that_wraps_is_one_label() -> None:
    found = answers(
        (100, [(40, "Times 30/60/90 days"), (140, "1/0/2")]),
        (109, [(40, "late")]),
        (123, [(40, "Balance"), (140, "$9")]),
    )
    assert found == {"late_totals": "1/0/2", "balance": "$9"}


def test_prose_that_begins_with_a_label_is_none() -> None:
    assert answers([(40, "High balance of an account is the most that was owed.")]) == {}


def test_remarks_under_their_heading_are_a_list() -> None:
    found = answers([(40, "Comments")], [(40, "CHARGED OFF ACCOUNT")], [(40, "PAID CHARGE OFF")])
    assert found == {"remarks": "CHARGED OFF ACCOUNT; PAID CHARGE OFF"}


def test_remarks_do_not_go_on_behind_a_page_that_has_none() -> None:
    pages: list[list[DrawnLine]] = [
        [[(40, "Comments")], [(40, "CHARGED OFF ACCOUNT")]],
        [],
        [[(40, "TARN BANK")]],
    ]
    found = find_pairs(document(*pages).lines, BOOK, set(), set())
    assert [pair.value.printed for pair in found.pairs if pair.value] == ["CHARGED OFF ACCOUNT"]


labels = st.sampled_from(["Balance", "Credit Limit", "Monthly Payment", "Past Due Amount", "High Balance"])
amounts = st.integers(0, 99_999).map(lambda n: f"${n:,}")


@given(st.dictionaries(labels, amounts, min_size=1), st.sampled_from([str.upper, str.lower, str.title]), st.booleans())
def test_case_colons_and_order_make_no_difference(values: dict[str, str], case: object, colon: bool) -> None:
    rows = [[(40, case(label) + ":" * colon), (180, amount)] for label, amount in values.items()]
    assert sorted(v for v in answers(*rows).values() if v) == sorted(values.values())
