"""Which tradelines show the same real account, across reports and bureaus.

The answer depends on the tradelines alone, never on the order in which reports came. It is careful: two tradelines
are one account only where enough agrees and nothing contradicts, and where a choice between two equals would be a
guess, none is made. A bureau shows an account once in a report.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final
from uuid import UUID

from tribureau.domain.account_decisions import DecidedGroups, Decision, Print
from tribureau.domain.account_numbers import compare_numbers
from tribureau.domain.creditor_names import canonical_creditor, creditor_likeness
from tribureau.domain.tradelines import Precision, PrintedDate

ENOUGH: Final = 5.0
_ALIKE: Final = 0.85
_CLEARLY_BETTER: Final = 0.5
_TELLING_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Sighting:
    """A tradeline, as far as it tells accounts apart. `upload` is None for one typed by hand."""

    id: UUID
    upload: UUID | None
    position: int
    bureau: str
    creditor_name: str
    account_number: str | None = None
    account_type: str | None = None
    date_opened: PrintedDate | None = None
    credit_limit: Decimal | None = None
    original_amount: Decimal | None = None
    high_balance: Decimal | None = None
    original_creditor: str | None = None

    @property
    def page_of(self) -> tuple[str, UUID]:
        """A bureau's list in one report, which shows each account once."""
        return self.bureau, self.upload or self.id


class _Group:
    """Sightings that print the same: a bureau's account over several reports."""

    def __init__(self, key: tuple[str, ...], members: Sequence[Sighting]) -> None:
        self.key = key
        self.members = members
        self.first = members[0]
        self.creditor = canonical_creditor(self.first.creditor_name)
        self.pages = frozenset(member.page_of for member in members)
        self.original_creditor = canonical_creditor(self.first.original_creditor or "")

    def amounts(self, field: str) -> set[Decimal]:
        return {value for member in self.members if (value := getattr(member, field))}


class _Joined:
    """Groups that the user said are one account; nearly always a single group."""

    def __init__(self, numbers: list[int], groups: Sequence[_Group]) -> None:
        self.numbers = numbers
        self.groups = groups
        self.pages = frozenset().union(*(group.pages for group in groups))

    @property
    def initials(self) -> set[str]:
        return {group.creditor[:1] for group in self.groups}


def same_accounts(sightings: Iterable[Sighting], decisions: Iterable[Decision] = ()) -> list[list[Sighting]]:
    """The sightings, account by account; each list and its members in an order of their own content."""
    groups = _groups(sightings)
    by_tradeline = {member.id: number for number, group in enumerate(groups) for member in group.members}
    by_print = {group.key: number for number, group in enumerate(groups)}
    decided = DecidedGroups(len(groups), by_tradeline, by_print, decisions)
    joined = [_Joined(numbers, [groups[number] for number in numbers]) for numbers in decided.joined()]
    clusters = [cluster for room in _by_initial(joined) for cluster in _clusters(room, decided)]
    return [
        sorted((s for one in cluster for group in one.groups for s in group.members), key=_order)
        for cluster in clusters
    ]


def prints(sightings: Iterable[Sighting]) -> dict[UUID, Print]:
    """How each sighting is printed: what a decision of the user is remembered by."""
    return {member.id: group.key for group in _groups(sightings) for member in group.members}


def keep_ids(accounts: Sequence[Sequence[Sighting]], earlier: Mapping[UUID, UUID | None]) -> list[UUID | None]:
    """For each account the id it had: that of most of its sightings (`earlier`: sighting to account). No id twice."""
    claims: list[tuple[int, UUID, int]] = []
    for index, account in enumerate(accounts):
        votes = Counter(known for sighting in account if (known := earlier.get(sighting.id)))
        claims += [(-count, known, index) for known, count in votes.items()]
    ids: list[UUID | None] = [None] * len(accounts)
    for _, claimed, index in sorted(claims):
        if ids[index] is None and claimed not in ids:
            ids[index] = claimed
    return ids


def _groups(sightings: Iterable[Sighting]) -> list[_Group]:
    """Sightings that print the same are one account; twins inside one list are told apart by their order."""
    printed: defaultdict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    twins: Counter[tuple[object, ...]] = Counter()
    for sighting in sorted(sightings, key=_order):
        key = _print(sighting)
        twin = twins[key, sighting.page_of]
        twins[key, sighting.page_of] += 1
        printed[(*key, str(twin))].append(sighting)
    return [_Group(key, members) for key, members in sorted(printed.items())]


def _print(sighting: Sighting) -> tuple[str, ...]:
    opened = sighting.date_opened
    return (
        sighting.bureau if sighting.upload else f"typed {sighting.id}",
        sighting.creditor_name,
        sighting.account_number or "",
        sighting.account_type or "",
        opened.iso() if opened else "",
        sighting.original_creditor or "",
    )


def _order(sighting: Sighting) -> tuple[object, ...]:
    return (*_print(sighting), str(sighting.upload), sighting.position, str(sighting.id))


