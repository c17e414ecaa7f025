"""Starting again, leaving for the counter, asking for time, and the end of the hand-over."""

from dataclasses import replace

from kiosk.core import events, receipt
from kiosk.core.context import Context
from kiosk.core.effects import KeepPictures, Print
from kiosk.core.journey import Move
from kiosk.core.reactions import hand_over
from kiosk.core.reactions.moves import Step, go, stay, too_soon
from kiosk.core.view import Screen
from kiosk.core.visit import Birth, Visit

# Which move a question asks about; only its own answer makes the move.
_ASKS = {
    "start_again": Move.START_AGAIN,
    "silence": Move.START_AGAIN,
    "to_counter": Move.COUNTER,
    "refer": Move.COUNTER,
}
RECEIPTS = 3  # a citizen gets that many at most


def start_again(visit: Visit, event: events.StartAgain, context: Context) -> Step:
    return _ask_once(visit, "start_again", event.confirmed, context)


def to_counter(visit: Visit, event: events.ToCounter, context: Context) -> Step:
    return _ask_once(visit, "to_counter", event.confirmed, context)


def _ask_once(visit: Visit, question: str, confirmed: bool, context: Context) -> Step:
    """Ask before the move; only an answer to this question, not a second fast touch, makes it."""
    move = _ASKS[question]
    if confirmed and _ASKS.get(visit.question) is move and not _just_asked(visit, context):
        return go(visit, move, context)
    movable, _ = go(visit, move, context)
    if confirmed or movable is visit or too_soon(visit, context):
        return stay(visit)
    return stay(
        replace(visit, question=question, clock=replace(visit.clock, asked=visit.clock.now))
    )


def _just_asked(visit: Visit, context: Context) -> bool:
    return visit.clock.now - visit.clock.asked < context.timeouts.double_touch


def stay_here(visit: Visit, event: events.StayHere, context: Context) -> Step:
    return stay(replace(visit, question="", note="", code=""))


def more_time(visit: Visit, event: events.NeedMoreTime, context: Context) -> Step:
    question = "" if visit.question == "silence" else visit.question
    return stay(replace(visit, patience=2, question=question))


def stored(visit: Visit, event: events.Stored, context: Context) -> Step:
    """Only now the citizen is done; what is not on the last screen goes from memory."""
    if visit.screen is not Screen.STORING:
        return stay(visit)
    lean = Visit(
        screen=visit.screen,
        look=visit.look,
        service=visit.service,
        birth=Birth(band=visit.birth.band),
        answers=visit.answers,
        pickup_number=event.pickup_number,
        patience=visit.patience,
        call=visit.call,
        machine=replace(visit.machine, printer=None),
        clock=visit.clock,
        at_counter=hand_over.at_counter(visit, context),
    )
    moved, moving = go(lean, Move.STORED, context)
    return moved, (KeepPictures(()), *moving)


def not_stored(visit: Visit, event: events.NotStored, context: Context) -> Step:
    moved, moving = go(visit, Move.NOT_STORED, context)
    return replace(moved, note="storing.failed", code=event.code), moving


def printed(visit: Visit, event: events.PrinterChanged, context: Context) -> Step:
    """Say what became of the receipt: it came out, or why not."""
    out = visit.screen is Screen.DONE and event.fault is None
    machine = replace(visit.machine, printer=event.fault)
    return stay(replace(visit, machine=machine, printed=out))


def print_again(visit: Visit, event: events.PrintReceipt, context: Context) -> Step:
    if visit.screen is not Screen.DONE or visit.prints >= RECEIPTS or too_soon(visit, context):
        return stay(visit)
    machine = replace(visit.machine, printer=None)
    trying = replace(visit, prints=visit.prints + 1, printed=False, machine=machine)
    return stay(trying, Print(receipt.blocks(visit, context)))
