"""The words of an evidence packet, in both languages of letters."""

from collections.abc import Mapping
from typing import Final

from tribureau.domain.disputes import DisputeStatus
from tribureau.domain.letters.words import Language, Words

STATUS_WORDS: Final = {
    DisputeStatus.DRAFT: Words("Draft", "Borrador"),
    DisputeStatus.PENDING: Words("In the mail", "En el correo"),
    DisputeStatus.INVESTIGATING: Words("Under investigation", "En investigación"),
    DisputeStatus.VERIFIED: Words("Verified as reported", "Verificado tal como se informó"),
    DisputeStatus.DELETED: Words("Deleted", "Eliminado"),
    DisputeStatus.UPDATED: Words("Changed", "Modificado"),
    DisputeStatus.ESCALATED: Words("Closed, next round begun", "Cerrada, sigue otra ronda"),
    DisputeStatus.EXPIRED: Words("No answer received", "Sin respuesta"),
    DisputeStatus.BLANK: Words("Taken back", "Retirado"),
}
ACTOR_WORDS: Final = {
    "user": Words("by the consumer", "por el consumidor"),
    "system": Words("by the software", "por el programa"),
}
FIELD_LABELS: Final = {
    "creditor_name": Words("Reported by", "Informado por"),
    "account_number": Words("Account number, as printed", "Número de cuenta, como está impreso"),
    "account_type": Words("Type", "Tipo"),
    "account_status": Words("Account status", "Estado de la cuenta"),
    "payment_status": Words("Payment status", "Estado de pago"),
    "balance": Words("Balance", "Saldo"),
    "past_due": Words("Past due", "Vencido"),
    "credit_limit": Words("Credit limit", "Límite de crédito"),
    "high_balance": Words("High balance", "Saldo máximo"),
    "original_amount": Words("Original amount", "Monto original"),
    "charge_off_amount": Words("Charge-off amount", "Monto dado por incobrable"),
    "original_creditor": Words("Original creditor", "Acreedor original"),
    "date_opened": Words("Date opened", "Fecha de apertura"),
    "date_closed": Words("Date closed", "Fecha de cierre"),
    "date_reported": Words("Date reported", "Fecha del informe"),
    "date_last_payment": Words("Last payment", "Último pago"),
    "date_of_first_delinquency": Words("Date of first delinquency", "Fecha del primer atraso"),
    "inquired_on": Words("Date of inquiry", "Fecha de la consulta"),
    "court": Words("Court", "Tribunal"),
    "filed_on": Words("Filed", "Presentado"),
    "remarks": Words("Remarks", "Comentarios"),
}
PACKET_WORDS: Final[Mapping[str, Words]] = {
    "packet": Words("Evidence packet", "Expediente de pruebas"),
    "dispute_of": Words("Dispute of {item} at {bureau}", "Disputa de {item} ante {bureau}"),
    "dispute": Words("Dispute", "Disputa"),
    "consumer": Words("Consumer", "Consumidor"),
    "no_name": Words("Not given", "No indicado"),
    "account": Words("Disputed item", "Dato disputado"),
    "agency": Words("Consumer reporting agency", "Agencia de informes del consumidor"),
    "rounds": Words("Rounds", "Rondas"),
    "round": Words("Round", "Ronda"),
    "of": Words("of", "de"),
    "page": Words("Page", "Página"),
    "stands": Words("Where it stands", "Situación"),
    "made": Words("Packet made", "Expediente hecho"),
    "begun": Words("Begun", "Iniciada"),
    "mailed": Words("Mailed", "Enviada"),
    "received": Words("Received", "Recibida"),
    "answered": Words("Answered", "Respondida"),
    "outcome": Words("Outcome", "Resultado"),
    "contents": Words("Contents", "Contenido"),
    "what_it_is": Words(
        "This packet was made by Tribureau from the records that it kept as things happened. The history of the "
        "dispute is chained by SHA-256 and signed with Ed25519; the last part tells how anybody can check it without "
        "Tribureau, its database or the network.",
        "Este expediente fue hecho por Tribureau con los registros que guardó mientras las cosas sucedían. El "
        "historial "
        "de la disputa está encadenado con SHA-256 y firmado con Ed25519; la última parte dice cómo cualquiera puede "
        "comprobarlo sin Tribureau, su base de datos ni la red.",
    ),
    "private": Words(
        "It holds personal information: a name, an address, and in letters as mailed a date of birth and the last four "
        "digits of a Social Security number. Before it is filed in court, redact what the court's rules ask for "
        "(such as Fed. R. Civ. P. 5.2).",
        "Contiene información personal: un nombre, una dirección y, en las cartas enviadas, una fecha de nacimiento y "
        "los últimos cuatro dígitos de un número de Seguro Social. Antes de presentarlo ante un tribunal, tache lo que "
        "pidan sus reglas (como Fed. R. Civ. P. 5.2).",
    ),
    "holds": Words(
        "When this packet was made, every entry, every hash and every signature held.",
        "Al hacer este expediente, todas las entradas, huellas y firmas eran válidas.",
    ),
    "holds_not": Words(
        "When this packet was made, its history did not hold:", "Al hacer este expediente, el historial no era válido:"
    ),
    "timeline": Words("Timeline", "Cronología"),
    "timeline_note": Words(
        "Days are counted from the day after receipt. Lines in italics are days that the law sets.",
        "Los días se cuentan desde el siguiente a la recepción. Las líneas en cursiva son días que fija la ley.",
    ),
    "law": Words("Rule", "Norma"),
    "letters": Words("Letters as mailed", "Cartas enviadas"),
    "letter": Words("Letter of round {round}", "Carta de la ronda {round}"),
    "letter_missing": Words(
        "No letter of this round is in the mail yet.", "Todavía no se ha enviado ninguna carta de esta ronda."
    ),
    "letter_by_text": Words(
        "No letter was made as a PDF here; its text is the attached file {name}.",
        "Aquí no se hizo la carta en PDF; su texto es el archivo adjunto {name}.",
    ),
    "kind": Words("Kind", "Tipo"),
    "tracking": Words("Postal Service number", "Número del Servicio Postal"),
    "no_number": Words("None recorded", "No consta"),
    "reason": Words("Reason given", "Motivo indicado"),
    "enclosed": Words("Enclosed", "Adjunto"),
    "none_enclosed": Words("Nothing", "Nada"),
    "report_pages": Words("Pages of the report, marked", "Páginas del informe, señaladas"),
    "answers": Words("Answers", "Respuestas"),
    "answer": Words("Answer to round {round}", "Respuesta a la ronda {round}"),
    "no_answer": Words("No answer to this round is recorded.", "No consta ninguna respuesta a esta ronda."),
    "summary": Words("Summary, as recorded", "Resumen, como se registró"),
    "answer_pages": Words(
        "The answer as it was uploaded, as pictures of its pages.",
        "La respuesta como se subió, en imágenes de sus páginas.",
    ),
    "answer_unreadable": Words(
        "The uploaded answer can't be shown here: {why}", "La respuesta subida no se puede mostrar aquí: {why}"
    ),
    "item": Words("The disputed item, as reported", "El dato disputado, como se informó"),
    "item_note": Words(
        "Read from the report when round {round} was begun. What was read is the attached file {name}.",
        "Leído del informe al iniciar la ronda {round}. Lo leído es el archivo adjunto {name}.",
    ),
    "item_typed": Words(
        "As it was typed when round {round} was begun. All of it is the attached file {name}.",
        "Como se escribió al iniciar la ronda {round}. Todo está en el archivo adjunto {name}.",
    ),
    "pages_kept": Words(
        "Report pages {numbers}, drawn when the dispute began, with the values framed. Report file SHA-256:",
        "Páginas {numbers} del informe, dibujadas al iniciar la disputa, con los valores enmarcados. SHA-256 del "
        "informe:",
    ),
    "pages_same": Words(
        "The report's pages are those that are shown with round {round}.",
        "Las páginas del informe son las que se muestran con la ronda {round}.",
    ),
    "pages_wanted": Words(
        "The report's page is being drawn; a packet that is made in a minute shows it.",
        "La página del informe se está dibujando; un expediente hecho en un minuto la mostrará.",
    ),
    "pages_failed": Words(
        "The report's page could not be drawn from the uploaded file.",
        "La página del informe no se pudo dibujar con el archivo subido.",
    ),
    "pages_none": Words(
        "There is no page to show: the item was typed by hand, or its report was deleted before pages were kept.",
        "No hay página que mostrar: el dato se escribió a mano, o su informe se borró antes de que se guardaran "
        "páginas.",
    ),
    "pages_changed": Words(
        "The kept pages differ from what was signed, so they are not shown.",
        "Las páginas guardadas difieren de lo firmado, así que no se muestran.",
    ),
    "too_long": Words(
        "Left out, as this packet would be too long: {pages} pages.",
        "Omitido, porque este expediente sería demasiado largo: {pages} páginas.",
    ),
    "file_gone": Words("The stored file can't be opened any more.", "El archivo guardado ya no se puede abrir."),
    "history": Words("History", "Historial"),
    "entry": Words("Entry", "Entrada"),
    "begins": Words("begins as", "empieza como"),
    "noted": Words("Noted", "Anotado"),
    "notes": Words("Notes", "Notas"),
    "hash": Words("SHA-256 of the entry", "SHA-256 de la entrada"),
    "previous": Words("SHA-256 before it", "SHA-256 anterior"),
    "head": Words("Signed head", "Firma de la última entrada"),
    "signed": Words("Signed", "Firmado"),
    "key": Words("Key", "Clave"),
    "signature": Words("Ed25519 signature", "Firma Ed25519"),
    "not_signed": Words(
        "Not signed, because the history above does not hold.", "Sin firma, porque el historial de arriba no es válido."
    ),
    "public_key": Words("Public key", "Clave pública"),
    "attached": Words("Attached files", "Archivos adjuntos"),
    "check": Words("How to check this", "Cómo comprobarlo"),
}


def in_language(language: Language) -> dict[str, str]:
    """Every word by its name."""
    return {name: words.in_(language) for name, words in PACKET_WORDS.items()}
