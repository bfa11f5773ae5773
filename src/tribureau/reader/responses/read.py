"""A bureau's answer to a dispute, from its pages of words."""

from tribureau.domain.bureau_responses import Outcome, ResponseKind
from tribureau.reader.document import Document
from tribureau.reader.report import Response
from tribureau.reader.responses.items import items_in
from tribureau.reader.responses.letterhead import bureau_of, kind_of, letter_date, reference_of


def read_response(document: Document) -> Response:
    """Of a document that `is_response` holds for one. What the letter does not print is None."""
    items = items_in(document)
    kind = kind_of(document, has_items=bool(items))
    if items and all(item.outcome is Outcome.REJECTED_FRIVOLOUS for item in items):
        kind = ResponseKind.FRIVOLOUS_NOTICE
    dated, reference = letter_date(document), reference_of(document)
    response = Response(kind, bureau_of(document), None, None, items)
    if dated:
        response.letter_date, response.evidence["letter_date"] = dated
    if reference:
        response.reference, response.evidence["reference"] = reference.printed, reference
    return response
