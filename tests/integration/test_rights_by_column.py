"""What a user may not write in their own rows: states, counts, evidence, history, keys."""

from typing import Any

import pytest
from psycopg.errors import CheckViolation, GeneratedAlways, InsufficientPrivilege

pytestmark = pytest.mark.postgresql15

FORBIDDEN = (
    "update public.report_uploads set processing_status = 'complete'",
    "update public.report_uploads set processing_status = 'pending'",
    "update public.report_uploads set progress_percentage = 100",
    "update public.report_uploads set total_tradelines = 99",
    "update public.report_uploads set negative_tradelines = 0",
    "update public.report_uploads set error_code = null",
    "update public.report_uploads set file_hash = repeat('0', 64)",
    "update public.report_uploads set storage_path = 'elsewhere'",
    "update public.report_uploads set reader_version = '0'",
    "insert into public.report_uploads (original_filename, file_size_bytes, file_hash, processing_status) "
    "values ('a.pdf', 1, repeat('0', 64), 'complete')",
    "update public.tradelines set negative_confidence = 1",
    "update public.tradelines set negative_factors = '[]'",
    "update public.tradelines set negative_severity = 0",
    "update public.tradelines set report_upload_id = null",
    "update public.tradelines set account_id = null",
    "update public.tradelines set created_at = now()",
    "update public.tradelines set updated_at = now()",
    "update public.tradeline_provenance set page = 2",
    "update public.tradeline_provenance set printed_text = 'something else'",
    "update public.tradeline_provenance set confidence = 1",
    "update public.tradeline_provenance set checked_value = '[1, null]'",
    "delete from public.tradeline_provenance",
    "insert into public.tradeline_corrections (tradeline_id, field, read_value, corrected_value) "
    "select tradeline_id, 'balance', '1', '2' from public.tradelines",
    "update public.tradeline_corrections set read_value = '\"forged\"'",
    "delete from public.tradeline_corrections",
    "update public.notifications set title = 'You won'",
    "update public.notifications set created_at = now()",
    "insert into public.notifications (kind, deduplication_key, title) values ('x', 'x', 'x')",
    "delete from public.notifications",
    "update public.findings set explanation = 'All is well'",
    "update public.findings set relevant_until = null",
    "delete from public.findings",
    "delete from public.finding_tradelines",
    "insert into public.finding_tradelines (finding_id, tradeline_id) select finding_id, tradeline_id "
    "from public.findings, public.tradelines",
    "update public.credit_scores set score_value = 850",
    "delete from public.credit_scores",
    "insert into public.credit_scores (\"timestamp\", score_value, bureau) values (now(), 850, 'Equifax')",
    "update public.inquiries set creditor_name = 'Another'",
    "delete from public.inquiries",
    "update public.public_records set is_negative = false",
    "delete from public.public_records",
    "update public.reported_personal_information set sealed = 'another'",
    "delete from public.reported_personal_information",
    "delete from public.finding_items",
    "insert into public.finding_items (finding_id, item_id, inquiry_id) select finding_id, inquiry_id, inquiry_id "
    "from public.findings, public.inquiries",
    "update public.account_links set together = true",
    "update public.bureau_responses set kind = 'results'",
    "update public.bureau_responses set letter_date = '2020-01-01'",
    "delete from public.bureau_responses",
    "insert into public.bureau_responses (report_upload_id, kind) select id, 'results' from public.report_uploads",
    "update public.bureau_response_items set read_outcome = 'deleted'",
    "update public.bureau_response_items set outcome_text = 'Deleted'",
    "update public.bureau_response_items set decided_by = 'system'",
    "update public.bureau_response_items set decided_at = '2020-01-01'",
    "update public.bureau_response_items set suggested_account_id = null",
    "update public.bureau_response_items set evidence = '{}'",
    "delete from public.bureau_response_items",
    "update public.report_uploads set is_answer = true",
    "update public.account_links set one_print = '{forged}'",
    "delete from public.account_links",
    "update public.cloud_consents set given_at = now()",
    "update public.cloud_consents set wording_version = 2",
    "update public.cloud_consents set unredacted_pages = true",
    "insert into public.cloud_consents (wording_version, given_at) values (1, now())",
    "delete from public.cloud_consents",
    "update public.report_uploads set read_by = '{}'",
    "update public.report_uploads set values_dropped = 0",
    "update public.accounts set creditor_name = 'Another'",
    "insert into public.accounts (creditor_name) values ('Another')",
    "update public.disputes set tracking_number = '94071'",
    "update public.disputes set mailing_date = now()",
    "update public.disputes set mailing_service = 'Manual'",
    "update public.disputes set received_on = current_date",
    "update public.disputes set payment_amount_cents = 0",
    "update public.disputes set payment_id = 'paid'",
    "update public.disputes set status_updated_at = now()",
    "update public.disputes set status_updated_by = 'system'",
    "update public.disputes set bureau = 'Experian'",
    "update public.disputes set tradeline_id = null",
    "update public.disputes set account_id = null",
    "update public.disputes set round = 2",
    "update public.disputes set report_source = 'annual_free'",
    "update public.disputes set more_information_received_on = current_date",
    "update tribureau.calendar_links set user_id = gen_random_uuid()",
    "update public.disputes set version = 1",
    "update public.disputes set created_at = now()",
    "update public.disputes set disputed_values = '{}'",
    "update public.disputes set item_kind = 'inquiry'",
    "update public.disputes set inquiry_id = null",
    "update public.disputes set public_record_id = null",
    "update public.disputes set information_id = null",
    "insert into public.disputes (bureau, item_kind, tradeline_id) select bureau, 'personal', tradeline_id "
    "from public.tradelines",
    "update public.disputes set bureau_response_document_path = '/etc/passwd'",
    "insert into public.disputes (tradeline_id, bureau, status) select tradeline_id, bureau, 'Deleted' "
    "from public.tradelines",
    "delete from public.disputes",
    "truncate public.disputes cascade",
    "insert into public.dispute_status_history select * from public.dispute_status_history",
    "update public.dispute_status_history set changed_by = 'system'",
    "update public.dispute_status_history set change_notes = null",
    "delete from public.dispute_status_history",
    "insert into public.dispute_chain_heads select * from public.dispute_chain_heads",
    "update public.dispute_chain_heads set position = 2",
    "delete from public.dispute_chain_heads",
    "insert into public.dispute_rolls select * from public.dispute_rolls",
    "update public.dispute_rolls set disputes = 2",
    "delete from public.dispute_rolls",
    "insert into public.dispute_pages select * from public.dispute_pages",
    "update public.dispute_pages set state = 'failed'",
    "update public.dispute_pages set places = '[]'",
    "update public.dispute_pages set file_id = gen_random_uuid()",
    "delete from public.dispute_pages",
    "select tribureau.places_of(user_id, tradeline_id) from public.tradelines",
    "insert into public.user_dispute_stats (user_id, last_update) select user_id, now() from public.disputes",
    "update public.user_dispute_stats set successful_deletions = 99",
    "delete from public.user_dispute_stats",
    "update public.dispute_letters set state = 'mailed'",
    "update public.dispute_letters set bureau = 'Experian'",
    "update public.dispute_letters set version = 1",
    "update public.dispute_letters set created_at = now()",
    "insert into public.dispute_letters (bureau, kind, state) values ('Equifax', 'first_dispute', 'mailed')",
    "update public.direct_letter_items set letter_id = gen_random_uuid()",
    "update public.direct_letter_items set disputed_values = '{}'",
    "update public.direct_letter_items set tradeline_id = null",
    "insert into public.direct_letter_items (letter_id, position, disputed_tradeline_id, disputed_values) "
    "select letter_id, 1, gen_random_uuid(), '{}' from public.dispute_letters",
    "select tribureau.users_with_company_periods(null, '2020-01-01', '2030-01-01', 9)",
    "select * from tribureau.operation",
    "update tribureau.operation set mode = 'personal'",
    "update public.dispute_letter_items set letter_id = gen_random_uuid()",
    "update public.dispute_letter_items set dispute_id = gen_random_uuid()",
    "update public.dispute_enclosures set name = 'another'",
    "update public.dispute_enclosures set sha256 = repeat('0', 64)",
    "update public.dispute_letter_enclosures set enclosure_id = gen_random_uuid()",
    "update public.consumer_statements set version = 1",
    "update public.consumer_statements set dispute_id = gen_random_uuid()",
    "update public.consumer_statements set created_at = now()",
    "truncate public.dispute_letters cascade",
    "update public.exports set state = 'ready'",
    "update public.exports set expires_at = now() + interval '1 year'",
    "insert into public.exports (state, parts, size_bytes) values ('ready', 1, 1)",
    "select tribureau.users_with_ended_exports()",
    "select tribureau.erased_among(array[auth.uid()])",
    "select * from tribureau.erasures",
    "select * from identity.closing_accounts",
    "delete from auth.users",
    "select * from tribureau.dispute_transitions",
    "update tribureau.compared_accounts set is_negative = false",
    "delete from tribureau.compared_accounts",
    "insert into tribureau.compared_accounts select * from tribureau.compared_accounts",
    "select tribureau.compare_accounts(user_id, array[account_id]) from tribureau.compared_accounts",
    "alter table public.disputes disable trigger all",
    "select tribureau.dispute_facts(d) from public.disputes d",
    "update tribureau.user_keys set wrapped_key = 'another'",
    "delete from tribureau.user_keys",
    "insert into tribureau.user_keys (version, wrapped_key) values (2, 'another')",
    "insert into tribureau.erasures (user_hash) values (sha256('x'))",
    "alter table public.tradelines disable row level security",
    'drop policy "users read their own" on public.tradelines',
    "alter table public.tradelines disable trigger all",
    "create table public.mine (id int)",
    "select public.read_report_again(id), tribureau.announce() from public.report_uploads",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_a_user_may_not(statement: str, two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run, pytest.raises((InsufficientPrivilege, GeneratedAlways)):
        run(statement)


def test_a_user_may_do_what_the_pages_offer(two_files: Any, as_user: Any) -> None:
    offered = (
        "update public.report_uploads set report_source = 'annual_free'",
        "update public.tradelines set balance = 1, is_negative = true, date_opened_precision = 'month'",
        "update public.tradeline_provenance set checked_at = now()",
        "update public.notifications set read_at = now()",
        "update public.findings set dismissed_at = now()",
        "update public.bureau_response_items set status = 'confirmed', outcome = 'verified', account_id = null",
        "update public.dispute_proposals set status = 'set_aside'",
        "update public.dispute_answers set withdrawn_at = now()",
        "update public.inquiries set recognised = 'not_mine'",
        "update public.public_records set recognised = 'mine'",
        "update public.reported_personal_information set recognised = 'not_mine'",
        "insert into public.account_links (decision_id, one_tradeline_id, together) "
        "select gen_random_uuid(), tradeline_id, true from public.tradelines",
        "update public.dispute_letters set content = 'Dear bureau', language = 'es', kind = 'obsolete'",
        "update public.dispute_letter_items set reason = 'not_mine', confirmed_at = now()",
        "update public.disputes set dispute_reason = 'Not mine', letter_content = 'Dear bureau'",
        "update public.consumer_statements set content = 'Paid.', language = 'es'",
        "delete from public.consumer_statements",
        "update public.disputes set status = 'Blank', change_reason = 'Not now'",
        "update public.cloud_consents set withdrawn_at = now()",
        "update public.profiles set time_zone = 'America/Chicago'",
        "insert into public.tradelines (bureau, creditor_name) values ('All', 'Northbank')",
        "delete from public.dispute_letter_enclosures",
        "delete from public.dispute_enclosures",
        "delete from public.dispute_letters",
        "delete from public.tradelines where report_upload_id is null",
        "delete from public.report_uploads",
    )
    with as_user(two_files[0].user) as run:
        assert [run(statement) for statement in offered] == [1] * len(offered)


def test_a_tradeline_that_was_read_goes_with_its_report_only(two_files: Any, as_user: Any) -> None:
    with as_user(two_files[0].user) as run:
        assert run("delete from public.tradelines") == 0
        assert run("delete from public.report_uploads") == 1
        assert run("select 1 from public.tradelines") == []
        assert run("select 1 from public.tradeline_provenance") == []


def test_a_full_account_number_is_refused_by_the_database(two_files: Any, as_user: Any, rows: Any) -> None:
    with as_user(two_files[0].user) as run:
        for number in ("4111111111111111", "4111 1111 1111 1111", "123-45-6789"):
            with pytest.raises(CheckViolation):
                run("update public.tradelines set account_number = %(number)s", number=number)
        for number in ("****1234", "41111111****", "XXXX-XXXX-XXXX-1234"):
            assert run("update public.tradelines set account_number = %(number)s", number=number) == 1
