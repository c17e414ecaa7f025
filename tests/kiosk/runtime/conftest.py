"""Real keys, a real outbox, a memory-backed folder, and an office that speaks the contract."""

import hashlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

import assets
from kiosk.runtime.keeping.outbox import Outbox
from kiosk.runtime.keeping.sitting import SittingStore
from server.contract import catalogue_file
from server.contract.captures import CaptureState, Receipt, Refusal, Standing, Standings
from server.contract.envelope import EnvelopeError, unpack
from server.contract.sealing import OfficePrivateKey

CATALOGUE = catalogue_file.load(assets.path("services"))
WAIT = 10.0


class Clock:
    """Seconds since 1970 that only the test moves."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def memory() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="amtsnah-test-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def store(memory: Path, tmp_path: Path) -> SittingStore:
    return SittingStore(memory, tmp_path / "visit.sealed")


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[Outbox]:
    found = Outbox(tmp_path / "outbox.db", clock)
    yield found
    found.close()


@pytest.fixture(scope="session")
def office_key() -> OfficePrivateKey:
    return OfficePrivateKey.generate()


@pytest.fixture(scope="session")
def terminal_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@dataclass
class StubOffice:
    """A server that keeps what docs/seams.md promises, with faults on demand."""

    public_key: Ed25519PublicKey
    terminal_id: str = "mitte-2"
    url: str = ""
    captures: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, CaptureState] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    refuse: dict[str, int] = field(default_factory=dict)  # capture id -> status
    broken: set[str] = field(default_factory=set)  # capture ids answered with 500
    tokens: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    knows_catalogue: bool = True
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, truth: Callable[[], object]) -> None:
        with self.changed:
            assert self.changed.wait_for(truth, WAIT)

    # --- what the paths do ---------------------------------------------------------------------

    def token(self, body: bytes) -> tuple[int, bytes]:
        asked = json.loads(body)
        said = f"amtsnah token {asked['terminal_id']} {asked['nonce']} {asked['at']}"
        try:
            self.public_key.verify(bytes.fromhex(asked["signature"]), said.encode())
        except InvalidSignature:
            return 401, _refusal("TER-001")
        self.tokens.append(f"token-{len(self.tokens)}")
        return 200, json.dumps({"token": self.tokens[-1], "expires_in": 600}).encode()

    def put(self, capture_id: str, body: bytes) -> tuple[int, bytes]:
        if capture_id in self.broken:
            return 500, b"oops"
        if capture_id in self.refuse:
            return self.refuse[capture_id], _refusal("CAP-REFUSED")
        try:
            good = unpack(body).signed_by(self.public_key)
        except EnvelopeError as fault:
            return 422, _refusal(fault.code)
        if not good:
            return 422, _refusal("CAP-SIGNATURE")
        if self.captures.get(capture_id, body) != body:
            return 409, _refusal("CAP-OTHER")
        new = capture_id not in self.captures
        self.captures[capture_id] = body
        state = self.states.setdefault(capture_id, CaptureState.STORED)
        receipt = Receipt(
            capture_id=capture_id,
            sha256=hashlib.sha256(body).hexdigest(),
            received_at="2026-11-24T10:00:00Z",
            state=state,
        )
        return (201 if new else 200), receipt.model_dump_json().encode()

    def standings(self, ids: list[str]) -> tuple[int, bytes]:
        live = (CaptureState.STORED, CaptureState.RETRIEVED)
        states = [(one, self.states.get(one, CaptureState.EXPIRED)) for one in ids]
        found = tuple(
            Standing(capture_id=one, state=state, finished=state not in live)
            for one, state in states
        )
        return 200, Standings(captures=found).model_dump_json().encode()


def _refusal(code: str) -> bytes:
    return Refusal(code=code, cause="because", advice="do").model_dump_json().encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    office: StubOffice


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *parts: object) -> None: ...

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        with self.office.changed:
            self.office.seen.append(f"{self.command} {self.path}")
            self.office.changed.notify_all()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _allowed(self) -> bool:
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return bearer in self.office.tokens

    def do_POST(self) -> None:
        body = self._body()
        if self.path == "/api/terminals/token":
            return self._answer(*self.office.token(body))
        if not self._allowed():
            return self._answer(401, _refusal("AUTH-001"))
        self.office.deleted.append(self.path.split("/")[-2])
        return self._answer(204)

    def do_PUT(self) -> None:
        body = self._body()
        if not self._allowed():
            return self._answer(401, _refusal("AUTH-001"))
        return self._answer(*self.office.put(self.path.split("/")[-1], body))

    def do_GET(self) -> None:
        if not self._allowed():
            return self._answer(401, _refusal("AUTH-001"))
        if self.path == "/api/terminals/catalogue":
            same = self.headers.get("If-None-Match") == f'"{CATALOGUE.version}"'
            body = CATALOGUE.model_dump_json().encode()
            return self._answer(304) if same else self._answer(200, body)
        ids = self.path.partition("ids=")[2].replace("%2C", ",").split(",")
        return self._answer(*self.office.standings(ids))

    @property
    def office(self) -> StubOffice:
        assert isinstance(self.server, _Server)
        return self.server.office


@pytest.fixture
def office(terminal_key: Ed25519PrivateKey) -> Iterator[StubOffice]:
    stub = StubOffice(terminal_key.public_key())
    server = _Server(("127.0.0.1", 0), _Handler)
    server.office = stub
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}"
    yield stub
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def nobody_there() -> str:
    """The address of a server that is not there."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as gone:
        return f"http://127.0.0.1:{gone.server_port}"


@pytest.fixture
def everything_on_disk(tmp_path: Path) -> Callable[[], bytes]:
    """All bytes of all files below the test's folder, as a thief with a screwdriver reads them."""

    def read() -> bytes:
        files = [Path(top) / name for top, _, names in os.walk(tmp_path) for name in names]
        return b"".join(file.read_bytes() for file in files if file.is_file())

    return read
