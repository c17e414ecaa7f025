"""Measures the contract: fee lines, loading the catalogue, sealing and reading an envelope."""

import hashlib
import secrets
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import assets
from server.contract import envelope, fees
from server.contract.captures import AgeBand
from server.contract.catalogue import Catalogue
from server.contract.catalogue_file import load
from server.contract.envelope import Header, PartKind, SealedPart
from server.contract.sealing import OfficePrivateKey

SIZES = {
    PartKind.RECORD: 2_000,
    PartKind.PHOTO: 2_600_000,  # JPEG 1244x1600 at highest quality
    PartKind.PHOTO_REPORT: 8_000,
    PartKind.FINGER_RIGHT: 18_000,
    PartKind.FINGER_LEFT: 18_000,
    PartKind.FINGER_REPORT: 4_000,
    PartKind.SIGNATURE: 6_000,
}
ANSWERS = {"main_residence_here": "no", "pages": "pages_48", "express": "yes"}


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """Return the median CPU time of one call in milliseconds."""
    spans = []
    for _ in range(rounds):
        start = time.process_time_ns()
        work()
        spans.append((time.process_time_ns() - start) / 1e6)
    return statistics.median(spans)


def run() -> list[dict[str, Any]]:
    """Measure; the ratio compares with SHA-256 over the same bytes, which nothing can avoid."""
    return [*_catalogue(), *_envelope()]


def _catalogue() -> list[dict[str, Any]]:
    folder = assets.path("services")
    catalogue = load(folder)
    wire = catalogue.model_dump_json()
    passport = catalogue.services[1]

    def lines() -> None:
        for _ in range(100):
            fees.lines(
                passport,
                band=AgeBand.FROM_24,
                answers=ANSWERS,
                on=date(2026, 4, 29),
                photo_taken=True,
                language="de",
            )

    return [
        row("catalogue: two services from YAML, checked", median_ms(lambda: load(folder), 9)),
        row(
            f"catalogue: {len(wire) // 1024} KiB of JSON read by a terminal",
            median_ms(lambda: Catalogue.model_validate_json(wire), 30),
        ),
        row("fees: lines of one passport", median_ms(lines, 9) * 10, unit="µs CPU"),
    ]


def _envelope() -> list[dict[str, Any]]:
    office, terminal = OfficePrivateKey.generate(), Ed25519PrivateKey.generate()
    public, capture = office.public(), secrets.token_hex(16)
    plain = {kind: secrets.token_bytes(size) for kind, size in SIZES.items()}

    def seal() -> tuple[SealedPart, ...]:
        return tuple(
            SealedPart(kind, public.seal(data, envelope.context(capture, kind)))
            for kind, data in plain.items()
        )

    parts = seal()
    header = Header(
        capture_id=capture,
        terminal_id="bench",
        office_key_id=envelope.key_id(public.raw),
        created_at="2026-04-29T08:00:00+00:00",
        parts=tuple(envelope.entry(part) for part in parts),
    )
    whole = envelope.pack(header, parts, terminal)

    def unseal() -> None:
        for part in envelope.unpack(whole).parts:
            office.open(part.sealed, envelope.context(capture, part.kind))

    floor = median_ms(lambda: hashlib.sha256(whole).digest(), 20)
    size = f"{len(whole) / 1e6:.1f} MB"
    return [
        row(f"envelope: seal seven parts, {size}", value := median_ms(seal, 20), value / floor),
        row(
            "envelope: hash, sign and join",
            value := median_ms(
                lambda: (
                    [envelope.entry(part) for part in parts],
                    envelope.pack(header, parts, terminal),
                ),
                20,
            ),
            value / floor,
        ),
        row(
            "envelope: read, check hashes and signature",
            value := median_ms(lambda: envelope.unpack(whole).signed_by(terminal.public_key()), 20),
            value / floor,
        ),
        row("envelope: open all parts", value := median_ms(unseal, 20), value / floor),
    ]


def row(
    name: str, value: float, ratio: float | None = None, unit: str = "ms CPU"
) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "bar": None, "ratio": ratio}
