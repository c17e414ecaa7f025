"""An envelope is taken exactly once; an improper one is refused with code, cause and advice."""

from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.captures import intake
from server.captures.intake import Sender
from server.clock import to_text
from server.contract.captures import CaptureState
from server.contract.envelope import MAX_BYTES, PartKind
from server.contract.sealing import OfficePrivateKey
from server.gateways.mail import unsent
from server.refusals import Refused
from server.tables import Capture, CaptureBlob


def refused(answer, status, code):
    said = answer.json()
    assert (answer.status_code, said["code"]) == (status, code), said
    assert said["cause"]
    assert said["advice"]


def test_a_capture_is_received_once_and_the_receipt_repeats(client, terminal, trail):
    record = terminal.record()
    data = terminal.seal(record)
    first = terminal.put(client, record.capture_id, data)
    again = terminal.put(client, record.capture_id, data)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert trail().count("capture_received") == 1


def test_only_the_record_is_known_in_the_clear_and_no_name_is_near(client, office, stored):
    row = office.db.read_now(lambda s: s.get(Capture, stored.capture_id))
    assert (row.pickup_number, row.birth_day, row.birth_month) == (stored.pickup_number, 12, 8)
    assert row.state == CaptureState.STORED
    blob = office.db.read_now(lambda s: s.get(CaptureBlob, stored.capture_id)).envelope
    assert stored.pickup_number.encode() not in blob


def test_other_bytes_under_a_known_id_are_refused_and_alarmed(client, terminal, office, trail):
    record = terminal.record()
    terminal.put(client, record.capture_id, terminal.seal(record))
    refused(terminal.put(client, record.capture_id, terminal.seal(record)), 409, "CAP-301")
    assert "capture_alarm" in trail()
    assert [mail.to for mail in office.db.read_now(unsent)] == ["supervisor@localhost"]


def test_an_oversized_envelope_is_refused_before_it_is_read(client, terminal):
    record = terminal.record()
    refused(terminal.put(client, record.capture_id, bytes(MAX_BYTES + 1)), 413, "SRV-203")


def test_an_oversized_stream_without_length_is_cut_off(client, terminal):
    record = terminal.record()
    answer = client.put(
        f"/api/terminals/captures/{record.capture_id}",
        content=(bytes(1024 * 1024) for _ in range(12)),
        headers=terminal.authorize(client),
    )
    refused(answer, 413, "SRV-203")


def test_a_truncated_envelope_is_refused_and_noted(client, terminal, trail):
    record = terminal.record()
    answer = terminal.put(client, record.capture_id, terminal.seal(record)[:-1])
    refused(answer, 422, "CAP-302")
    assert "ENV-003" in answer.json()["cause"]
    assert "capture_refused" in trail()


def test_a_wrong_signature_is_refused_and_alarmed(client, terminal, trail):
    record = terminal.record()
    data = terminal.seal(record, key=Ed25519PrivateKey.generate())
    refused(terminal.put(client, record.capture_id, data), 422, "CAP-303")
    assert trail()[-2:] == ["capture_refused", "capture_alarm"]


def test_a_part_changed_on_the_way_is_refused_and_alarmed(client, terminal, trail):
    record = terminal.record()
    data = bytearray(terminal.seal(record))
    data[-1] ^= 1
    refused(terminal.put(client, record.capture_id, bytes(data)), 422, "CAP-309")
    assert trail()[-2:] == ["capture_refused", "capture_alarm"]


def test_an_unknown_office_key_is_refused(client, terminal):
    record = terminal.record()
    other = OfficePrivateKey.generate().public()
    data = terminal.seal(record, office_key=other)
    refused(terminal.put(client, record.capture_id, data), 422, "CAP-304")


def test_a_record_sealed_for_another_place_does_not_open(client, terminal):
    record, other = terminal.record(), terminal.record()
    data = terminal.seal(record, capture_id=other.capture_id)
    refused(terminal.put(client, other.capture_id, data), 422, "CAP-305")


