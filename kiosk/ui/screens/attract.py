"""The screen that invites: the town in the evening, three hints, one big button, languages."""

from kiosk.core.view import AttractBody, Button
from kiosk.ui.draw.buttons import Kind, Press, button, choice
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Backed, Card, Column, Grid, Icon, Row, Text, gap
from kiosk.ui.draw.theme import Style, Tone
from kiosk.ui.parts.band import SIDE, Band, masthead
from kiosk.ui.parts.scene import Scene

_HINT_ICONS = ("camera", "clock", "headset")


def top(band: Band) -> Piece:
    """Return greeting and clock, to be laid over the sky."""
    greeting = Column(
        [
            gap(30),
            masthead(band.place, band.terminal, band.time, band.date),
            gap(52),
            Text(band.title, Style.HERO, Tone.ON_BAND, most=1),
            gap(6),
            Text(band.lead, Style.LEAD, Tone.ON_BAND),
        ]
    )
    return Backed(greeting, lambda page, box: None, side=SIDE)


def body(here: AttractBody, scene: Scene) -> Piece:
    """Return what can be touched, to be laid over the river."""
    begin = Button("begin", here.action)
    ways = [one for one in scene.view.footer if one.enabled and one.id == "help"]
    return Column(
        [
            Card(_hints(here), Tone.GLASS, padding=34, radius=32, edge=None, raised=False),
            button(begin, Kind.SIGNAL, after="arrow-right", least=136),
            Grid([_language(one) for one in here.languages], 2, gap=20, least=100),
            *(_help(one) for one in ways),
        ],
        gap=22,
    )


def _hints(here: AttractBody) -> Piece:
    rows = [
        Row([_sign(icon), Text(hint, Style.BODY, Tone.ON_STAGE, middle=True)], [-64, 1], gap=26)
        for icon, hint in zip(_HINT_ICONS, here.hints, strict=False)
    ]
    return Column(rows, gap=18)


def _sign(icon: str) -> Icon:
    return Icon(icon, 64, Tone.SIGNAL, None, 0.72)


def _language(one: Button) -> Press:
    return choice(one.id, one.text, chosen=False, least=100, style=Style.ACTION, radius=28)


def _help(one: Button) -> Press:
    return button(one, Kind.HUMAN, "headset", least=100)
