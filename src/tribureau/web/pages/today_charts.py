"""The first page's charts: scores with what was deleted, or the year's disputes by where they stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tribureau.charts import Column, Columns, Event, Line, Lines, Part, Shares, Tone
from tribureau.database.transactions import Row
from tribureau.domain.bureaus import Bureau
from tribureau.domain.disputes import DisputeStatus
from tribureau.web import formats
from tribureau.workflows.deadlines import OpenDispute, Standing

_TONES: Final = {Bureau.EQUIFAX: Tone.EQUIFAX, Bureau.TRANSUNION: Tone.TRANSUNION, Bureau.EXPERIAN: Tone.EXPERIAN}
_KINDS: Final = {
    DisputeStatus.DELETED: ("deleted", Tone.GOOD, "✓"),
    DisputeStatus.UPDATED: ("changed", Tone.EQUIFAX, "↻"),
    DisputeStatus.PENDING: ("in progress", Tone.INFO, "◔"),
    DisputeStatus.INVESTIGATING: ("in progress", Tone.INFO, "◔"),
    DisputeStatus.EXPIRED: ("not answered", Tone.WARN, "!"),
    DisputeStatus.VERIFIED: ("verified", Tone.BAD, "✕"),
    DisputeStatus.DRAFT: ("not sent", Tone.QUIET, "✎"),
}
_MONTHS_AT_LEAST: Final = 6
_LONGEST_NAME: Final = 20


@dataclass(frozen=True)
class ShownChart:
    """`note` stands beside the title: the model of the scores."""

    title: str
    note: str
    drawn: Lines | Columns
    legend: list[Line] | list[Part]


def chart_of(
    scores: Sequence[Row], deletions: Sequence[Row], months: Sequence[Row], today: date, zone: str
) -> ShownChart | None:
    """Scores where there are any, else disputes over time; None where there is neither."""
    if scores:
        return _scores(scores, deletions, zone)
    return _disputes(months, today) if months else None


def in_progress(running: Iterable[OpenDispute]) -> Shares | None:
    """What is with the bureaus, by state; None where nothing is."""
    states = Counter(_state(dispute) for dispute in running if dispute.status != DisputeStatus.EXPIRED)
    parts = [
        Part("mailed", Tone.WARN, states["mailed"]),
        Part("investigating", Tone.INFO, states["investigating"]),
        Part("overdue", Tone.BAD, states["overdue"]),
    ]
    words = " · ".join(f"{part.count} {part.name}" for part in parts if part.count)
    return Shares(words, parts) if words else None


def _state(dispute: OpenDispute) -> str:
    if dispute.standing is Standing.NOT_DELIVERED:
        return "mailed"
    return "overdue" if dispute.standing is Standing.PERIOD_OVER else "investigating"


def _scores(scores: Sequence[Row], deletions: Sequence[Row], zone: str) -> ShownChart:
    """Models of scores do not compare: only the one of the newest score is drawn."""
    model = max(scores, key=lambda row: (row["timestamp"], row["bureau"]))["score_type"]
    points: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in scores:
        if row["score_type"] == model:
            points[row["bureau"]].append((formats.as_moment(row["timestamp"], zone).date(), row["score_value"]))
    lines = [
        Line(bureau.value, _TONES[bureau], list(dict(points[bureau.value]).items()))
        for bureau in Bureau
        if points[bureau.value]
    ]
    last = ", ".join(f"{line.name} {max(line.points)[1]}" for line in lines)
    events = [Event(row["deleted_on"], f"✓ {_short(row['creditor_name'])} deleted") for row in deletions]
    return ShownChart("Scores", model, Lines(f"{model} over time, newest: {last}", lines, events), lines)


def _disputes(months: Sequence[Row], today: date) -> ShownChart:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in months:
        counts[row["month"]][_KINDS[DisputeStatus(row["status"])][0]] += row["disputes"]
    kinds = {kind: (tone, sign) for kind, tone, sign in _KINDS.values()}
    shown = [kind for kind in kinds if any(count[kind] for count in counts.values())]

    def part(kind: str, count: int = 0) -> Part:
        tone, sign = kinds[kind]
        return Part(kind, tone, count, sign)

    columns = [
        Column(formats.MONTHS[int(month[5:]) - 1], [part(kind, counts[month][kind]) for kind in shown])
        for month in _from_month(min(counts), today)
    ]
    legend = [part(kind) for kind in shown]
    title = "Disputes by the month they were begun, and where they stand now"
    return ShownChart("Disputes", "by the month they were begun", Columns(title, columns), legend)


def _from_month(first: str, today: date) -> list[str]:
    """Every month from the first one to this, six at least."""
    last = today.year * 12 + today.month - 1
    begin = min(int(first[:4]) * 12 + int(first[5:]) - 1, last - _MONTHS_AT_LEAST + 1)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, last + 1)]


def _short(name: str | None) -> str:
    """`Granite Peak Colle…` of a name in capitals, as reports print them: there is little room over a line."""
    known = (name or "An item").title() if (name or "").isupper() else name or "An item"
    return known if len(known) <= _LONGEST_NAME else f"{known[: _LONGEST_NAME - 1].rstrip()}…"
