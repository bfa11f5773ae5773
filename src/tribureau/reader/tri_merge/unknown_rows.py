"""Rows whose label nobody knows: what they ask is told by the label's words together with the look of its answers."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from tribureau.reader.labels import Likeness, tokens
from tribureau.reader.likely_labels import likely_question, question_by_look
from tribureau.reader.tri_merge.blocks import Block, Field
from tribureau.reader.tri_merge.wording import QUESTIONS
from tribureau.reader.values import is_absent

_SECTIONS: Final = frozenset({"front", "accounts"})
_LEAST_TIMES: Final = 3


def ask_likely(blocks: Iterable[Block]) -> None:
    """Give unknown rows the question that they likely answer, if no other row of their block answers it."""
    found = [block for block in blocks if block.section in _SECTIONS]
    times = Counter(tokens(entry.row.label) for block in found for entry in block.fields)
    for block in found:
        asked = block.questions
        for entry in block.fields:
            if entry.question is None and entry.row.label:
                question = _question(entry, often=times[tokens(entry.row.label)] >= _LEAST_TIMES)
                if question and question not in asked:
                    entry.question, entry.likeness = question, Likeness.LIKELY


def _question(entry: Field, *, often: bool) -> str | None:
    """By the label and an answer; or by the answers alone, which must then agree."""
    label = tokens(entry.row.label)
    answers = [text for cell in entry.row.cells if cell.lines and not is_absent(text := cell.text())]
    told = next(filter(None, (likely_question(label, answer) for answer in answers)), None)
    if told is None and often:
        looks = {question_by_look(answer) for answer in answers}
        told = looks.pop() if len(looks) == 1 else None
    return QUESTIONS.get(told, told) if told else None
