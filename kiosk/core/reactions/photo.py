"""The photo step: live guidance, candidates, choice, faults and sealing."""

import base64
import json
from dataclasses import replace

from kiosk.core import events
from kiosk.core.context import Context
from kiosk.core.effects import (
    DropParts,
    Effects,
    KeepPictures,
    SealPart,
    ShowPreview,
    Speak,
    StopPhoto,
)
from kiosk.core.journey import IDLE, Move
from kiosk.core.reactions.moves import Step, go, start_photo, stay, too_soon
from kiosk.core.view import Screen
from kiosk.core.visit import Photo, Picture, Visit
from server.contract.captures import QualityReport
from server.contract.envelope import PartKind

PARTS = (PartKind.PHOTO, PartKind.PHOTO_REPORT)
_SPEECH_GAP = 2.5  # seconds between two spoken hints, so that one can be heard and followed
_GRACE = 10.0  # seconds before a missing camera closes an idle terminal: start-up is no fault


def guided(visit: Visit, event: events.Guided, context: Context) -> Step:
    if visit.screen is not Screen.PHOTO:
        return stay(visit)
    seen = event.guidance
    changed = replace(visit, photo=replace(visit.photo, hint=seen.hint, face=seen.face))
    rested = visit.clock.now - visit.clock.spoken >= _SPEECH_GAP
    if not visit.look.speech or seen.hint == visit.photo.hint or not rested:
        return stay(changed)
    spoken = replace(changed, clock=replace(changed.clock, spoken=changed.clock.now))
    return stay(spoken, Speak(hint_only=True))


def came(visit: Visit, event: events.PhotoCame, context: Context) -> Step:
    """Take a candidate in; the first one opens the choice."""
    if visit.screen not in (Screen.PHOTO, Screen.PHOTO_CHOICE):
        return stay(visit)
    others = [one for one in visit.photo.pictures if one.taken.index != event.photo.index]
    bare = event.photo.model_copy(update={"jpeg": ""})
    fresh = Picture(bare, base64.b64decode(event.photo.jpeg))
    pictures = tuple(sorted([*others, fresh], key=lambda one: one.taken.index))
    visit = replace(visit, photo=replace(visit.photo, pictures=pictures))
    keeping: Effects = (KeepPictures(tuple(one.jpeg for one in pictures)),)
    if visit.screen is Screen.PHOTO_CHOICE:
        return visit, keeping
    moved, moving = go(visit, Move.PICTURES, context)
    return moved, keeping + moving


def timed_out(visit: Visit, event: events.PhotoTimedOut, context: Context) -> Step:
    if visit.screen is not Screen.PHOTO or not visit.photo.running:
        return stay(visit)
    return stay(replace(visit, photo=Photo(timed_out=True)))


def again(visit: Visit, context: Context) -> Step:
    """Take another photo, or the first one once more after a fault."""
    if too_soon(visit, context):
        return stay(visit)
    if visit.screen is Screen.PHOTO:
        return start_photo(visit, context)
    moved, moving = go(replace(visit, photo=Photo()), Move.AGAIN, context)
    return moved, (DropParts(PARTS), KeepPictures(()), *moving)


def choose(visit: Visit, event: events.ChoosePhoto, context: Context) -> Step:
    there = 0 <= event.index < len(visit.photo.pictures)
    if visit.screen is not Screen.PHOTO_CHOICE or not there:
        return stay(visit)
    return stay(replace(visit, photo=replace(visit.photo, chosen=event.index)))


def camera_changed(visit: Visit, event: events.CameraChanged, context: Context) -> Step:
    """A lost camera stops the photo; one that is back starts it again by itself."""
    began = visit.machine.camera is None
    since = visit.clock.now if began else visit.machine.camera_since
    machine = replace(visit.machine, camera=event.fault, camera_since=since)
    visit = replace(visit, machine=machine)
    if visit.screen is not Screen.PHOTO:
        return stay(visit)
    if event.fault is not None:
        stopped = replace(visit, photo=replace(visit.photo, running=False, hint="", face=None))
        return stay(stopped, StopPhoto())
    if visit.photo.running or visit.photo.timed_out:
        return stay(visit)
    started, starting = start_photo(visit, context)
    return started, (ShowPreview(True), *starting)  # the media process may be a new one


def closes_the_terminal(visit: Visit, context: Context) -> bool:
    """Tell whether an idle terminal cannot serve: no catalogue, no key, or no camera for long."""
    camera = visit.machine.camera is not None
    long = visit.clock.now - visit.machine.camera_since >= _GRACE
    return visit.screen in IDLE and (bool(context.trouble) or (camera and long))


def sealing(visit: Visit) -> Effects:
    """Return the effects that seal the chosen photo and its report."""
    chosen = visit.photo.pictures[visit.photo.chosen]
    report = QualityReport(
        accepted=chosen.taken.accepted,
        reasons=chosen.taken.reasons,
        criteria=chosen.taken.criteria,
    )
    text = json.dumps(report.model_dump(mode="json"), separators=(",", ":"))
    return (
        SealPart(PartKind.PHOTO, chosen.jpeg),
        SealPart(PartKind.PHOTO_REPORT, text.encode()),
    )
