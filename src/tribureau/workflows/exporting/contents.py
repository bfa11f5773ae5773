"""What an export holds, and what it leaves out and why. A test compares both with the database's catalogue."""

from typing import Final

FORMAT: Final = "tribureau-export"
VERSION: Final = 1
"""Grows when something is renamed or taken away; what is only added keeps it. docs/export.md tells each version."""

TABLES: Final = (
    "account_links",
    "accounts",
    "bureau_response_items",
    "bureau_responses",
    "calendar_links",
    "cloud_consents",
    "consumer_statements",
    "credit_scores",
    "direct_letter_items",
    "dispute_answers",
    "dispute_chain_heads",
    "dispute_enclosures",
    "dispute_letter_enclosures",
    "dispute_letter_items",
    "dispute_letters",
    "dispute_pages",
    "dispute_proposals",
    "dispute_rolls",
    "dispute_status_history",
    "disputes",
    "finding_items",
    "finding_tradelines",
    "findings",
    "inquiries",
    "notifications",
    "profiles",
    "public_records",
    "report_uploads",
    "reported_personal_information",
    "tradeline_corrections",
    "tradeline_provenance",
    "tradelines",
    "user_dispute_stats",
)
"""Each is `data/<table>.json`, read by the statement of that name in `exported_tables.sql`, with all its columns."""

SPREADSHEETS: Final = {
    "tradelines": "tradelines",
    "disputes": "disputes",
    "history": "dispute_status_history",
    "scores": "credit_scores",
}
"""`<name>.csv` to the table that it repeats."""

LEFT_OUT: Final = {
    "tribureau.user_keys": "The key that your files are sealed with on the server. What you hold is opened.",
    "public.exports": "The making of this file itself.",
    "tribureau.compared_accounts": "The comparison's rows, put together from your tradelines and disputes.",
    "identity.credentials": "Your password, as a hash. account.json says when it was changed.",
    "identity.sessions": "Listed in account.json.",
    "identity.refresh_tokens": "Hashes of the tokens that keep you signed in.",
    "identity.web_sessions": "Hashes of the cookies that keep you signed in.",
    "identity.one_time_tokens": "Hashes of links that were mailed to you. account.json says which were sent when.",
    "identity.mfa_factors": "The secrets of your authenticator apps. account.json lists their names.",
    "identity.mfa_challenges": "Questions for a code, each open for five minutes.",
    "identity.closing_accounts": "Accounts that are being erased: such a one has no export.",
}
"""Tables with rows of a user that are no part of their export."""

LEFT_OUT_COLUMNS: Final = {
    ("calendar_links", "token_hash"): "The hash of a secret.",
    ("profiles", "sealed"): "Opened as `profile`.",
    ("reported_personal_information", "sealed"): "Opened as `value`.",
}
