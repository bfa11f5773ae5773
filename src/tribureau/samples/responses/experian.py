"""Experian's answers: a table with a legend, cards of labels, an older letter in paragraphs."""

from tribureau.domain.bureau_responses import ItemKind
from tribureau.samples.blocks import Block, Cell, Look, bar, caption, heading, line, note, table, title
from tribureau.samples.responses.answer import Answer, AnsweredItem
from tribureau.samples.responses.parts import (
    DETAILS,
    KINDS,
    addressee,
    before_and_after,
    by_kind,
    detail,
    meanings,
    name_in_table,
    rights,
    what_changed,
)
from tribureau.samples.responses.wording import paragraph, sentence, short


def summary(answer: Answer) -> tuple[Look, list[Block]]:
    """A: one table for each kind of item, what changed in small tables below."""
    look = Look(title="Dispute results", accent="#26478d", footer=("Experian", "Page {page} of {pages}"))
    blocks = [
        title("Dispute results"),
        *addressee(answer),
        line(f"Prepared for {answer.consumer.name}   Date: {answer.day:%b %d, %Y}"),
        line(f"Report number: {answer.reference}"),
        note("Experian has finished looking into what you disputed. The results stand below."),
        *meanings(answer),
    ]
    for kind, items in by_kind(answer):
        rows: list[list[Cell]] = [[item.name, detail(item), short(answer, item)] for item in items]
        blocks += [heading(KINDS[kind]), table(rows, [210, 130, 150], ["Item", DETAILS[kind], "Outcome"])]
    for item in answer.items:
        if item.changes:
            blocks.append(caption(f"{item.name} {item.number or ''}"))
            blocks += before_and_after(item, "Before dispute", "After dispute")
    return look, [*blocks, *rights()]


def cards(answer: Answer) -> tuple[Look, list[Block]]:
    """B: a band for each item with its labels below."""
    look = Look(title="Your dispute results", accent="#6d2077", bar="#f1eaf3", header=("Experian", "{page} of {pages}"))
    blocks = [
        title("Your dispute results"),
        line(f"{answer.consumer.name}"),
        line(f"Completed on {answer.day:%m/%d/%Y}   Confirmation number {answer.reference}"),
    ]
    for item in answer.items:
        pairs = [(DETAILS[item.kind], detail(item)), ("Outcome", short(answer, item))]
        if item.kind is ItemKind.INQUIRY:
            pairs.insert(0, ("Type of item", "Inquiry"))
        rows: list[list[Cell]] = [[*pair] for pair in pairs]
        blocks += [bar(item.name), table(rows, [120, 300], labels=[0], rules=False)]
        blocks += before_and_after(item, answer.pick("Was", "Before"), answer.pick("Is now", "After"))
    return look, [*blocks, *meanings(answer, "About these outcomes"), *rights()]


def letter(answer: Answer) -> tuple[Look, list[Block]]:
    """C: a letter, a numbered paragraph for each item."""
    look = Look(title="Letter", font="Libertinus Serif", size=9.5, footer=("", "Page {page}"))
    blocks = [
        line("Experian"),
        line("P.O. Box 4500, Allen, TX 75013"),
        line(f"{answer.day:%B %d, %Y}"),
        *addressee(answer),
        line(f"RE: Results of your dispute   Reference number: {answer.reference}"),
        line(f"Dear {answer.consumer.name},"),
        line("We have completed our reinvestigation of the items that you disputed."),
    ]
    for number, item in enumerate(answer.items, start=1):
        blocks.append(line(f"{number}. {_opened(item)} {paragraph(answer, item)}"))
        blocks += what_changed(item)
    return look, [*blocks, *rights()]


def _opened(item: AnsweredItem) -> str:
    match item.kind:
        case ItemKind.ACCOUNT:
            return f"{item.name} (account number {item.number})."
        case ItemKind.INQUIRY:
            return f"Inquiry by {item.name} of {item.detail}."
        case ItemKind.PERSONAL_INFORMATION:
            return f"{item.name}: {item.detail}."
        case ItemKind.PUBLIC_RECORD:
            return f"Public record at {item.name}, docket number {item.detail}."


def _in_list(item: AnsweredItem) -> str:
    return f"{name_in_table(item)} {item.number or ''}".strip()


def asks_for_identification(answer: Answer) -> tuple[Look, list[Block]]:
    """D: a letter without any result."""
    look = Look(title="Letter", size=9, header=("Experian", ""))
    return look, [
        title(answer.pick("We need to identify you", "Please prove who you are")),
        line(f"Date: {answer.day:%m/%d/%Y}"),
        line(f"Reference number: {answer.reference}"),
        *addressee(answer),
        line("We got your dispute, and could not make sure that it came from you. Nothing was investigated yet."),
        line("Please send a copy of your driver's license and of a utility bill that shows your current address."),
        *rights(),
    ]


def frivolous(answer: Answer) -> tuple[Look, list[Block]]:
    """E: a notice that a dispute was not investigated, with its items in a list."""
    look = Look(title="Notice", font="Libertinus Serif", size=9)
    blocks = [
        line("Experian"),
        line(f"Date: {answer.day:%m/%d/%Y}   Reference number: {answer.reference}"),
        *addressee(answer),
        line("Re: Your dispute was found frivolous or irrelevant"),
        line("We did not investigate the items named below. You may send us what is missing."),
    ]
    blocks += [line(f"{_in_list(item)}: {sentence(answer, item)}") for item in answer.items]
    return look, [*blocks, *rights()]
