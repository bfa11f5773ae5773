"""Credit Karma, printed from the app: TransUnion's, then Equifax's. A: two pairs a line; B: one; C: one bureau."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import AccountType, MonthCode
from tribureau.samples.blocks import (
    DOT,
    Block,
    Cell,
    Look,
    bar,
    caption,
    heading,
    line,
    note,
    side_by_side,
    subheading,
    table,
    title,
)
from tribureau.samples.credit_file import CreditFile, Drawn, Inquiry, LayOut
from tribureau.samples.families.creditkarma_words import CELLS, print_account
from tribureau.samples.families.grids import years_by_months
from tribureau.samples.printing import Hand, PrintedAccount
from tribureau.samples.wording import is_closed, reported

type_ = AccountType
GROUPS: Final[dict[str, tuple[AccountType, ...]]] = {
    "Credit cards": (type_.CREDIT_CARD,),
    "Auto loans": (type_.AUTO_LOAN,),
    "Real estate loans": (type_.MORTGAGE, type_.HOME_EQUITY),
    "Student loans": (type_.STUDENT_LOAN,),
    "Other loans": (type_.PERSONAL_LOAN, type_.UTILITY),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a style differs from the next."""

    hand: Hand
    look: Look
    paired: bool
    dots: bool
    bureaus: tuple[Bureau, ...] = (Bureau.TRANSUNION, Bureau.EQUIFAX)
    numbered: bool = True


MANNERS: Final = {
    "A": Manner(
        Hand(day="{d:%b %d, %Y}", nothing="--"), Look("Credit Karma", accent="#0f7a5a"), paired=True, dots=True
    ),
    "B": Manner(
        Hand(day="{d:%m/%d/%Y}", nothing="N/A"),
        Look("Credit Karma", accent="#4a2a6b", head="#eef7f0"),
        paired=False,
        dots=False,
        numbered=False,
    ),
    "C": Manner(
        Hand(day="{d:%b %Y}", nothing="--"),
        Look("Credit Karma", accent="#14532d", font="Libertinus Serif", size=8.4),
        paired=True,
        dots=False,
        bureaus=(Bureau.EQUIFAX,),
    ),
}


def _lay_out(manner: Manner, file: CreditFile) -> Drawn:
    when = f"{file.today.month}/{file.today.day}/{file.today.year}, 8:52 PM"
    address = (
        "https://www.creditkarma.com/credit-health/" + "-".join(b.value.lower() for b in manner.bureaus) + "/report"
    )
    look = replace(manner.look, header=(f"{when}    Credit Karma", "{page}/{pages}"), footer=(address, ""))
    blocks: list[Block] = [title("Credit Karma")]
    every: list[PrintedAccount] = []
    inquiries: list[Inquiry] = []
    for bureau in manner.bureaus:
        printed = [
            print_account(account, line_, manner.hand, numbered=manner.numbered) for account, line_ in file.at(bureau)
        ]
        blocks += _bureau(file, bureau, printed, manner)
        every += printed
        inquiries += file.inquiries_at(bureau, hard=True)
    scores = {bureau.value: file.scores[bureau] for bureau in manner.bureaus}
    records = [
        one.truth(bureau) | {"court": None, "resolved": None, "amount": None}
        for bureau in manner.bureaus
        for one in file.records_at(bureau)
    ]
    return Drawn(look, blocks, every, _truth_of_person(file), scores, inquiries, records)


STYLES: Final[dict[str, LayOut]] = {style: partial(_lay_out, manner) for style, manner in MANNERS.items()}


def _bureau(file: CreditFile, bureau: Bureau, printed: list[PrintedAccount], manner: Manner) -> list[Block]:
    loans = [one for one in printed if one.line.account_type is not type_.COLLECTION]
    collections = [one for one in printed if one.line.account_type is type_.COLLECTION]
    closed = sum(is_closed(one.line) for one in loans)
    blocks = [
        heading(f"Your {bureau.value} credit report"),
        line(file.consumer.name),
        line(
            f"VantageScore® 3.0 {file.scores[bureau]}   Calculated using {bureau.value} data   "
            f"Last updated {file.today:%b %d, %Y}"
        ),
        *_person(file),
        heading("Accounts"),
        line(f"{len(loans)} accounts   {len(loans) - closed} open   {closed} closed"),
    ]
    for name, kinds in GROUPS.items():
        members = [one for one in loans if one.line.account_type in kinds]
        blocks += [subheading(name)] if members else []
        blocks += [block for one in members for block in _account(one, manner)]
    blocks += [heading("Collections"), *([] if collections else [line("No collections on your report.")])]
    blocks += [block for one in collections for block in _account(one, manner)]
    return blocks + _closing(file, bureau, manner)


def _account(one: PrintedAccount, manner: Manner) -> list[Block]:
    pairs = [(fact.label, fact.text) for fact in one.facts if fact.label]
    half = -(-len(pairs) // 2)
    facts = (
        table(side_by_side(pairs[:half], pairs[half:]), [110, 150, 120, "1fr"])
        if manner.paired
        else table([[*pair] for pair in pairs], [150, 320])
    )
    state = "Closed" if is_closed(one.line) else "Open"
    blocks = [
        bar(one.name, manner.hand.dollars(one.line.balance)),
        note(f"{state} account   Reported {manner.hand.date(reported(one.line))}"),
        facts,
    ]
    if one.history:
        grid, _ = years_by_months(one.history, partial(_mark, manner), blank="-")
        blocks += [caption(f"Payment history   You've made {_on_time(one)}% of payments on time"), grid]
    return [*blocks, note(f"Creditor contact details: {one.account.address} {one.account.phone}")]


def _mark(manner: Manner, code: MonthCode) -> Cell:
    if code is MonthCode.OK:
        return DOT if manner.dots else "OK"
    return CELLS.get(code, (code.value, code))[0]


def _on_time(one: PrintedAccount) -> int:
    kept = sum(code is MonthCode.OK for code in one.history.values())
    return kept * 100 // len(one.history)


def _person(file: CreditFile) -> list[Block]:
    who = file.consumer
    rows: list[list[Cell]] = [
        ["Name", who.name],
        ["Current address", who.address],
        ["Previous addresses", "; ".join(who.previous_addresses) or "--"],
        ["Employment", "; ".join(who.employers) or "--"],
    ]
    return [subheading("Personal information"), table(rows, [120, "1fr"], labels=[0])]


def _closing(file: CreditFile, bureau: Bureau, manner: Manner) -> list[Block]:
    rows: list[list[Cell]] = [
        [i.creditor, manner.hand.date(i.day), i.business] for i in file.inquiries_at(bureau, hard=True)
    ]
    head: list[Cell] = ["Company", "Date", "Type of business"]
    records = file.records_at(bureau)
    return [
        heading("Hard inquiries"),
        table(rows, [200, 100, 150], head) if rows else line("No hard inquiries on your report."),
        heading("Public records"),
        *[line(f"{one.words}, {one.outcome.lower()}, filed {manner.hand.date(one.filed)}") for one in records],
        *([] if records else [line("No public records on your report.")]),
    ]


def _truth_of_person(file: CreditFile) -> dict[str, Any]:
    who = file.consumer
    return {
        "name": who.name,
        "current_address": who.address,
        "previous_addresses": list(who.previous_addresses),
        "dob": None,
        "ssn_last4": None,
        "also_known_as": [],
        "employers": list(who.employers),
    }
