"""What a model read, beside what the local reader read of the same pages: neither is taken for the other.

The local reader's word stands. The model fills what the local reader left empty, and adds accounts that it lacks, at a
confidence that asks the user to check them; where both read the same the value is surer; where they differ it asks to
be checked. docs/decisions/0011 says why.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from enum import Enum
from typing import Final

from tribureau.domain.account_numbers import compare_numbers
from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS, AccountStatus, PaymentStatus, Tradeline
from tribureau.reader.assembly import PrintedAccount, assemble
from tribureau.reader.layouts.declaration import Details
from tribureau.reader.outside.look_up import ShownPages
from tribureau.reader.outside.resolving import LABELLED, is_of_a_model, resolve
from tribureau.reader.outside.said import LATE_TOTALS, PageText, Said
from tribureau.reader.pages import Page
from tribureau.reader.report import Evidence, ReadTradeline

_DOUBTED: Final = 0.6
"""The most that a value is sure of which the other reader reads differently; under the threshold of «please check»."""
_DOUBT_LEFT: Final = 0.5
"""The share of doubt that is left where two readers agree."""
_WORDS_FOR: Final = {
    "account_type": ("type_words",),
    "account_status": ("account_words", "payment_words"),
    "payment_status": ("payment_words", "account_words"),
}
_COMPARED: Final = (
    *MONEY_FIELDS,
    *DATE_FIELDS,
    "account_number",
    "account_type",
    "account_status",
    "payment_status",
    "responsibility",
    "original_creditor",
    "terms",
)
_WORST_FIRST: Final = (
    *(status.value for status in AccountStatus if status is not AccountStatus.OPEN),
    *(status.value for status in (PaymentStatus.LATE_120, PaymentStatus.LATE_90, PaymentStatus.LATE_60)),
    PaymentStatus.LATE_30.value,
)
_OF_ONE_MEANING: Final = frozenset({*MONEY_FIELDS, *DATE_FIELDS, *LATE_TOTALS})
_LEAST_VALUES: Final = 3
"""Fewer values that stand on the page make no account."""


Ask = Callable[[list[PageText]], Said]
"""Shows pages to a model outside and takes what it says; `by` is None where there was no answer."""


class _Word(Enum):
    AGREES = 1
    DIFFERS = 2


class Opinion:
    """One model's reading of one report. `dropped` counts values that it named and that are not printed so."""

    def __init__(
        self, shown: ShownPages, said: Said, local: Sequence[PrintedAccount], bureaus: Sequence[Bureau]
    ) -> None:
        self.by = said.by or ""
        self._told = said.notes
        only = bureaus[0] if len(bureaus) == 1 else None
        resolved = resolve(shown, said.accounts, by=self.by, known=local, only=only)
        self.dropped = said.dropped + resolved.dropped
        self._accounts = resolved.accounts
        self._words: dict[int, dict[str, _Word]] = {}
        self.filled = self.added = self.differing = 0

    def join(self, local: list[PrintedAccount]) -> None:
        """Fills the local reader's accounts and appends those that it lacks."""
        known = list(local)
        for account in self._accounts:
            twin = next((one for one in known if _same(one, account)), None)
            if twin:
                self._fill(twin, account)
            elif _tells_enough(account) and not any(_same_number(one, account) for one in known):
                local.append(account)
                self.added += 1

    def _fill(self, local: PrintedAccount, model: PrintedAccount) -> None:
        self._drop_what_says_something_else(local, model)
        ours, theirs = _values(local), _values(model)
        words = self._words.setdefault(id(local), {})
        for name in _COMPARED:
            mine, other = getattr(ours, name), getattr(theirs, name)
            if other is None:
                continue
            if mine is None:
                for question in _WORDS_FOR.get(name, (name,)):
                    if not local.all(question):
                        local.answers.setdefault(question, []).extend(model.all(question))
                self.filled += 1
            elif not _is_milder(mine, other):
                words[name] = _Word.AGREES if _equal(name, mine, other) else _Word.DIFFERS
                self.differing += words[name] is _Word.DIFFERS

    def _drop_what_says_something_else(self, local: PrintedAccount, model: PrintedAccount) -> None:
        """An amount, a date or a count that was read here as the answer to another question."""
        for question in _OF_ONE_MEANING.intersection(model.answers):
            elsewhere = [found for other, answers in local.answers.items() if other != question for found in answers]
            kept = [said for said in model.answers[question] if not any(_one_place(said, found) for found in elsewhere)]
            self.dropped += len(model.answers[question]) - len(kept)
            model.answers[question] = kept

    def weigh(self, account: PrintedAccount, read: ReadTradeline) -> ReadTradeline:
        """The tradeline with its confidences after the second reading."""
        words = self._words.get(id(account), {})
        for name, evidence in list(read.evidence.items()):
            read.evidence[name] = replace(evidence, confidence=_weighed(evidence, words.get(name)))
        doubted = any(words.get(factor.field) is _Word.DIFFERS for factor in read.negative.factors)
        if doubted or is_of_a_model(account.heading) or _negative_by_a_model_alone(read):
            read.negative.confidence = min(read.negative.confidence, _DOUBTED)
        return read

    @property
    def readers(self) -> list[str]:
        return [self.by] if self.by else []

    @property
    def notes(self) -> list[str]:
        """Sentences for the report about what its user should look at."""
        told = list(self._told)
        if self.added:
            told.append(f"{self.by} alone found {_counted(self.added, 'account')}. Please compare with the page.")
        if self.differing:
            told.append(f"{self.by} reads {_counted(self.differing, 'value')} differently: marked to be checked.")
        return told


