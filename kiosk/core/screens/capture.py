"""Bodies of the steps that take something: photo, choice among photos, fingers, signature."""

from hardware.fingerprint.report import FingerHint
from hardware.photo.report import Hint
from hardware.types import Fault
from kiosk.core.context import Context
from kiosk.core.events import Finger
from kiosk.core.view import Button, FingersBody, PhotoBody, PhotoChoiceBody, SignatureBody
from kiosk.core.visit import Visit
from server.contract.captures import MissingFinger

_DEFAULT_SIGNATURE = (900, 132)  # pixels, TR-03121-3 for the ID card


def _again(visit: Visit, context: Context) -> Button:
    return Button("again", context.say(visit, "button.again"))


def fault_text(fault: Fault | None, device: str, visit: Visit, context: Context) -> str:
    """Return the citizen's sentence for a fault: which device it is, and what to do now.

    `device` is a kind of hardware.types ("camera", "fingerprint", "printer"); a code without a
    sentence of its own gets the general one.
    """
    if fault is None:
        return ""
    name = f"fault.{fault.code}"
    return context.say(
        visit,
        name if context.texts.has(name) else "fault.other",
        device=context.say(visit, f"faulty.{device}"),
        advice=context.say(visit, f"advice.{device}"),
    )


def photo(visit: Visit, context: Context) -> PhotoBody:
    state, fault = visit.photo, visit.machine.camera
    stuck = state.timed_out or fault is not None
    hint = state.hint or Hint.SEARCHING_FACE.value
    words = "photo.no_face" if state.timed_out else f"hint.{hint}"
    return PhotoBody(
        hint=hint,
        hint_text="" if fault else context.say(visit, words),
        good=hint == Hint.CAPTURING.value and not stuck,
        face=state.face,
        fault=fault_text(fault, "camera", visit, context),
        fault_code=fault.code if fault else "",
        again=_again(visit, context) if stuck else None,
    )


def choice(visit: Visit, context: Context) -> PhotoChoiceBody:
    return PhotoChoiceBody(
        pictures=tuple(one.jpeg for one in visit.photo.pictures),
        chosen=visit.photo.chosen,
        warning="" if visit.photo.accepted else context.say(visit, "photo_choice.warning"),
        again=Button("again", context.say(visit, "photo_choice.again")),
    )


def fingers(visit: Visit, context: Context) -> FingersBody:
    state, fault = visit.fingers, visit.machine.scanner
    finger = state.open() or Finger.LEFT
    last = state.of(finger)
    hint = state.hint or FingerHint.SEARCHING_FINGERS.value
    quality = last.fact.quality if last else None
    return FingersBody(
        finger=finger,
        hint=hint,
        hint_text="" if fault else _finger_words(visit, context),
        share=state.share,
        picture=state.picture,
        picture_width=state.width,
        quality=quality,
        quality_text=""
        if quality is None
        else context.say(visit, "fingers.quality", quality=quality),
        done=tuple(one for one in Finger if state.of(one) is not None),
        fault=fault_text(fault, "fingerprint", visit, context),
        fault_code=fault.code if fault else "",
        buttons=_finger_buttons(visit, context),
    )


def _finger_words(visit: Visit, context: Context) -> str:
    """Say the one thing to do now: what went wrong before, or the live hint."""
    state = visit.fingers
    open_finger = state.open()
    if open_finger is None:
        return context.say(visit, state.message or "fingers.both_done")
    if state.message and state.hint in ("", FingerHint.SEARCHING_FINGERS.value):
        return context.say(visit, state.message)
    hint = state.hint or FingerHint.SEARCHING_FINGERS.value
    return context.say(
        visit, f"finger_hint.{hint}", finger=context.say(visit, f"finger.{open_finger.value}")
    )


def _finger_buttons(visit: Visit, context: Context) -> tuple[Button, ...]:
    again = Button("again", context.say(visit, "button.again"))
    if visit.fingers.open() is None:
        return (Button("again", context.say(visit, "fingers.take_again")),)
    missing = tuple(
        Button(f"cannot_{reason.value}", context.say(visit, f"fingers.cannot_{reason.value}"))
        for reason in (MissingFinger.TEMPORARY, MissingFinger.PERMANENT)
    )
    return (again, *missing) if visit.machine.scanner else missing


def signature(visit: Visit, context: Context) -> SignatureBody:
    service = context.service(visit)
    width, height = service.signature_pixels if service else _DEFAULT_SIGNATURE
    inked = visit.signature.inked
    clear = Button("clear", context.say(visit, "signature.clear"), inked)
    cannot = Button("cannot_sign", context.say(visit, "signature.cannot_sign"))
    return SignatureBody(width, height, inked, clear, (cannot,))
