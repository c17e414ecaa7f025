"""Outbox to server and back: duplicates, refusals, poison, absence, and deletion in two steps."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.core.events import Event, Online
from kiosk.runtime.keeping.outbox import ItemState
from kiosk.runtime.office import Office
from kiosk.runtime.sync import Sync
from kiosk.runtime.token import TokenSource
from server.contract.captures import CaptureState
from server.contract.catalogue import Catalogue
from server.contract.envelope import Header, PartKind, SealedPart, entry, pack

IDS = ["a" * 32, "b" * 32, "c" * 32]


@pytest.fixture
def envelope(terminal_key):
    def make(capture_id: str, content: bytes = b"sealed") -> bytes:
        part = SealedPart(PartKind.PHOTO, content)
        header = Header(
            capture_id=capture_id,
            terminal_id="mitte-2",
            office_key_id="0" * 16,
            created_at="2026-11-24T10:00:00Z",
            parts=(entry(part),),
        )
        return pack(header, (part,), terminal_key)

    return make


class World:
    """A sync whose rounds the test starts by hand."""

    def __init__(self, outbox, clock, key, url: str) -> None:
        self.outbox, self.clock = outbox, clock
        self.events: list[Event] = []
        self.catalogues: list[Catalogue] = []
        self.office = Office(url, TokenSource(url, "mitte-2", key))
        self.sync = Sync(
            outbox, self.office, self.events.append, self.catalogues.append,
            catalogue_version="old", keep_hours=96, now=clock, random=lambda: 0.5,
        )  # fmt: skip

    def states(self) -> list[ItemState]:
        return [item.state for item in self.outbox.items()]


@pytest.fixture
def world(outbox, clock, terminal_key, office):
    made = World(outbox, clock, terminal_key, office.url)
    yield made
    made.office.close()


@pytest.fixture
def alone(outbox, clock, terminal_key, nobody_there):
    """A terminal whose server is not there."""
    made = World(outbox, clock, terminal_key, nobody_there)
    yield made
    made.office.close()


def test_received_and_taken_over_are_two_steps(world, office, envelope) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    world.sync.round()
    assert world.states() == [ItemState.RECEIVED]
    assert world.outbox.envelope(IDS[0]) is not None
    office.states[IDS[0]] = CaptureState.RETRIEVED
    world.sync.round()
    assert world.states() == [ItemState.RECEIVED]
    office.states[IDS[0]] = CaptureState.RELEASED
    world.sync.round()
    assert world.outbox.envelope(IDS[0]) is None
    world.sync.round()
    assert office.deleted == [IDS[0]]
    assert world.outbox.items() == ()


def test_the_same_envelope_twice_gets_the_same_receipt(world, office, envelope) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    office.captures[IDS[0]] = envelope(IDS[0])  # stored before, the answer was lost
    world.sync.round()
    assert world.states() == [ItemState.RECEIVED]


def test_a_refused_item_stays_marked_and_delays_nobody(world, office, envelope) -> None:
    for one in IDS:
        world.outbox.commit(one, envelope(one))
        world.clock.now += 1
    office.refuse[IDS[0]] = 422
    world.sync.round()
    assert world.states() == [ItemState.REFUSED, ItemState.RECEIVED, ItemState.RECEIVED]
    (item,) = world.outbox.items(ItemState.REFUSED)
    assert item.code == "CAP-REFUSED"
    assert world.outbox.envelope(IDS[0]) is not None
    puts = sum(seen.startswith("PUT") for seen in office.seen)
    world.clock.now += 3600
    world.sync.round()
    assert sum(seen.startswith("PUT") for seen in office.seen) == puts


@pytest.mark.parametrize("status", [403, 409, 413, 422])
def test_every_refusal_keeps_the_item(world, office, envelope, status) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    office.refuse[IDS[0]] = status
    world.sync.round()
    assert world.states() == [ItemState.REFUSED]
    assert world.outbox.envelope(IDS[0]) is not None


def test_tampered_bytes_are_refused_and_kept(world, envelope) -> None:
    bad = bytearray(envelope(IDS[0]))
    bad[-1] ^= 1
    world.outbox.commit(IDS[0], bytes(bad))
    world.sync.round()
    (item,) = world.outbox.items(ItemState.REFUSED)
    assert item.code == "ENV-005"


def test_a_poisoned_item_waits_longer_each_time_and_alone(world, office, envelope) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    world.outbox.commit(IDS[1], envelope(IDS[1]))
    office.broken.add(IDS[0])
    waits = []
    for _ in range(4):
        world.sync.round()
        (item,) = world.outbox.items(ItemState.QUEUED)
        waits.append(item.next_try - world.clock.now)
        world.clock.now = item.next_try
    assert waits == [1, 2, 4, 8]
    assert ItemState.RECEIVED in world.states()
    office.broken.clear()
    world.sync.round()
    assert world.states() == [ItemState.RECEIVED, ItemState.RECEIVED]


def test_an_item_that_waits_is_not_sent_before_its_time(world, office, envelope) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    office.broken.add(IDS[0])
    world.sync.round()
    office.broken.clear()
    world.sync.round()
    assert world.states() == [ItemState.QUEUED]


def test_without_a_server_captures_wait_and_the_screen_knows(alone, envelope) -> None:
    alone.outbox.commit(IDS[0], envelope(IDS[0]))
    alone.sync.round()
    assert alone.states() == [ItemState.QUEUED]
    assert alone.events == [Online(online=False)]
    alone.sync.round()
    assert alone.events == [Online(online=False)]


def test_after_96_hours_the_terminal_deletes_also_offline(alone, envelope) -> None:
    alone.outbox.commit(IDS[0], envelope(IDS[0]))
    alone.clock.now += 96 * 3600 - 1
    alone.sync.round()
    assert alone.outbox.envelope(IDS[0]) is not None
    alone.clock.now += 1
    alone.sync.round()
    assert alone.outbox.envelope(IDS[0]) is None
    assert alone.states() == [ItemState.DELETED]


def test_a_refused_item_is_deleted_by_age_and_the_server_is_told(world, office, envelope) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    office.refuse[IDS[0]] = 422
    world.sync.round()
    world.clock.now += 97 * 3600
    world.sync.round()
    world.sync.round()
    assert office.deleted == [IDS[0]]
    assert world.outbox.items() == ()


def test_a_server_that_lost_its_disk_gets_the_capture_again(world, office, envelope) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    world.sync.round()
    office.captures.clear()
    office.states.clear()
    world.sync.round()
    world.sync.round()
    assert IDS[0] in office.captures
    assert world.states() == [ItemState.RECEIVED]


def test_a_capture_that_expired_at_the_server_is_deleted_here(world, office, envelope) -> None:
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    world.sync.round()
    office.states[IDS[0]] = CaptureState.EXPIRED
    world.sync.round()
    world.sync.round()
    assert world.outbox.envelope(IDS[0]) is None


def test_a_new_catalogue_is_fetched_once(world, office) -> None:
    world.sync.round()
    world.sync.round()
    assert len(world.catalogues) == 1
    assert world.events == [Online(online=True)]


def test_a_token_that_is_not_accepted_is_replaced(world, office, envelope) -> None:
    world.sync.round()
    office.tokens[:] = ["another"]
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    world.sync.round()
    world.clock.now += 10
    world.sync.round()
    assert world.states() == [ItemState.RECEIVED]


def test_a_terminal_that_is_not_enrolled_keeps_its_captures(
    outbox, clock, office, envelope
) -> None:
    stranger = World(outbox, clock, Ed25519PrivateKey.generate(), office.url)
    outbox.commit(IDS[0], envelope(IDS[0]))
    stranger.sync.round()
    (item,) = outbox.items()
    assert (item.state, item.code) == (ItemState.QUEUED, "NET-002")
    stranger.office.close()


def test_a_submitted_capture_wakes_the_thread(world, office, envelope) -> None:
    world.sync.start()
    office.wait_for(lambda: "GET /api/terminals/catalogue" in office.seen)
    world.outbox.commit(IDS[0], envelope(IDS[0]))
    world.sync.wake()
    office.wait_for(lambda: IDS[0] in office.captures)
    world.sync.stop()
