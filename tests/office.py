"""An office for tests and captures for it: what the server's tests and the journeys share."""

import hashlib
import io
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from remote_clerk.ice import Relays
from server import staff
from server.app import build_office
from server.config import Config, Hours
from server.contract import envelope, pickup
from server.contract.captures import CaptureRecord
from server.contract.envelope import Header, PartKind, SealedPart
from server.contract.sealing import OfficePrivateKey, OfficePublicKey
from server.office import Office
from server.staff import Role

PASSWORD = "correct horse"
FIELDS = {
    "family_name": "Mustermann",
    "given_names": "Erika",
    "birth_date": "1964-08-12",
    "birth_place": "Berlin",
    "height_cm": "160",
    "eye_colour": "grün",
    "sex": "001",
    "street": "Heidestraße 17",
    "postcode": "51147",
    "town": "Köln",
}  # what a clerk types for a case


def config_in(folder: Path, empty_database: Path, **changes: Any) -> Config:
    """Return the configuration of a fresh office with a key of its own in this folder."""
    key = folder / "office.key"
    key.touch(0o600)
    key.write_bytes(OfficePrivateKey.generate().raw())
    values: dict[str, Any] = {
        "office_name": "Bürgeramt Musterstadt",
        "host": "127.0.0.1",
        "port": 1,
        "database": Path(shutil.copy(empty_database, folder / "server.db")),
        "office_key": key,
        "mail_directory": folder / "mail",
        "mail_sink_page": True,
        "supervisor_mail": "supervisor@localhost",
        "catalogue": None,
        "capture_hours": 96,
        "idle_minutes": 30,
        "https": False,
        "tls_certificate": None,
        "tls_key": None,
        "hours": Hours(de="Montag bis Freitag, 8 bis 18 Uhr", en="Monday to Friday, 8 am to 6 pm"),
        "relays": Relays(),
    }
    return Config(**(values | changes))


def open_office(
    config: Config, clock: Callable[[], datetime], people: Iterable[tuple[str, str, Role]]
) -> Office:
    """Open an office whose people (login, name, role) all have `PASSWORD`, hashed quickly."""
    office = build_office(config, clock, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    hashed = office.passwords.hash(PASSWORD)
    for login, name, role in people:
        account = login, name, role, hashed
        office.db.run_now(lambda s, account=account: staff.add(s, clock(), *account))
    return office


def capture_id(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()[:32]


def pickup_number(number: int) -> str:
    digits = f"{number:08d}"
    return digits + pickup.check_digit(digits)


def sealed_envelope(
    record: CaptureRecord,
    parts: Mapping[PartKind, bytes],
    office_key: OfficePublicKey,
    terminal_key: Ed25519PrivateKey,
    **header: Any,
) -> bytes:
    """Seal and sign a capture as its terminal would; `header` changes what the header says."""
    sealed = tuple(
        SealedPart(kind, office_key.seal(plain, envelope.context(record.capture_id, kind)))
        for kind, plain in parts.items()
    )
    values = {
        "capture_id": record.capture_id,
        "terminal_id": record.terminal_id,
        "office_key_id": envelope.key_id(office_key.raw),
        "created_at": record.captured_at,
        "parts": tuple(map(envelope.entry, sealed)),
    } | header
    return envelope.pack(Header(**values), sealed, terminal_key)


def encoded(picture: Image.Image, form: str) -> bytes:
    """Return a picture in a format of Pillow's, or as WSQ."""
    import wsq  # noqa: F401  # registers WSQ with Pillow

    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()
