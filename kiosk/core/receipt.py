"""The paper receipt: number, QR code, what to bring, fee lines, and when everything is deleted."""

from hardware.printer.blocks import Block, Qr, Row, Rule, Size, Text
from kiosk.core.context import Context
from kiosk.core.reactions import hand_over
from kiosk.core.visit import Visit
from kiosk.core.wording import money
from server.contract import fees
from server.contract.catalogue import StepKind
from server.contract.pickup import spaced


def documents(visit: Visit, context: Context) -> tuple[str, ...]:
    """Return the papers this citizen brings to the counter."""
    service = context.service(visit)
    if service is None or visit.birth.band is None:
        return ()
    given = hand_over.answers(visit, context)
    photo = StepKind.PHOTO in service.steps
    return tuple(
        rule.label.in_language(visit.look.language)
        for rule in service.documents
        if rule.when.holds(band=visit.birth.band, answers=given, photo_taken=photo)
    )


def open_points(visit: Visit, context: Context) -> tuple[str, ...]:
    """Return one line naming what the counter still takes, none when all is there."""
    things = ", ".join(context.say(visit, name) for name in visit.at_counter)
    return (context.say(visit, "done.at_counter", things=things),) if things else ()


def next_step(visit: Visit, context: Context) -> str:
    """Say where to go now; without a connection also that the number is not found yet."""
    return context.say(visit, "done.go_on" if visit.machine.online else "done.go_on_offline")


def blocks(visit: Visit, context: Context) -> tuple[Block, ...]:
    """Return the receipt in the citizen's language."""
    language, service = visit.look.language, context.service(visit)
    lines = hand_over.fee_lines(visit, context)
    papers = documents(visit, context)
    return (
        Text(context.place, centred=True),
        Text(service.name.in_language(language) if service else "", centred=True),
        Rule(),
        Text(context.say(visit, "done.number_label"), centred=True),
        Text(spaced(visit.pickup_number), Size.LARGE, centred=True),
        Qr(visit.pickup_number),
        Text(next_step(visit, context)),
        *((Text(context.say(visit, "done.bring")),) if papers else ()),
        *(Text(f"- {paper}") for paper in papers),
        *(Text(line) for line in open_points(visit, context)),
        Rule(),
        *(Row(line.text, money(line.cents, language)) for line in lines),
        Row(context.say(visit, "fees.total"), money(fees.total(lines), language)),
        Text(context.say(visit, "fees.pay_at_counter")),
        Rule(),
        Text(context.say(visit, "done.deleted")),
    )
