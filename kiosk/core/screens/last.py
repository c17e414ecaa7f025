"""Bodies of the last screens: storing, done, counter, out of service."""

from kiosk.core import receipt
from kiosk.core.context import Context
from kiosk.core.reactions import hand_over
from kiosk.core.reactions.ending import RECEIPTS
from kiosk.core.screens.capture import fault_text
from kiosk.core.view import Button, DoneBody, NoticeBody
from kiosk.core.visit import Visit
from kiosk.core.wording import money
from server.contract import fees
from server.contract.pickup import spaced


def storing(visit: Visit, context: Context) -> NoticeBody:
    return NoticeBody("lock", (context.say(visit, "storing.line"),))


def done(visit: Visit, context: Context) -> DoneBody:
    language = visit.look.language
    lines = hand_over.fee_lines(visit, context)
    total = (context.say(visit, "fees.total"), money(fees.total(lines), language))
    icons, says = zip(*_points(visit, context), strict=True)
    return DoneBody(
        number=spaced(visit.pickup_number),
        number_label=context.say(visit, "done.number_label"),
        qr=visit.pickup_number,
        lines=says,
        fees=(*((line.text, money(line.cents, language)) for line in lines), total),
        printer=_printer(visit, context),
        buttons=(
            Button("speak", context.say(visit, "done.speak"), context.speech),
            Button("print", context.say(visit, "done.print"), visit.prints < RECEIPTS),
            Button("finish", context.say(visit, "done.finish")),
        ),
        icons=icons,
        unheard="" if context.sound else context.say(visit, "notice.no_sound"),
    )


def _points(visit: Visit, context: Context) -> tuple[tuple[str, str], ...]:
    """Return icon and sentence of everything that comes next."""
    papers = "; ".join(receipt.documents(visit, context))
    bring = f"{context.say(visit, 'done.bring')} {papers}."
    return (
        ("ticket", receipt.next_step(visit, context)),
        *((("clipboard-list", bring),) if papers else ()),
        *(("user-round", line) for line in receipt.open_points(visit, context)),
        ("euro", context.say(visit, "fees.pay_at_counter")),
        ("lock", context.say(visit, "done.deleted")),
    )


def _printer(visit: Visit, context: Context) -> str:
    fault = visit.machine.printer
    if fault is None:
        return context.say(visit, "done.printed" if visit.printed else "done.printing")
    return f"{fault_text(fault, 'printer', visit, context)} ({fault.code})"


def counter(visit: Visit, context: Context) -> NoticeBody:
    lines = tuple(context.say(visit, f"counter.line_{number}") for number in (1, 2))
    return NoticeBody("arrow-right", lines)


def out_of_service(visit: Visit, context: Context) -> NoticeBody:
    fault = visit.machine.camera
    code = context.trouble or (fault.code if fault else "")
    lines = tuple(context.say(visit, f"out_of_service.line_{number}") for number in (1, 2))
    return NoticeBody("wrench", lines, code)
