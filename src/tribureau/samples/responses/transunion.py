"""TransUnion's answers: lists under their outcome, a table with blocks below, paragraphs with the account after."""

from tribureau.domain.bureau_responses import ItemKind
from tribureau.samples.blocks import Block, Cell, Look, caption, heading, line, note, subheading, table, title
from tribureau.samples.responses.answer import Answer, AnsweredItem
from tribureau.samples.responses.parts import (
    addressee,
    as_it_now_stands,
    before_and_after,
    by_outcome,
    detail,
    meanings,
    name_in_table,
    rights,
)
from tribureau.samples.responses.wording import SHORT, paragraph, short


def grouped(answer: Answer) -> tuple[Look, list[Block]]:
    """A: items stand under their outcome, which is printed once."""
    look = Look(title="Investigation results", accent="#00538b", footer=("TransUnion", "Page {page} of {pages}"))
    blocks = [
        title("Investigation results"),
        *addressee(answer),
        line(f"File number: {answer.reference}   Date issued: {answer.day:%m/%d/%Y}"),
        note("TransUnion looked into your dispute. The items are listed by what came of them."),
    ]
    for outcome, items in by_outcome(answer):
        blocks.append(subheading(f"{answer.pick('Investigation results: ', '')}{answer.pick(*SHORT[outcome])}"))
        for item in items:
            blocks.append(line(f"{item.name}   {_label(item)} {detail(item)}"))
            blocks += before_and_after(item, "Before", "After")
    return look, [*blocks, *rights()]


def _label(item: AnsweredItem) -> str:
    return {
        ItemKind.ACCOUNT: "#",
        ItemKind.INQUIRY: "Inquiry of",
        ItemKind.PERSONAL_INFORMATION: "-",
        ItemKind.PUBLIC_RECORD: "Docket #",
    }[item.kind]


def with_blocks(answer: Answer) -> tuple[Look, list[Block]]:
    """B: a summary table, and the block of each account that was updated as it looks now."""
    look = Look(title="Dispute results", accent="#00a6ca", head="#e5f3f8", size=8)
    rows: list[list[Cell]] = [[name_in_table(item), item.number or "", short(answer, item)] for item in answer.items]
    blocks = [
        line("TransUnion Consumer Solutions"),
        title("Summary of your dispute"),
        line(f"{answer.consumer.name}   {answer.day:%b %d, %Y}"),
        line(f"Dispute ID: {answer.reference}"),
        table(
            rows, [210, 110, 170], ["Name", "Account number", answer.pick("Results of investigation", "Action taken")]
        ),
        *meanings(answer, "Terms used in this letter"),
    ]
    for item in answer.items:
        if item.changes:
            blocks.append(heading(f"{item.name} {item.number}"))
            blocks += as_it_now_stands(item, "After the investigation")
    return look, [*blocks, *rights()]


def told(answer: Answer) -> tuple[Look, list[Block]]:
    """C: a heading with name and number, a paragraph, and the account after it."""
    look = Look(title="Letter", font="Libertinus Serif", size=9, header=("TransUnion", "{page}"))
    blocks = [
        line(f"{answer.day:%m/%d/%Y}"),
        *addressee(answer),
        line(f"File Number: {answer.reference}"),
        line("Re: Your dispute, and what our investigation found"),
        line("The companies that report to us were asked about each item. Here are the results."),
    ]
    for item in answer.items:
        shown = f"{_label(item)} {detail(item)}" if item.kind is not ItemKind.PERSONAL_INFORMATION else item.detail
        blocks += [caption(f"{item.name} {shown}"), line(paragraph(answer, item))]
        blocks += as_it_now_stands(item, "The account after our investigation")
    return look, [*blocks, *rights()]


def asks_for_identification(answer: Answer) -> tuple[Look, list[Block]]:
    """D: a letter without any result."""
    look = Look(title="Letter", size=9)
    return look, [
        line("TransUnion Consumer Solutions"),
        line(f"{answer.day:%m/%d/%Y}   File number: {answer.reference}"),
        *addressee(answer),
        caption("Proof of identity is needed"),
        line("We can't look into your dispute until you prove your identity and address."),
        line("Please send two documents: one with your photograph, one with your address. Then we will investigate."),
        *rights(),
    ]


def frivolous(answer: Answer) -> tuple[Look, list[Block]]:
    """E: a notice with its items in a table."""
    rows: list[list[Cell]] = [[name_in_table(item), item.number or "", short(answer, item)] for item in answer.items]
    look = Look(title="Notice", size=8.4, header=("TransUnion", ""))
    return look, [
        title("Your dispute was not investigated"),
        line(f"Date: {answer.day:%m/%d/%Y}   File number: {answer.reference}"),
        *addressee(answer),
        line("It appears to be irrelevant or was already answered, so we did not begin an investigation."),
        table(rows, [210, 110, 170], ["Item", "Account number", "Status"]),
        *rights(),
    ]
