"""The service catalogue: what one service is, as data that every front reads."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from server.contract.captures import AgeBand
from server.contract.wire import Wire

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
Cents = Annotated[int, Field(ge=0, le=100_000)]


class Text(Wire):
    """One text in the languages the product speaks."""

    de: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.de


class ChannelRule(StrEnum):
    """What a channel may do for a service."""

    FULL = "full"
    PREPARE = "prepare"
    NONE = "none"


class Channels(Wire):
    """Rule per door: terminal, video, counter."""

    kiosk: ChannelRule = Field(strict=False)
    video: ChannelRule = Field(strict=False)
    counter: ChannelRule = Field(strict=False)


class StepKind(StrEnum):
    """Steps a journey may be built from, in the order a service lists them."""

    PRIVACY = "privacy"
    BIRTH = "birth"
    DETAILS = "details"
    PHOTO = "photo"
    FINGERPRINTS = "fingerprints"
    SIGNATURE = "signature"
    SUMMARY = "summary"


class FieldType(StrEnum):
    """How a field is asked and checked."""

    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"


class Option(Wire):
    """One answer of a choice."""

    value: Identifier
    label: Text


class FormField(Wire):
    """One question of a service; `asked_at` names the doors that ask it."""

    id: Identifier
    type: FieldType = Field(strict=False)
    label: Text
    help: Text | None = None
    required: bool = True
    options: tuple[Option, ...] = Field(default=(), strict=False)
    min: int | None = None
    max: int | None = None
    max_length: Annotated[int, Field(ge=1, le=200)] | None = None
    unit: str = ""
    default: str | None = None
    asked_at: tuple[str, ...] = Field(default=("kiosk",), strict=False)

    @model_validator(mode="after")
    def _fits_its_type(self) -> "FormField":
        if self.type is FieldType.CHOICE and len(self.options) < 2:
            raise ValueError("a choice needs at least two options")
        if self.type is FieldType.NUMBER and (self.min is None or self.max is None):
            raise ValueError("a number needs min and max")
        if self.type is FieldType.TEXT and self.max_length is None:
            raise ValueError("a text needs max_length")
        return self


class Condition(Wire):
    """When a fee row or a document applies; every named part must hold, empty means always."""

    bands: tuple[AgeBand, ...] = Field(default=(), strict=False)
    answers: dict[str, tuple[str, ...]] = Field(default_factory=dict, strict=False)
    photo_taken_here: bool | None = None


class FeeRow(Wire):
    """One dated fee; `multiplies` names codes whose amount it multiplies by `factor` instead."""

    code: str
    text: Text
    cents: Cents = 0
    multiplies: tuple[str, ...] = Field(default=(), strict=False)
    factor: Annotated[int, Field(ge=1, le=4)] = 1
    valid_from: date = Field(strict=False)
    valid_to: date | None = Field(default=None, strict=False)  # last day included
    basis: str
    when: Condition = Condition()


class DocumentRule(Wire):
    """One document to bring along."""

    id: Identifier
    label: Text
    when: Condition = Condition()


class Rules(Wire):
    """Age rules with their legal basis."""

    alone_from: Annotated[int, Field(ge=0, le=18)]
    fingers_from: Annotated[int, Field(ge=0, le=18)]
    signature_from: Annotated[int, Field(ge=0, le=18)]
    valid_years_under_24: int
    valid_years_from_24: int
    basis: str


class Service(Wire):
    """One service, complete."""

    id: Identifier
    icon: Identifier
    name: Text
    summary: Text
    minutes: Annotated[int, Field(ge=1, le=60)]
    leika_key: str | None
    channels: Channels
    steps: tuple[StepKind, ...] = Field(strict=False)
    rules: Rules
    signature_pixels: tuple[int, int] = Field(strict=False)  # width, height
    fields: tuple[FormField, ...] = Field(strict=False)
    documents: tuple[DocumentRule, ...] = Field(strict=False)
    fees: tuple[FeeRow, ...] = Field(strict=False)
    xhd_product: str  # Produktart of TR-03123-2: PA, RP


class Catalogue(Wire):
    """All services with the version that terminals cache by."""

    version: str
    services: tuple[Service, ...] = Field(strict=False)
