from hypothesis import given
from hypothesis import strategies as st

from tribureau.launcher.restarts import ENDS_FORGIVEN, WITHIN_SECONDS, Restarts


def test_pauses_grow_until_patience_ends() -> None:
    restarts = Restarts()
    pauses = [restarts.pause_after_end(float(second)) for second in range(ENDS_FORGIVEN + 1)]

    assert pauses == [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, None]


@given(st.integers(min_value=1, max_value=200))
def test_who_ends_seldom_is_started_again_for_ever(ends: int) -> None:
    restarts = Restarts()

    assert all(restarts.pause_after_end(number * (WITHIN_SECONDS + 1)) == 0.25 for number in range(ends))
