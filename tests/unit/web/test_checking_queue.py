"""Going through the values to check: where one is, what comes next, which piece of the page is shown."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tribureau.web.pages.checking_queue import Key, Queue, checked_fact, crop_of

ACCOUNT = UUID(int=1)
_SIZES = st.floats(200, 2000)


def queue(*asks: bool) -> Queue:
    return Queue(None, {Key(ACCOUNT, f"field_{number}"): ask for number, ask in enumerate(asks, 1)})


@given(st.lists(st.booleans(), min_size=1, max_size=9))
def test_answering_one_after_another_meets_each_open_value_once(asks: list[bool]) -> None:
    """Skipping as well: from the last one it goes on at the first that still asks."""
    found = queue(*asks)
    met, key = [], found.first_open
    while key and key not in met:
        met.append(key)
        key = found.open_after(key)
    assert met == [key for key, ask in found.is_open.items() if ask]
    assert found.left == len(met) and found.done == len(asks) - len(met)


def test_arrows_pass_every_value_and_stop_at_the_ends() -> None:
    found = queue(False, True, False)
    first, second, third = found.keys
    assert [found.neighbour(key, 1) for key in found.keys] == [second, third, None]
    assert [found.neighbour(key, -1) for key in found.keys] == [None, first, second]
    assert [found.place(key) for key in found.keys] == [1, 2, 3]
    assert found.known(str(second)) == second and found.known("made up") is None


def test_a_value_that_is_sure_meanwhile_leads_back_to_those_that_ask() -> None:
    found, gone = queue(True, True), Key(ACCOUNT, "terms")
    assert (found.place(gone), found.open_after(gone)) == (0, found.first_open)
    assert found.neighbour(gone, -1) is None


@given(_SIZES, _SIZES, *[st.floats(0, 1) for _ in range(4)])
def test_the_piece_of_page_lies_on_the_page_and_holds_the_value(
    width: float, height: float, a: float, b: float, c: float, d: float
) -> None:
    (x0, x1), (y0, y1) = sorted((a * width, b * width)), sorted((c * height, d * height))
    crop = crop_of({"page": 1, "x0": x0, "y0": y0, "x1": x1, "y1": y1}, [[width, height]])
    assert crop
    left, top, across, down = crop.view
    assert left >= 0 and top >= 0 and left + across <= width + 0.2 and top + down <= height + 0.2
    assert left <= x0 + 0.2 and x1 <= left + across + 0.2
    assert top <= y0 + 0.2 and y1 <= top + down + 0.2


def test_a_page_of_unknown_size_has_no_picture() -> None:
    assert crop_of({"page": 3}, [[612, 792]]) is None


def test_a_month_is_asked_about_in_words() -> None:
    found = {
        "tradeline": {"payment_history": {"2026-03": "60", "2026-04": "OK"}},
        "place": {"field": "payment_history/2026-03", "page": 2, "printed_text": "6O", "rule": "grid:Mar"},
        "corrections": [],
    }
    fact = checked_fact(found)
    assert (fact.label, fact.value, fact.raw, fact.corrected) == ("Payment in Mar 2026", "60 days late", "60", False)
    found["corrections"] = [{"field": "payment_history", "read_value": {"2026-03": "90"}}]
    corrected = checked_fact(found)
    assert (corrected.corrected, corrected.read_as) == (True, "90 days late")
