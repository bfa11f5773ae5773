import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from tribureau.providers.identity.errors import WeakPassword
from tribureau.providers.identity.passwords import LONGEST, SHORTEST, PasswordHashes, require_good_password

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "length"),
        ("nine char", "length"),
        ("x" * (LONGEST + 1), "length"),
        ("aaaaaaaaaaaa", "characters"),
        ("abababababab", "characters"),
        ("password123", "characters"),
        ("Password2026!", "characters"),
        ("QwertyUiop", "characters"),
        ("1234567890", "characters"),
        ("ann@example.org", "characters"),
        ("my ann@example.org", "characters"),
    ],
)
def test_a_weak_password_is_refused_and_says_why(password: str, reason: str) -> None:
    with pytest.raises(WeakPassword) as refusal:
        require_good_password(password, "ann@example.org")
    assert refusal.value.reasons == [reason]
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize("password", ["seven quiet lanterns", "Tr0ub4dor&3-x", "пароль длинный", "0ea6c1b9d2"])
def test_a_good_password_passes(password: str) -> None:
    require_good_password(password, "ann@example.org")


@given(st.text(max_size=SHORTEST - 1))
def test_no_short_password_passes(password: str) -> None:
    with pytest.raises(WeakPassword):
        require_good_password(password, "ann@example.org")


async def test_hashes_are_argon2id_and_differ_each_time() -> None:
    hashes = PasswordHashes()
    first, second = await hashes.hash("seven quiet lanterns"), await hashes.hash("seven quiet lanterns")
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert await hashes.matches("seven quiet lanterns", first)
    assert not await hashes.matches("seven quiet lantern", first)


async def test_what_looks_the_same_is_the_same_password() -> None:
    hashes = PasswordHashes(CHEAP)
    assert await hashes.matches("caf\u0065\u0301 au lait", await hashes.hash("caf\u00e9 au lait"))


async def test_no_password_matches_an_account_without_one() -> None:
    assert not await PasswordHashes(CHEAP).matches("seven quiet lanterns", None)


async def test_an_account_without_password_takes_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    monkeypatch.setattr(PasswordHasher, "verify", lambda _, hashed, password: checked.append(hashed) or False)
    hashes = PasswordHashes()
    real = await hashes.hash("seven quiet lanterns")
    await hashes.matches("seven quiet lanterns", real)
    await hashes.matches("seven quiet lanterns", None)
    assert len(checked) == 2
    assert checked[1].split("$")[:4] == real.split("$")[:4]


async def test_a_hash_of_another_cost_is_outdated() -> None:
    assert PasswordHashes().outdated(CHEAP.hash("seven quiet lanterns"))
    assert not PasswordHashes(CHEAP).outdated(CHEAP.hash("seven quiet lanterns"))
