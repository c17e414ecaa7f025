"""The demo instance: made once, found again, and honest about what stands in its way."""

import shutil
import socket
from pathlib import Path

from demo.instance import STAFF, Instance, Ports, open_or_create, taken_ports
from demo.programs import run_once


def test_a_second_start_finds_the_same_instance(tmp_path: Path):
    made, fresh = open_or_create(tmp_path, free_ports=True)
    found, again = open_or_create(tmp_path)
    assert fresh
    assert not again
    assert found == made


def test_a_start_broken_off_half_way_leaves_nothing_in_the_way(tmp_path: Path):
    first, _ = open_or_create(tmp_path, free_ports=True)
    (tmp_path / "instance.json").unlink()
    shutil.rmtree(first.terminal_config.parent)
    made, fresh = open_or_create(tmp_path, free_ports=True)
    assert fresh
    assert made.url in made.terminal_config.read_text()
    listed = run_once("-m", "server", "staff", "list", "--config", str(made.server_config))
    assert all(name in listed for _, name, _ in STAFF)


def test_ports_that_another_program_holds_are_named(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as other, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        unused = free.getsockname()[1]
        free.close()
        held = other.getsockname()[1]
        assert taken_ports(Instance(tmp_path, Ports(held, unused), "")) == [held]
