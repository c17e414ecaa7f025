"""The envelope: whole, unchanged and from its terminal, or refused with a code."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from server.contract import envelope
from server.contract.envelope import EnvelopeError, Header, PartKind, SealedPart
from server.contract.sealing import NotOpenedError, OfficePrivateKey

TERMINAL = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
ID = "0123456789abcdef0123456789abcdef"
PARTS = tuple(
    SealedPart(kind, f"{kind.value} sealed".encode()) for kind in (PartKind.RECORD, PartKind.PHOTO)
)


def header(parts=PARTS, **changes) -> Header:
    known = {
        "capture_id": ID,
        "terminal_id": "terminal-1",
        "office_key_id": "0" * 16,
        "created_at": "2026-04-29T08:00:00+00:00",
        "parts": tuple(envelope.entry(part) for part in parts),
        **changes,
    }
    return Header(**known)


def packed(parts=PARTS, **changes) -> bytes:
    return envelope.pack(header(parts, **changes), parts, TERMINAL)


WHOLE = packed()


def refusal(data: bytes) -> str:
    with pytest.raises(EnvelopeError) as caught:
        envelope.unpack(data)
    return caught.value.code


def signed(text: bytes, body: bytes = b"") -> bytes:
    """Return an envelope with any bytes as its header, rightly signed."""
    start = envelope.MAGIC + len(text).to_bytes(4, "big") + text
    return start + TERMINAL.sign(start) + body


def rewritten(**changes) -> bytes:
    known = header().model_dump(mode="json") | changes
    return signed(json.dumps(known).encode(), b"".join(part.sealed for part in PARTS))


def test_a_whole_envelope_is_read_back():
    found = envelope.unpack(WHOLE)
    assert found.header == header()
    assert found.parts == PARTS
    assert found.signed_by(TERMINAL.public_key())
    assert not found.signed_by(STRANGER.public_key())


kinds = st.lists(st.sampled_from(PartKind), unique=True)


@given(st.data(), kinds)
def test_any_parts_in_any_order_are_read_back(data, listed):
    parts = tuple(
        SealedPart(kind, data.draw(st.binary(min_size=1, max_size=300))) for kind in listed
    )
    found = envelope.unpack(packed(parts))
    assert found.parts == parts
    assert found.signed_by(TERMINAL.public_key())


def test_the_same_capture_gives_the_same_bytes():
    assert packed() == WHOLE


def test_truncated_at_any_byte_it_is_refused():
    codes = {refusal(WHOLE[:length]) for length in range(len(WHOLE))}
    assert codes == {"ENV-002", "ENV-003"}


def test_any_flipped_bit_is_refused():
    for at in range(len(WHOLE)):
        for bit in range(8):
            changed = bytearray(WHOLE)
            changed[at] ^= 1 << bit
            assert not accepted(bytes(changed)), (at, bit)


def accepted(data: bytes) -> bool:
    try:
        return envelope.unpack(data).signed_by(TERMINAL.public_key())
    except EnvelopeError:
        return False


@given(st.binary(min_size=1, max_size=50))
def test_something_behind_the_end_is_refused(more):
    assert refusal(WHOLE + more) == "ENV-003"


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_noise_is_refused(noise):
    assert refusal(noise) in {"ENV-002", "ENV-003", "ENV-004"}
    assert refusal(envelope.MAGIC + noise).startswith("ENV-")


def test_another_version_is_refused():
    assert refusal(b"AMTE\x02" + WHOLE[5:]) == "ENV-002"


def test_too_large_is_refused_before_anything_is_read():
    assert refusal(bytes(envelope.MAX_BYTES + 1)) == "ENV-001"
    assert refusal(bytes(envelope.MAX_BYTES)) == "ENV-002"


def test_the_largest_envelope_still_fits():
    frame = len(packed((SealedPart(PartKind.PHOTO, bytes(9_000_000)),))) - 9_000_000
    part = SealedPart(PartKind.PHOTO, bytes(envelope.MAX_BYTES - frame - 1))
    assert envelope.unpack(packed((part,))).parts == (part,)


def test_a_part_listed_twice_is_refused():
    twice = (PARTS[0], PARTS[0])
    assert refusal(packed(twice)) == "ENV-004"


def test_parts_in_another_order_than_listed_are_refused():
    swapped = envelope.pack(header(), PARTS[::-1], TERMINAL)
    assert refusal(swapped) == "ENV-005"


def test_a_part_of_another_envelope_is_refused():
    other = SealedPart(PartKind.PHOTO, bytes(len(PARTS[1].sealed)))
    mixed = envelope.pack(header(), (PARTS[0], other), TERMINAL)
    assert refusal(mixed) == "ENV-005"


@pytest.mark.parametrize(
    "changes",
    [
        {"capture_id": "short"},
        {"capture_id": ID.upper()},
        {"capture_id": 12},
        {"terminal_id": "../../etc"},
        {"terminal_id": ""},
        {"office_key_id": "g" * 16},
        {"created_at": None},
        {"parts": "none"},
        {"parts": [{"kind": "photo", "length": 0, "sha256": "0" * 64}]},
        {"parts": [{"kind": "photo", "length": -1, "sha256": "0" * 64}]},
        {"parts": [{"kind": "photo", "length": 1e3, "sha256": "0" * 64}]},
        {"parts": [{"kind": "face", "length": 1, "sha256": "0" * 64}]},
        {"parts": [{"kind": "photo", "length": 1, "sha256": "0"}]},
        {"name": "Erika Mustermann"},
    ],
    ids=str,
)
def test_a_wrong_header_is_refused_even_when_rightly_signed(changes):
    assert refusal(rewritten(**changes)) == "ENV-004"


@pytest.mark.parametrize("text", [b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_header_that_is_no_object_is_refused(text):
    assert refusal(signed(text)) == "ENV-004"


def test_a_part_moved_to_another_capture_does_not_open():
    office = OfficePrivateKey.generate()
    here, there = (envelope.context(one, PartKind.PHOTO) for one in (ID, ID[::-1]))
    sealed = office.public().seal(b"photo", here)
    assert office.open(sealed, here) == b"photo"
    for wrong in (there, envelope.context(ID, PartKind.FINGER_LEFT)):
        with pytest.raises(NotOpenedError):
            office.open(sealed, wrong)


@given(st.lists(st.text("0123456789abcdef", min_size=32, max_size=32), unique=True, min_size=2))
def test_no_two_places_share_a_context(ids):
    contexts = {envelope.context(one, kind) for one in ids for kind in PartKind}
    assert len(contexts) == len(ids) * len(PartKind)


def test_the_key_id_is_the_start_of_the_hash():
    assert envelope.key_id(b"key") == hashlib.sha256(b"key").hexdigest()[:16]
