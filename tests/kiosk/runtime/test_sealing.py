"""Sealing and the hand-over: only the office can read it, and it is there exactly once."""

from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from kiosk.core import events as e
from kiosk.core.effects import CaptureDraft
from kiosk.runtime.diary import Diary
from kiosk.runtime.keeping.sealing import Identity, Sealer
from kiosk.runtime.keeping.sitting import Sitting
from server.contract.captures import AgeBand, CaptureRecord, FingerFact, FingerReports
from server.contract.envelope import PartKind, context, unpack

SITTING = Sitting("c" * 32, "123456784", b"k" * 32)
FACES = b"\xff\xd8 MARKER-face " * 2000


def draft(*parts: PartKind) -> CaptureDraft:
    return CaptureDraft(
        birth_day=3,
        birth_month=8,
        age_band=AgeBand.FROM_24,
        service="id-card",
        language="de",
        answers=(("eye_colour", "MARKER-blue"),),
        fingers=(FingerFact(position=2, quality=60),),
        fees=(),
        photo_accepted=True,
        reports=FingerReports(right=None, left=None),
        parts=parts,
        simulated=("camera",),
    )


class World:
    def __init__(self, sealer: Sealer, events: "SimpleQueue[e.Event]", woken: list[int]) -> None:
        self.sealer, self.events, self.woken = sealer, events, woken

    def submit(self, *parts: PartKind) -> e.Event:
        self.sealer.submit(SITTING, draft(*parts))
        return self.events.get(timeout=10)


@pytest.fixture
def world(outbox, store, office_key, terminal_key, clock) -> Iterator[World]:
    events: SimpleQueue[e.Event] = SimpleQueue()
    woken: list[int] = []
    identity = Identity("mitte-2", terminal_key, office_key.public())
    sealer = Sealer(identity, outbox, store, events.put, lambda: woken.append(1), Diary(), clock)
    sealer.start()
    yield World(sealer, events, woken)
    sealer.stop()


def test_the_office_opens_what_the_terminal_sealed(world, outbox, office_key, terminal_key) -> None:
    world.sealer.seal(SITTING, PartKind.PHOTO, FACES)
    assert world.submit(PartKind.PHOTO) == e.Stored("123456784")
    envelope = unpack(outbox.envelope(SITTING.capture_id))
    assert envelope.signed_by(terminal_key.public_key())
    parts = {part.kind: part.sealed for part in envelope.parts}
    assert set(parts) == {PartKind.RECORD, PartKind.PHOTO, PartKind.FINGER_REPORT}
    opened = {
        kind: office_key.open(sealed, context(SITTING.capture_id, kind))
        for kind, sealed in parts.items()
    }
    assert opened[PartKind.PHOTO] == FACES
    record = CaptureRecord.model_validate_json(opened[PartKind.RECORD])
    assert record.pickup_number == "123456784"
    assert record.answers == {"eye_colour": "MARKER-blue"}
    assert record.captured_at == "2023-11-14T22:13:20Z"


def test_no_plaintext_reaches_a_file(world, everything_on_disk) -> None:
    world.sealer.seal(SITTING, PartKind.PHOTO, FACES)
    world.sealer.save(SITTING, "MARKER-journal")
    world.submit(PartKind.PHOTO)
    assert b"MARKER" not in everything_on_disk()
    assert b"123456784" not in everything_on_disk()


def test_the_citizen_is_done_only_after_the_commit_and_sync_is_woken(world, outbox) -> None:
    world.sealer.seal(SITTING, PartKind.PHOTO, FACES)
    world.submit(PartKind.PHOTO)
    assert outbox.has(SITTING.capture_id)
    assert world.woken == [1]


def test_submitting_again_after_a_crash_changes_nothing(world, outbox) -> None:
    world.sealer.seal(SITTING, PartKind.PHOTO, FACES)
    world.submit(PartKind.PHOTO)
    first = outbox.envelope(SITTING.capture_id)
    assert world.submit(PartKind.PHOTO) == e.Stored("123456784")
    assert outbox.envelope(SITTING.capture_id) == first
    assert len(outbox.items()) == 1


def test_a_missing_part_is_not_handed_over_silently(world, outbox) -> None:
    world.sealer.seal(SITTING, PartKind.PHOTO, FACES)
    assert world.submit(PartKind.PHOTO, PartKind.SIGNATURE) == e.NotStored("OUT-002")
    assert outbox.items() == ()


def test_a_part_of_a_step_that_fell_away_is_not_sent(world, outbox) -> None:
    world.sealer.seal(SITTING, PartKind.PHOTO, FACES)
    world.sealer.seal(SITTING, PartKind.FINGER_RIGHT, b"wsq")
    world.submit(PartKind.PHOTO)
    kinds = {part.kind for part in unpack(outbox.envelope(SITTING.capture_id)).parts}
    assert PartKind.FINGER_RIGHT not in kinds


def test_a_late_print_of_somebody_who_left_is_dropped(world, outbox, store) -> None:
    world.sealer.save(SITTING, "text")
    world.sealer.forget(SITTING)
    world.sealer.seal_and_wait(SITTING, PartKind.FINGER_RIGHT, b"wsq")
    assert outbox.drafts(SITTING.capture_id) == {}
    assert store.resume() is None


def test_sealing_waits_for_the_commit(world, outbox) -> None:
    assert world.sealer.seal_and_wait(SITTING, PartKind.FINGER_RIGHT, b"wsq") > 0
    assert PartKind.FINGER_RIGHT in outbox.drafts(SITTING.capture_id)
