"""Views of every screen for the tests of the screens, rendered by the real core."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

import assets
from hardware.types import Fault
from kiosk.config import Timeouts
from kiosk.core.context import Context
from kiosk.core.render import render
from kiosk.core.view import Contrast, Look, Screen, View
from kiosk.core.visit import (
    Birth,
    Call,
    Clock,
    Fingers,
    Machine,
    Photo,
    Picture,
    Print,
    Signature,
    Visit,
)
from kiosk.media.protocol import CallState, PhotoTaken
from kiosk.runtime import texts
from server.contract import catalogue_file
from server.contract.captures import AgeBand, FingerFact, QualityReport

DATA = Path(__file__).parents[2] / "data" / "ui"
_ANSWERS = {
    "reason": "expired",
    "german": "yes",
    "main_residence_here": "yes",
    "height": "172",
    "eye_colour": "brown",
    "delivery": "pick_up",
}

_FIRST_ANSWERS = (("german", "yes"), ("main_residence_here", "yes"), ("reason", "expired"))


def context() -> Context:
    return Context(
        catalogue=catalogue_file.load(assets.path("services")),
        texts=texts.load(),
        today=date(2026, 11, 24),
        place="Bürgeramt Mitte",
        terminal="Terminal 2",
        timeouts=Timeouts(),
        simulated=("camera", "fingerprint", "printer"),
    )


CONTEXT = context()


def photo(person: str, index: int, *, accepted: bool = True) -> Picture:
    taken = PhotoTaken(
        index=index, of=2, jpeg="", accepted=accepted, reasons=(), criteria=(), machine_ms=1.0
    )
    return Picture(taken, (DATA / f"crop_{person}.jpg").read_bytes())


def ridges() -> tuple[bytes, int]:
    picture = np.asarray(Image.open(DATA / "ridges.png").convert("L"))
    return picture.tobytes(), picture.shape[1]


def _print(position: int) -> Print:
    fact = FingerFact(position=position, quality=72)  # type: ignore[arg-type]
    return Print(fact, QualityReport(accepted=True, reasons=(), quality=72, criteria=()))


def visit(screen: Screen) -> Visit:
    """Return a visit that has come as far as `screen`."""
    picture, width = ridges()
    return Visit(
        screen=screen,
        service="id-card" if CONTEXT.catalogue.service("id-card") else _first(),
        agreed=True,
        birth=Birth(12, 8, AgeBand.FROM_24),
        answers=tuple(_ANSWERS.items()),
        photo=Photo(pictures=(photo("D1", 0), photo("D2", 1)), hint="StepForward"),
        fingers=Fingers(
            right=_print(2),
            hint="Capturing",
            share=0.6,
            picture=picture,
            width=width,
            running=True,
        )
        if screen is Screen.FINGERS
        else Fingers(right=_print(2), left=_print(7)),
        signature=Signature(sealed=screen is not Screen.SIGNATURE),
        pickup_number="482913076",
        clock=Clock(now=100.0, touched=100.0, arrived=100.0),
    )


def _first() -> str:
    return CONTEXT.catalogue.services[0].id


def look(language: str = "de", contrast: str = "light", text: float = 1.0, **more: bool) -> Look:
    return Look(language=language, contrast=Contrast(contrast), text_scale=text, **more)


def view(screen: Screen, how: Look | None = None) -> View:
    return shown(visit(screen), how)


def shown(one: Visit, how: Look | None = None) -> View:
    return render(replace(one, look=how or look()), CONTEXT)


def _call(state: str, **more: object) -> Call:
    return Call(CallState(state=state, clerk="Frau Weber", **more))  # type: ignore[arg-type]


def special() -> Mapping[str, Visit]:
    """Return the moments that are no screen of their own."""
    details = visit(Screen.DETAILS)
    camera = Fault("DEV-004", "unplugged", "plug it in")
    return {
        "question_silence": replace(
            visit(Screen.BIRTH),
            question="silence",
            clock=Clock(now=148.0, touched=100.0, arrived=90.0),
        ),
        "question_start_again": replace(details, question="start_again"),
        "call_talking": replace(details, call=_call("talking")),
        "call_waiting": replace(
            visit(Screen.PRIVACY), call=_call("waiting", position=2, estimate_seconds=170)
        ),
        "photo_fault": replace(visit(Screen.PHOTO), machine=Machine(camera=camera)),
        "fingers_fault": replace(
            visit(Screen.FINGERS), machine=Machine(scanner=Fault("DEV-007", "unplugged", "plug"))
        ),
        "birth_impossible": replace(visit(Screen.BIRTH), birth=Birth(31, 2, None)),
        "photo_good": replace(visit(Screen.PHOTO), photo=Photo(hint="Capturing")),
        "offline": replace(visit(Screen.SERVICES), machine=Machine(online=False)),
        "details_number": replace(details, answers=_FIRST_ANSWERS),
        "signature_kept": replace(visit(Screen.SIGNATURE), signature=Signature(sealed=True)),
        "done_at_counter": replace(visit(Screen.DONE), at_counter=("at_counter.signature",)),
        "empty_birth": replace(visit(Screen.BIRTH), birth=Birth(), tried=True),
    }


def every() -> Mapping[str, Visit]:
    return {**{screen.value: visit(screen) for screen in Screen}, **special()}
