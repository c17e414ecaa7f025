"""What is on the screen, as plain data for tests: never an answer, never a picture."""

from typing import Any

from kiosk.core.view import Screen, View
from kiosk.ui.draw.box import Box
from kiosk.ui.draw.page import Target
from kiosk.ui.meter import Painted


def describe(
    view: View, targets: list[Target], pad: Box | None, painted: Painted | None, focus: str = ""
) -> dict[str, Any]:
    """Return screen, look, call, what is said, the keys' focus, and targets without scrolling.

    Rectangles are [x, y, width, height] in window pixels, origin top left. While one signs, `pad`
    is among the targets, though it is drawn on rather than touched.
    """
    found = [_target(one.id, one.text, one.box, one.enabled) for one in targets]
    if pad is not None and view.screen is Screen.SIGNATURE and view.question is None:
        found.append(_target("pad", "", pad, True))
    return {
        "screen": view.screen.value,
        "question": view.question.id if view.question else None,
        "look": {
            "language": view.look.language,
            "contrast": view.look.contrast.value,
            "text_scale": view.look.text_scale,
            "speech": view.look.speech,
            "reach": view.look.reach,
        },
        "call": {"state": view.call.state} if view.call else None,
        "said": _said(view),
        "focus": focus,
        "targets": found,
        "painted_ms": {"wall": painted.wall_ms, "cpu": painted.cpu_ms} if painted else None,
    }


def _said(view: View) -> dict[str, str]:
    """Return the sentences about devices and what just happened; none holds an answer."""
    shown = {name: getattr(view.body, name, "") for name in ("hint", "fault", "printer")}
    code = getattr(view.body, "fault_code", "") or getattr(view.body, "code", "")
    return {**shown, "code": code, "notice": view.notice}


def _target(name: str, text: str, box: Box, enabled: bool) -> dict[str, Any]:
    return {
        "id": name,
        "text": text,
        "rect": [box.x, box.y, box.width, box.height],
        "enabled": enabled,
    }
