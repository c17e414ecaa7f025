"""Seals parts and envelopes of a sitting and keeps its journal, one job after another.

One thread does all of it, so that a part is always committed before the journal that counts on it.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.exc import SQLAlchemyError

from kiosk.core.effects import CaptureDraft
from kiosk.core.events import Event, NotStored, Stored
from kiosk.runtime.diary import Diary
from kiosk.runtime.keeping.outbox import Outbox
from kiosk.runtime.keeping.sitting import Sitting, SittingStore
from kiosk.runtime.token import as_text
from server.contract.captures import CaptureRecord
from server.contract.envelope import Header, PartKind, SealedPart, context, entry, key_id, pack
from server.contract.sealing import OfficePublicKey

log = logging.getLogger(__name__)
Job = Callable[[], None]
_NO_ROOM = "OUT-001"
_PART_MISSING = "OUT-002"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who seals, and to whom."""

    terminal_id: str
    key: Ed25519PrivateKey
    office: OfficePublicKey


class Sealer:
    """The one thread that writes what must survive."""

    def __init__(
        self,
        identity: Identity,
        outbox: Outbox,
        store: SittingStore,
        dispatch: Callable[[Event], None],
        submitted: Callable[[], None],
        diary: Diary,
        now: Callable[[], float],
    ) -> None:
        """`submitted` is called after each commit; `now` gives seconds since 1970."""
        self._identity, self._outbox, self._store = identity, outbox, store
        self._dispatch, self._submitted = dispatch, submitted
        self._diary, self._now = diary, now
        self._forgotten: set[str] = set()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sealer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what is queued, then end."""
        self._jobs.put(None)
        self._thread.join(timeout=10)

    def seal(self, sitting: Sitting, kind: PartKind, content: bytes) -> None:
        self._jobs.put(lambda: self._seal(sitting, kind, content))

    def seal_and_wait(self, sitting: Sitting, kind: PartKind, content: bytes) -> float:
        """Seal from another thread, return once it is committed; the milliseconds it took."""
        done, spent = threading.Event(), [0.0]

        def job() -> None:
            began = time.perf_counter()
            try:
                self._seal(sitting, kind, content)
            finally:
                spent[0] = (time.perf_counter() - began) * 1000
                done.set()

        self._jobs.put(job)
        done.wait(timeout=10)
        return spent[0]

    def drop(self, sitting: Sitting, kinds: tuple[PartKind, ...]) -> None:
        self._jobs.put(lambda: self._outbox.drop(sitting.capture_id, kinds))

    def keep_pictures(self, sitting: Sitting, pictures: tuple[bytes, ...]) -> None:
        self._jobs.put(lambda: self._store.keep_pictures(sitting, pictures))

    def save(self, sitting: Sitting, text: str) -> None:
        self._jobs.put(lambda: self._store.save(sitting, text))

    def forget(self, sitting: Sitting) -> None:
        self._jobs.put(lambda: self._forget(sitting))

    def submit(self, sitting: Sitting, draft: CaptureDraft) -> None:
        self._jobs.put(lambda: self._dispatch(self._submit(sitting, draft)))

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except (OSError, SQLAlchemyError) as cause:
                # The part or journal is missing then, and the hand-over will say so.
                log.error("OUT-001 not written: %s", type(cause).__name__)

    def _seal(self, sitting: Sitting, kind: PartKind, content: bytes) -> None:
        if sitting.capture_id in self._forgotten:
            return  # a late print of somebody who has left
        self._outbox.keep(sitting.capture_id, self._sealed(sitting, kind, content))

    def _sealed(self, sitting: Sitting, kind: PartKind, content: bytes) -> SealedPart:
        place = context(sitting.capture_id, kind)
        return SealedPart(kind, self._identity.office.seal(content, place))

    def _forget(self, sitting: Sitting) -> None:
        self._forgotten.add(sitting.capture_id)
        self._store.forget()
        self._outbox.drop(sitting.capture_id, tuple(PartKind))

    def _submit(self, sitting: Sitting, draft: CaptureDraft) -> Event:
        """Commit the envelope; after a crash in between it is simply there already."""
        began = time.perf_counter()
        try:
            if not self._outbox.has(sitting.capture_id):
                kept = self._outbox.drafts(sitting.capture_id)
                if missing := [kind for kind in draft.parts if kind not in kept]:
                    log.error("%s parts missing: %s", _PART_MISSING, ", ".join(missing))
                    return NotStored(_PART_MISSING)
                self._outbox.commit(sitting.capture_id, self._envelope(sitting, draft, kept))
        except (OSError, SQLAlchemyError) as cause:
            log.error("%s not committed: %s", _NO_ROOM, type(cause).__name__)
            return NotStored(_NO_ROOM)
        self._diary.note("submit", (time.perf_counter() - began) * 1000)
        self._submitted()
        return Stored(sitting.pickup_number)

    def _envelope(
        self, sitting: Sitting, draft: CaptureDraft, kept: dict[PartKind, bytes]
    ) -> bytes:
        at = as_text(datetime.fromtimestamp(self._now(), UTC))
        record = _record(sitting, draft, self._identity.terminal_id, at)
        parts = [self._sealed(sitting, PartKind.RECORD, record)]
        parts += [SealedPart(kind, kept[kind]) for kind in draft.parts]
        if draft.fingers:
            reports = draft.reports.model_dump_json().encode()
            parts.append(self._sealed(sitting, PartKind.FINGER_REPORT, reports))
        header = Header(
            capture_id=sitting.capture_id,
            terminal_id=self._identity.terminal_id,
            office_key_id=key_id(self._identity.office.raw),
            created_at=at,
            parts=tuple(entry(part) for part in parts),
        )
        return pack(header, tuple(parts), self._identity.key)


def _record(sitting: Sitting, draft: CaptureDraft, terminal_id: str, at: str) -> bytes:
    record = CaptureRecord(
        capture_id=sitting.capture_id,
        pickup_number=sitting.pickup_number,
        birth_day=draft.birth_day,
        birth_month=draft.birth_month,
        age_band=draft.age_band,
        service=draft.service,
        language=draft.language,
        answers=dict(draft.answers),
        fingers=draft.fingers,
        fees=draft.fees,
        photo_accepted=draft.photo_accepted,
        captured_at=at,
        terminal_id=terminal_id,
        simulated=draft.simulated,
    )
    return record.model_dump_json().encode()
