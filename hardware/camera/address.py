"""Reads a camera URL: where the pictures come from, and how they are wanted.

v4l2:///dev/v4l/by-id/usb-…-video-index0?width=1920&height=1080&fps=30&fourcc=MJPG
http://127.0.0.1:8081/stream.mjpg
file:///path/film.mp4?loop=1             file:///path/pictures?fps=10&loop=0&control=/run/camera.sock

`rotate=90|180|270` (clockwise) is for cameras mounted on their side. `loop`, `fps` and `control`
are for files: see `hardware.camera.player`.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from hardware.errors import ConfigError
from hardware.urls import path_in, public, split

_COMMON = {"rotate"}
_KNOWN = {
    "v4l2": _COMMON | {"width", "height", "fps", "fourcc"},
    "http": None,  # the query belongs to the server
    "https": None,
    "file": _COMMON | {"fps", "loop", "control"},
}


@dataclass(frozen=True, slots=True)
class Address:
    """A camera URL taken apart; a number that was not given is None."""

    url: str
    scheme: str
    path: Path
    width: int | None = None
    height: int | None = None
    fps: float | None = None
    fourcc: str = ""
    rotate: int = 0
    loop: bool = True
    control: Path | None = None

    @property
    def port(self) -> str:
        """The address without its options, for people."""
        return public(self.url) if self.scheme.startswith("http") else str(self.path)


def read_address(url: str) -> Address:
    """Take a camera URL apart; raises ConfigError with the first fault found."""
    parts = split(url)
    if parts.scheme not in _KNOWN:
        raise ConfigError(f"{public(url)}: a camera is v4l2://, http://, https:// or file://")
    known = _KNOWN[parts.scheme]
    if known is None:
        if not parts.hostname:
            raise ConfigError(f"{public(url)}: there is no host in it")
        return Address(url, parts.scheme, Path(parts.path))
    path = path_in(url)
    options = dict(parse_qsl(parts.query))
    if unknown := set(options) - known:
        raise ConfigError(f"{public(url)}: unknown option {', '.join(sorted(unknown))}")
    try:
        return _with_options(url, parts.scheme, path, options)
    except ValueError as fault:
        raise ConfigError(f"{public(url)}: {fault}") from fault


def _with_options(url: str, scheme: str, path: Path, options: dict[str, str]) -> Address:
    return Address(
        url,
        scheme,
        path,
        width=_positive(options, "width"),
        height=_positive(options, "height"),
        fps=_rate(options),
        fourcc=_one_of(options, "fourcc", "", ("MJPG", "YUYV", "NV12", "")),
        rotate=int(_one_of(options, "rotate", "0", ("0", "90", "180", "270"))),
        loop=_one_of(options, "loop", "1", ("0", "1")) == "1",
        control=Path(options["control"]) if "control" in options else None,
    )


def _positive(options: dict[str, str], name: str) -> int | None:
    if name not in options:
        return None
    if not options[name].isdecimal() or int(options[name]) == 0:
        raise ValueError(f"{name}={options[name]} is not a positive number")
    return int(options[name])


def _rate(options: dict[str, str]) -> float | None:
    if "fps" not in options:
        return None
    rate = float(options["fps"])
    if not 0 < rate <= 240:
        raise ValueError(f"fps={options['fps']} is not within 0..240")
    return rate


def _one_of(options: dict[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = options.get(name, default)
    if value not in allowed:
        raise ValueError(f"{name}={value} is not one of {', '.join(filter(None, allowed))}")
    return value
