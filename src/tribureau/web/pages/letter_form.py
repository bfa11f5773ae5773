"""What a letter's page shows and takes: the choices for each dispute, the kinds, the checklist, the text."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from tribureau.domain.deadlines.rules import Duty, rule_for
from tribureau.domain.errors import InvalidInput
from tribureau.domain.letters import PLANS, Language, LetterKind, placeholders
from tribureau.domain.letters.enclosures import ENCLOSURE_WORDS, EnclosureKind, checklist
from tribureau.domain.letters.reasons import GROUP_WORDS, REASONS, Reason, ReasonGroup, fitting_reasons
from tribureau.domain.letters.suggestions import kind_for_reasons, kinds_to_choose
from tribureau.workflows.disputed_items import item_of
from tribureau.workflows.write_letter import Choices, Saying, StoredLetter, composed

Fields = Mapping[str, str]
Row = Mapping[str, Any]
LANGUAGES: Final = {Language.ENGLISH: "English", Language.SPANISH: "Español"}
_BLANKS: Final = {"name": "[your name]", "date_of_birth": "[your date of birth]", "ssn_last4": "[last four digits]"}
_PRINTED: Final = "[what the report prints]"
_BY_ITSELF: Final = "suggested"


@dataclass(frozen=True, slots=True)
class ItemForm:
    """One dispute: what may be said of it, and what the user chose so far."""

    dispute_id: UUID
    title: str
    number: str | None
    saying: Saying
    groups: list[tuple[str, list[Reason]]]
    facts: list[tuple[str, str]]

    @property
    def reason(self) -> Reason | None:
        return REASONS.get(self.saying.reason)


def stored_choices(stored: StoredLetter) -> Choices:
    """As they were saved."""
    facts = stored.row["facts"]
    return Choices(
        kind=LetterKind(stored.row["kind"]),
        language=stored.language,
        sayings=[
            Saying(
                item["dispute_id"],
                item["reason"] or "",
                item["correction"] or "",
                item["explanation"] or "",
                confirmed=item["confirmed_at"] is not None,
            )
            for item in stored.items
        ],
        earlier_letter_on=_day(facts.get("earlier_letter_on") or ""),
        answered_on=_day(facts.get("answered_on") or ""),
        with_report_pages=facts.get("with_report_pages", True),
        recipient_lines=stored.row["recipient_lines"],
    )


def posted_choices(stored: StoredLetter, fields: Fields) -> Choices:
    """As the form sends them. Raises InvalidInput for a kind or a language that there is not, or for no date."""
    sayings = [
        Saying(
            item["dispute_id"],
            fields.get(f"reason-{item['dispute_id']}", ""),
            fields.get(f"correction-{item['dispute_id']}", ""),
            fields.get(f"explanation-{item['dispute_id']}", "").replace("\r\n", "\n"),
            confirmed=f"confirmed-{item['dispute_id']}" in fields,
        )
        for item in stored.items
    ]
    known = stored_choices(stored)
    chosen = fields.get("kind", _BY_ITSELF)
    try:
        kind = LetterKind(chosen) if chosen != _BY_ITSELF else known.kind
        language = Language(fields.get("language", stored.language))
    except ValueError:
        raise InvalidInput("There is no such kind of letter.", hint="Choose one of the list.") from None
    if chosen == LetterKind.FIRST_DISPUTE:
        kind = kind_for_reasons(kind, [saying.reason for saying in sayings])
    return Choices(
        kind=kind,
        language=language,
        sayings=sayings,
        earlier_letter_on=_typed_day(fields, "earlier_letter_on") or known.earlier_letter_on,
        answered_on=_typed_day(fields, "answered_on") or known.answered_on,
        with_report_pages="with_report_pages" in fields,
        recipient_lines=fields.get("recipient", "").splitlines() if stored.is_direct else (),
    )


def company(stored: StoredLetter) -> str:
    """The name that a letter to a company begins its address with, or that its items have."""
    names = [*stored.row["recipient_lines"], *(item["disputed_values"]["creditor_name"] for item in stored.items)]
    return names[0] if names else "a company"


def answer_by(stored: StoredLetter) -> tuple[date, str] | None:
    """By when a company must answer a letter that it received, and the rule; a collector has no such day."""
    received = stored.row["received_on"]
    if received is None or stored.row["kind"] != LetterKind.FURNISHER:
        return None
    rule = rule_for(Duty.ANSWER_A_DIRECT_DISPUTE, received)
    return rule.last_day(received), rule.citation


def item_forms(stored: StoredLetter, choices: Choices, known: Mapping[str, str]) -> list[ItemForm]:
    """`known` is what placeholders stand for."""
    said = {saying.dispute_id: saying for saying in choices.sayings}
    return [_item_form(item, said[item["dispute_id"]], known, direct=stored.is_direct) for item in stored.items]


def kinds(stored: StoredLetter, choices: Choices) -> list[tuple[str, str]]:
    """Kinds to choose from, the present one among them, with their names."""
    if stored.is_direct:
        return [(kind, PLANS[kind].label.en) for kind in (LetterKind.FURNISHER, LetterKind.COLLECTOR)]
    rounds = max((item["round"] for item in stored.items), default=1)
    offered = kinds_to_choose(
        rounds,
        answered=choices.answered_on is not None,
        mailed_before=choices.earlier_letter_on is not None,
        items={item_of(item, "").kind for item in stored.items},
    )
    return [(kind, PLANS[kind].label.en) for kind in dict.fromkeys([choices.kind, *offered])]


def preview(stored: StoredLetter, choices: Choices, profile: Mapping[str, str]) -> tuple[str, InvalidInput | None]:
    """The text as it would be if all were confirmed; or as it is, with what is still missing."""
    would_be = [Saying(s.dispute_id, s.reason, s.correction, s.explanation, confirmed=True) for s in choices.sayings]
    if not all(saying.reason for saying in would_be):
        return "", InvalidInput("Choose a reason for each item, and the letter stands here.")
    assumed = Choices(choices.kind, choices.language, would_be, choices.earlier_letter_on, choices.answered_on)
    try:
        return _shown(composed(stored, assumed, date.today()), profile), None
    except InvalidInput as error:
        return "", error


def current_text(stored: StoredLetter, profile: Mapping[str, str]) -> str:
    return _shown(stored.row["content"], profile)


def asked_enclosures(kind: LetterKind, enclosures: Sequence[Row]) -> list[dict[str, Any]]:
    """The checklist of this kind of letter, each line with the user's proofs of that kind."""
    lines = [
        {
            "kind": asked.kind,
            "words": ENCLOSURE_WORDS[asked.kind].en,
            "required": asked.required,
            "examples": asked.examples.en,
            "made_for_you": asked.kind is EnclosureKind.REPORT_PAGE,
            "files": [row for row in enclosures if row["kind"] == asked.kind],
        }
        for asked in checklist(kind)
    ]
    listed = {line["kind"] for line in lines}
    for kind_of_other in dict.fromkeys(EnclosureKind(row["kind"]) for row in enclosures if row["is_enclosed"]):
        if kind_of_other not in listed:
            files = [row for row in enclosures if row["kind"] == kind_of_other]
            words = ENCLOSURE_WORDS[kind_of_other].en
            lines.append(
                {"kind": kind_of_other, "words": words, "required": False, "examples": "", "made_for_you": False}
                | {"files": files}
            )
    return lines


def _item_form(row: Row, saying: Saying, known: Mapping[str, str], *, direct: bool) -> ItemForm:
    item = item_of(row, saying.reason or "other")
    fitting = [one for one in fitting_reasons(item) if not direct or one.key in PLANS[LetterKind.FURNISHER].reasons]
    groups = [(GROUP_WORDS[group].en, [one for one in fitting if one.group is group]) for group in ReasonGroup]
    return ItemForm(
        row["dispute_id"],
        item.title,
        item.account_number,
        saying,
        [(name, reasons) for name, reasons in groups if reasons],
        [(fact.label.en, _shown(fact.value, known)) for fact in item.printed],
    )


def _shown(content: str, profile: Mapping[str, str]) -> str:
    for name in placeholders.needed(content):
        content = content.replace(f"{{{{{name}}}}}", profile.get(name) or _BLANKS.get(name, _PRINTED))
    return content


def _typed_day(fields: Fields, name: str) -> date | None:
    typed = fields.get(name, "").strip()
    day = _day(typed)
    if typed and day is None:
        raise InvalidInput("This is no date.", hint="Write it as 2026-03-02.")
    return day


def _day(typed: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(typed) if typed else None
    return None
