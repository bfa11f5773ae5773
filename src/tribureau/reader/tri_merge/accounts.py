"""Accounts of a three-bureau report: from a block to one printed account for each bureau that reports it."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from tribureau.domain.bureaus import Bureau
from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.dates import printed_date
from tribureau.reader.month_columns import Marks
from tribureau.reader.report import Evidence
from tribureau.reader.tri_merge.blocks import Block, Field
from tribureau.reader.tri_merge.colours import DrawnHistory, read_colours
from tribureau.reader.tri_merge.rows import Cell
from tribureau.reader.tri_merge.walk import ACCOUNT_NUMBER

_TYPE_QUESTIONS: Final = ("type_detail", "type", "type_group", "type_business")
_NO_ACCOUNTS: Final = frozenset(
    {"personal", "scores", "summary", "inquiries", "soft_inquiries", "public_records", "contacts", "other"}
)
_FEWEST_ANSWERS: Final = 3
"""A block without an account number is an account from this many answers on; so is a bureau's column."""
_UNNAMED: Final = "Creditor not named"


class Accounts(NamedTuple):
    """The accounts of a report, and how many of its tables have months in colours that nothing explains."""

    accounts: list[PrintedAccount]
    unread: int


def accounts_in(blocks: Iterable[Block], latest: date | None, marks_of: Marks = lambda _page: ()) -> Accounts:
    """The accounts of all blocks. `latest` is the report's date, for histories that print no year.

    `marks_of` gives the small drawings of a page.
    """
    found: list[PrintedAccount] = []
    histories: list[DrawnHistory] = []
    unread: set[int] = set()
    block_of: dict[int, int] = {}
    for at, block in enumerate(_rejoined(blocks)):
        accounts = {account.bureau: account for account in _accounts_of(block, latest)}
        found.extend(accounts.values())
        for bureau, months in block.strips.drawn(latest, marks_of).items():
            if bureau is None:
                unread.add(at)
            elif bureau in accounts:
                histories.append(DrawnHistory(accounts[bureau], months))
                block_of[id(accounts[bureau])] = at
    unread.update(block_of[id(history.account)] for history in read_colours(histories))
    return Accounts(found, len(unread))


def _rejoined(blocks: Iterable[Block]) -> list[Block]:
    """Account blocks, where one that was cut in two by a stray line is whole again."""
    found: list[Block] = []
    for block in blocks:
        if not _is_account(block):
            continue
        before = found[-1] if found else None
        if before and ACCOUNT_NUMBER not in block.questions and before.questions.isdisjoint(block.questions):
            before.fields.extend(block.fields)
        else:
            found.append(block)
    return found


def _is_account(block: Block) -> bool:
    asked = block.questions
    if ACCOUNT_NUMBER in asked:
        return True
    return block.section not in _NO_ACCOUNTS and len(asked) >= _FEWEST_ANSWERS


def _accounts_of(block: Block, latest: date | None) -> list[PrintedAccount]:
    accounts: dict[Bureau, PrintedAccount] = {}
    heading = block.title()
    for entry in block.fields:
        for bureau, cell, right_edge in entry.cells():
            account = accounts.setdefault(bureau, PrintedAccount(heading or cell.evidence("heading"), bureau))
            _answer(account, entry, cell, right_edge)
    for bureau, months in block.strips.months(latest).items():
        if bureau in accounts:
            accounts[bureau].months.update(months)
    reported = [account for account in accounts.values() if _is_reported(account)]
    for account in reported:
        _name(account, heading)
        _type_words(account, block)
        for verified in account.all("date_verified"):
            account.add("date_reported", verified)
    return reported


def _answer(account: PrintedAccount, entry: Field, cell: Cell, right_edge: float) -> None:
    question = entry.question
    if question == "remarks":
        for item in cell.items(right_edge):
            account.add(question, entry.evidence(item))
    elif question:
        account.add(question, entry.evidence(cell, glued=question == ACCOUNT_NUMBER))
    else:
        _month_cell(account, entry, cell)


def _month_cell(account: PrintedAccount, entry: Field, cell: Cell) -> None:
    """A history printed as one row per month: the label is the month."""
    month = printed_date(entry.row.label)
    if month and month.precision == "month":
        account.months[month.iso()] = cell.evidence(f"grid:{account.bureau}")


def _is_reported(account: PrintedAccount) -> bool:
    """Whether the bureau reports the account at all: its column holds more than dashes."""
    if account.all(ACCOUNT_NUMBER):
        return True
    return sum(bool(account.all(question)) for question in account.answers) >= _FEWEST_ANSWERS


def _name(account: PrintedAccount, heading: Evidence | None) -> None:
    """The creditor's name: the block's heading, or a row of its own."""
    own = account.all("creditor_name")
    if own:
        account.heading = own[0]
    elif heading is None:
        account.heading = Evidence(account.heading.page, account.heading.box, _UNNAMED, "inferred:no heading", 0.3)


def _type_words(account: PrintedAccount, block: Block) -> None:
    """What is printed about the kind of account, most telling first; the group's title counts among it."""
    if block.group:
        title = Evidence(block.group.page, block.group.box, block.group.text, "heading of the group")
        account.add("type_group", title)
    for question in _TYPE_QUESTIONS:
        for words in account.all(question):
            account.add("type_words", words)
