"""How a stranger checks a packet: with Tribureau in one command, or by hand with any SHA-256 and Ed25519."""

from typing import Final

from tribureau.domain.letters.words import Language, Words

HISTORY_FILE: Final = "history.jsonl"
"""As `tribureau audit export` writes it; one round a line."""

_STEPS: Final = (
    Words(
        "Take the attached files out of this PDF: most readers list them under a paper clip; "
        "`pdfdetach -saveall PACKET.pdf` (poppler) does it without a reader.",
        "Saque los archivos adjuntos de este PDF: la mayoría de los lectores los muestran con un clip; "
        "`pdfdetach -saveall EXPEDIENTE.pdf` (poppler) lo hace sin lector.",
    ),
    Words(
        "With Tribureau, on any computer, without its database or a network: "
        "`tribureau audit verify history.jsonl --public-key {key}`. It ends with «everything holds» and exit code 0, "
        "or "
        "names each entry, signature and fact that does not hold.",
        "Con Tribureau, en cualquier computadora, sin su base de datos ni red: "
        "`tribureau audit verify history.jsonl --public-key {key}`. Termina con «everything holds» y código de "
        "salida 0, o "
        "nombra cada entrada, firma y dato que no es válido.",
    ),
    Words(
        "By hand, the hashes. Each line of history.jsonl is one round. For each of its «entries», in order: write "
        "the JSON "
        "array [position, history_id, user_id, dispute_id, previous_status, new_status, changed_by, change_reason, "
        "change_notes, changed_at, facts] in UTF-8, with one space after each comma and colon, the keys of an object "
        "ordered by their length and then by their bytes, changed_at in UTC as YYYY-MM-DDTHH:MM:SS.ffffffZ. Put the 32 "
        "bytes of the hash before it in front (32 zero bytes for the first). SHA-256 of that is the entry's hash.",
        "A mano, las huellas. Cada línea de history.jsonl es una ronda. Para cada una de sus «entries», en orden: "
        "escriba "
        "la lista JSON [position, history_id, user_id, dispute_id, previous_status, new_status, changed_by, "
        "change_reason, change_notes, changed_at, facts] en UTF-8, con un espacio después de cada coma y dos puntos, "
        "las "
        "claves de un objeto ordenadas por su longitud y luego por sus bytes, changed_at en UTC como "
        "YYYY-MM-DDTHH:MM:SS.ffffffZ. Ponga delante los 32 bytes de la huella anterior (32 bytes cero para la "
        "primera). El "
        "SHA-256 de eso es la huella de la entrada.",
    ),
    Words(
        "By hand, the signatures. Each of «heads» signs, with Ed25519, six lines joined by a line feed: «tribureau "
        "dispute history, signed head, version 1», user_id, dispute_id, position, the hash of that entry in "
        "hexadecimal, "
        "signed_at written as above. The public key is printed below, and its key_id is the first 16 hexadecimal "
        "digits of "
        "its SHA-256.",
        "A mano, las firmas. Cada una de «heads» firma, con Ed25519, seis líneas unidas por un salto de línea: "
        "«tribureau "
        "dispute history, signed head, version 1», user_id, dispute_id, position, la huella de esa entrada en "
        "hexadecimal, signed_at escrito como arriba. La clave pública está impresa abajo, y su key_id son los "
        "primeros 16 "
        "dígitos hexadecimales de su SHA-256.",
    ),
    Words(
        "By hand, the papers. The SHA-256 of letter-round-N.txt is, once it is mailed, letter_sha256 in the facts of "
        "that round's newest "
        "entry; "
        "that of disputed-values-round-N.json is disputed_values_sha256; that of pages-round-N.pdf is sha256 under "
        "«pages», "
        "which is signed as the seven lines «tribureau pages of a dispute, version 1», user_id, dispute_id, "
        "report_sha256, the page numbers joined by commas, sha256, kept_at. letter-round-N.txt is the text before "
        "name, date of birth and last four digits were filled in.",
        "A mano, los papeles. El SHA-256 de letter-round-N.txt es, una vez enviada, letter_sha256 en los «facts» de "
        "la última entrada "
        "de esa "
        "ronda; el de disputed-values-round-N.json es disputed_values_sha256; el de pages-round-N.pdf es sha256 en "
        "«pages», "
        "que se firma como las siete líneas «tribureau pages of a dispute, version 1», user_id, dispute_id, "
        "report_sha256, los números de página unidos por comas, sha256, kept_at. letter-round-N.txt es el texto "
        "antes de "
        "llenar el nombre, la fecha de nacimiento y los últimos cuatro dígitos.",
    ),
    Words(
        "Compare the public key with a copy that did not come with this packet: one that was noted earlier, or what "
        "`tribureau audit key` prints where the packet was made.",
        "Compare la clave pública con una copia que no vino con este expediente: una anotada antes, o lo que muestra "
        "`tribureau audit key` donde se hizo el expediente.",
    ),
)
_LIMITS: Final = Words(
    "What this shows: no entry was changed, left out, put in between or dated back after it was signed. What it does "
    "not "
    "show: that what was entered is true, or that the holder of the signing key did not sign another history beside "
    "it. "
    "The days of mailing and receipt are those that were entered; the Postal Service's own record proves them.",
    "Lo que esto muestra: ninguna entrada se cambió, se quitó, se intercaló ni se antedató después de firmarse. Lo "
    "que no "
    "muestra: que lo anotado sea cierto, ni que quien tiene la clave de firma no haya firmado otro historial aparte. "
    "Los "
    "días de envío y recepción son los que se anotaron; los prueba el registro del Servicio Postal.",
)


def how_to_check(public_key: str, language: Language) -> tuple[list[str], str]:
    """The steps, and what they can't show."""
    return [step.in_(language).format(key=public_key) for step in _STEPS], _LIMITS.in_(language)
