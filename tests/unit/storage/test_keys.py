"""Keys: what is sealed opens under its own key, in its own place, unchanged, and in no other way."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.storage.keyring import Keyring, WrappedKey
from tribureau.storage.keys import KEY_BYTES, KeyMismatch, MasterKey, Sealer

keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
MASTER = MasterKey(b"m" * KEY_BYTES)


@given(key=keys, content=st.binary(max_size=200), context=st.text(max_size=20))
def test_what_is_sealed_opens_again(key: bytes, content: bytes, context: str) -> None:
    assert Sealer(key).open(Sealer(key).seal(content, context), context) == content


@given(content=st.binary(max_size=50), place=st.data())
def test_one_changed_bit_is_noticed(content: bytes, place: st.DataObject) -> None:
    sealed = bytearray(Sealer(b"k" * KEY_BYTES).seal(content, "here"))
    sealed[place.draw(st.integers(0, len(sealed) - 1))] ^= 1 << place.draw(st.integers(0, 7))
    with pytest.raises(KeyMismatch):
        Sealer(b"k" * KEY_BYTES).open(bytes(sealed), "here")


@given(cut=st.integers(0, 40))
def test_what_was_cut_off_does_not_open(cut: int) -> None:
    sealed = Keyring({1: b"k" * KEY_BYTES}).seal(b"a page of a report", "here")
    with pytest.raises(KeyMismatch):
        Keyring({1: b"k" * KEY_BYTES}).open(sealed[:cut], "here")


def test_nothing_opens_in_another_place_or_under_another_key() -> None:
    sealed = Sealer(b"k" * KEY_BYTES).seal(b"content", "user:1")
    for key, context in ((b"k", "user:2"), (b"j", "user:1")):
        with pytest.raises(KeyMismatch):
            Sealer(key * KEY_BYTES).open(sealed, context)


def test_a_users_key_is_bound_to_the_user_the_version_and_the_master_key() -> None:
    key, wrapped = MASTER.new_user_key("ada", 1)
    assert MASTER.unwrap_user_key(wrapped, "ada", 1) == key
    for master, user, version in ((MASTER, "bob", 1), (MASTER, "ada", 2), (MasterKey(b"n" * KEY_BYTES), "ada", 1)):
        with pytest.raises(KeyMismatch):
            master.unwrap_user_key(wrapped, user, version)


def test_a_keyring_opens_what_earlier_versions_sealed() -> None:
    (first, wrapped_first), (_, wrapped_second) = MASTER.new_user_key("ada", 1), MASTER.new_user_key("ada", 2)
    sealed = Keyring({1: first}).seal(b"old", "here")
    ring = Keyring.unwrap(MASTER, "ada", [WrappedKey(1, wrapped_first), WrappedKey(2, wrapped_second)])
    assert ring.open(sealed, "here") == b"old"
    assert ring.newest == 2
    with pytest.raises(KeyMismatch):
        Keyring({1: first}).open(ring.seal(b"new", "here"), "here")


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_fingerprint_is_a_users_own_and_outlives_newer_keys(one: bytes, other: bytes) -> None:
    first, second, newer = (bytes([number]) * KEY_BYTES for number in (1, 2, 3))
    keys = Keyring({1: first})
    assert (keys.fingerprint(one) == keys.fingerprint(other)) == (one == other)
    assert Keyring({1: first, 2: newer}).fingerprint(one) == keys.fingerprint(one)
    assert Keyring({1: second}).fingerprint(one) != keys.fingerprint(one)


def test_purposes_give_unrelated_secrets() -> None:
    assert len({MASTER.derive(purpose) for purpose in ("a", "b", "database login x", "database login y")}) == 4
    assert MASTER.derive("a") != MasterKey(b"n" * KEY_BYTES).derive("a")


def test_two_first_starts_agree_on_one_private_key(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "master.key"
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: MasterKey.load_or_create(path).derive("x"), range(16)))
    assert len(set(made)) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["master.key"]


@pytest.mark.parametrize("text", ["", "!", base64.b64encode(b"short").decode()])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        MasterKey.from_base64(text)
