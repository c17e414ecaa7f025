"""From the id of a touched button to the event it means; the only place that knows both."""

from kiosk.core import events
from kiosk.core.events import Event
from kiosk.core.view import Screen, View
from server.contract.captures import MissingFinger

_PLAIN: dict[str, Event] = {
    "begin": events.Begin(),
    "agree": events.Agree(),
    "help": events.Help(),
    "keep_waiting": events.Help(),
    "hang_up": events.HangUp(),
    "go_on_alone": events.HangUp(),
    "counter": events.ToCounter(confirmed=False),
    "call_counter": events.ToCounter(confirmed=False),
    "start_again": events.StartAgain(confirmed=False),
    "stay": events.StayHere(),
    "more_time": events.NeedMoreTime(),
    "again": events.TryAgain(),
    "clear": events.Signed(None),
    "cannot_sign": events.CannotSign(),
    "speak": events.SpeakAgain(),
    "print": events.PrintReceipt(),
    "finish": events.Next(Screen.DONE.value),
    "speech": events.ToggleSpeech(),
    "contrast": events.CycleContrast(),
    "text_size": events.CycleTextSize(),
    "reach": events.ToggleReach(),
    "cannot_permanent": events.CannotGiveFinger(MissingFinger.PERMANENT),
    "cannot_temporary": events.CannotGiveFinger(MissingFinger.TEMPORARY),
}
_CONFIRMED: dict[str, Event] = {
    "start_again": events.StartAgain(confirmed=True),
    "to_counter": events.ToCounter(confirmed=True),
    "refer": events.ToCounter(confirmed=True),
    "silence": events.StartAgain(confirmed=True),
}
_ANSWERS = frozenset({"confirm", "counter", "forget"})  # the button that makes the move asked about


def event_of(button: str, view: View) -> Event | None:
    """Return what touching a button of this view means; None for an unknown id.

    Ids with a colon carry a value: `language:en`, `service:passport`, `photo:1`, `band:24_plus`,
    `revise:photo`, `field:delivery=by_post`.
    """
    kind, _, value = button.partition(":")
    if value:
        return _valued(kind, value, view)
    if view.question is not None and button in _ANSWERS:
        return _CONFIRMED[view.question.id]
    if button in ("next", "back"):
        move = events.Next if button == "next" else events.Back
        return move(view.screen.value)
    if button in ("camera", "microphone"):
        return _switched(button, view)
    if button == "language":
        return events.SetLanguage("en" if view.look.language == "de" else "de")
    return _PLAIN.get(button)


def _valued(kind: str, value: str, view: View) -> Event | None:
    match kind:
        case "language":
            at_start = view.screen is Screen.ATTRACT
            return events.Begin(value) if at_start else events.SetLanguage(value)
        case "service":
            return events.ChooseService(value)
        case "photo":
            return events.ChoosePhoto(int(value))
        case "revise":
            return events.Revise(value)
        case "field":
            field, _, answer = value.partition("=")
            return events.Answer(field, answer)
        case _:
            return None


def _switched(device: str, view: View) -> Event | None:
    if view.call is None:
        return None
    camera = view.call.camera_on != (device == "camera")
    microphone = view.call.microphone_on != (device == "microphone")
    return events.SetCallDevices(camera, microphone)
