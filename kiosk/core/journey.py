"""The citizen's journey as one table: (screen, move) -> screen, built from a service and an age."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise

from kiosk.core.view import Screen
from server.contract import eligibility
from server.contract.captures import AgeBand
from server.contract.catalogue import Door, Service, StepKind


class Move(StrEnum):
    """Reasons to leave a screen."""

    BEGIN = "begin"
    NEXT = "next"
    BACK = "back"
    PICTURES = "pictures"  # the camera gave what there is to choose from
    AGAIN = "again"  # take another photo
    STORED = "stored"
    NOT_STORED = "not_stored"
    FINISH = "finish"
    START_AGAIN = "start_again"
    COUNTER = "counter"
    SILENCE = "silence"
    TROUBLE = "trouble"  # the terminal cannot serve
    WELL = "well"


Plan = tuple[Screen, ...]
Table = Mapping[tuple[Screen, Move], Screen]

FORGETTING = frozenset({Screen.ATTRACT, Screen.COUNTER})  # arriving here wipes the citizen's data
IDLE = frozenset({Screen.ATTRACT, Screen.OUT_OF_SERVICE})  # nobody is here

_SCREENS = {
    StepKind.PRIVACY: Screen.PRIVACY,
    StepKind.BIRTH: Screen.BIRTH,
    StepKind.DETAILS: Screen.DETAILS,
    StepKind.PHOTO: Screen.PHOTO,
    StepKind.FINGERPRINTS: Screen.FINGERS,
    StepKind.SIGNATURE: Screen.SIGNATURE,
    StepKind.SUMMARY: Screen.SUMMARY,
}


def plan(service: Service, band: AgeBand | None) -> Plan:
    """Return the screens of a visit in order; before the age is known, all of them."""
    steps = service.steps if band is None else eligibility.steps_for(service, band)
    asks = any(Door.KIOSK in field.asked_at for field in service.fields)
    return tuple(_SCREENS[step] for step in steps if asks or step is not StepKind.DETAILS)


def is_child(band: AgeBand | None) -> bool:
    """Tell whether the child template applies: under 10 (PAuswV Anlage 3 Abschnitt 2)."""
    return band in (AgeBand.UNDER_6, AgeBand.FROM_6)


def is_asked_of_a_parent(band: AgeBand | None) -> bool:
    """Tell whether questions go to a parent: under 16 only custodians apply (PAuswG § 9(1))."""
    return band in (AgeBand.UNDER_6, AgeBand.FROM_6, AgeBand.FROM_10)


def table(steps: Plan) -> Table:
    """Return every allowed move of a visit with these steps; what is not listed is ignored."""
    moves = _frame(steps)
    for here, there in pairwise(steps):
        moves[here, Move.NEXT] = there
        moves[there, Move.BACK] = here
    if Screen.PHOTO in steps:
        _with_choice(moves)
    for screen in (Screen.SERVICES, *steps, *((Screen.PHOTO_CHOICE,) * (Screen.PHOTO in steps))):
        moves[screen, Move.START_AGAIN] = Screen.ATTRACT
        moves[screen, Move.COUNTER] = Screen.COUNTER
        moves[screen, Move.SILENCE] = Screen.ATTRACT
    return moves


def _frame(steps: Plan) -> dict[tuple[Screen, Move], Screen]:
    """Everything around the service's own steps; there are none before a service is chosen."""
    moves = {
        (Screen.ATTRACT, Move.BEGIN): Screen.SERVICES,
        (Screen.ATTRACT, Move.TROUBLE): Screen.OUT_OF_SERVICE,
        (Screen.ATTRACT, Move.SILENCE): Screen.ATTRACT,
        (Screen.OUT_OF_SERVICE, Move.WELL): Screen.ATTRACT,
        (Screen.SERVICES, Move.BACK): Screen.ATTRACT,
        (Screen.STORING, Move.STORED): Screen.DONE,
        (Screen.DONE, Move.FINISH): Screen.ATTRACT,
        (Screen.DONE, Move.SILENCE): Screen.ATTRACT,
        (Screen.COUNTER, Move.FINISH): Screen.ATTRACT,
        (Screen.COUNTER, Move.SILENCE): Screen.ATTRACT,
    }
    if steps:
        moves[Screen.SERVICES, Move.NEXT] = steps[0]
        moves[steps[0], Move.BACK] = Screen.SERVICES
        moves[steps[-1], Move.NEXT] = Screen.STORING
        moves[Screen.STORING, Move.NOT_STORED] = steps[-1]
    return moves


def _with_choice(moves: dict[tuple[Screen, Move], Screen]) -> None:
    """Put the choice among photos between the camera and what comes next."""
    after = moves.pop((Screen.PHOTO, Move.NEXT))
    moves[Screen.PHOTO, Move.PICTURES] = Screen.PHOTO_CHOICE
    moves[Screen.PHOTO_CHOICE, Move.AGAIN] = Screen.PHOTO
    moves[Screen.PHOTO_CHOICE, Move.NEXT] = after
    moves[Screen.PHOTO_CHOICE, Move.BACK] = moves[Screen.PHOTO, Move.BACK]
    if (after, Move.BACK) in moves:
        moves[after, Move.BACK] = Screen.PHOTO_CHOICE


def step_of(screen: Screen) -> Screen:
    """Return the step a screen belongs to: choosing a photo is part of the photo."""
    return Screen.PHOTO if screen is Screen.PHOTO_CHOICE else screen


def as_mermaid(steps: Plan) -> str:
    """Return the table as a Mermaid state diagram."""
    lines = [f"    {a.value} --> {b.value}: {move.value}" for (a, move), b in table(steps).items()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {Screen.ATTRACT.value}", *lines, ""])