def test_a_record_that_is_no_record_is_refused(client, terminal):
    record = terminal.record()
    parts = terminal.parts(record) | {PartKind.RECORD: b"{}"}
    refused(terminal.put(client, record.capture_id, terminal.seal(record, parts)), 422, "CAP-306")


def test_a_pickup_number_with_a_wrong_check_digit_is_refused(client, terminal):
    record = terminal.record(pickup_number="123456789")
    refused(terminal.put(client, record.capture_id, terminal.seal(record)), 422, "CAP-306")


def test_an_envelope_without_photo_is_refused(client, terminal):
    record = terminal.record()
    parts = {PartKind.RECORD: terminal.parts(record)[PartKind.RECORD]}
    refused(terminal.put(client, record.capture_id, terminal.seal(record, parts)), 422, "CAP-302")


def test_another_terminals_envelope_is_refused(client, terminal, enrol):
    other = enrol("foyer-2")
    record = terminal.record()
    refused(other.put(client, record.capture_id, terminal.seal(record)), 403, "CAP-307")


def test_two_citizens_may_hold_the_same_number_and_each_is_found(client, terminal, stored, clerk):
    other = terminal.record(pickup_number=stored.pickup_number, birth_day=13)
    answer = terminal.put(client, other.capture_id, terminal.seal(other))
    assert answer.status_code == 201, answer.text
    for record in (stored, other):
        assert clerk.look_up(record).json()["summary"]["capture_id"] == record.capture_id


def test_the_number_of_a_finished_capture_is_free_again(client, terminal, clerk, stored):
    clerk.look_up(stored)
    clerk.post(f"/captures/{stored.capture_id}/reject", reason="technical")
    other = terminal.record(pickup_number=stored.pickup_number)
    assert terminal.put(client, other.capture_id, terminal.seal(other)).status_code == 201


def test_two_live_captures_never_share_number_and_birthday(client, terminal, stored, trail):
    record = terminal.record(pickup_number=stored.pickup_number)
    refused(terminal.put(client, record.capture_id, terminal.seal(record)), 409, "CAP-308")
    assert "capture_alarm" in trail()


def test_a_capture_that_comes_after_its_time_is_expired_at_once(client, terminal, clock, office):
    record = terminal.record()
    data = terminal.seal(record)
    clock.forward(hours=97)
    answer = terminal.put(client, record.capture_id, data)
    assert (answer.status_code, answer.json()["state"]) == (201, "expired")
    assert office.db.read_now(lambda s: s.get(CaptureBlob, record.capture_id)) is None


def test_a_time_far_in_the_future_and_an_unknown_service_are_refused(client, terminal, trail):
    for changes in ({"captured_at": "2027-01-01T00:00:00Z"}, {"service": "driving-licence"}):
        record = terminal.record(**changes)
        answer = terminal.put(client, record.capture_id, terminal.seal(record))
        assert (answer.status_code, answer.json()["code"]) == (422, "CAP-306")
        assert trail()[-1] == "capture_refused"


def test_a_terminal_clock_in_the_future_gains_no_time(client, terminal, clock, office):
    record = terminal.record(captured_at=to_text(clock() + timedelta(hours=5)))
    terminal.put(client, record.capture_id, terminal.seal(record))
    row = office.db.read_now(lambda s: s.get(Capture, record.capture_id))
    assert (row.expires_at - clock()).total_seconds() == 96 * 3600


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(min_value=0), bit=st.integers(0, 7), cut=st.booleans())
def test_no_flipped_bit_and_no_cut_gets_in(terminal, office, at, bit, cut):
    record = terminal.record()
    small = terminal.parts(record) | {PartKind.PHOTO: b"photo"}
    data = bytearray(terminal.seal(record, small))
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= 1 << bit
    sender = Sender(terminal.id, terminal.key.public_key().public_bytes_raw(), record.capture_id)
    assert isinstance(intake.examine(bytes(data), sender, office.key), Refused)


@given(data=st.binary(max_size=400))
def test_no_bytes_make_the_examination_fail(data):
    sender = Sender("foyer-1", bytes(32), "0" * 32)
    key = OfficePrivateKey(bytes(range(96)))
    assert isinstance(intake.examine(data, sender, key), Refused)
