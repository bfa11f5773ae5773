"""Equifax's answers: sentences behind markers, a table that begins with the result, cards that say what changed."""

from tribureau.domain.bureau_responses import ItemKind
from tribureau.samples.blocks import Block, Cell, Look, caption, heading, line, note, subheading, table, title
from tribureau.samples.responses.answer import Answer, AnsweredItem
from tribureau.samples.responses.parts import (
    KINDS,
    addressee,
    as_it_now_stands,
    before_and_after,
    by_kind,
    detail,
    meanings,
    name_in_table,
    rights,
    what_changed,
)
from tribureau.samples.responses.wording import paragraph, sentence, short


def researched(answer: Answer) -> tuple[Look, list[Block]]:
    """A: what was looked into, marked by arrows, and the account's block as it now stands."""
    look = Look(title="Results", accent="#9e1b32", footer=(f"{answer.reference}", "Page {page} of {pages}"))
    blocks = [
        line("Equifax Information Services LLC"),
        line(f"{answer.day:%B %d, %Y}"),
        *addressee(answer),
        title(answer.pick("The results of our reinvestigation", "Results of your investigation")),
        line(f"Confirmation # {answer.reference}"),
    ]
    for kind, items in by_kind(answer):
        blocks.append(heading(KINDS[kind]))
        for item in items:
            blocks.append(line(f">>> We looked into the {item.thing}. {_named(item)} {paragraph(answer, item)}"))
            blocks += as_it_now_stands(item, "How this account now appears")
    return look, [*blocks, *rights()]


def _named(item: AnsweredItem) -> str:
    match item.kind:
        case ItemKind.ACCOUNT:
            return f"{item.name} - Account # {item.number}. The results are:"
        case ItemKind.INQUIRY:
            return f"{item.name}, inquiry date {item.detail}. The results are:"
        case ItemKind.PERSONAL_INFORMATION:
            return f"{item.name}: {item.detail}. The results are:"
        case ItemKind.PUBLIC_RECORD:
            return f"{item.name} - Docket # {item.detail}. The results are:"


def results_first(answer: Answer) -> tuple[Look, list[Block]]:
    """B: one table whose first column is the result."""
    look = Look(title="Dispute summary", accent="#9e1b32", size=8, header=("Equifax", ""), middle=False)
    rows: list[list[Cell]] = [
        [short(answer, item), item.thing.capitalize(), name_in_table(item), item.number or ""] for item in answer.items
    ]
    blocks = [
        title("Dispute summary"),
        line(f"Consumer: {answer.consumer.name}   Case number: {answer.reference}   Date: {answer.day:%m/%d/%Y}"),
        note("Your dispute was investigated. Here is what we found out."),
        table(rows, [120, 80, 200, 110], ["Result", "Type", "Reported by", "Account #"], zebra=True),
        *meanings(answer),
    ]
    for item in answer.items:
        if item.changes:
            blocks.append(caption(f"Changes: {item.name} {item.number}"))
            blocks += before_and_after(item, "Previously reported", "Now reported")
    return look, [*blocks, *rights()]


def one_by_one(answer: Answer) -> tuple[Look, list[Block]]:
    """C: a heading for each item and a line for each fact."""
    look = Look(title="Results", font="New Computer Modern", size=8.6, footer=("Equifax", "{page} / {pages}"))
    blocks = [
        title("Your dispute is complete"),
        line(f"Date of this letter: {answer.day:%B %d, %Y}"),
        line(f"Your file number: {answer.reference}"),
        line("Equifax has finished its investigation. Each item that you disputed is listed with what came of it."),
    ]
    for item in answer.items:
        blocks.append(subheading(item.name))
        label = {ItemKind.ACCOUNT: "Account number", ItemKind.INQUIRY: "Date of inquiry"}.get(item.kind, "Details")
        if item.kind is ItemKind.PUBLIC_RECORD:
            label = "Case or docket number"
        blocks += [line(f"{label}: {detail(item)}"), line(f"Result: {short(answer, item)}")]
        if answer.random.random() < 0.5:
            blocks.append(note(sentence(answer, item)))
        blocks += what_changed(item)
    return look, [*blocks, *meanings(answer), *rights()]


def asks_for_identification(answer: Answer) -> tuple[Look, list[Block]]:
    """D: a letter without any result."""
    look = Look(title="Letter", font="Libertinus Serif", size=9.5)
    return look, [
        line("Equifax Information Services LLC"),
        line(f"{answer.day:%B %d, %Y}"),
        *addressee(answer),
        line(f"Confirmation number: {answer.reference}"),
        line(f"Dear {answer.consumer.name},"),
        line("Thank you for your dispute. Before we can begin we must verify your identity and your address."),
        line("Send a copy of one document of each kind: a Social Security card or pay stub, and a utility bill."),
        *rights(),
    ]


def frivolous(answer: Answer) -> tuple[Look, list[Block]]:
    """E: a notice without any list of items."""
    answer.items.clear()
    look = Look(title="Notice", size=9, header=("Equifax", ""))
    return look, [
        title("Notice about your dispute"),
        line(f"Date: {answer.day:%m/%d/%Y}"),
        line(f"Confirmation number: {answer.reference}"),
        *addressee(answer),
        line("We consider your dispute frivolous, because it does not say what is wrong with your file."),
        line("So nothing was investigated. Write to us which item you mean and why, and we will begin."),
        *rights(),
    ]
