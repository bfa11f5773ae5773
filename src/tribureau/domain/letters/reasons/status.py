"""Reasons that say that the status, or the payment history, is wrong."""

from typing import Final

from tribureau.domain.letters.items import DisputedItem, ItemKind
from tribureau.domain.letters.reasons.reason import ANY_ACCOUNT, CORRECT, Reason, ReasonGroup
from tribureau.domain.letters.words import Words
from tribureau.domain.tradelines import LATE_MONTHS, PaymentStatus

_ACCURACY: Final = "15 USC 1681e(b), 1681i(a)(1)(A)"
_LATE_NOW: Final = (PaymentStatus.LATE_30, PaymentStatus.LATE_60, PaymentStatus.LATE_90, PaymentStatus.LATE_120)


def _shows_lates(item: DisputedItem) -> bool:
    line = item.tradeline
    return line is None or bool(
        line.late_payments_30
        or line.late_payments_60
        or line.late_payments_90
        or line.late_payments_120
        or line.payment_status in _LATE_NOW
        or LATE_MONTHS.intersection(line.payment_history.values())
    )


STATUS: Final = (
    Reason(
        "never_late",
        ReasonGroup.STATUS,
        frozenset({ItemKind.ACCOUNT}),
        Words("I was never late", "Nunca me atrasé"),
        Words(
            "The report shows late payments, and you paid every one on time.",
            "El informe muestra atrasos, y usted pagó siempre a tiempo.",
        ),
        Words("I was never late on this account.", "Nunca me atrasé en esta cuenta."),
        CORRECT,
        _ACCURACY,
        proof=Words("Bank statements of those months", "Estados de cuenta del banco de esos meses"),
        fits=_shows_lates,
    ),
    Reason(
        "some_months_not_late",
        ReasonGroup.STATUS,
        frozenset({ItemKind.ACCOUNT}),
        Words("Some of the late months are wrong", "Algunos meses de atraso están mal"),
        Words("You were late, but not in these months.", "Hubo atrasos, pero no en estos meses."),
        Words("I was not late in {correction}.", "No me atrasé en {correction}."),
        CORRECT,
        _ACCURACY,
        asks_for=Words("The months that are wrong", "Los meses que están mal"),
        proof=Words("Bank statements of those months", "Estados de cuenta del banco de esos meses"),
        fits=_shows_lates,
    ),
    Reason(
        "deferred",
        ReasonGroup.STATUS,
        frozenset({ItemKind.ACCOUNT}),
        Words("Payments were deferred or paused", "Los pagos estaban aplazados o en pausa"),
        Words(
            "The lender agreed that you need not pay in these months, and the report calls them late.",
            "El prestamista aceptó que no pagara en esos meses, y el informe los llama atrasos.",
        ),
        Words(
            "Payments were deferred by agreement in {correction}, so none was late.",
            "Los pagos estaban aplazados por acuerdo en {correction}, así que ninguno se atrasó.",
        ),
        CORRECT,
        _ACCURACY,
        asks_for=Words("From when to when", "Desde cuándo hasta cuándo"),
        proof=Words("The lender's letter", "La carta del prestamista"),
        fits=_shows_lates,
    ),
    Reason(
        "wrong_status",
        ReasonGroup.STATUS,
        ANY_ACCOUNT,
        Words("The status is wrong", "El estado está mal"),
        Words(
            "It is called open, charged off, in collection, and so on, and is not.",
            "Dice que está abierta, cancelada como pérdida, en cobranza, etcétera, y no lo está.",
        ),
        Words("The status is wrong. Right is: {correction}.", "El estado está mal. Lo correcto es: {correction}."),
        CORRECT,
        _ACCURACY,
        asks_for=Words("The right status", "El estado correcto"),
    ),
    Reason(
        "closed_by_me",
        ReasonGroup.STATUS,
        frozenset({ItemKind.ACCOUNT}),
        Words("I closed it myself", "La cerré yo"),
        Words(
            "The report says that the lender closed it, or that it is open.",
            "El informe dice que la cerró el prestamista, o que está abierta.",
        ),
        Words("I closed this account myself, on {correction}.", "Yo cerré esta cuenta, el {correction}."),
        CORRECT,
        _ACCURACY,
        asks_for=Words("When you closed it", "Cuándo la cerró"),
    ),
)
