"""What a language model is shown of a report, and what it says about it: printed words only, never values."""

from typing import Annotated, Any, Final

import msgspec

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import DATE_FIELDS, MONEY_FIELDS

LATE_TOTALS: Final = ("late_payments_30", "late_payments_60", "late_payments_90", "late_payments_120")
QUESTIONS: Final = (
    "account_number",
    "type_words",
    "account_words",
    "payment_words",
    *MONEY_FIELDS,
    *DATE_FIELDS,
    *LATE_TOTALS,
    "terms",
    "responsibility",
    "original_creditor",
    "remarks",
)
"""Those of `PrintedAccount`. Months are left to the local reader, which tells them by their places."""
MOST_ACCOUNTS: Final = 1000
MOST_VALUES: Final = 60

_Words = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_PageNumber = Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class PageText(msgspec.Struct):
    """A page's lines from top to bottom, its cells apart by ` | `, secrets hidden."""

    page: int
    lines: list[str]


class SaidValue(msgspec.Struct):
    """`printed` answers `question`, beside the words `label`."""

    question: str
    printed: _Words
    label: Annotated[str, msgspec.Meta(max_length=200)] = ""

    def __post_init__(self) -> None:
        if self.question not in QUESTIONS:
            raise ValueError


class SaidAccount(msgspec.Struct):
    """One account of one bureau; `page` is where its heading, the creditor's name, is printed."""

    creditor: _Words
    bureau: Bureau
    page: _PageNumber
    values: list[SaidValue] = []


class Said(msgspec.Struct, tag="said"):
    """`by` is None where nobody answered; `dropped` counts what did not fit the schema; `notes` tell the user more."""

    by: str | None = None
    accounts: list[SaidAccount] = []
    dropped: int = 0
    notes: list[str] = []


class PageTexts(msgspec.Struct, tag="page_texts"):
    """The walled reader asks what a model makes of these pages."""

    pages: list[PageText]


def schema() -> dict[str, Any]:
    """What an answer must look like, as JSON Schema."""
    text = {"type": "string"}
    value = {
        "type": "object",
        "properties": {"question": {"type": "string", "enum": list(QUESTIONS)}, "label": text, "printed": text},
        "required": ["question", "label", "printed"],
    }
    account = {
        "type": "object",
        "properties": {
            "creditor": text,
            "bureau": {"type": "string", "enum": [bureau.value for bureau in Bureau]},
            "page": {"type": "integer", "minimum": 1},
            "values": {"type": "array", "items": value, "maxItems": MOST_VALUES},
        },
        "required": ["creditor", "bureau", "page", "values"],
    }
    accounts = {"type": "array", "items": account}
    return {"type": "object", "properties": {"accounts": accounts}, "required": ["accounts"]}


def fitting(answer: str) -> Said:
    """The parts of an answer that fit the schema; raises ValueError where it is no such object at all."""
    try:
        whole = msgspec.json.decode(answer)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError("no JSON") from error
    accounts = whole.get("accounts") if isinstance(whole, dict) else None
    if not isinstance(accounts, list) or len(accounts) > MOST_ACCOUNTS:
        raise ValueError("no list of accounts")
    said = Said()
    for account in accounts:
        _take(account, said)
    return said


def _take(raw: object, said: Said) -> None:
    values = raw.get("values") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(values, list):
        said.dropped += 1
        return
    try:
        account = msgspec.convert({**raw, "values": []}, SaidAccount)
    except msgspec.ValidationError:
        said.dropped += 1 + len(values)
        return
    for value in values[:MOST_VALUES]:
        try:
            account.values.append(msgspec.convert(value, SaidValue))
        except msgspec.ValidationError:
            said.dropped += 1
    said.dropped += len(values[MOST_VALUES:])
    said.accounts.append(account)
