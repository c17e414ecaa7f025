"""The terminal's configuration: `terminal.toml` read into one frozen value, all faults at once."""

import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
)

from assets.toml_lines import TomlLines, line_in
from hardware import registry
from hardware.errors import DeviceError
from hardware.types import DeviceKind

Seconds = Annotated[float, Field(gt=0, le=7200)]
DeviceWord = Literal["camera", "fingerprint", "printer"]


def _no_trailing_slash(url: str) -> str:
    return url.rstrip("/")


def _usable(url: str, info: ValidationInfo) -> str:
    try:
        if url:
            registry.check_url(DeviceKind(info.field_name or ""), url)
    except DeviceError as fault:
        raise ValueError(fault.cause) from fault
    return url


def _after_the_warning(seconds: float, info: ValidationInfo) -> float:
    if seconds <= info.data.get("warn", 0):
        raise ValueError("expected more than timeouts.warn")
    return seconds


DeviceUrl = Annotated[str, AfterValidator(_usable)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Devices(_Table):
    """Device URLs as `hardware.registry` and `hardware.camera` take them; empty means none."""

    camera: DeviceUrl = ""
    fingerprint: DeviceUrl = ""
    printer: DeviceUrl = ""


class Audio(_Table):
    """Sound of the terminal; an empty device means the system's own choice."""

    microphone: str = ""
    speaker: str = ""
    speech: bool = True  # whether speech output is offered at all
    headphones: bool = False  # private answers are spoken only when this is true


class Timeouts(_Table):
    """Seconds; the defaults are those of the domain (EN 301 549, WCAG 2.2.1, TR-03121)."""

    warn: Seconds = 40  # of silence, then a question
    forget: Annotated[Seconds, Field(validate_default=True), AfterValidator(_after_the_warning)] = (
        60  # of silence, then everything is forgotten
    )
    waiting: Seconds = 300  # of silence while in the clerk's line, then the question
    done: Seconds = 60  # how long the pickup number stays on the screen
    counter: Seconds = 20  # how long the way to the counter stays on the screen
    photo: Seconds = 30  # whole photo acquisition
    double_touch: Annotated[float, Field(ge=0, le=2)] = 0.4  # a second touch is not meant


class Window(_Table):
    """The window; full screen unless told otherwise."""

    width: Annotated[int, Field(ge=320, le=7680)] = 1080
    height: Annotated[int, Field(ge=480, le=7680)] = 1920
    fullscreen: bool = True
    pixels_per_mm: Annotated[float, Field(ge=1, le=20)] = 3.2  # of a 27-inch panel, upright


class Automation(_Table):
    """Where tests look at the screen; no socket unless one is named."""

    socket: Path | None = Field(default=None, strict=False)


class TerminalConfig(_Table):
    """Everything a terminal needs to know; relative paths start at the file's own folder."""

    terminal_id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    place: Annotated[str, Field(min_length=1, max_length=80)]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    server_url: Annotated[
        str, Field(pattern=r"^https?://[^/\s]+"), AfterValidator(_no_trailing_slash)
    ]
    language: Literal["de", "en"] = "de"
    capture_hours: Annotated[int, Field(ge=1, le=96)] = 96  # PAuswV §6a(3), PassV §9(3)
    simulated: tuple[DeviceWord, ...] = Field(default=(), strict=False)
    key_file: Path = Field(default=Path("terminal.key"), strict=False)
    office_key_file: Path = Field(default=Path("office.pub"), strict=False)
    catalogue_cache: Path = Field(default=Path("catalogue.json"), strict=False)
    outbox_file: Path = Field(default=Path("outbox.db"), strict=False)
    journal_file: Path = Field(default=Path("visit.sealed"), strict=False)
    run_dir: Path | None = Field(default=None, strict=False)
    devices: Devices = Devices()
    audio: Audio = Audio()
    timeouts: Timeouts = Timeouts()
    window: Window = Window()
    automation: Automation = Automation()

    @property
    def memory_dir(self) -> Path:
        """Memory-backed folder (0700) for the session key and sockets: gone with the power.

        Two instances on one machine, such as a demo and a test, never share it.
        """
        instance = hashlib.sha256(bytes(self.journal_file.absolute())).hexdigest()[:8]
        name = f"amtsnah-{self.terminal_id}-{os.getuid()}-{instance}"
        return self.run_dir or Path("/dev/shm") / name  # noqa: S108  memory, 0700


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault of the file: which key on which line, and what is expected there."""

    key: str
    expected: str
    line: int = 1


class ConfigError(Exception):
    """The file cannot be used; `faults` names every key that is wrong."""

    code = "CFG-001"

    def __init__(self, file: Path, faults: tuple[Wrong, ...]) -> None:
        lines = [f"{file}:{fault.line}: {fault.key}: {fault.expected}" for fault in faults]
        super().__init__("\n".join(lines))
        self.file = file
        self.faults = faults


def load(file: Path) -> TerminalConfig:
    """Read the configuration; raises ConfigError with every fault in it."""
    text = _text(file)
    try:
        config = TerminalConfig.model_validate(_tables(file, text))
    except ValidationError as cause:
        lines = TomlLines(text)
        faults = sorted((_wrong(e, lines) for e in cause.errors()), key=lambda fault: fault.line)
        raise ConfigError(file, tuple(faults)) from cause
    return _anchored(config, file.resolve().parent)


def faults_of(file: Path) -> tuple[str, ...]:
    """Return every fault of the file as `file:line: key: what is expected`."""
    try:
        load(file)
    except ConfigError as fault:
        return tuple(str(fault).splitlines())
    return ()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as cause:
        raise ConfigError(file, (Wrong("(file)", f"cannot be read: {cause.strerror}"),)) from cause
    except UnicodeDecodeError as cause:
        raise ConfigError(file, (Wrong("(file)", f"is not TOML: {cause}"),)) from cause


def _tables(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        wrong = Wrong("(file)", f"is not TOML: {cause}", line_in(str(cause)))
        raise ConfigError(file, (wrong,)) from cause


def _anchored(config: TerminalConfig, folder: Path) -> TerminalConfig:
    """Make every relative path absolute, seen from the file's folder."""
    paths = {
        name: folder / value
        for name in type(config).model_fields
        if isinstance(value := getattr(config, name), Path)
    }
    if config.automation.socket is None:
        return config.model_copy(update=paths)
    automation = Automation(socket=folder / config.automation.socket)
    return config.model_copy(update={**paths, "automation": automation})


_EXPECTED = {
    "missing": "is missing",
    "extra_forbidden": "is not a known key",
    "string_type": "expected a text in quotes",
    "float_type": "expected a number of seconds",
    "int_type": "expected a whole number",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list in brackets",
}
_PATTERNS = {
    "terminal_id": "expected small letters, digits and dashes, at most 40",
    "server_url": "expected an address such as https://amt.example.org",
}


def _wrong(error: Any, lines: TomlLines) -> Wrong:
    key = ".".join(str(part) for part in error["loc"]) or "(file)"
    expected = _EXPECTED.get(error["type"]) or _PATTERNS.get(key) or _as_expectation(error["msg"])
    return Wrong(key, expected, lines.of(error["loc"]))


def _as_expectation(message: str) -> str:
    own = message.removeprefix("Value error, ")
    if own != message:
        return own
    head = "expected " + message.removeprefix("Input should be ").removeprefix("String should ")
    return head[0].lower() + head[1:]
