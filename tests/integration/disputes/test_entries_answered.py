"""A result about an inquiry, a public record or personal information finds its dispute, where nothing is in doubt."""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

import pytest
from tests.integration.disputes.conftest import Desk
from tests.integration.disputes.test_any_item import Report, _report

pytestmark = pytest.mark.postgresql15
MAIL: LiteralString = (
    "update public.disputes set status = 'Pending', mailing_service = 'Manual', mailing_date = %(day)s::timestamptz "
    "where dispute_id = %(dispute)s"
)
CONFIRM: LiteralString = "update public.bureau_response_items set status = 'confirmed' where item_id = %(item)s"
SAME_BUT_FOR_CASE = {
    "inquiry": {"creditor_name": "HARROW LENDING,", "inquired_on": "2026-01-05"},
    "public_record": {"creditor_name": "Cedarholm County Court", "reference": "19 29344"},
    "personal_information": {"creditor_name": "Name variation"},
}
OF_DISPUTES = {"inquiry": "inquiry", "public_record": "public_record", "personal_information": "personal"}
each_kind = pytest.mark.parametrize("kind", list(SAME_BUT_FOR_CASE))


@dataclass
class Answered:
    report: Report
    response: UUID
    desk: Desk

    def dispute(self, kind: str, mailed: str = "2026-09-01", reference: str = "19-29344") -> UUID:
        entry = self.report.add(OF_DISPUTES[kind])
        self.desk.see("update public.public_records set reference = %(reference)s where reference is null",
                      reference=reference)  # fmt: skip
        dispute = self.report.begin(OF_DISPUTES[kind], entry)
        self.desk.run("system", self.report.user, MAIL, dispute=dispute, day=mailed)
        return dispute

    def item(self, kind: str, key: str = "a", **told: Any) -> UUID:
        facts: dict[str, Any] = {"inquired_on": None, "reference": None, **SAME_BUT_FOR_CASE[kind], **told}
        (row,) = self.desk.run(
            "system", self.report.user,
            "insert into public.bureau_response_items (user_id, response_id, item_key, position, kind, creditor_name, "
            "inquired_on, reference, read_outcome, outcome, outcome_text) values (%(user)s, %(response)s, %(key)s, 1, "
            "%(kind)s, %(creditor_name)s, %(inquired_on)s, %(reference)s, 'deleted', 'deleted', 'Gone') "
            "returning item_id",
            user=self.report.user, response=self.response, key=key, kind=kind, **facts,
        )  # fmt: skip
        return UUID(str(row["item_id"]))

    def found(self, item: UUID, user: UUID | None = None) -> UUID | None:
        (row,) = self.desk.run("user", user or self.report.user,
                               "select tribureau.entry_answered(%(response)s, %(item)s) as dispute",
                               response=self.response, item=item)  # fmt: skip
        return UUID(str(row["dispute"])) if row["dispute"] else None

    def status(self, dispute: UUID) -> str:
        (row,) = self.desk.see("select status from public.disputes where dispute_id = %(id)s", id=dispute)
        return str(row["status"])


@pytest.fixture
def answered(desk: Desk) -> Answered:
    report = _report(desk)
    (row,) = desk.run(
        "system", report.user,
        "with upload as (insert into public.report_uploads (user_id, original_filename, file_size_bytes, file_hash, "
        "is_answer) values (%(user)s, 'b.pdf', 1, repeat('b', 64), true) returning id) "
        "insert into public.bureau_responses (user_id, report_upload_id, kind, bureau, letter_date) "
        "select %(user)s, id, 'results', 'Equifax', '2026-10-05' from upload returning response_id",
        user=report.user,
    )  # fmt: skip
    return Answered(report, row["response_id"], desk)


@each_kind
def test_a_confirmed_result_moves_the_dispute_of_the_same_entry(kind: str, answered: Answered, desk: Desk) -> None:
    dispute, item = answered.dispute(kind), answered.item(kind)
    assert answered.found(item) == dispute
    desk.run("user", answered.report.user, CONFIRM, item=item)
    assert answered.status(dispute) == "Deleted"
    (kept,) = desk.see("select dispute_id, item_id from public.dispute_answers")
    assert (kept["dispute_id"], kept["item_id"]) == (dispute, item)
    assert desk.problems(answered.report.user) == []


@each_kind
def test_it_is_of_that_bureau_mailed_before_the_letter_and_the_users(kind: str, answered: Answered, desk: Desk) -> None:
    dispute, item = answered.dispute(kind, mailed="2026-10-06"), answered.item(kind)
    assert answered.found(item) is None, "mailed after the letter"
    desk.run("system", answered.report.user, MAIL, dispute=dispute, day="2026-10-01")
    assert answered.found(item) == dispute
    assert answered.found(item, desk.new_user()) is None
    desk.see("update public.bureau_responses set bureau = 'Experian'")
    assert answered.found(item) is None


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("inquiry", {"creditor_name": "Harrow Lending Group"}),
        ("inquiry", {"inquired_on": "2026-01-06"}),
        ("inquiry", {"inquired_on": None}),
        ("public_record", {"reference": "19-29345"}),
        ("public_record", {"reference": None}),
        ("personal_information", {"creditor_name": "Previous address"}),
        ("personal_information", {"creditor_name": "Spouse"}),
    ],
)
def test_what_is_in_doubt_finds_none_and_confirms_alone(
    kind: str, told: dict[str, Any], answered: Answered, desk: Desk
) -> None:
    dispute, item = answered.dispute(kind), answered.item(kind, **told)
    assert answered.found(item) is None
    desk.run("user", answered.report.user, CONFIRM, item=item)
    assert answered.status(dispute) == "Pending"


@each_kind
def test_two_results_that_say_the_same_leave_a_doubt(kind: str, answered: Answered) -> None:
    answered.dispute(kind)
    first, second = answered.item(kind), answered.item(kind, "b")
    assert (answered.found(first), answered.found(second)) == (None, None)


def test_two_disputes_of_one_kind_of_information_leave_a_doubt(answered: Answered) -> None:
    item = answered.item("personal_information")
    assert answered.found(item) is None
    answered.dispute("personal_information")
    assert answered.found(item) is not None
    answered.dispute("personal_information")
    assert answered.found(item) is None


def test_a_draft_is_not_answered(answered: Answered) -> None:
    item = answered.item("inquiry")
    answered.report.begin("inquiry", answered.report.add("inquiry"))
    assert answered.found(item) is None
