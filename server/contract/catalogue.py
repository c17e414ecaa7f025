"""The service catalogue: what one service is, as data that every front reads."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from server.contract.captures import AgeBand
from server.contract.wire import Wire

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
FeeCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,40}$")]
Cents = Annotated[int, Field(ge=0, le=100_000)]
YES_NO = ("yes", "no")


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
    """How a field is asked and checked; a yes-or-no question is answered `yes` or `no`."""

    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    TEXT = "text"


class Door(StrEnum):
    """Who asks a field: the terminal, the page at home, or the clerk at the counter."""

    KIOSK = "kiosk"
    HOME = "home"
    COUNTER = "counter"


class Condition(Wire):
    """When something applies; every named part must hold, empty means always."""

    bands: tuple[AgeBand, ...] = Field(default=(), strict=False)
    answers: dict[str, tuple[str, ...]] = Field(default_factory=dict, strict=False)
    photo_taken_here: bool | None = None

    def holds(self, *, band: AgeBand, answers: Mapping[str, str], photo_taken: bool) -> bool:
        return (
            (not self.bands or band in self.bands)
            and all(answers.get(field) in wanted for field, wanted in self.answers.items())
            and self.photo_taken_here in (None, photo_taken)
        )


class Option(Wire):
    """One answer of a choice."""

    value: Identifier
    label: Text


class FormField(Wire):
    """One question of a service; `asked_at` names the doors that ask it, `when` for whom.

    The lengths of the fields in `together_with` count into `max_length` too.
    """

    id: Identifier
    type: FieldType = Field(strict=False)
    label: Text
    label_child: Text | None = None  # as a parent is asked about a child
    help: Text | None = None
    required: bool = True
    options: tuple[Option, ...] = Field(default=(), strict=False)
    min: int | None = None
    max: int | None = None
    max_length: Annotated[int, Field(ge=1, le=200)] | None = None
    together_with: tuple[Identifier, ...] = Field(default=(), strict=False)
    unit: str = ""
    default: str | None = None
    asked_at: tuple[Door, ...] = Field(default=(Door.KIOSK,), strict=False)
    when: Condition = Condition()

    @model_validator(mode="after")
    def _fits_its_type(self) -> "FormField":
        if self.type is FieldType.CHOICE and len(self.options) < 2:
            raise ValueError("a choice needs at least two options")
        if self.type is FieldType.NUMBER and (self.min is None or self.max is None):
            raise ValueError("a number needs min and max")
        if self.type is FieldType.TEXT and self.max_length is None:
            raise ValueError("a text needs max_length")
        if self.together_with and self.type is not FieldType.TEXT:
            raise ValueError("together_with is for texts")
        return self

    def question(self, language: str, *, about_child: bool = False) -> str:
        """Return the label as this citizen, or a parent, is asked."""
        asked = self.label_child if about_child and self.label_child else self.label
        return asked.in_language(language)

    def accepts(self, value: str) -> bool:
        """Tell whether the value is an answer; an empty one is, where the field is optional."""
        if not value:
            return not self.required
        if self.type is FieldType.CHOICE:
            return any(option.value == value for option in self.options)
        if self.type is FieldType.YES_NO:
            return value in YES_NO
        if self.type is FieldType.NUMBER:
            return self._accepts_number(value)
        return self._accepts_text(value)

    def _accepts_number(self, value: str) -> bool:
        digits = value.isascii() and value.isdigit() and len(value) <= 6
        return digits and (self.min or 0) <= int(value) <= (self.max or 0)

    def _accepts_text(self, value: str) -> bool:
        printable = not any(unicodedata.category(letter).startswith("C") for letter in value)
        whole = unicodedata.normalize("NFC", value)
        return printable and bool(whole.strip()) and len(whole) <= (self.max_length or 0)


class FeeRow(Wire):
    """One dated fee; `multiplies` names codes whose amount it multiplies by `factor` instead."""

    code: FeeCode
    text: Text
    cents: Cents = 0
    multiplies: tuple[str, ...] = Field(default=(), strict=False)
    factor: Annotated[int, Field(ge=1, le=4)] = 1
    valid_from: date = Field(strict=False)
    valid_to: date | None = Field(default=None, strict=False)  # last day included
    basis: Annotated[str, Field(min_length=1)]
    when: Condition = Condition()

    @model_validator(mode="after")
    def _is_one_of_two_kinds(self) -> "FeeRow":
        if self.multiplies and (self.cents or self.factor < 2):
            raise ValueError("a row that multiplies has a factor of 2 or more and no cents")
        if not self.multiplies and self.factor != 1:
            raise ValueError("a factor needs multiplies")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class DocumentRule(Wire):
    """One document to bring along."""

    id: Identifier
    label: Text
    when: Condition = Condition()


class Severity(StrEnum):
    """What a check means for the journey."""

    NOTE = "note"  # say it and go on
    REFER = "refer"  # somebody else does this: the counter, another office
    BLOCK = "block"  # something is missing, so nothing can be taken now


class Check(Wire):
    """One rule of eligibility: what is said when the condition holds, and its legal basis."""

    id: Identifier
    severity: Severity = Field(strict=False)
    text: Text
    basis: Annotated[str, Field(min_length=1)]
    when: Condition


class Rules(Wire):
    """Age rules with their legal basis."""

    alone_from: Annotated[int, Field(ge=0, le=18)]
    fingers_from: Annotated[int, Field(ge=0, le=18)]
    signature_from: Annotated[int, Field(ge=0, le=18)]
    valid_years_under_24: Annotated[int, Field(ge=1, le=20)]
    valid_years_from_24: Annotated[int, Field(ge=1, le=20)]
    basis: Annotated[str, Field(min_length=1)]


class Service(Wire):
    """One service, complete."""

    id: Identifier
    icon: Identifier
    name: Text
    summary: Text
    minutes: Annotated[int, Field(ge=1, le=60)]
    leika_key: Annotated[str, Field(pattern=r"^[0-9]{14}$")] | None
    channels: Channels
    steps: tuple[StepKind, ...] = Field(strict=False)
    rules: Rules
    signature_pixels: tuple[int, int] = Field(strict=False)  # width, height
    fields: tuple[FormField, ...] = Field(strict=False)
    documents: tuple[DocumentRule, ...] = Field(strict=False)
    fees: tuple[FeeRow, ...] = Field(strict=False)
    checks: tuple[Check, ...] = Field(default=(), strict=False)
    xhd_product: str  # Produktart of TR-03123-2: PA, RP

    def asked_at(
        self, door: Door, band: AgeBand, answers: Mapping[str, str]
    ) -> tuple[FormField, ...]:
        """Return the fields this door asks a citizen of this age who answered so far."""
        known = self.with_defaults(answers)
        return tuple(
            field
            for field in self.fields
            if door in field.asked_at
            and field.when.holds(band=band, answers=known, photo_taken=False)
        )

    def with_defaults(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the answers, with the default of every field that nobody answered."""
        given = {field: value for field, value in answers.items() if value}
        return {f.id: f.default for f in self.fields if f.default is not None} | given


class Catalogue(Wire):
    """All services with the version that terminals cache by."""

    version: str
    services: tuple[Service, ...] = Field(strict=False)

    def service(self, service_id: str) -> Service | None:
        """Return the service of this id, None when there is none."""
        return next((one for one in self.services if one.id == service_id), None)
