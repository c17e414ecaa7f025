"""From a view to the pieces of its regions: the one place that knows every screen."""

from collections.abc import Callable
from datetime import datetime

from kiosk.core.view import (
    AttractBody,
    BirthBody,
    Button,
    DetailsBody,
    DoneBody,
    FingersBody,
    NoticeBody,
    PhotoBody,
    PhotoChoiceBody,
    PrivacyBody,
    Screen,
    ServicesBody,
    SignatureBody,
    SummaryBody,
    View,
)
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Column, Text
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.band import Band, band_of
from kiosk.ui.parts.bars import footer, forward, note, tools
from kiosk.ui.parts.call_card import call_card
from kiosk.ui.parts.keyboard import keyboard
from kiosk.ui.parts.scene import Scene
from kiosk.ui.screens import (
    attract,
    birth,
    details,
    done,
    fingers,
    notice,
    photo,
    photo_choice,
    privacy,
    services,
    signature,
    summary,
)

_SCREENS: dict[type, Callable[..., Piece]] = {
    AttractBody: attract.body,
    ServicesBody: services.body,
    PrivacyBody: privacy.body,
    BirthBody: birth.body,
    DetailsBody: details.body,
    PhotoBody: photo.body,
    PhotoChoiceBody: photo_choice.body,
    FingersBody: fingers.body,
    SignatureBody: signature.body,
    SummaryBody: summary.body,
    DoneBody: done.body,
    NoticeBody: notice.body,
}


def band(scene: Scene, now: datetime, *, scenic: bool) -> Band:
    view = scene.view
    place = (view.place, view.terminal)
    return band_of(place, view.title, view.lead, view.progress, scene.words, now, scenic=scenic)


def pieces(scene: Scene, head: Band) -> dict[str, Piece]:
    """Return the pieces by region; a region that is missing is not shown."""
    view, typing = scene.view, scene.typing
    at_start = view.screen is Screen.ATTRACT
    found: dict[str, Piece] = {
        "band": attract.top(head) if at_start else head,
        "body": _SCREENS[type(view.body)](view.body, scene),
    }
    if view.tools:
        found["tools"] = tools(view)
    if not at_start and (view.call or any(one.enabled for one in view.footer)):
        found["footer"] = footer(view.footer)
    if view.simulated:
        found["print"] = Text(view.simulated, Style.PRINT, _print_tone(view), "center")
    if typing is not None:
        found["keyboard"] = keyboard(typing, scene.words)
    elif (main := ahead(view)) is not None:
        found["next"] = _forward(*main, scene)
    if view.notice:
        found["notice"] = note(view.notice, head.top())
    if view.call is not None:
        found["call"] = call_card(view.call, scene.words)
    return found


def ahead(view: View) -> tuple[Button, tuple[str, str] | None] | None:
    """Return the one main action, which never scrolls away, and the sum to stand above it."""
    match view.body:
        case SummaryBody(total=total) if view.next is not None:
            return view.next, total
        case PrivacyBody(agree=agree) if view.next is None:
            return agree, None
        case DoneBody() as body:
            return done.finish(body), None
    return (view.next, None) if view.next is not None else None


def _forward(main: Button, total: tuple[str, str] | None, scene: Scene) -> Piece:
    body = scene.view.body
    if isinstance(body, BirthBody):
        return Column([birth.says(body, scene.words), forward(main)], gap=14)
    if total is None:
        return forward(main)
    return Column([summary.fee_line(*total, strong=True), forward(main)], gap=14)


def _print_tone(view: View) -> Tone:
    return Tone.SOFT_ON_BAND if view.screen is Screen.ATTRACT else Tone.MUTED
