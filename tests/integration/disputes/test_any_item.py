"""Disputes of inquiries, public records and personal information: the same machine, and the same walls."""

from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID, uuid4

import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation, InsufficientPrivilege, UniqueViolation
from tests.integration.disputes.conftest import KEPT_FIGURES, SEEDS_QUERY, Desk

pytestmark = pytest.mark.postgresql15
COLUMNS: dict[str, LiteralString] = {
    "inquiry": "inquiry_id",
    "public_record": "public_record_id",
    "personal": "information_id",
}
ADD: dict[str, LiteralString] = {
    "inquiry": "insert into public.inquiries "
    "(user_id, report_upload_id, position, bureau, creditor_name, inquired_on, kind) "
    "values (%(user)s, %(upload)s, 1, 'Equifax', 'Harrow Lending', '2026-01-05', 'hard') returning inquiry_id as id",
    "public_record": "insert into public.public_records "
    "(user_id, report_upload_id, position, bureau, kind, printed_kind) "
    "values (%(user)s, %(upload)s, 1, 'Equifax', 'tax_lien', 'Tax Lien') returning public_record_id as id",
    "personal": "insert into public.reported_personal_information (user_id, report_upload_id, position, bureau, kind, "
    "sealed, page, x0, y0, x1, y1, rule, confidence) values (%(user)s, %(upload)s, 1, 'Equifax', 'name', 'sealed', "
    "1, 0, 0, 1, 1, '', 1) returning information_id as id",
}
BEGIN: dict[str, LiteralString] = {
    "inquiry": "insert into public.disputes (inquiry_id, bureau) values (%(id)s, %(bureau)s) returning dispute_id",
    "public_record": "insert into public.disputes (public_record_id, bureau) values (%(id)s, %(bureau)s) "
    "returning dispute_id",
    "personal": "insert into public.disputes (information_id, bureau) values (%(id)s, %(bureau)s) returning dispute_id",
}
each_kind = pytest.mark.parametrize("kind", list(COLUMNS))


@dataclass
class Report:
    user: UUID
    upload: UUID
    desk: Desk

    def add(self, kind: str) -> UUID:
        (row,) = self.desk.run("system", self.user, ADD[kind], user=self.user, upload=self.upload)
        return UUID(str(row["id"]))

    def begin(self, kind: str, item: UUID, bureau: str = "Equifax") -> UUID:
        (row,) = self.desk.run("user", self.user, BEGIN[kind], id=item, bureau=bureau)
        return UUID(str(row["dispute_id"]))


def _report(desk: Desk, user: UUID | None = None) -> Report:
    user, upload = user or desk.new_user(), uuid4()
    desk.see(
        "insert into public.report_uploads (user_id, id, original_filename, file_size_bytes, file_hash, report_source) "
        "values (%(user)s, %(upload)s, 'a.pdf', 1, md5(%(upload)s::text) || md5('x'), 'annual_free')",
        user=user,
        upload=upload,
    )
    return Report(user, upload, desk)


@each_kind
def test_it_runs_the_whole_way_and_outlives_its_report(kind: str, desk: Desk) -> None:
    report = _report(desk)
    item = report.add(kind)
    dispute = report.begin(kind, item)
    (row,) = desk.see("select * from public.disputes")
    assert (row["item_kind"], row["disputed_tradeline_id"], row["report_source"]) == (kind, item, "annual_free")
    assert {"creditor_name", "account_number"} <= row["disputed_values"].keys()
    desk.move(report.user, dispute, "Pending")
    before = desk.see("select position, hash from public.dispute_status_history order by position")
    desk.run("user", report.user, "delete from public.report_uploads")
    (gone,) = desk.see("select * from public.disputes")
    assert gone[COLUMNS[kind]] is None
    assert (gone["version"], gone["disputed_values"], gone["status"]) == (2, row["disputed_values"], "Pending")
    assert desk.see("select position, hash from public.dispute_status_history order by position") == before
    desk.move(report.user, dispute, "Verified")
    desk.move(report.user, dispute, "Escalated", "user")
    (following,) = desk.see("select * from public.disputes where is_current")
    assert (following["round"], following["item_kind"]) == (2, kind)
    assert (following["disputed_values"], following["report_source"]) == (row["disputed_values"], "annual_free")
    assert desk.problems(report.user) == []
    assert desk.see(KEPT_FIGURES) == desk.see(SEEDS_QUERY)


