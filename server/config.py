"""server.toml -> Config; a faulty file is reported with all its faults at once."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from assets.toml_lines import TomlLines, line_in
from remote_clerk.ice import Relays
from remote_clerk.waiting_line import OFFER_SECONDS
from server.contract.sealing import OfficePrivateKey
from server.contract.wire import Wire

MAX_CAPTURE_HOURS = 96  # PAuswV §6a(3), PassV §9(3)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a configuration file: where and what."""

    file: Path
    key: str
    what: str
    line: int = 0  # 0: the file as a whole

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}: {self.key}: {self.what}"


class ConfigError(Exception):
    """A configuration that cannot be used, with all its faults."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class RelayEntry(Wire):
    """The office's own coturn: its addresses and its shared secret."""

    urls: tuple[str, ...] = Field(strict=False)
    secret: str = Field(repr=False)

    @model_validator(mode="after")
    def _usable(self) -> "RelayEntry":
        Relays(self.urls, self.secret)
        return self


class Hours(Wire):
    """When clerks can be called, as people read it."""

    de: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


def _alone(workers: int) -> int:
    if workers != 1:
        raise ValueError("must be 1: SQLite has one writer, a second process none")
    return workers


def _paired(key: str, info: ValidationInfo) -> str:
    if bool(info.data.get("tls_certificate")) != bool(key):
        raise ValueError("tls_certificate and tls_key come together")
    return key


class _File(BaseModel):
    """The keys of server.toml; paths are relative to the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    office_name: Annotated[str, Field(min_length=1, max_length=120)]
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)]
    workers: Annotated[int, AfterValidator(_alone)] = 1
    database: str = "server.db"
    office_key: str = "office.key"
    mail_directory: str = "../mail"
    mail_sink_page: bool = False
    supervisor_mail: str = "supervisor@localhost"
    catalogue: str = ""
    capture_hours: Annotated[int, Field(ge=1, le=MAX_CAPTURE_HOURS)] = MAX_CAPTURE_HOURS
    idle_minutes: Annotated[int, Field(ge=1, le=480)] = 30
    ring_seconds: Annotated[float, Field(ge=5, le=120)] = OFFER_SECONDS
    https: bool = False
    tls_certificate: str = ""
    tls_key: Annotated[str, Field(validate_default=True), AfterValidator(_paired)] = ""
    hours: Hours
    relays: RelayEntry | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """A checked configuration with absolute paths; `https` decides the cookie's name and flags."""

    office_name: str
    host: str
    port: int
    database: Path
    office_key: Path
    mail_directory: Path
    mail_sink_page: bool
    supervisor_mail: str
    catalogue: Path | None
    capture_hours: int
    idle_minutes: int
    https: bool
    tls_certificate: Path | None
    tls_key: Path | None
    hours: Hours
    relays: Relays
    ring_seconds: float = OFFER_SECONDS


def load(file: Path) -> Config:
    """Read and check a configuration; raises ConfigError with every fault found."""
    try:
        text = file.read_text("utf-8")
        values = tomllib.loads(text)
    except OSError as cause:
        raise ConfigError((Fault(file, "(file)", cause.strerror or str(cause)),)) from cause
    except ValueError as cause:  # no TOML, or no UTF-8
        raise ConfigError((Fault(file, "(syntax)", str(cause), line_in(str(cause))),)) from cause
    return _checked(file, values, TomlLines(text))


def load_office_key(file: Path) -> OfficePrivateKey:
    """Read the office's private key; raises ConfigError, also when others may read the file."""
    try:
        if file.stat().st_mode & 0o077:
            raise ConfigError((Fault(file, "(file)", "others may read it; chmod 600"),))
        return OfficePrivateKey(file.read_bytes())
    except (OSError, ValueError) as cause:
        raise ConfigError((Fault(file, "(file)", str(cause)),)) from cause


def _checked(file: Path, values: dict[str, Any], lines: TomlLines) -> Config:
    try:
        given = _File.model_validate(values)
    except ValidationError as cause:
        faults = [_fault(file, error, lines) for error in cause.errors()]
        raise ConfigError(tuple(sorted(faults, key=lambda fault: fault.line))) from cause
    folder = file.resolve().parent

    def path(text: str) -> Path | None:
        return (folder / text).resolve() if text else None

    kept = given.model_dump(exclude={"workers", "hours", "relays"})
    for key in ("database", "office_key", "mail_directory", "catalogue"):
        kept[key] = path(kept[key])
    for key in ("tls_certificate", "tls_key"):
        kept[key] = path(kept[key])
    kept["https"] = given.https or given.tls_key != ""
    relays = Relays(given.relays.urls, given.relays.secret) if given.relays else Relays()
    return Config(**kept, hours=given.hours, relays=relays)


def _fault(file: Path, error: Any, lines: TomlLines) -> Fault:
    key = ".".join(str(step) for step in error["loc"]) or "(several keys)"
    return Fault(file, key, error["msg"].removeprefix("Value error, "), lines.of(error["loc"]))
