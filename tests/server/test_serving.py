"""The server as a process: killed at any time, it keeps what it acknowledged."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from server import terminals
from server.clock import utc_now
from server.commands import main
from server.config import ConfigError, load, load_office_key
from server.db import Database
from server.serving import alone_with

ROOT = Path(__file__).parents[2]


class Process:
    """`python -m server serve` on an instance of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port, self.config = port, folder / "server.toml"
        main(["init", "--dir", str(folder), "--port", str(port)])
        self.running = self._start()

    def _start(self):
        command = [sys.executable, "-m", "server", "serve", "--config", str(self.config)]
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:  # the line is the signal that the port is open
            if "running on" in line:
                return process
        raise AssertionError(f"ended with {process.wait()}")

    def kill_and_start(self):
        os.kill(self.running.pid, signal.SIGKILL)
        self.close()
        self.running = self._start()

    def close(self):
        self.running.terminate()
        self.running.wait(10)
        self.running.stderr.close()

    def ask(self, method, path, body=b"", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        said = answer.status, answer.read()
        connection.close()
        return said


@pytest.fixture
def process(tmp_path, free_port):
    made = Process(tmp_path / "server", free_port)
    yield made
    made.close()


@pytest.fixture
def at_hand(process, terminal):
    """A terminal enrolled at that process, by the wall clock."""
    config = load(process.config)
    database = Database(config.database)
    raw = terminal.key.public_key().public_bytes_raw()
    database.run_now(lambda s: terminals.enrol(s, utc_now(), terminal.id, "Foyer", raw))
    database.close()
    terminal.office_key = load_office_key(config.office_key).public()
    terminal.clock = utc_now
    return terminal


def bearer(process, terminal, nonce):
    asked = json.dumps(terminal.token_request(nonce)).encode()
    status, said = process.ask(
        "POST", "/api/terminals/token", asked, {"Content-Type": "application/json"}
    )
    assert status == 200, said
    return {"Authorization": f"Bearer {json.loads(said)['token']}"}


def test_what_was_acknowledged_survives_kill_9_and_so_does_the_token(process, at_hand):
    record = at_hand.record()
    data, token = at_hand.seal(record), bearer(process, at_hand, "n" * 20)
    path = f"/api/terminals/captures/{record.capture_id}"
    first, receipt = process.ask("PUT", path, data, token)
    process.kill_and_start()
    again, same = process.ask("PUT", path, data, token)
    assert (first, again) == (201, 200)
    assert receipt == same
    assert main(["audit", "verify", "--config", str(process.config)]) == 0


def test_it_listens_soon(process):
    began = time.monotonic()
    process.kill_and_start()
    assert process.ask("GET", "/status")[0] == 200
    assert time.monotonic() - began < 10


def test_a_second_server_on_the_same_database_is_refused(process, capsys):
    assert main(["serve", "--config", str(process.config)]) == 1
    assert "another server uses it" in capsys.readouterr().err


def test_the_lock_is_free_again_after_the_server(tmp_path):
    for _ in range(2):
        path = tmp_path / "server.db"
        with alone_with(path), pytest.raises(ConfigError), alone_with(path):
            raise AssertionError


def test_the_database_is_for_its_owner_only(process):
    database = load(process.config).database
    for file in database.parent.glob("server.db*"):
        if not file.name.endswith(".lock"):
            assert file.stat().st_mode & 0o077 == 0, file
