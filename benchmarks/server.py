"""Measures the server over HTTP in its own process: captures taken in, lookups, the audit chain.

Rates depend on the disk and its neighbours; the ratio compares with the sqlite3 module committing
the same bytes to the same disk in the same run.
"""

import http.client
import json
import queue
import secrets
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server import audit, staff, terminals
from server.clock import to_text, utc_now
from server.commands import main as command
from server.config import load, load_office_key
from server.contract import envelope, pickup
from server.contract.captures import AgeBand, CaptureRecord
from server.contract.envelope import Header, PartKind, SealedPart
from server.contract.sealing import OfficePublicKey
from server.db import Database

CAPTURES = 120
CONNECTIONS = 8
PHOTO_BYTES = 560_000
FINGER_BYTES = 18_000
PASSWORD = "bench password"


@dataclass(frozen=True, slots=True)
class Bench:
    """A running server with an enrolled terminal and a clerk."""

    port: int
    key: Ed25519PrivateKey
    office: OfficePublicKey
    folder: Path

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Any:
        """Make one request on a connection of its own; returns status, headers, body."""
        return ask(http.client.HTTPConnection("127.0.0.1", self.port), method, path, body, headers)


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
) -> Any:
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def run() -> list[dict[str, Any]]:
    """Measure; takes some 20 s."""
    folder = Path(tempfile.mkdtemp(prefix="amtsnah-bench-", dir=Path.cwd()))
    try:
        with _serving(folder) as (bench, started_ms):
            bearer = _token(bench)
            records, sealed = _captures(bench)
            return [
                row("server: start to first answer", started_ms, "ms", "≤ 1500"),
                *_intake(bench, bearer, records, sealed),
                *_lookups(bench, records),
                *_audit(folder),
            ]
    finally:
        shutil.rmtree(folder)


