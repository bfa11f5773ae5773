"""Reasons that say that an amount is wrong."""

from typing import Final

from tribureau.domain.letters.items import DisputedItem, ItemKind
from tribureau.domain.letters.reasons.reason import ANY_ACCOUNT, CORRECT, Reason, ReasonGroup
from tribureau.domain.letters.words import Words

_ACCURACY: Final = "15 USC 1681e(b), 1681i(a)(1)(A)"


def _owes(item: DisputedItem) -> bool:
    line = item.tradeline
    return line is None or bool(line.balance or line.past_due)


def _prints_past_due(item: DisputedItem) -> bool:
    return item.tradeline is None or item.tradeline.past_due is not None


AMOUNTS: Final = (
    Reason(
        "wrong_balance",
        ReasonGroup.AMOUNTS,
        ANY_ACCOUNT,
        Words("The balance is wrong", "El saldo está mal"),
        Words("What the report says you owe is not right.", "Lo que el informe dice que usted debe no es correcto."),
        Words("The balance is wrong. It is {correction}.", "El saldo está mal. Es de {correction}."),
        CORRECT,
        _ACCURACY,
        asks_for=Words("The right balance", "El saldo correcto"),
        asks_for_amount=True,
        proof=Words("A statement", "Un estado de cuenta"),
    ),
    Reason(
        "wrong_past_due",
        ReasonGroup.AMOUNTS,
        ANY_ACCOUNT,
        Words("The past-due amount is wrong", "La cantidad vencida está mal"),
        Words(
            "What the report says is overdue is not right.", "Lo que el informe dice que está vencido no es correcto."
        ),
        Words("The past-due amount is wrong. It is {correction}.", "La cantidad vencida está mal. Es de {correction}."),
        CORRECT,
        _ACCURACY,
        asks_for=Words("The right past-due amount", "La cantidad vencida correcta"),
        asks_for_amount=True,
        fits=_prints_past_due,
    ),
    Reason(
        "wrong_limit",
        ReasonGroup.AMOUNTS,
        frozenset({ItemKind.ACCOUNT}),
        Words("The limit or the highest balance is wrong", "El límite o el saldo más alto está mal"),
        Words(
            "It makes you look as if you used more of your credit than you did.",
            "Hace parecer que usó más crédito del que usó.",
        ),
        Words(
            "The credit limit or the highest balance is wrong. It is {correction}.",
            "El límite de crédito o el saldo más alto está mal. Es de {correction}.",
        ),
        CORRECT,
        _ACCURACY,
        asks_for=Words("The right amount", "La cantidad correcta"),
        asks_for_amount=True,
    ),
    Reason(
        "paid",
        ReasonGroup.AMOUNTS,
        ANY_ACCOUNT,
        Words("I paid it", "Ya la pagué"),
        Words(
            "You paid it in full, or settled it, and the report still shows a debt.",
            "La pagó por completo, o llegó a un acuerdo, y el informe todavía muestra una deuda.",
        ),
        Words(
            "I paid this on {correction}. No balance is owed.", "Pagué esto el {correction}. No se debe ningún saldo."
        ),
        CORRECT,
        _ACCURACY,
        asks_for=Words("When you paid it", "Cuándo la pagó"),
        proof=Words("A receipt, or the bank's record of the payment", "Un recibo o el comprobante del banco"),
        fits=_owes,
    ),
    Reason(
        "sold_with_balance",
        ReasonGroup.AMOUNTS,
        ANY_ACCOUNT,
        Words("It was sold or transferred, and still shows a balance", "Se vendió o transfirió y aún muestra un saldo"),
        Words(
            "Once a debt is sold, the one who sold it is owed nothing.",
            "Cuando una deuda se vende, a quien la vendió ya no se le debe nada.",
        ),
        Words(
            "This account was sold or transferred, so no balance is owed to this company.",
            "Esta cuenta se vendió o transfirió, de modo que a esta empresa no se le debe ningún saldo.",
        ),
        CORRECT,
        _ACCURACY,
        fits=_owes,
    ),
    Reason(
        "discharged",
        ReasonGroup.AMOUNTS,
        ANY_ACCOUNT,
        Words("It was discharged in my bankruptcy", "Se canceló en mi bancarrota"),
        Words(
            "After a discharge nothing is owed, and the report must not show a balance or new late payments.",
            "Después de la cancelación no se debe nada, y el informe no debe mostrar saldo ni nuevos atrasos.",
        ),
        Words(
            "This debt was discharged in bankruptcy on {correction}. Nothing is owed.",
            "Esta deuda se canceló en bancarrota el {correction}. No se debe nada.",
        ),
        CORRECT,
        "11 USC 524(a); 15 USC 1681e(b), 1681i(a)(1)(A)",
        asks_for=Words("The date of your discharge", "La fecha de la cancelación"),
        proof=Words("The court's discharge order", "La orden de cancelación del tribunal"),
    ),
)
