"""No id that a user gives names a file that is another's of theirs: giving one up would take the other along."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import UniqueViolation

pytestmark = pytest.mark.postgresql15
PROOF = (
    "insert into public.dispute_enclosures (enclosure_id, kind, name, size_bytes, sha256) "
    "values (%(file)s, 'evidence', 'proof.pdf', 1, repeat('b', 64))"
)
LETTER = "insert into public.dispute_letters (letter_id, bureau, kind) values (%(file)s, 'Equifax', 'first_dispute')"
UPLOAD = (
    "insert into public.report_uploads (id, original_filename, file_size_bytes, file_hash) "
    "values (%(file)s, 'report.pdf', 1, repeat('c', 64))"
)


def test_no_proof_letter_or_report_takes_the_name_of_another_file(
    two_files: Any, as_user: Any, database_url: str
) -> None:
    owner, pages = two_files[0], uuid4()
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute(
            "update public.dispute_pages set state = 'kept', file_id = %s, page_numbers = '{1}', "
            "sha256 = repeat('a', 64), kept_at = now(), key_id = 'key', "
            "signature = convert_to(repeat('s', 64), 'UTF8') "
            "where user_id = %s",
            (pages, owner.user),
        )
    attacks = [
        (PROOF, pages), (PROOF, owner.letter), (PROOF, owner.upload),
        (LETTER, pages), (LETTER, owner.enclosure), (LETTER, owner.upload),
        (UPLOAD, pages), (UPLOAD, owner.letter), (UPLOAD, owner.enclosure),
    ]  # fmt: skip
    with as_user(owner.user) as run:
        for statement, file in attacks:
            with pytest.raises(UniqueViolation, match="names another file"):
                run(statement, file=file)
        for statement in (PROOF, LETTER, UPLOAD):
            assert run(statement, file=uuid4()) == 1
    with as_user(two_files[1].user) as run:
        assert run(PROOF, file=pages) == 1


def test_a_report_that_waits_to_be_drawn_keeps_its_name(two_files: Any, as_user: Any) -> None:
    owner = two_files[0]
    with as_user(owner.user) as run:
        assert run("delete from public.report_uploads where id = %(file)s", file=owner.upload) == 1
        assert run("select state from public.dispute_pages") == [{"state": "wanted"}]
        for statement in (PROOF, LETTER, UPLOAD):
            with pytest.raises(UniqueViolation, match="names another file"):
                run(statement, file=owner.upload)
