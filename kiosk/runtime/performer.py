"""Performs effects: each one is handed to the part of the terminal that does it, none blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.core import effects
from kiosk.core.effects import Effect
from kiosk.core.events import Finger
from kiosk.core.view import FingersBody, PhotoBody, View
from kiosk.media import protocol
from kiosk.media.protocol import ToMedia
from kiosk.runtime.workers.fingers import Fingers, Order

if TYPE_CHECKING:  # these load SQLAlchemy, and the first picture does not wait for that
    from kiosk.runtime.keeping.sealing import Sealer
    from kiosk.runtime.keeping.sitting import Sitting
    from kiosk.runtime.workers.printing import Printing
    from kiosk.runtime.workers.speech import Speech


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that can do something for a visit."""

    say_to_media: Callable[[ToMedia], None]
    fingers: Fingers
    printing: Printing
    speech: Speech
    sealer: Sealer


def perform(effect: Effect, sitting: Sitting, view: View, parts: Parts) -> None:
    """Do one effect for this sitting; `view` is the screen after the event."""
    match effect:
        case (
            effects.SealPart()
            | effects.DropParts()
            | effects.KeepPictures()
            | effects.SaveJournal()
            | effects.SubmitCapture()
        ):
            _keep(effect, sitting, parts.sealer)
        case effects.Forget():
            parts.fingers.forget()
            parts.sealer.forget(sitting)
        case effects.StartFinger(finger, attempt, last):
            parts.fingers.take(_order(finger, attempt, last, sitting, parts.sealer))
        case effects.StopFinger():
            parts.fingers.cancel()
        case effects.Print(blocks):
            parts.fingers.forget()  # handed over: nobody needs the raw prints any more
            parts.printing.print(blocks)
        case effects.Speak(hint_only, text):
            words = text or _words(view, hint_only=hint_only)
            parts.speech.say(words, view.look.language)
        case effects.StopSpeech():
            parts.speech.stop()
        case _:
            parts.say_to_media(_to_media(effect, view))


_Kept = (
    effects.SealPart
    | effects.DropParts
    | effects.KeepPictures
    | effects.SaveJournal
    | effects.SubmitCapture
)


def _keep(effect: _Kept, sitting: Sitting, sealer: Sealer) -> None:
    match effect:
        case effects.SealPart(kind, content):
            sealer.seal(sitting, kind, content)
        case effects.DropParts(kinds):
            sealer.drop(sitting, kinds)
        case effects.KeepPictures(pictures):
            sealer.keep_pictures(sitting, pictures)
        case effects.SaveJournal(text):
            sealer.save(sitting, text)
        case effects.SubmitCapture(draft):
            sealer.submit(sitting, draft)


def _order(finger: Finger, attempt: int, last: bool, sitting: Sitting, sealer: Sealer) -> Order:
    return Order(
        finger,
        attempt,
        last,
        sitting.capture_id,
        lambda kind, content: sealer.seal_and_wait(sitting, kind, content),
    )


def _words(view: View, *, hint_only: bool) -> str:
    if hint_only and isinstance(view.body, PhotoBody | FingersBody):
        return view.body.fault or view.body.hint_text
    return view.spoken


def _to_media(effect: Effect, view: View) -> ToMedia:
    match effect:
        case effects.StartPhoto("child", seconds):
            return protocol.StartPhoto(template="child", seconds=seconds)
        case effects.StartPhoto(_, seconds):
            return protocol.StartPhoto(template="adult", seconds=seconds)
        case effects.ShowPreview(on):
            return protocol.ShowPreview(on=on)
        case effects.StartCall(language, service, step):
            return protocol.StartCall(language=language, service=service, step=step)
        case effects.EndCall(reason):
            return protocol.EndCall(reason=reason)
        case effects.SetDevices(camera, microphone):
            return protocol.SetDevices(camera=camera, microphone=microphone)
        case effects.TellStep(step):
            return protocol.TellStep(step=step, view={"title": view.title, "lead": view.lead})
        case _:
            return protocol.StopPhoto()
