"""An archetype told for one consumer: who has the account, and how the three bureaus tell it differently."""

from datetime import timedelta

from tribureau.domain.bureaus import Bureau
from tribureau.domain.tradelines import MonthCode, PrintedDate, Tradeline
from tribureau.samples.accounts import Account, Scene, account, copy_for
from tribureau.samples.archetypes import STORIES
from tribureau.samples.creditors import spelled_otherwise
from tribureau.samples.months import month_of


def tell(archetype: str, group: str, scene: Scene) -> Account:
    """One account with its tradelines at those bureaus that have it."""
    line = STORIES[archetype][1](scene)
    told = account(group, archetype, scene, line)
    for bureau in _bureaus_that_have_it(scene):
        told.at[bureau] = _as_told_by(bureau, line, scene)
    return told


def tell_many(scene: Scene, count: int) -> list[Account]:
    """`count` accounts, their archetypes drawn by weight."""
    names, weights = list(STORIES), [weight for weight, _ in STORIES.values()]
    drawn = scene.random.choices(names, weights, k=count)
    return [tell(archetype, f"g{index:02d}", scene) for index, archetype in enumerate(drawn)]


def _bureaus_that_have_it(scene: Scene) -> list[Bureau]:
    return [b for b in Bureau if scene.random.random() < 0.9] or [scene.random.choice(list(Bureau))]


def _as_told_by(bureau: Bureau, line: Tradeline, scene: Scene) -> Tradeline:
    told = copy_for(line, bureau)
    if scene.random.random() < 0.2:
        told.creditor_name = spelled_otherwise(told.creditor_name)
    if scene.random.random() < 0.12 and told.balance:
        told.balance += scene.dollars(1, 90)
    if scene.random.random() < 0.1 and told.date_opened:
        told.date_opened = PrintedDate(told.date_opened.day - timedelta(days=scene.random.randint(1, 9)))
    _report_on_another_day(told, scene)
    for month in [m for m, code in told.payment_history.items() if code is MonthCode.OK]:
        if scene.random.random() < 0.015:
            told.payment_history[month] = MonthCode.NO_DATA
    return told


def _report_on_another_day(told: Tradeline, scene: Scene) -> None:
    """Up to six days sooner; what lies after that day the bureau does not know yet."""
    if told.date_reported is None:
        return
    floor = told.date_closed.day if told.date_closed else told.date_reported.day - timedelta(days=6)
    sooner = told.date_reported.day - timedelta(days=scene.random.randint(0, 6))
    told.date_reported = PrintedDate(max(sooner, floor))
    heard = month_of(told.date_reported.day)
    told.payment_history = {month: code for month, code in told.payment_history.items() if month <= heard}
