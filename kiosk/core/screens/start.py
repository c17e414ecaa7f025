"""Bodies of the attract screen and of the choice of service."""

from kiosk.core.context import Context
from kiosk.core.view import AttractBody, Button, ServicesBody, Tile
from kiosk.core.visit import Visit


def attract(visit: Visit, context: Context) -> AttractBody:
    languages = tuple(
        Button(f"language:{name}", context.texts.say(name, "language.name"))
        for name in context.texts.languages
    )
    person = "attract.hint_3" if visit.machine.online else "attract.hint_3_offline"
    names = ("attract.hint_1", "attract.hint_2", person)
    hints = tuple(context.say(visit, name) for name in names)
    return AttractBody(context.say(visit, "attract.action"), languages, hints)


def services(visit: Visit, context: Context) -> ServicesBody:
    language = visit.look.language
    return ServicesBody(
        tuple(
            Tile(
                id=one.id,
                icon=one.icon,
                title=one.name.in_language(language),
                text=one.summary.in_language(language),
                minutes=context.say(visit, "services.minutes", minutes=one.minutes),
            )
            for one in context.offered()
        )
    )
