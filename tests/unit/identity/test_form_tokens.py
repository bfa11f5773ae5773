from hypothesis import given
from hypothesis import strategies as st

from tribureau.providers.identity.form_tokens import FormTokens

TOKENS = FormTokens(b"k" * 32)


@given(st.text())
def test_a_token_holds_for_its_own_binding(binding: str) -> None:
    assert TOKENS.holds(TOKENS.issue(binding), binding)


@given(st.text(), st.text(), st.text())
def test_it_holds_for_nothing_else(binding: str, other: str, made_up: str) -> None:
    token = TOKENS.issue(binding)
    assert TOKENS.holds(token, other) is (other == binding)
    assert not TOKENS.holds(made_up, binding)
    assert not FormTokens(b"x" * 32).holds(token, binding)


def test_two_pages_get_two_tokens() -> None:
    assert TOKENS.issue("b") != TOKENS.issue("b")
