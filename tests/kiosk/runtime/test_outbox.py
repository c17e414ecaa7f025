"""The outbox: durable modes, one transaction per step, nothing stuck, nothing left."""

import os
import sqlite3

import pytest

from kiosk.runtime.keeping import outbox as module
from kiosk.runtime.keeping.outbox import ItemState, Outbox, OutboxError
from server.contract.envelope import PartKind, SealedPart

A, B = "a" * 32, "b" * 32


def test_wal_and_full_are_asserted_at_start(tmp_path, clock, monkeypatch) -> None:
    monkeypatch.setattr(module, "_MODES", {"journal_mode": "wal", "synchronous": 3})
    with pytest.raises(OutboxError, match="synchronous=2, not 3"):
        Outbox(tmp_path / "outbox.db", clock)


def test_only_the_terminals_user_can_read_it(outbox, tmp_path) -> None:
    outbox.keep(A, SealedPart(PartKind.PHOTO, b"sealed"))
    modes = {(tmp_path / name).stat().st_mode & 0o777 for name in ("outbox.db", "outbox.db-wal")}
    assert modes == {0o600}


def test_a_part_replaces_the_one_of_its_kind(outbox) -> None:
    outbox.keep(A, SealedPart(PartKind.PHOTO, b"first"))
    outbox.keep(A, SealedPart(PartKind.PHOTO, b"second"))
    outbox.keep(B, SealedPart(PartKind.PHOTO, b"other"))
    assert outbox.drafts(A) == {PartKind.PHOTO: b"second"}
    outbox.drop(A, [PartKind.PHOTO])
    assert outbox.drafts(A) == {}
    assert outbox.drafts(B) == {PartKind.PHOTO: b"other"}


def test_committing_queues_the_envelope_and_drops_the_drafts(outbox) -> None:
    outbox.keep(A, SealedPart(PartKind.PHOTO, b"sealed"))
    outbox.commit(A, b"envelope")
    outbox.commit(A, b"envelope of a repeat")
    assert outbox.drafts(A) == {}
    assert outbox.envelope(A) == b"envelope"
    assert [item.state for item in outbox.items()] == [ItemState.QUEUED]
    assert outbox.has(A)
    assert not outbox.has(B)


def test_drafts_nobody_can_complete_are_dropped(outbox) -> None:
    outbox.keep(A, SealedPart(PartKind.PHOTO, b"one"))
    outbox.keep(B, SealedPart(PartKind.PHOTO, b"two"))
    outbox.drop_all_but(B)
    assert outbox.drafts(A) == {}
    assert outbox.drafts(B) == {PartKind.PHOTO: b"two"}


def test_a_refused_item_is_kept_with_its_reason(outbox) -> None:
    outbox.commit(A, b"envelope")
    outbox.refused(A, "CAP-003", "tampered")
    (item,) = outbox.items(ItemState.REFUSED)
    assert (item.code, item.cause) == ("CAP-003", "tampered")
    assert outbox.envelope(A) == b"envelope"
    outbox.retry(A)
    assert outbox.items(ItemState.QUEUED) != ()


def test_deleting_leaves_no_byte_of_the_envelope(outbox, everything_on_disk) -> None:
    envelope = os.urandom(300_000)
    outbox.commit(A, envelope)
    assert envelope[1000:1064] in everything_on_disk()
    outbox.deleted(A)
    assert envelope[1000:1064] not in everything_on_disk()
    assert outbox.envelope(A) is None
    outbox.told(A)
    assert outbox.items() == ()


def test_the_file_outlives_the_program(outbox, tmp_path, clock) -> None:
    outbox.commit(A, b"envelope")
    outbox.close()
    again = Outbox(tmp_path / "outbox.db", clock)
    assert again.envelope(A) == b"envelope"
    again.close()


def test_another_reader_finds_wal_on(outbox, tmp_path) -> None:
    with sqlite3.connect(tmp_path / "outbox.db") as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