def second_opinion(pages: list[Page], accounts: list[PrintedAccount], details: Details, ask: Ask) -> Opinion:
    """What a model reads of these pages, joined to what was read of them here."""
    shown = ShownPages(pages)
    opinion = Opinion(shown, ask(shown.texts), accounts, details.bureaus)
    opinion.join(accounts)
    details.bureaus += [bureau for bureau in Bureau if bureau not in details.bureaus and _has(accounts, bureau)]
    return opinion


def _has(accounts: list[PrintedAccount], bureau: Bureau) -> bool:
    return any(account.bureau is bureau for account in accounts)


def _negative_by_a_model_alone(read: ReadTradeline) -> bool:
    sources = [read.evidence.get(factor.field) for factor in read.negative.factors]
    return bool(sources) and all(source is not None and is_of_a_model(source) for source in sources)


def _weighed(evidence: Evidence, word: _Word | None) -> float:
    if is_of_a_model(evidence):
        return min(evidence.confidence, LABELLED)  # however clear the print of a scan is
    if word is None:
        return evidence.confidence
    if word is _Word.DIFFERS:
        return min(evidence.confidence, _DOUBTED)
    return round(1 - (1 - evidence.confidence) * _DOUBT_LEFT, 3)


def _values(account: PrintedAccount) -> Tradeline:
    apart = copy(account)
    apart.answers = {question: list(answers) for question, answers in account.answers.items()}
    return assemble(apart).tradeline


def _one_place(one: Evidence, other: Evidence) -> bool:
    """Whether the middle of the one lies inside the other."""
    across, down = (one.box.x0 + one.box.x1) / 2, (one.box.y0 + one.box.y1) / 2
    box = other.box
    return one.page == other.page and box.x0 <= across <= box.x1 and box.y0 <= down <= box.y1


def _is_milder(mine: object, other: object) -> bool:
    """Whether the other names a status that ours outranks: it has seen fewer of the words that we go by."""
    for kind in (AccountStatus, PaymentStatus):
        if isinstance(mine, kind) and isinstance(other, kind):
            return _rank(other) > _rank(mine)
    return False


def _rank(status: AccountStatus | PaymentStatus) -> int:
    return _WORST_FIRST.index(status.value) if status.value in _WORST_FIRST else len(_WORST_FIRST)


def _equal(name: str, mine: object, other: object) -> bool:
    if name == "account_number":
        return not compare_numbers(str(mine), str(other)).contradicts
    if isinstance(mine, str) and isinstance(other, str):
        return _letters(mine) == _letters(other)
    return mine == other


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _same(local: PrintedAccount, model: PrintedAccount) -> bool:
    """Whether both begin at the same heading and speak of the same bureau."""
    if local.bureau is not model.bureau or local.heading.page != model.heading.page:
        return False
    one, other = local.heading.box, model.heading.box
    return min(one.y1, other.y1) - max(one.y0, other.y0) > 0 and one.x0 < other.x1 and other.x0 < one.x1


def _same_number(local: PrintedAccount, model: PrintedAccount) -> bool:
    if local.bureau is not model.bureau:
        return False
    ours, theirs = _values(local).account_number, _values(model).account_number
    return ours is None or theirs is None or not compare_numbers(ours, theirs).contradicts


def _tells_enough(account: PrintedAccount) -> bool:
    """A name and a few values beside their labels, a number or a date of opening among them."""
    told = [question for question in account.answers if account.all(question)]
    return len(told) >= _LEAST_VALUES and bool({"account_number", "date_opened"}.intersection(told))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
