"""One user's many reports do not keep another user's first one waiting."""

from collections.abc import Callable
from typing import Any

from tribureau.database.transactions import UserId
from tribureau.workflows.receive_report import receive_report
from tribureau.workflows.report_parts import ReportParts

Rows = Callable[..., list[dict[str, Any]]]

IN_TURN = """
    select convert_from(payload, 'UTF8')::jsonb ->> 'upload_id' as upload from queue.pgqueuer order by priority desc, id
"""


async def test_users_take_turns_in_the_queue(
    web_parts: ReportParts, two_users: tuple[UserId, UserId], rows: Rows
) -> None:
    first, second = two_users

    async def upload(user: UserId, number: int) -> str:
        pdf = b"%%PDF-1.7 %d" % number
        return str((await receive_report(web_parts, user, pdf, "report.pdf")).upload_id)

    many = [await upload(first, number) for number in range(4)]
    few = [await upload(second, number) for number in range(2)]
    assert [row["upload"] for row in rows(IN_TURN)] == [many[0], few[0], many[1], few[1], *many[2:]]
