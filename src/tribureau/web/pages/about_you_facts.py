"""What a report says beside its accounts, as its page shows it: entries, their places, the findings about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from markupsafe import Markup

from tribureau.domain.bureaus import Bureau
from tribureau.domain.letters import ItemKind
from tribureau.domain.letters.suggestions import suggested_entry_reason, suggested_reason
from tribureau.domain.personal_information import PersonalKind
from tribureau.web import formats, wording
from tribureau.web.pages.findings import ShownFinding, ShownValue, in_plain_dates
from tribureau.web.pages.page_pictures import Box, PagePicture

Row = Mapping[str, Any]
_MARGIN: Final = 2.0
_DOUBTFUL_BELOW: Final = 0.8
_NAMES: Final = (PersonalKind.NAME, PersonalKind.OTHER_NAME)
_ADDRESSES: Final = (PersonalKind.CURRENT_ADDRESS, PersonalKind.PREVIOUS_ADDRESS)
GROUPS: Final = (
    ("Names", _NAMES),
    ("Addresses", _ADDRESSES),
    ("Employers", (PersonalKind.EMPLOYER,)),
    ("Telephone numbers", (PersonalKind.PHONE,)),
    ("Birth and social security", (PersonalKind.DATE_OF_BIRTH, PersonalKind.SSN_LAST4)),
)

_ITEMS: Final = {
    "information": ItemKind.PERSONAL,
    "inquiry": ItemKind.INQUIRY,
    "public_record": ItemKind.PUBLIC_RECORD,
}
_COUNTED: Final = {
    "Names": ("name", "names"),
    "Addresses": ("address", "addresses"),
    "Employers": ("employer", "employers"),
}


@dataclass
class Entry:
    """One line: what is printed, by which bureaus, and where. `key` names its box; `ids` are the rows behind it."""

    key: str
    what: str
    value: Markup | str
    note: Markup | str
    recognised: str | None
    bureaus: list[str] = field(default_factory=list)
    ids: list[UUID] = field(default_factory=list)
    places: list[tuple[int, str, str]] = field(default_factory=list)
    """Page, the name of the box on it, and the initials of the bureau that it is of."""
    findings: int = 0
    detail: str | None = None
    reason: str | None = None
    """Of a dispute, to begin with."""
    disputes: list[tuple[UUID, str]] = field(default_factory=list)
    """The current disputes of it, with their statuses."""

    @property
    def can_be_another_persons(self) -> bool:
        return self.what in ("information", "inquiry", "public_record")


@dataclass(frozen=True)
class AboutYou:
    groups: list[tuple[str, list[Entry]]]
    scores: list[Entry]
    hard: list[Entry]
    soft: list[Entry]
    records: list[Entry]
    findings: list[ShownFinding]
    pictures: list[PagePicture]

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.scores or self.hard or self.soft or self.records)

    @property
    def in_short(self) -> list[str]:
        """`2 names`, `1 hard inquiry`: what there is, counted once however many bureaus print it."""
        counts = [
            *((len(entries), *_COUNTED[title]) for title, entries in self.groups if title in _COUNTED),
            (len(self.scores), "score", "scores"),
            (len(self.hard), "hard inquiry", "hard inquiries"),
            (len(self.records), "public record", "public records"),
        ]
        return [formats.counted(count, one, many) for count, one, many in counts if count]

    @property
    def not_mine(self) -> int:
        entries = [*self.hard, *self.soft, *self.records, *(entry for _, group in self.groups for entry in group)]
        return sum(entry.recognised == "not_mine" for entry in entries)


def about_you(
    information: Sequence[Row], scores: Sequence[Row], inquiries: Sequence[Row], records: Sequence[Row],
    findings: Sequence[Row], disputed: Sequence[Row], page_sizes: Sequence[Any],
) -> AboutYou:  # fmt: skip
    """The rows of one upload as its page shows them. `information` has its values opened."""
    boxes: dict[int, list[Box]] = {}
    concerned = {row["item_id"] for row in findings if row["dismissed_at"] is None}
    personal = [_information(row, boxes, concerned) for row in information]
    groups = [(title, _same_together(kinds, information, personal)) for title, kinds in GROUPS]
    listed = [_inquiry(row, boxes, concerned) for row in inquiries]
    kinds = [row["kind"] for row in inquiries]
    shown_records = [_record(row, boxes, concerned) for row in records]
    every = [*(entry for _, group in groups for entry in group), *listed, *shown_records]
    entries = {id_: entry for entry in every for id_ in entry.ids}
    _dispute(entries, {row["item_id"]: row["kind"] for row in findings if row["dismissed_at"] is None}, disputed)
    return AboutYou(
        groups=[(title, shown) for title, shown in groups if shown],
        scores=[_score(row, boxes) for row in scores],
        hard=[one for one, kind in zip(listed, kinds, strict=True) if kind == "hard"],
        soft=[one for one, kind in zip(listed, kinds, strict=True) if kind == "soft"],
        records=shown_records,
        findings=_findings(findings, entries),
        pictures=_pictures(boxes, page_sizes),
    )


def _dispute(entries: Mapping[UUID, Entry], found: Mapping[UUID, str], disputed: Sequence[Row]) -> None:
    for id_, entry in entries.items():
        not_mine = entry.recognised == "not_mine"
        kind = _ITEMS[entry.what]
        entry.reason = suggested_entry_reason(kind, entry.detail, found.get(id_), not_mine=not_mine) or entry.reason
    for row in disputed:
        if concerned := entries.get(row["item_id"]):
            concerned.disputes.append((row["dispute_id"], row["status"]))


def _pictures(boxes: Mapping[int, list[Box]], page_sizes: Sequence[Any]) -> list[PagePicture]:
    shown = []
    for page in sorted(boxes):
        if page <= len(page_sizes):
            width, height = page_sizes[page - 1]
            shown.append(PagePicture(page, width, height, boxes[page]))
    return shown


def _information(row: Row, boxes: dict[int, list[Box]], concerned: set[UUID]) -> Entry:
    key = f"information-{row['information_id']}"
    term = wording.term(wording.PERSONAL_KINDS, row["kind"])
    value = f"XXX-XX-{row['value']}" if row["kind"] == PersonalKind.SSN_LAST4 else row["value"]
    if row["kind"] == PersonalKind.DATE_OF_BIRTH:
        value = in_plain_dates(value)
    entry = Entry(key, "information", value, term.word, row["recognised"], _bureaus(row), [row["information_id"]])
    is_found = row["information_id"] in concerned
    entry.findings, entry.detail = int(is_found), row["kind"]
    tone = "bad" if is_found else "warn" if row["confidence"] < _DOUBTFUL_BELOW else "plain"
    _place(entry, boxes, key, row, f"{term.word}: {value}", tone)
    return entry


def _same_together(kinds: Sequence[str], rows: Sequence[Row], entries: Sequence[Entry]) -> list[Entry]:
    """What several bureaus print alike is one entry with all of them."""
    together: dict[tuple[str, str], Entry] = {}
    for row, entry in zip(rows, entries, strict=True):
        if row["kind"] not in kinds:
            continue
        key = row["kind"], "".join(filter(str.isalnum, row["value"])).casefold()
        known = together.setdefault(key, entry)
        if known is not entry:
            known.bureaus += [name for name in entry.bureaus if name not in known.bureaus]
            known.ids += entry.ids
            known.places += entry.places
            known.findings += entry.findings
            known.recognised = known.recognised or entry.recognised
    return sorted(together.values(), key=lambda one: kinds.index(_kind_of(one, rows)))


def _kind_of(entry: Entry, rows: Sequence[Row]) -> str:
    return str(next(row["kind"] for row in rows if row["information_id"] == entry.ids[0]))


def _score(row: Row, boxes: dict[int, list[Box]]) -> Entry:
    key = f"score-{row['bureau']}-{row['score_type']}".replace(" ", "-").replace(".", "-")
    note = Markup("{}, {}").format(row["score_type"], formats.day_element(row["timestamp"].date()))
    entry = Entry(key, "score", str(row["score_value"]), note, None, _bureaus(row))
    _place_all(entry, boxes, row, f"Score: {row['score_value']}")
    return entry


def _inquiry(row: Row, boxes: dict[int, list[Box]], concerned: set[UUID]) -> Entry:
    when = formats.day_element(row["inquired_on"], row["inquired_on_precision"])
    note = Markup("{} · {}").format(when, row["business"]) if row["business"] else when
    key = f"inquiry-{row['inquiry_id']}"
    entry = Entry(key, "inquiry", row["creditor_name"], note, row["recognised"], _bureaus(row), [row["inquiry_id"]])
    entry.findings = int(row["inquiry_id"] in concerned)
    _place_all(entry, boxes, row, f"Inquiry: {row['creditor_name']}")
    return entry


def _record(row: Row, boxes: dict[int, list[Box]], concerned: set[UUID]) -> Entry:
    told = [
        row["court"],
        wording.term(wording.RECORD_STATUSES, row["status"]).word if row["status"] else None,
        formats.money(row["amount"]) if row["amount"] is not None else None,
        f"filed {formats.day(row['filed_on'], row['filed_on_precision'])}" if row["filed_on"] else None,
        f"ended {formats.day(row['resolved_on'], row['resolved_on_precision'])}" if row["resolved_on"] else None,
        f"number {row['reference']}" if row["reference"] else None,
    ]
    key = f"record-{row['public_record_id']}"
    note = " · ".join(part for part in told if part)
    entry = Entry(
        key, "public_record", row["printed_kind"], note, row["recognised"], _bureaus(row), [row["public_record_id"]]
    )
    entry.findings = int(row["public_record_id"] in concerned)
    _place_all(entry, boxes, row, f"Public record: {row['printed_kind']}", "bad" if row["is_negative"] else "plain")
    return entry


def _bureaus(row: Row) -> list[str]:
    return [Bureau(row["bureau"]).value] if row["bureau"] else []


def _place_all(entry: Entry, boxes: dict[int, list[Box]], row: Row, label: str, tone: str = "plain") -> None:
    for at, place in enumerate(row["provenance"]):
        _place(entry, boxes, entry.key if at == 0 else f"{entry.key}-{at}", place, label, tone)


def _place(entry: Entry, boxes: dict[int, list[Box]], name: str, place: Row, label: str, tone: str) -> None:
    initials = Bureau(entry.bureaus[0]).initials if entry.bureaus else ""
    entry.places.append((place["page"], name, initials))
    boxes.setdefault(place["page"], []).append(
        Box(
            name,
            label,
            round(place["x0"] - _MARGIN, 1),
            round(place["y0"] - _MARGIN, 1),
            round(place["x1"] - place["x0"] + 2 * _MARGIN, 1),
            round(place["y1"] - place["y0"] + 2 * _MARGIN, 1),
            tone,
        )
    )


def _findings(rows: Sequence[Row], entries: Mapping[UUID, Entry]) -> list[ShownFinding]:
    """Each finding once, with the entries of this report that it rests on."""
    by_id: dict[UUID, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row["finding_id"], []).append(row)
    return [_finding(same, entries) for same in by_id.values()]


def _finding(rows: Sequence[Row], entries: Mapping[UUID, Entry]) -> ShownFinding:
    row = rows[0]
    return ShownFinding(
        row["finding_id"],
        row["kind"],
        wording.term(wording.FINDINGS, row["kind"]).word,
        in_plain_dates(row["explanation"]),
        row["rule"],
        row["source"],
        row["request"],
        likely=row["certainty"] == "likely",
        dismissed=row["dismissed_at"] is not None,
        values=list(_values(rows, entries)),
        items=[
            (entry.what, one["item_id"])
            for one in rows
            if (entry := entries.get(one["item_id"])) and not entry.disputes
        ],
        reason=suggested_reason(row["kind"]) or "",
    )


def _values(rows: Sequence[Row], entries: Mapping[UUID, Entry]) -> Iterator[ShownValue]:
    shown = {id(entry): entry for row in rows if (entry := entries.get(row["item_id"]))}
    for entry in shown.values():
        label = str(entry.note) if entry.what == "information" else wording.ENTRIES[entry.what]
        place = f"#box-{entry.places[0][1]}" if entry.places else f"#value-{entry.key}"
        box = entry.places[0][1] if entry.places else ""
        yield ShownValue(label, entry.value, place, box, ", ".join(entry.bureaus))