@each_kind
def test_anothers_item_is_out_of_reach(kind: str, desk: Desk) -> None:
    victim, attacker = _report(desk), _report(desk)
    item = victim.add(kind)
    with pytest.raises(ForeignKeyViolation):
        attacker.begin(kind, item)
    assert desk.see("select dispute_id from public.disputes") == []


@each_kind
def test_one_current_dispute_of_an_item(kind: str, desk: Desk) -> None:
    report = _report(desk)
    item = report.add(kind)
    report.begin(kind, item)
    with pytest.raises(UniqueViolation):
        report.begin(kind, item)
    with pytest.raises((CheckViolation, UniqueViolation)):
        report.begin(kind, item, "Experian")


@pytest.mark.parametrize("kind", ["inquiry", "public_record"])
def test_the_same_entry_on_a_newer_report_is_no_second_thing(kind: str, desk: Desk) -> None:
    report = _report(desk)
    report.begin(kind, report.add(kind))
    newer = _report(desk, report.user)
    again = newer.add(kind)
    with pytest.raises(UniqueViolation, match="already"):
        newer.begin(kind, again)
    change: LiteralString = (
        "update public.inquiries set inquired_on = '2026-02-07' where inquiry_id = %(id)s"
        if kind == "inquiry"
        else "update public.public_records set reference = '1234' where public_record_id = %(id)s"
    )
    desk.see(change, id=again)
    newer.begin(kind, again)


def test_what_a_user_may_not_say_of_an_item(desk: Desk) -> None:
    report = _report(desk)
    inquiry, record = report.add("inquiry"), report.add("public_record")
    ids: Any = {"inquiry": inquiry, "record": record}
    with pytest.raises(CheckViolation):
        desk.run(
            "user",
            report.user,
            "insert into public.disputes (inquiry_id, public_record_id, bureau) "
            "values (%(inquiry)s, %(record)s, 'Equifax')",
            **ids,
        )
    report.begin("inquiry", inquiry)
    for forbidden in (
        "insert into public.disputes (inquiry_id, bureau, item_kind) values (%(inquiry)s, 'Equifax', 'personal')",
        "update public.disputes set item_kind = 'tradeline'",
        "update public.disputes set inquiry_id = null",
        "update public.disputes set public_record_id = %(record)s",
    ):
        statement: Any = forbidden
        with pytest.raises(InsufficientPrivilege):
            desk.run("user", report.user, statement, **ids)


def test_where_a_report_came_from_holds_for_its_other_items_too(desk: Desk) -> None:
    report = _report(desk)
    report.begin("inquiry", report.add("inquiry"))
    desk.run("user", report.user, "update public.report_uploads set report_source = 'bureau'")
    assert desk.see("select report_source from public.disputes") == [{"report_source": "bureau"}]
    assert desk.problems(report.user) == []


def test_the_same_information_has_one_current_dispute_at_a_bureau(desk: Desk) -> None:
    first = _report(desk)
    newer = _report(desk, first.user)
    say = "update public.reported_personal_information set fingerprint = sha256('{}') where information_id = %(id)s"
    items = [first.add("personal"), newer.add("personal"), newer.add("personal"), newer.add("personal")]
    for item, printed in zip(items, ("one", "one", "another"), strict=False):
        desk.see(say.format(printed), id=item)
    dispute = first.begin("personal", items[0])
    with pytest.raises(UniqueViolation, match="already"):
        newer.begin("personal", items[1])
    for item in items[2:]:
        newer.begin("personal", item)
    desk.run("user", first.user, "update public.disputes set status = 'Blank' where dispute_id = %(id)s", id=dispute)
    newer.begin("personal", items[1])
