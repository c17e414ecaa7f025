"""Judges live camera pictures in a thread of its own: newest frame only, so that nothing waits."""

import base64
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from hardware.photo.face import FaceFinder
from hardware.photo.live import Live, LivePhoto, Shot
from hardware.types import Frame
from kiosk.criteria import as_kept
from kiosk.media.protocol import Guidance, PhotoTaken, PhotoTimeout, ToUi

Template = Literal["adult", "child"]
Box = tuple[float, float, float, float]
NICENESS = 10  # below the call and the screens
CHOICE_SECONDS = 0.9  # after the first good frame: time for two more, for a choice among equals
NOTICEABLE = 0.02  # share of the preview by which the face must move to be told again


class Session(Protocol):
    """One acquisition (`hardware.photo.live.LivePhoto`)."""

    def see(self, frame: Frame) -> Live:
        """Judge one frame; frames come in order."""

    def best(self, n: int = 3) -> tuple[Shot, ...]:
        """Return the shots to choose from, best first; none when nobody was seen."""


NewSession = Callable[[Template], Session]


def load_models() -> NewSession:
    """Load the face models (about half a second); what is returned belongs to this thread."""
    finder = FaceFinder()
    return lambda template: LivePhoto(finder, template, time.monotonic)


@dataclass(frozen=True, slots=True)
class _Order:
    template: Template
    until: float


class Photographer(threading.Thread):
    """Works on orders; loads the face models at once in the background, so that none waits."""

    def __init__(
        self,
        load: Callable[[], NewSession],
        say: Callable[[ToUi], None],
        done: Callable[[], None],
    ) -> None:
        """`load`, `say` and `done` (no more frames are needed) are called in this thread."""
        super().__init__(name="photo", daemon=True)
        self._load, self._say, self._done = load, say, done
        self._turn = threading.Condition()
        self._order: _Order | None = None
        self._frame: Frame | None = None
        self._ended = False

    def begin(self, template: Template, seconds: float) -> None:
        """Judge frames from now on, for so many seconds at most."""
        with self._turn:
            self._order = _Order(template, time.monotonic() + seconds)
            self._turn.notify()

    def put(self, frame: Frame) -> None:
        """Give a frame; an older one that nobody has looked at is dropped."""
        with self._turn:
            self._frame = frame
            self._turn.notify()

    def stop(self) -> None:
        """Give the order up; nothing more is said about it."""
        with self._turn:
            self._order = self._frame = None
            self._turn.notify()

    def end(self) -> None:
        """End the thread; a judgement under way is waited for."""
        with self._turn:
            self._ended, self._order = True, None
            self._turn.notify()
        self.join(timeout=5)

    def run(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        new_session = self._load()
        while order := self._next_order():
            self._work(new_session(order.template), order)

    def _next_order(self) -> _Order | None:
        with self._turn:
            self._turn.wait_for(lambda: self._order or self._ended)
            return self._order

    def _work(self, session: Session, order: _Order) -> None:
        told, until = _Told(), order.until
        while frame := self._next_frame(order, until):
            live = session.see(frame)
            if live.good:
                until = min(until, frame.captured_at + CHOICE_SECONDS)
            news = told.news(live)
            if news and self._order is order:
                self._say(news)
        if self._order is order:
            self._deliver(order, session.best())

    def _next_frame(self, order: _Order, until: float) -> Frame | None:
        with self._turn:
            left = until - time.monotonic()
            self._turn.wait_for(lambda: self._frame or self._order is not order, max(0, left))
            frame, self._frame = self._frame, None
            return frame if self._order is order and left > 0 else None

    def _deliver(self, order: _Order, shots: tuple[Shot, ...]) -> None:
        with self._turn:
            if self._order is not order:
                return
            self._order = None
            self._done()
        for index, shot in enumerate(shots):
            self._say(_as_message(shot, index, len(shots)))
        if not shots:
            self._say(PhotoTimeout())


class _Told:
    """Remembers what the citizen was told last, so that only changes are told."""

    def __init__(self) -> None:
        self._hint = ""
        self._face: Box | None = None
        self._times: deque[float] = deque(maxlen=10)

    def news(self, live: Live) -> Guidance | None:
        self._times.append(time.monotonic())
        if live.hint == self._hint and not _moved(self._face, live.face):
            return None
        self._hint, self._face = live.hint, live.face
        return Guidance(hint=str(live.hint), frames_per_second=self._rate(), face=live.face)

    def _rate(self) -> float:
        span = self._times[-1] - self._times[0]
        return round((len(self._times) - 1) / span, 1) if span else 0.0


def _moved(before: Box | None, now: Box | None) -> bool:
    if before is None or now is None:
        return before is not now
    return any(abs(a - b) > NOTICEABLE for a, b in zip(before, now, strict=True))


def _as_message(shot: Shot, index: int, of: int) -> PhotoTaken:
    return PhotoTaken(
        index=index,
        of=of,
        jpeg=base64.b64encode(shot.jpeg).decode(),
        accepted=shot.report.accepted,
        reasons=shot.report.reasons,
        criteria=as_kept(shot.report.criteria),
        machine_ms=(time.monotonic() - shot.captured_at) * 1000,
    )
