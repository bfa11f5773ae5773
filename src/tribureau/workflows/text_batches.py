"""A long report's pages in parts that a model answers in one go, and its answers as one."""

from collections.abc import Sequence
from typing import Final

from tribureau.reader.outside.said import PageText, Said

MOST_LETTERS: Final = 30_000
"""Of one part: its answer then stays well under a model's longest."""


def batches(pages: Sequence[PageText]) -> list[list[PageText]]:
    """Pages in order; each part begins with the last page of the one before, since an account may go on there."""
    parts: list[list[PageText]] = []
    part: list[PageText] = []
    for page in pages:
        if part and _letters([*part, page]) > MOST_LETTERS:
            parts.append(part)
            part = [part[-1]] if len(part) > 1 and _letters([part[-1], page]) <= MOST_LETTERS else []
        part.append(page)
    return [*parts, part] if part else parts


def _letters(pages: Sequence[PageText]) -> int:
    return sum(len(line) + 1 for page in pages for line in page.lines)


Answers = Sequence[tuple[list[PageText], Said]]
Unread = Sequence[tuple[list[PageText], str]]
"""Pages, and why they were not read outside: a sentence's end."""
NOT_ASKED: Final = "was not asked any more"


def joined(by: str, answers: Answers, unread: Unread) -> Said:
    """All answers as one. Of an account on a page that two parts share, the later part saw more."""
    shared = [part[0].page for part, _ in answers[1:]]
    notes = [_note(by, pages, reason, all_of_it=not answers) for pages, reason in unread]
    return Said(
        by=by if answers else None,
        accounts=[
            account
            for (_, said), again in zip(answers, [*shared, None], strict=False)
            for account in said.accounts
            if account.page != again
        ],
        dropped=sum(said.dropped for _, said in answers),
        notes=notes if answers else notes[:1],
    )


def _note(by: str, pages: list[PageText], reason: str, *, all_of_it: bool) -> str:
    first, last = pages[0].page, pages[-1].page
    which = "This report" if all_of_it else f"Page {first}" if first == last else f"Pages {first} to {last}"
    were = "were" if which.startswith("Pages") else "was"
    return f"{by} {reason}. {which} {were} read by Tribureau alone."
