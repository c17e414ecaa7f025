"""What happens with the data: short sentences with pictures, and one button to go on."""

from kiosk.core.view import PrivacyBody
from kiosk.ui.draw.page import Piece
from kiosk.ui.draw.pieces import Card, Column
from kiosk.ui.parts.scene import Scene, line


def body(here: PrivacyBody, scene: Scene) -> Piece:
    points = Column([line(icon, text) for icon, text in here.points], gap=30)
    return Column([Card(points, padding=40, radius=32)])
