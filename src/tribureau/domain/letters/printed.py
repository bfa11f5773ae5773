"""What a letter repeats of the disputed tradeline: the values that its reason is about, as the report has them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from tribureau.domain.letters.dates import written
from tribureau.domain.letters.dollars import in_dollars
from tribureau.domain.letters.items import ItemKind, PrintedFact
from tribureau.domain.letters.reasons import REASONS, ReasonGroup
from tribureau.domain.letters.words import Language, Words
from tribureau.domain.tradelines import AccountStatus, AccountType, PrintedDate, Tradeline

FIELD_WORDS: Final = {
    "balance": Words("balance", "saldo"),
    "past_due": Words("past due", "vencido"),
    "credit_limit": Words("credit limit", "límite de crédito"),
    "date_opened": Words("date opened", "fecha de apertura"),
    "date_closed": Words("date closed", "fecha de cierre"),
    "date_of_first_delinquency": Words("date of first delinquency", "fecha del primer atraso"),
    "account_status": Words("status", "estado"),
    "payment_status": Words("payment status", "estado de pago"),
    "original_creditor": Words("original creditor", "acreedor original"),
}
_SHOWN: Final = {
    ReasonGroup.AMOUNTS: ("balance", "past_due", "credit_limit"),
    ReasonGroup.DATES: ("date_opened", "date_closed", "date_of_first_delinquency"),
    ReasonGroup.STATUS: ("account_status", "payment_status"),
    ReasonGroup.TWICE: ("balance", "date_opened", "original_creditor"),
}
_SHOWN_ELSEWHERE: Final = ("account_status", "balance", "date_opened")
STATE_WORDS: Final = {
    "bankruptcy": Words("bankruptcy", "bancarrota"),
    "foreclosure": Words("foreclosure", "ejecución hipotecaria"),
    "repossession": Words("repossession", "embargo del bien"),
    "charge_off": Words("charge-off", "cuenta incobrable"),
    "collection": Words("collection", "cobranza"),
    "settled": Words("settled", "liquidada por menos"),
    "transferred": Words("transferred", "transferida"),
    "closed": Words("closed", "cerrada"),
    "open": Words("open", "abierta"),
    "current": Words("current", "al corriente"),
    "late_30": Words("30 days late", "30 días de atraso"),
    "late_60": Words("60 days late", "60 días de atraso"),
    "late_90": Words("90 days late", "90 días de atraso"),
    "late_120": Words("120 days late or more", "120 días de atraso o más"),
}


def item_kind(line: Tradeline) -> ItemKind:
    """A debt that a collector reports is asked about otherwise than a lender's account."""
    collected = line.account_type is AccountType.COLLECTION or line.account_status is AccountStatus.COLLECTION
    return ItemKind.COLLECTION if collected else ItemKind.ACCOUNT


def printed_facts(line: Tradeline, reason: str, *, spanish: bool = False) -> tuple[PrintedFact, ...]:
    """The values that the reason is about; none for a reason that there is not."""
    return tuple(
        PrintedFact(FIELD_WORDS[name], value)
        for name in shown_fields(reason)
        for value in _printed(getattr(line, name), spanish)
    )


def shown_fields(reason: str) -> tuple[str, ...]:
    """The tradeline's fields that the reason is about."""
    found = REASONS.get(reason)
    return _SHOWN.get(found.group, _SHOWN_ELSEWHERE) if found else ()


def _printed(value: Any, spanish: bool) -> Iterator[str]:
    match value:
        case None | "":
            return
        case Decimal():
            yield in_dollars(value)
        case PrintedDate():
            yield written(value.day, Language.SPANISH if spanish else Language.ENGLISH, value.precision)
        case _:
            words = STATE_WORDS.get(str(value))
            yield (words.es if spanish else words.en) if words else str(value)
