"""A letter of three items, composed and typeset by the compiler that is kept, beside a fresh compiler for each."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib.resources import as_file, files
from itertools import count
from typing import Any

import typst

from benchmarks.measurements import Measurement, quickest
from tribureau.domain.bureaus import Bureau
from tribureau.domain.letters import DisputedItem, ItemKind, LetterFacts, LetterKind, compose, placeholders
from tribureau.domain.letters.printed import printed_facts
from tribureau.domain.letters.recipients import PostalAddress, address_of
from tribureau.domain.tradelines import Tradeline
from tribureau.letters import Letter, typeset

_DAY = date(2026, 11, 22)
_RUNS = 40
_MOST_MILLISECONDS = 5
_SENDER = PostalAddress(("Jordan Avery", "418 Lantern St", "Port Alder, ZX 00041"))
_PROFILE = {"name": "Jordan Avery", "date_of_birth": "May 17, 1988", "ssn_last4": "0417"}


def measure() -> list[Measurement]:
    """Both typeset the same text; each run has other amounts, so that nothing is remembered of the last one."""
    ours = quickest(_kept(), _RUNS) * 1000
    fresh = quickest(_fresh(), _RUNS // 4) * 1000
    return [
        Measurement(
            name="a letter of 3 items, from its facts to its PDF",
            value=round(ours, 2),
            unit="ms",
            baseline_name="the same with a fresh compiler",
            baseline=round(fresh, 2),
            goal=f"under {_MOST_MILLISECONDS} ms",
            met=ours < _MOST_MILLISECONDS,
        )
    ]


def _letter(amount: int) -> Letter:
    line = Tradeline("MIDVALE BANK", Bureau.EQUIFAX, account_number="5678****", balance=Decimal(amount))
    items = [
        DisputedItem(
            ItemKind.ACCOUNT,
            f"MIDVALE BANK {number}",
            "wrong_balance",
            line.account_number,
            printed_facts(line, "wrong_balance"),
            correction="$0",
            confirmed_on=_DAY,
            tradeline=line,
        )
        for number in range(3)
    ]
    content = placeholders.filled(compose(LetterFacts(LetterKind.FIRST_DISPUTE, items)), _PROFILE)
    return Letter(content, _SENDER, address_of(Bureau.EQUIFAX, _DAY), _DAY)


def _kept() -> Callable[[], bytes]:
    amounts = count()
    typeset(_letter(next(amounts)))
    return lambda: typeset(_letter(next(amounts)))


def _fresh() -> Callable[[], bytes]:
    amounts = count(_RUNS * 2)

    def typeset_anew() -> bytes:
        letter = _letter(next(amounts)).as_json()
        with as_file(files("tribureau.letters") / "letter.typ") as template:
            compiler: Any = typst.Compiler(str(template), ignore_system_fonts=True, sys_inputs={"letter": letter})
            return bytes(compiler.compile(format="pdf"))

    return typeset_anew