def row(name: str, value: float, unit: str, bar: str = "", ratio: float | None = None) -> Any:
    return {"name": name, "value": value, "unit": unit, "bar": bar or None, "ratio": ratio}


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[Bench, float]]:
    port = _free_port()
    command(["init", "--dir", str(folder), "--port", str(port)])
    config = load(folder / "server.toml")
    key = Ed25519PrivateKey.generate()
    database = Database(config.database)
    hashed, raw = PasswordHasher().hash(PASSWORD), key.public_key().public_bytes_raw()
    clerk = ("clerk", "Clerk", staff.Role.CLERK, hashed)
    database.run_now(lambda s: staff.add(s, utc_now(), *clerk))
    database.run_now(lambda s: terminals.enrol(s, utc_now(), "bench", "Bench", raw))
    database.close()
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "server", "serve", "--config", str(folder / "server.toml")],
        stderr=subprocess.DEVNULL,
    )
    bench = Bench(port, key, load_office_key(config.office_key).public(), folder)
    try:
        _wait_for(bench, process)
        yield bench, (time.perf_counter() - start) * 1000
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(bench: Bench, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            bench.call("GET", "/status", b"", {})
        except ConnectionRefusedError:
            time.sleep(0.005)  # nothing signals a port that opens
        else:
            return
    raise RuntimeError("the server did not start")


def _token(bench: Bench) -> str:
    nonce, at = secrets.token_hex(16), to_text(utc_now())
    signature = bench.key.sign(f"amtsnah token bench {nonce} {at}".encode()).hex()
    asked = {"terminal_id": "bench", "nonce": nonce, "at": at, "signature": signature}
    headers = {"Content-Type": "application/json"}
    path = "/api/terminals/token"
    _, _, body = bench.call("POST", path, json.dumps(asked).encode(), headers)
    return f"Bearer {json.loads(body)['token']}"


def _captures(bench: Bench) -> tuple[list[CaptureRecord], list[bytes]]:
    records = [_record(number) for number in range(CAPTURES)]
    return records, [_sealed(bench, record) for record in records]


def _record(number: int) -> CaptureRecord:
    digits = f"{number:08d}"
    return CaptureRecord(
        capture_id=secrets.token_hex(16),
        pickup_number=digits + pickup.check_digit(digits),
        birth_day=1 + number % 28,
        birth_month=1 + number % 12,
        age_band=AgeBand.FROM_24,
        service="id-card",
        language="de",
        answers={},
        fingers=(),
        fees=(),
        photo_accepted=True,
        captured_at=to_text(utc_now()),
        terminal_id="bench",
    )


def _sealed(bench: Bench, record: CaptureRecord) -> bytes:
    plain = {
        PartKind.RECORD: record.model_dump_json().encode(),
        PartKind.PHOTO: secrets.token_bytes(PHOTO_BYTES),
        PartKind.FINGER_RIGHT: secrets.token_bytes(FINGER_BYTES),
        PartKind.FINGER_LEFT: secrets.token_bytes(FINGER_BYTES),
    }
    parts = tuple(
        SealedPart(kind, bench.office.seal(data, envelope.context(record.capture_id, kind)))
        for kind, data in plain.items()
    )
    header = Header(
        capture_id=record.capture_id,
        terminal_id="bench",
        office_key_id=envelope.key_id(bench.office.raw),
        created_at=record.captured_at,
        parts=tuple(envelope.entry(part) for part in parts),
    )
    return envelope.pack(header, parts, bench.key)


def _intake(
    bench: Bench, bearer: str, records: list[CaptureRecord], sealed: list[bytes]
) -> list[dict[str, Any]]:
    raw = _raw_commits(bench.folder, sealed)
    waiting: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    for record, data in zip(records, sealed, strict=True):
        waiting.put((record.capture_id, data))
    spans: list[float] = []
    threads = [
        threading.Thread(target=_put_all, args=(bench.port, bearer, waiting, spans))
        for _ in range(CONNECTIONS)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(sealed) / (time.perf_counter() - start)
    worst = sorted(spans)[int(len(spans) * 0.99) - 1] * 1000
    size = f"{len(sealed[0]) / 1000:.0f} kB"
    return [
        row(f"sqlite3 module alone: commits of {size}", raw, "1/s"),
        row(f"server: captures of {size} taken in, {CONNECTIONS} connections", rate, "1/s", "≥ 10",
            rate / raw),
        row("server: a capture taken in, p99", worst, "ms"),
    ]  # fmt: skip


def _put_all(
    port: int, bearer: str, waiting: "queue.SimpleQueue[tuple[str, bytes]]", spans: list[float]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Authorization": bearer, "Content-Type": "application/octet-stream"}
    while True:
        try:
            capture_id, data = waiting.get_nowait()
        except queue.Empty:
            return
        start = time.perf_counter()
        path = f"/api/terminals/captures/{capture_id}"
        status, _, body = ask(connection, "PUT", path, data, headers)
        if status != 201:
            raise RuntimeError(f"{status} {body!r}")
        spans.append(time.perf_counter() - start)


def _raw_commits(folder: Path, blobs: list[bytes]) -> float:
    path = folder / "raw.db"
    with sqlite3.connect(path, isolation_level=None) as raw:
        raw.execute("pragma journal_mode=wal")
        raw.execute("pragma synchronous=full")
        raw.execute("create table blobs (id integer primary key, data blob)")
        start = time.perf_counter()
        for blob in blobs:
            raw.execute("begin immediate")
            raw.execute("insert into blobs (data) values (?)", (blob,))
            raw.execute("commit")
        rate = len(blobs) / (time.perf_counter() - start)
    raw.close()
    return rate


def _lookups(bench: Bench, records: list[CaptureRecord]) -> list[dict[str, Any]]:
    headers = {"Content-Type": "application/json"}
    login = json.dumps({"login": "clerk", "password": PASSWORD}).encode()
    _, said, body = bench.call("POST", "/desk/api/login", login, headers)
    headers |= {"Cookie": said["set-cookie"].partition(";")[0], "X-CSRF": json.loads(body)["csrf"]}
    spans = []
    connection = http.client.HTTPConnection("127.0.0.1", bench.port)
    for record in records[:60]:
        asked = record.model_dump(include={"pickup_number", "birth_day", "birth_month"})
        start = time.perf_counter()
        path = "/desk/api/lookup"
        status, _, _ = ask(connection, "POST", path, json.dumps(asked).encode(), headers)
        assert status == 200
        spans.append((time.perf_counter() - start) * 1000)
    return [row("server: lookup of a capture, record opened", statistics.median(spans), "ms")]


def _audit(folder: Path) -> list[dict[str, Any]]:
    database = Database(folder / "server.db")

    def append(session: Any) -> None:
        audit.record(session, utc_now(), audit.Event.CALL_ASKED, "terminal:bench", "call:bench")

    start = time.perf_counter()
    for future in [database.submit(append) for _ in range(1000)]:
        future.result()
    took = (time.perf_counter() - start) * 1000
    start = time.perf_counter()
    found = database.read_now(lambda s: audit.verify_chain(audit.stream(s)))
    verified = (time.perf_counter() - start) * 1000
    database.close()
    assert found.broken_at is None
    return [
        row("audit: 1000 events appended, each its own unit of work", took, "ms"),
        row(f"audit: chain of {found.entries} verified", verified, "ms"),
    ]
