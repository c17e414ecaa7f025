"""Takes fingerprints in a thread of its own: live rows, quality, best of three, sealed at once."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hardware.devices import FingerprintScanner
from hardware.errors import DeviceError
from hardware.fingerprint.report import FingerHint, FingerprintReport
from hardware.types import Fingerprint
from kiosk.core.events import Event, Finger, FingerCame, FingerProgress, ScannerChanged
from kiosk.core.reactions.fingers import POSITIONS, SAME_FINGER
from kiosk.criteria import as_kept
from kiosk.runtime.diary import Diary
from server.contract.captures import FingerFact, MissingFinger, QualityReport
from server.contract.envelope import PartKind

log = logging.getLogger(__name__)
_ASK_SECONDS = 0.06  # between two questions whether a finger is there
_SHOW_SECONDS = 0.1  # between two live pictures
_REOPEN_SECONDS = 1.0
_TOO_LARGE = "wsq_too_large"  # reason code: no room in the chip's 18 kB
_KINDS = {Finger.RIGHT: PartKind.FINGER_RIGHT, Finger.LEFT: PartKind.FINGER_LEFT}

Seal = Callable[[PartKind, bytes], float]
"""Seal and commit a part of one sitting; returns the milliseconds it took."""


@dataclass(frozen=True, slots=True)
class PrintTools:
    """What judges and packs a print."""

    judge: Callable[[Fingerprint], FingerprintReport]
    same: Callable[[Fingerprint, Fingerprint], bool]
    encode: Callable[[Fingerprint], bytes | None]  # WSQ; None when it cannot be small enough


@dataclass(frozen=True, slots=True)
class Order:
    """One attempt that the journey wants; `sitting` tells one citizen's prints from the next's."""

    finger: Finger
    attempt: int
    last: bool
    sitting: str
    seal: Seal


@dataclass(frozen=True, slots=True)
class _Try:
    picture: Fingerprint
    report: FingerprintReport


class Fingers:
    """Owner of the scanner; raw pictures stay in this object's memory and are never written."""

    def __init__(
        self,
        open_scanner: Callable[[], FingerprintScanner],
        tools: PrintTools,
        dispatch: Callable[[Event], None],
        diary: Diary,
    ) -> None:
        self._open, self._tools = open_scanner, tools
        self._dispatch, self._diary = dispatch, diary
        self._turn = threading.Condition()
        self._order: Order | None = None
        self._stopped = False
        self._scanner: FingerprintScanner | None = None
        self._faulty = False
        self._tries: list[_Try] = []  # of the finger being taken
        self._taken: dict[Finger, Fingerprint] = {}  # of this sitting, to notice a finger twice
        self._sitting = ""
        self._lift = False
        self._thread = threading.Thread(target=self._run, name="fingers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def take(self, order: Order) -> None:
        """Take one print; replaces an order that is still running."""
        with self._turn:
            self._order = order
            self._turn.notify()

    def cancel(self) -> None:
        with self._turn:
            self._order = None
            self._turn.notify()

    def forget(self) -> None:
        """Drop every raw picture."""
        with self._turn:
            self._order, self._sitting = None, ""
            self._tries, self._taken = [], {}
            self._turn.notify()

    def stop(self) -> None:
        with self._turn:
            self._stopped, self._order = True, None
            self._turn.notify()
        self._thread.join(timeout=5)

    # --- the thread ---------------------------------------------------------------------------

    def _run(self) -> None:
        while (order := self._next_order()) is not None:
            try:
                self._work(order)
            except DeviceError as error:
                self._lost(order, error)
        self._close()

    def _next_order(self) -> Order | None:
        with self._turn:
            self._turn.wait_for(lambda: self._order is not None or self._stopped)
            return None if self._stopped else self._order

    def _wanted(self, order: Order) -> bool:
        return self._order is order

    def _rest(self, order: Order, seconds: float) -> bool:
        """Wait a little; tell whether the order still stands."""
        with self._turn:
            self._turn.wait_for(lambda: self._order is not order, seconds)
        return self._wanted(order)

    def _work(self, order: Order) -> None:
        self._begin(order)
        scanner = self._opened()
        picture = self._picture(scanner, order)
        if picture is None or not self._wanted(order):
            return
        self._lift = True
        came = self._judged(order, picture, scanner.wire_seconds())
        with self._turn:
            if self._order is not order:
                return
            self._order = None
        self._dispatch(came)

    def _begin(self, order: Order) -> None:
        if order.sitting != self._sitting:
            self._sitting, self._tries, self._taken = order.sitting, [], {}
        if order.attempt == 1:
            self._tries = []

    def _opened(self) -> FingerprintScanner:
        """Return a scanner that answers; drivers open lazily, so ask it something."""
        if self._scanner is None:
            self._scanner = self._open()
        self._scanner.finger_present()
        if self._faulty:
            self._faulty = False
            self._dispatch(ScannerChanged(None))
        return self._scanner

    def _picture(self, scanner: FingerprintScanner, order: Order) -> Fingerprint | None:
        """Wait for a finger that was lifted before, then read it out row by row."""
        self._show(order, FingerHint.SEARCHING_FINGERS, 0.0)
        if self._lift:
            if not self._until(scanner, order, there=False):
                return None
            self._lift = False
            self._show(order, FingerHint.SEARCHING_FINGERS, 0.0)
        if not self._until(scanner, order, there=True):
            return None
        self._show(order, FingerHint.CAPTURING, 0.0)
        shown = [0.0]

        def rows_seen(so_far: Fingerprint, share: float) -> None:
            if time.monotonic() - shown[0] >= _SHOW_SECONDS:
                shown[0] = time.monotonic()
                self._show(order, FingerHint.CAPTURING, share, so_far)

        whole = scanner.capture(rows_seen, lambda: not self._wanted(order))
        if whole is not None:
            self._show(order, FingerHint.CAPTURING, 1.0, whole)
        return whole

    def _until(self, scanner: FingerprintScanner, order: Order, *, there: bool) -> bool:
        """Wait until a finger is there, or gone; False when the order no longer stands."""
        while scanner.finger_present() is not there:
            if not self._rest(order, _ASK_SECONDS):
                return False
        return True

    def _show(
        self, order: Order, hint: FingerHint, share: float, picture: Fingerprint | None = None
    ) -> None:
        rows = b"" if picture is None else np.ascontiguousarray(picture.image).tobytes()
        width = 0 if picture is None else picture.image.shape[1]
        if self._wanted(order):
            self._dispatch(FingerProgress(order.finger, hint.value, share, rows, width))

    def _judged(self, order: Order, picture: Fingerprint, wire_seconds: float) -> FingerCame:
        """Judge one print, and seal the best of this finger when it counts."""
        began = time.perf_counter()
        self._tries.append(_Try(picture, self._tools.judge(picture)))
        best = max(self._tries, key=lambda one: (one.report.accepted, one.report.quality or 0))
        trouble = self._kept(order, picture, best)
        spent = (time.perf_counter() - began) * 1000
        self._diary.note(f"finger_{order.finger.value}", spent, wire_seconds * 1000)
        fact = FingerFact(
            position=POSITIONS[order.finger],
            quality=best.report.quality,
            missing=MissingFinger.QUALITY if trouble == _TOO_LARGE and order.last else None,
        )
        return FingerCame(order.finger, _as_contract(best.report, trouble), fact, order.attempt)

    def _kept(self, order: Order, picture: Fingerprint, best: _Try) -> str:
        """Seal the print if it is to be kept; returns the code of what is in the way."""
        if self._is_other_hand(order.finger, picture):
            self._tries, self._taken = [], {}
            return SAME_FINGER
        if not best.report.accepted and not order.last:
            return ""
        packed = self._tools.encode(best.picture)
        if packed is None:
            self._tries = [one for one in self._tries if one is not best]
            return _TOO_LARGE
        self._taken[order.finger] = best.picture
        order.seal(_KINDS[order.finger], packed)
        return ""

    def _is_other_hand(self, finger: Finger, picture: Fingerprint) -> bool:
        others = [taken for one, taken in self._taken.items() if one is not finger]
        return any(self._tools.same(picture, other) for other in others)

    def _lost(self, order: Order, error: DeviceError) -> None:
        """Say that the scanner is gone, and look for it again while somebody waits for it."""
        log.warning("%s %s", error.code, error.cause)
        self._close()
        self._faulty = True
        self._dispatch(ScannerChanged(error.fault))
        self._rest(order, _REOPEN_SECONDS)

    def _close(self) -> None:
        if self._scanner is not None:
            self._scanner.close()
            self._scanner = None


def _as_contract(report: FingerprintReport, trouble: str) -> QualityReport:
    return QualityReport(
        accepted=report.accepted and not trouble,
        reasons=(*((trouble,) if trouble else ()), *report.reasons),
        quality=report.quality,
        criteria=as_kept(report.criteria),
    )
