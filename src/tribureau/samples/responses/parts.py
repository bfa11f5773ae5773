"""Parts that letters of several styles are made of."""

from dataclasses import replace
from typing import Final

from tribureau.domain.bureau_responses import ItemKind, Outcome
from tribureau.samples.blocks import Block, Cell, caption, heading, line, note, side_by_side, table
from tribureau.samples.responses.answer import Answer, AnsweredItem
from tribureau.samples.responses.wording import MEANINGS
from tribureau.samples.wording import remarks_of

KINDS: Final = {
    ItemKind.ACCOUNT: "Accounts",
    ItemKind.INQUIRY: "Inquiries",
    ItemKind.PERSONAL_INFORMATION: "Personal information",
    ItemKind.PUBLIC_RECORD: "Public records",
}
DETAILS: Final = {
    ItemKind.ACCOUNT: "Account number",
    ItemKind.INQUIRY: "Inquiry date",
    ItemKind.PERSONAL_INFORMATION: "As shown",
    ItemKind.PUBLIC_RECORD: "Docket number",
}


def addressee(answer: Answer) -> list[Block]:
    street, city, state = answer.consumer.address.split(", ")
    return [line(answer.consumer.name.upper()), line(street.upper()), line(f"{city}, {state}".upper())]


def meanings(answer: Answer, title: str = "What the results mean") -> list[Block]:
    """The legend of outcomes, which says nothing about any item; half of the letters have one."""
    if answer.random.random() < 0.5:
        return []
    return [caption(title), *[note(text) for text in MEANINGS]]


def detail(item: AnsweredItem) -> str:
    return item.number or item.detail


def name_in_table(item: AnsweredItem) -> str:
    """With what an item without a number is known by."""
    return item.name if item.kind is ItemKind.ACCOUNT else f"{item.name} {item.detail}"


def before_and_after(item: AnsweredItem, before: str, after: str) -> list[Block]:
    """A small table of what changed."""
    if not item.changes:
        return []
    item.shown = item.changes
    rows: list[list[Cell]] = [[c.label, c.before or "", c.after] for c in item.changes]
    return [table(rows, [120, 110, 110], ["Field", before, after])]


def what_changed(item: AnsweredItem) -> list[Block]:
    """A sentence for each change."""
    item.shown = item.changes
    return [line(f"{c.label} changed from {c.before} to {c.after}.") for c in item.changes]


def as_it_now_stands(item: AnsweredItem, title: str) -> list[Block]:
    """The account's block after the correction, with a line that names what was corrected."""
    if not item.changes or item.line is None:
        return []
    item.shown = [replace(change, before=None) for change in item.changes]
    values = {change.label: change.after for change in item.changes}
    for label, amount in (("Balance", item.line.balance), ("Past due amount", item.line.past_due)):
        values.setdefault(label, f"${amount or 0:,.0f}")
    status = item.line.account_status
    pairs = [("Status", status.value.replace("_", " ").capitalize() if status else "Open"), *values.items()]
    half = -(-len(pairs) // 2)
    blocks = [
        caption(title),
        line(f"Fields that were updated: {', '.join(change.label for change in item.changes)}"),
        table(side_by_side(pairs[:half], pairs[half:]), [110, 120, 110, 120], labels=[0, 2], rules=False),
    ]
    remarks = remarks_of(item.line, 0)
    return [*blocks, line(f"Remarks: {'; '.join(remarks)}")] if remarks else blocks


def by_kind(answer: Answer) -> list[tuple[ItemKind, list[AnsweredItem]]]:
    groups = [(kind, [item for item in answer.items if item.kind is kind]) for kind in ItemKind]
    return [(kind, items) for kind, items in groups if items]


def by_outcome(answer: Answer) -> list[tuple[Outcome, list[AnsweredItem]]]:
    groups = [(outcome, [item for item in answer.items if item.outcome is outcome]) for outcome in Outcome]
    return [(outcome, items) for outcome, items in groups if items]


def rights() -> list[Block]:
    """The end of every letter; it speaks of deleting and updating, and of no item."""
    return [
        heading("If you disagree"),
        note("If you have new facts you may dispute an item again. You may add a statement of up to 100 words."),
        note("If an item that was deleted comes back, we will tell you in writing within five business days."),
        note("You may ask how we checked an item. Any item that can't be verified must be removed or updated."),
    ]
