"""A whole office on a fresh database, with the tests' own clock, and citizens' captures to send."""

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi.testclient import TestClient
from PIL import Image

from server import terminals
from server.app import build_app
from server.clock import to_text
from server.config import Config
from server.contract.captures import AgeBand, CaptureRecord, FeeLine, FingerFact
from server.contract.envelope import PartKind
from server.contract.sealing import OfficePublicKey
from server.office import Office
from server.staff import Role
from tests.office import (
    PASSWORD,
    capture_id,
    config_in,
    encoded,
    open_office,
    pickup_number,
    sealed_envelope,
)

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PEOPLE = (
    ("clerk", "Clerk", Role.CLERK),
    ("colleague", "Colleague", Role.CLERK),
    ("boss", "Boss", Role.SUPERVISOR),
    ("tech", "Tech", Role.TECHNICIAN),
)


class Clock:
    """Time that only moves when a test says so."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def picture(form: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    return encoded(Image.radial_gradient("L").resize(size).convert(mode), form)


@dataclass(frozen=True)
class Pictures:
    """Small pictures of the right kinds, made once."""

    photo: bytes = field(default_factory=lambda: picture("JPEG", (1244, 1600)))
    signature: bytes = field(default_factory=lambda: picture("PNG", (400, 120), "L"))
    finger: bytes = field(default_factory=lambda: picture("WSQ", (160, 200), "L"))


REPORT = {
    "accepted": True,
    "reasons": [],
    "quality": 71,
    "criteria": [
        {
            "id": "1.3",
            "code": "1.3_roll",
            "name": "Roll",
            "value": 2.25,
            "unit": "°",
            "min": -8.0,
            "max": 8.0,
            "mandatory": True,
            "verdict": "ok",
            "note": "",
        }
    ],
}


@dataclass
class TerminalAtHand:
    """What a terminal does: make captures, seal and sign them, ask for tokens."""

    id: str
    key: Ed25519PrivateKey
    office_key: OfficePublicKey
    clock: Clock
    pictures: Pictures
    made: int = 0

    def record(self, **changes: Any) -> CaptureRecord:
        self.made += 1
        base = CaptureRecord(
            capture_id=capture_id(f"{self.id} {self.made}"),
            pickup_number=pickup_number(self.made),
            birth_day=12,
            birth_month=8,
            age_band=AgeBand.FROM_24,
            service="id-card",
            language="de",
            answers={"german": "yes", "main_residence_here": "yes"},
            fingers=(
                FingerFact(position=2, quality=71),
                FingerFact(position=7, quality=64),
            ),
            fees=(FeeLine(code="PA_24PLUS", text="Personalausweis", cents=4600, basis="§1"),),
            photo_accepted=True,
            captured_at=to_text(self.clock()),
            terminal_id=self.id,
        )
        return base.model_copy(update=changes)

    def parts(self, record: CaptureRecord) -> dict[PartKind, bytes]:
        return {
            PartKind.RECORD: record.model_dump_json().encode(),
            PartKind.PHOTO: self.pictures.photo,
            PartKind.PHOTO_REPORT: json.dumps(REPORT).encode(),
            PartKind.FINGER_RIGHT: self.pictures.finger,
            PartKind.FINGER_LEFT: self.pictures.finger,
            PartKind.FINGER_REPORT: json.dumps({"right": REPORT, "left": REPORT}).encode(),
            PartKind.SIGNATURE: self.pictures.signature,
        }

    def seal(
        self,
        record: CaptureRecord,
        parts: dict[PartKind, bytes] | None = None,
        key: Ed25519PrivateKey | None = None,
        office_key: OfficePublicKey | None = None,
        **header: Any,
    ) -> bytes:
        header = {"terminal_id": self.id, "created_at": to_text(self.clock())} | header
        return sealed_envelope(
            record,
            parts or self.parts(record),
            office_key or self.office_key,
            key or self.key,
            **header,
        )

    def token_request(self, nonce: str, **changes: str) -> dict[str, str]:
        at = to_text(self.clock())
        signature = self.key.sign(f"amtsnah token {self.id} {nonce} {at}".encode()).hex()
        asked = {"terminal_id": self.id, "nonce": nonce, "at": at, "signature": signature}
        return asked | changes

    def authorize(self, client: TestClient) -> dict[str, str]:
        self.made += 1
        nonce = f"nonce-{self.made:016d}"
        answer = client.post("/api/terminals/token", json=self.token_request(nonce))
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    def put(self, client: TestClient, capture_id: str, data: bytes) -> Any:
        return client.put(
            f"/api/terminals/captures/{capture_id}",
            content=data,
            headers=self.authorize(client) | {"Content-Type": "application/octet-stream"},
        )


@dataclass
class Clerk:
    """A signed-in browser."""

    client: TestClient
    csrf: str

    def get(self, path: str) -> Any:
        return self.client.get(f"/desk/api{path}")

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"/desk/api{path}", json=body, headers={"X-CSRF": self.csrf})

    def look_up(self, record: CaptureRecord, **changes: Any) -> Any:
        asked = {
            "pickup_number": record.pickup_number,
            "birth_day": record.birth_day,
            "birth_month": record.birth_month,
        } | changes
        return self.post("/lookup", **asked)


@pytest.fixture(scope="session")
def pictures() -> Pictures:
    return Pictures()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def config(tmp_path: Path, empty_database: Path) -> Config:
    return config_in(tmp_path, empty_database)


@pytest.fixture
def office(config: Config, clock: Clock) -> Iterator[Office]:
    made = open_office(config, clock, PEOPLE)
    yield made
    made.db.close()


@pytest.fixture
def enrol(office: Office, clock: Clock, pictures: Pictures) -> Callable[[str], TerminalAtHand]:
    def enrolled(name: str) -> TerminalAtHand:
        key = Ed25519PrivateKey.generate()
        raw = key.public_key().public_bytes_raw()
        office.db.run_now(lambda s: terminals.enrol(s, clock(), name, "Foyer", raw))
        return TerminalAtHand(name, key, office.key.public(), clock, pictures)

    return enrolled


@pytest.fixture
def terminal(enrol: Callable[[str], TerminalAtHand]) -> TerminalAtHand:
    return enrol("foyer-1")


@pytest.fixture
def client(office: Office) -> TestClient:
    """An anonymous browser; without lifespan, so that no watchdog runs beside the test."""
    return TestClient(build_app(office), base_url="http://testserver")


@pytest.fixture
def sign_in(client: TestClient) -> Callable[[str], Clerk]:
    def signed_in(login: str) -> Clerk:
        browser = TestClient(client.app, base_url="http://testserver")
        answer = browser.post("/desk/api/login", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return Clerk(browser, answer.json()["csrf"])

    return signed_in


@pytest.fixture
def clerk(sign_in: Callable[[str], Clerk]) -> Clerk:
    return sign_in("clerk")


@pytest.fixture
def trail(office: Office) -> Callable[[], list[str]]:
    from server import audit

    return lambda: [row.event for row in office.db.read_now(audit.entries)]


@pytest.fixture
def stored(client: TestClient, terminal: TerminalAtHand) -> CaptureRecord:
    """A capture that the server has received."""
    record = terminal.record()
    answer = terminal.put(client, record.capture_id, terminal.seal(record))
    assert answer.status_code == 201, answer.text
    return record


@pytest.fixture
def retrieved(clerk: Clerk, stored: CaptureRecord) -> CaptureRecord:
    """A capture that the clerk has looked up."""
    assert clerk.look_up(stored).status_code == 200
    return stored


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