def _by_initial(joined: Iterable[_Joined]) -> list[list[_Joined]]:
    """In rooms of one initial, or of several where the user joined across them."""
    rooms: list[tuple[set[str], list[_Joined]]] = []
    for one in joined:
        shared = [room for room in rooms if room[0] & one.initials]
        rooms = [room for room in rooms if not room[0] & one.initials]
        initials = one.initials.union(*(room[0] for room in shared))
        rooms.append((initials, [*(member for room in shared for member in room[1]), one]))
    return [sorted(members, key=lambda one: one.numbers) for _, members in sorted(rooms, key=lambda room: min(room[0]))]


def _clusters(groups: list[_Joined], decided: DecidedGroups) -> list[list[_Joined]]:
    """Joins the likeliest pairs first, as long as no bureau's list would show one account twice."""
    scores = {(i, j): _best_likeness(groups[i], groups[j], decided) for i, j in combinations(range(len(groups)), 2)}
    pairs = sorted(((-score, i, j) for (i, j), score in scores.items() if score >= ENOUGH))
    cluster_of = {index: [index] for index in range(len(groups))}
    for _, i, j in pairs:
        one, other = cluster_of[i], cluster_of[j]
        if one is not other and not _is_a_guess(groups, scores, i, j) and _may_join(groups, scores, one, other):
            one.extend(other)
            cluster_of.update(dict.fromkeys(other, one))
    distinct = {id(cluster): cluster for cluster in cluster_of.values()}
    return [[groups[index] for index in sorted(cluster)] for cluster in distinct.values()]


def _best_likeness(one: _Joined, other: _Joined, decided: DecidedGroups) -> float:
    if one.pages & other.pages or decided.are_apart(one.numbers, other.numbers):
        return -1.0
    return max(_likeness(first, second) for first in one.groups for second in other.groups)


def _may_join(groups: list[_Joined], scores: Mapping[tuple[int, int], float], one: list[int], other: list[int]) -> bool:
    return all(scores[min(i, j), max(i, j)] >= 0 and not groups[i].pages & groups[j].pages for i in one for j in other)


def _is_a_guess(groups: list[_Joined], scores: Mapping[tuple[int, int], float], i: int, j: int) -> bool:
    """Whether another account of the same list fits about as well as `j` fits `i`, or `i` fits `j`."""
    return _has_rival(groups, scores, i, j) or _has_rival(groups, scores, j, i)


def _has_rival(groups: list[_Joined], scores: Mapping[tuple[int, int], float], fixed: int, chosen: int) -> bool:
    best = scores[min(fixed, chosen), max(fixed, chosen)]
    return any(
        rival not in (fixed, chosen)
        and groups[rival].pages & groups[chosen].pages
        and scores[min(fixed, rival), max(fixed, rival)] > best - _CLEARLY_BETTER
        for rival in range(len(groups))
    )


def _likeness(one: _Group, other: _Group) -> float:
    """What agrees, added up; -1 for a contradiction."""
    alike = creditor_likeness(one.creditor, other.creditor)
    numbers = compare_numbers(one.first.account_number, other.first.account_number)
    if alike < _ALIKE or numbers.contradicts or _other_debts(one, other):
        return -1.0
    telling = numbers.digits >= _TELLING_DIGITS
    opened = _opening(one.first.date_opened, other.first.date_opened)
    if opened < 0 and not telling:
        return -1.0
    if _other_types(one, other) and not (telling or opened > 0):
        return -1.0
    amounts = _amounts(one, other)
    if not telling and opened <= 0 and not (numbers.digits and amounts):
        return 0.0
    score = 2.0 * alike + min(numbers.digits, _TELLING_DIGITS) + opened + amounts
    return score + (-1.0 if _other_types(one, other) else 0.5 if one.first.account_type else 0.0)


def _other_types(one: _Group, other: _Group) -> bool:
    kinds = {one.first.account_type, other.first.account_type} - {None}
    return len(kinds) == 2


def _other_debts(one: _Group, other: _Group) -> bool:
    """Two debts that one collector bought from two creditors."""
    return bool(
        one.original_creditor
        and other.original_creditor
        and creditor_likeness(one.original_creditor, other.original_creditor) < _ALIKE
    )


def _opening(one: PrintedDate | None, other: PrintedDate | None) -> float:
    """Same as far as both are printed: 3; a month apart, as furnishers' files often are: 1; else a contradiction."""
    if one is None or other is None:
        return 0.0
    if Precision.YEAR in (one.precision, other.precision):
        return 0.5 if one.day.year == other.day.year else -1.0
    months = abs((one.day.year - other.day.year) * 12 + one.day.month - other.day.month)
    same_day = Precision.MONTH in (one.precision, other.precision) or one.day == other.day
    return (3.0 if same_day else 1.5) if months == 0 else 1.0 if months == 1 else -1.0


def _amounts(one: _Group, other: _Group) -> float:
    fields = (("original_amount", 1.5), ("credit_limit", 1.0), ("high_balance", 1.0))
    return sum(weight for field, weight in fields if one.amounts(field) & other.amounts(field))
