"""kill -9 between any two steps: resumed at the same step, captures neither lost nor doubled."""

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import assets
from kiosk.config import Timeouts
from kiosk.core import journal
from kiosk.core.context import Context
from kiosk.core.reactions.moves import resume
from kiosk.core.view import Screen
from kiosk.core.visit import Clock
from kiosk.runtime import texts
from kiosk.runtime.keeping.outbox import Outbox
from kiosk.runtime.keeping.sitting import SittingStore
from server.contract import catalogue_file
from server.contract.envelope import PartKind, context, unpack
from server.contract.sealing import OfficePrivateKey

ROOT = assets.ROOT.parent
VICTIM = Path(__file__).parent / "victim.py"
STEPS = [
    "services", "privacy", "birth", "details", "photo", "photo_choice", "fingers", "signature",
    "summary", "storing", "done",
]  # fmt: skip
PARTS_AT = {
    "fingers": {PartKind.PHOTO, PartKind.PHOTO_REPORT},
    "signature": {PartKind.PHOTO, PartKind.PHOTO_REPORT},
    "summary": {PartKind.PHOTO, PartKind.PHOTO_REPORT, PartKind.SIGNATURE},
    "storing": set(),  # in the envelope by now
}


@pytest.fixture
def kill_at(tmp_path, memory, office_key):
    """Run a visit in another process as far as a step and kill it there."""
    (tmp_path / "office.pub").write_bytes(office_key.public().raw)

    def run(step: str) -> None:
        command = [sys.executable, str(VICTIM), str(tmp_path), str(memory), step]
        where = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=where) as victim:
            assert victim.stdout is not None
            assert victim.stdout.readline() == b"there\n"
            victim.kill()

    return run


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_visit_resumes_at_the_same_step(
    kill_at, step, tmp_path, memory, everything_on_disk, office_key
) -> None:
    kill_at(step)
    assert b"MARKER" not in everything_on_disk()
    began = time.monotonic()
    left = SittingStore(memory, tmp_path / "visit.sealed").resume()
    assert left is not None
    visit = replace(journal.from_text(left.text, left.pictures), clock=Clock())
    visit, effects = resume(visit, _context())
    assert visit.screen is Screen(step)
    assert time.monotonic() - began < 3
    outbox = Outbox(tmp_path / "outbox.db", time.time)
    sitting = left.sitting.capture_id
    assert set(outbox.drafts(sitting)) == PARTS_AT.get(step, set())  # as the journal counts on them
    if step == "done":
        assert _photo_in(outbox, sitting, office_key) == b"\xff\xd8 MARKER-face"
    outbox.close()
    if step == "photo_choice":
        assert left.pictures == (b"\xff\xd8 MARKER-face",)
    if step == "photo":
        assert [type(one).__name__ for one in effects] == ["ShowPreview", "StartPhoto"]
    if step == "fingers":
        assert [type(one).__name__ for one in effects] == ["StartFinger"]
    if step == "storing":
        assert [type(one).__name__ for one in effects] == ["SubmitCapture"]


def test_a_power_cut_leaves_nothing_readable(kill_at, tmp_path, memory, everything_on_disk) -> None:
    kill_at("summary")
    for file in memory.iterdir():
        file.unlink()
    assert SittingStore(memory, tmp_path / "visit.sealed").resume() is None
    assert b"MARKER" not in everything_on_disk()


def _photo_in(outbox: Outbox, capture_id: str, key: OfficePrivateKey) -> bytes:
    envelope = unpack(outbox.envelope(capture_id) or b"")
    photo = next(part.sealed for part in envelope.parts if part.kind is PartKind.PHOTO)
    return key.open(photo, context(capture_id, PartKind.PHOTO))


def _context() -> Context:
    return Context(
        catalogue=catalogue_file.load(assets.path("services")),
        texts=texts.load(),
        today=date(2026, 11, 24),
        place="Bürgeramt Mitte",
        terminal="Terminal 2",
        timeouts=Timeouts(),
    )
