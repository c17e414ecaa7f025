"""Sealing: only the office's key opens, only in the right place, only unchanged bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.contract.sealing import NotOpenedError, OfficePrivateKey, OfficePublicKey

OFFICE = OfficePrivateKey.generate()
OTHER = OfficePrivateKey.generate()
PUBLIC = OFFICE.public()
SEALED = PUBLIC.seal(b"a fingerprint", b"place")


@given(st.binary(min_size=1, max_size=5000), st.binary(max_size=100))
def test_what_is_sealed_opens_again(plaintext, context):
    assert OFFICE.open(PUBLIC.seal(plaintext, context), context) == plaintext


def test_a_terminal_holds_a_key_that_cannot_open():
    assert not hasattr(PUBLIC, "open")


def test_keys_survive_storage():
    assert OfficePrivateKey(OFFICE.raw()).open(SEALED, b"place") == b"a fingerprint"
    assert OfficePublicKey(PUBLIC.raw).raw == PUBLIC.raw
    assert len(PUBLIC.raw) == 1216
    assert len(OFFICE.raw()) == 96


def test_two_seals_of_the_same_bytes_differ():
    assert PUBLIC.seal(b"same", b"place") != PUBLIC.seal(b"same", b"place")


def test_another_office_cannot_open():
    with pytest.raises(NotOpenedError):
        OTHER.open(SEALED, b"place")


@given(st.binary(max_size=100).filter(lambda context: context != b"place"))
def test_another_place_does_not_open(context):
    with pytest.raises(NotOpenedError):
        OFFICE.open(SEALED, context)


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_any_changed_byte_does_not_open(at, mask):
    changed = bytearray(SEALED)
    changed[at] ^= mask
    with pytest.raises(NotOpenedError):
        OFFICE.open(bytes(changed), b"place")


def test_truncated_anywhere_it_does_not_open():
    for length in range(len(SEALED)):
        with pytest.raises(NotOpenedError):
            OFFICE.open(SEALED[:length], b"place")


@given(st.binary(max_size=2000))
def test_noise_does_not_open(noise):
    with pytest.raises(NotOpenedError):
        OFFICE.open(noise, b"place")


@pytest.mark.parametrize("length", [0, 95, 97, 1215, 1217])
def test_a_key_of_the_wrong_length_is_refused(length):
    with pytest.raises(ValueError, match="an office key has"):
        OfficePublicKey(bytes(length))
    with pytest.raises(ValueError, match="an office key has"):
        OfficePrivateKey(bytes(length))
