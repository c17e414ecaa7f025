"""What the technician sees of the outbox."""

import time

import pytest

from kiosk import outbox as command
from kiosk.runtime.keeping.outbox import ItemState, Outbox

TOML = 'terminal_id = "a"\nplace = "P"\nname = "N"\nserver_url = "http://x"\n'
A, B = "a" * 32, "b" * 32


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "terminal.toml"
    made.write_text(TOML)
    return made


@pytest.fixture
def outbox(tmp_path):
    made = Outbox(tmp_path / "outbox.db", time.time)
    yield made
    made.close()


def test_an_empty_outbox_is_said(file, capsys) -> None:
    assert command.run(["--config", str(file)]) == 0
    assert capsys.readouterr().out == "the outbox is empty\n"


def test_each_item_has_its_state_and_reason(file, outbox, capsys) -> None:
    outbox.commit(A, b"one")
    outbox.commit(B, b"two")
    outbox.refused(B, "CAP-003", "tampered")
    command.run(["--config", str(file)])
    first, second = capsys.readouterr().out.splitlines()
    assert "queued" in first
    assert "refused" in second
    assert second.endswith("CAP-003 tampered")


def test_a_refused_item_can_be_sent_again(file, outbox, capsys) -> None:
    outbox.commit(A, b"one")
    outbox.refused(A, "CAP-003", "tampered")
    assert command.run(["--config", str(file), "--retry", "aaaa"]) == 0
    assert [item.state for item in outbox.items()] == [ItemState.QUEUED]
    assert command.run(["--config", str(file), "--retry", "c"]) == 1


def test_a_deleted_capture_is_not_brought_back(file, outbox) -> None:
    outbox.commit(A, b"one")
    outbox.deleted(A)
    command.run(["--config", str(file), "--retry", "aaaa"])
    assert [item.state for item in outbox.items()] == [ItemState.DELETED]
