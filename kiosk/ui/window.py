"""Opens Kivy's window the way a terminal needs it; call `prepare` before anything of Kivy loads."""

import os
from ctypes import CDLL, POINTER, Structure, byref, c_int, c_uint32, c_void_p
from importlib.util import find_spec
from pathlib import Path
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
_VIDEO = 0x20  # SDL_INIT_VIDEO


class _Mode(Structure):
    """SDL_DisplayMode of SDL_video.h."""

    _fields_ = (
        ("format", c_uint32),
        ("width", c_int),
        ("height", c_int),
        ("refresh_rate", c_int),
        ("driver_data", c_void_p),
    )


def quiet() -> None:
    """Keep Kivy from reading arguments, writing files and taking over the log."""
    os.environ.update(_ENVIRONMENT)


def display_size() -> tuple[int, int] | None:
    """Return the first display's size in pixels; None when SDL finds no display.

    SDL stays open: Kivy's window needs it next, and opening it twice would cost time.
    """
    sdl = CDLL(_sdl())
    mode = _Mode()
    sdl.SDL_GetDesktopDisplayMode.argtypes = [c_int, POINTER(_Mode)]
    if sdl.SDL_InitSubSystem(_VIDEO) or sdl.SDL_GetDesktopDisplayMode(0, byref(mode)):
        return None
    return mode.width, mode.height


def _sdl() -> str:
    """Return the very library that Kivy's wheel brings along, else the system's."""
    found = find_spec("kivy")
    assert found is not None
    assert found.origin is not None
    beside = Path(found.origin).parents[1] / "Kivy.libs"
    own = sorted(beside.glob("libSDL2-2*"))
    return str(own[0]) if own else "libSDL2-2.0.so.0"


def prepare(width: int, height: int, *, fullscreen: bool) -> None:
    """Set what Kivy reads when it is imported: no files, no own keys, one way of touch input.

    Full screen, the window is made in the display's size from the start: without a window manager
    nobody would give it that size later.
    """
    quiet()
    if fullscreen:
        width, height = display_size() or (width, height)
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
