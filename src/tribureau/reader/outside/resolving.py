"""From what a model said to accounts as found on the pages: each word with its box, and what has none is dropped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS
from tribureau.reader.assembly import PrintedAccount
from tribureau.reader.dates import printed_date
from tribureau.reader.outside.look_up import Place, ShownPages, plain
from tribureau.reader.outside.said import LATE_TOTALS, SaidAccount, SaidValue
from tribureau.reader.report import Evidence
from tribureau.reader.values import account_number, count, money
from tribureau.reader.vocabulary import account_type, responsibility

LABELLED: Final = 0.75
"""How sure a value is that a model names, that stands on the page, and beside the label that it names."""
PRINTED: Final = 0.6
"""The same where the label does not stand there, for words that need none."""
_RULE: Final = "model:"
_LONGEST_ACCOUNT: Final = 90
"""Lines from an account's heading on."""
_MOST_MONEY: Final = Decimal("9999999999.99")
_OLDEST: Final = date(1900, 1, 1)
_MOST_TIMES: Final = 999


def is_of_a_model(evidence: Evidence) -> bool:
    return evidence.rule.startswith(_RULE)


def _is_money(printed: str) -> bool:
    amount = money(printed)
    return amount is not None and abs(amount) <= _MOST_MONEY


def _is_date(printed: str) -> bool:
    found = printed_date(printed)
    return found is not None and found.day >= _OLDEST


def _is_count(printed: str) -> bool:
    times = count(printed)
    return times is not None and times <= _MOST_TIMES


_CHECKS: Final[dict[str, Callable[[str], object]]] = {
    **dict.fromkeys(MONEY_FIELDS, _is_money),
    **dict.fromkeys(DATE_FIELDS, _is_date),
    **dict.fromkeys(LATE_TOTALS, _is_count),
    "account_number": account_number,
    "type_words": account_type,
    "responsibility": responsibility,
}
_NEED_A_LABEL: Final = frozenset({*MONEY_FIELDS, *DATE_FIELDS, *LATE_TOTALS})
"""Many amounts and dates stand near each other: one is believed only beside its label."""


@dataclass(slots=True)
class Resolved:
    """Accounts whose words all stand on the pages, and how many values were dropped as they do not, or mean nothing."""

    accounts: list[PrintedAccount]
    dropped: int


def resolve(
    shown: ShownPages,
    said: Sequence[SaidAccount],
    *,
    by: str,
    known: Sequence[PrintedAccount] = (),
    only: Bureau | None = None,
) -> Resolved:
    """`by` names the model in each rule, `known` are the accounts that were found otherwise, and end those above them;
    `only` is the one bureau whose report this is, if it is one bureau's."""
    fitting = [account for account in said if only in (None, account.bureau)]
    dropped = sum(1 + len(account.values) for account in said if only not in (None, account.bureau))
    headings = _headings(shown, fitting)
    starts = sorted(
        {heading.line for heading in headings if heading}
        | {line for account in known if (line := shown.line_at(account.heading.page, account.heading.box)) is not None}
    )
    accounts = []
    for account, heading in zip(fitting, headings, strict=True):
        if heading is None or not (only or shown.prints(account.bureau.value)):
            dropped += 1 + len(account.values)
            continue
        lines = _lines_of(shown, account, heading, starts)
        printed = PrintedAccount(_evidence(heading, f"{_RULE}{by}", PRINTED), account.bureau)
        for value in account.values:
            evidence = _stands(shown, value, lines, account.bureau, by)
            if evidence is None:
                dropped += 1
            else:
                printed.add(value.question, evidence)
        accounts.append(printed)
    return Resolved(accounts, dropped)


def _lines_of(shown: ShownPages, account: SaidAccount, heading: Place, starts: Sequence[int]) -> range:
    """From its heading to the next one, or to where the label of its number is printed for another account."""
    end = next((line for line in starts if line > heading.line), len(shown.lines))
    lines = range(heading.line, min(end, heading.line + _LONGEST_ACCOUNT, len(shown.lines)))
    labels = [value.label for value in account.values if value.question == "account_number" and value.label]
    numbers = sorted({place.line for label in labels[:1] for place in shown.find(label, lines)})
    return range(heading.line, numbers[1]) if len(numbers) > 1 else lines


def _headings(shown: ShownPages, said: Sequence[SaidAccount]) -> list[Place | None]:
    """Where each account begins: of all places that print its name the one that most of its values follow."""
    everywhere = range(len(shown.lines))
    places = {name: list(shown.find(name, everywhere)) for name in {account.creditor for account in said}}
    taken: set[tuple[Bureau, int]] = set()
    found: list[Place | None] = []
    for account in said:
        others = sorted({p.line for name, there in places.items() if name != account.creditor for p in there})
        free = [p for p in places[account.creditor] if (account.bureau, p.line) not in taken]
        free = [p for p in free if p.page == account.page] or free
        best = max(free, key=lambda place: _followed_by(shown, account, place, others), default=None)
        if best:
            taken.add((account.bureau, best.line))
        found.append(best)
    return found


def _followed_by(shown: ShownPages, account: SaidAccount, place: Place, others: Sequence[int]) -> tuple[int, int]:
    """How many of its values stand between that place and the next name of somebody else, and how near."""
    end = next((line for line in others if line > place.line), len(shown.lines))
    after = shown.lines[place.line : min(end, place.line + _LONGEST_ACCOUNT)]
    text = "\n".join(line.text for line in after)
    near = [at for value in account.values if (at := text.find(plain(value.printed))) >= 0]
    return len(near), -sum(near)


def _stands(shown: ShownPages, value: SaidValue, lines: range, bureau: Bureau, by: str) -> Evidence | None:
    """The value's place in its account, beside its label if it can be; None where it is not there."""
    places = [p for p in shown.find(value.printed, lines) if shown.column_of(p) in (None, bureau)]
    labelled = [place for place in places if value.label and shown.is_labelled(place, value.label)]
    if not places or (not labelled and value.question in _NEED_A_LABEL):
        return None
    evidence = _evidence((labelled or places)[0], f"{_RULE}{by}", LABELLED if labelled else PRINTED)
    check = _CHECKS.get(value.question)
    return evidence if check is None or check(evidence.printed) else None


def _evidence(place: Place, rule: str, confidence: float) -> Evidence:
    return Evidence(place.page, place.box, place.printed.strip(" :"), rule, confidence)
