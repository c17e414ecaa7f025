"""Opens Kivy's window the way a terminal needs it; call `prepare` before anything of Kivy loads."""

import os
from typing import Any

_ENVIRONMENT = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_NO_ENV_CONFIG": "1",
    # SDL would swallow a touch that comes together with the window's focus.
    "SDL_MOUSE_FOCUS_CLICKTHROUGH": "1",
}
_GRAPHICS = {
    "multisamples": "0",  # shapes are smooth by themselves; MSAA triples a frame's cost
    "borderless": "1",
    "resizable": "1",
    "maxfps": "60",
    "show_cursor": "0",
    "position": "custom",
    "left": "0",
    "top": "0",
}


def quiet() -> None:
    """Keep Kivy from reading arguments, writing files and taking over the log."""
    os.environ.update(_ENVIRONMENT)


def prepare(width: int, height: int, *, fullscreen: bool) -> None:
    """Set what Kivy reads when it is imported: no files, no own keys, one way of touch input."""
    quiet()
    from kivy.config import Config

    for name, value in _GRAPHICS.items():
        Config.set("graphics", name, value)
    Config.set("graphics", "width", str(width))
    Config.set("graphics", "height", str(height))
    Config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "log_level", "warning")
    Config.set("kivy", "keyboard_mode", "")
    for name in list(Config.options("input")):
        Config.remove_option("input", name)  # touch comes as SDL's mouse: no double taps by mtdev
    Config.set("input", "mouse", "mouse,disable_multitouch")


def shut(window: Any) -> None:
    """Close the toolkit's own doors: no settings panel, no closing by a key or a window manager."""
    window.bind(on_request_close=lambda *_: True)
    window.clearcolor = (0, 0, 0, 1)
