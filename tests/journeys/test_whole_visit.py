"""One whole visit: real touches in a real window, a real browser at the desk, played by itself."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from PIL import Image, ImageStat

from demo.clerk import CASE
from demo.instance import Instance, open_or_create
from demo.programs import run_once
from demo.result import Result
from demo.visit import play
from kiosk import config
from server.contract import pickup
from tests.journeys.branch import readable

pytestmark = [pytest.mark.window, pytest.mark.browser]

SCREENS = {
    "attract", "services", "privacy", "birth", "details", "call", "photo", "photo-choice",
    "fingers", "signature", "summary", "done",
}  # fmt: skip
DESK = {"desk-call", "desk-capture", "desk-released"}


@dataclass(frozen=True)
class Played:
    """What is left when the visit is over and every program has ended."""

    instance: Instance
    result: Result
    pictures: Path

    def file(self, kind: str) -> Path:
        (found,) = (self.pictures / "files").glob(f"*.{kind}")
        return found

    def audit(self, *words: str) -> str:
        config = str(self.instance.server_config)
        return run_once("-m", "server", "audit", *words, "--config", config)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    root = tmp_path_factory.mktemp("visit")
    instance, fresh = open_or_create(root, free_ports=True)
    assert fresh
    result = play(instance, root / "pictures")
    assert not result.failed, result.failed
    return Played(instance, result, root / "pictures")


def test_the_capture_is_released(played: Played):
    assert played.result.released
    assert played.result.capture_id
    assert "capture_released" in played.audit("show")


def test_the_pickup_number_can_be_told_to_a_clerk(played: Played):
    assert pickup.is_valid(played.result.pickup_number)


def test_every_step_says_what_it_cost(played: Played):
    assert played.result.total_machine_ms > 0
    assert all(step.machine_ms > 0 for step in played.result.steps)
    assert played.result.wire_ms > 0
    assert played.result.help_to_picture_ms
    assert played.result.first_frame_ms
    assert played.result.memory_in_call_mib


def test_there_is_a_picture_of_every_screen(played: Played):
    names = {path.stem for path in played.pictures.glob("*.png")}
    assert {name.lstrip("0123456789-") for name in names} >= SCREENS
    assert names >= DESK
    for path in played.pictures.glob("*.png"):
        shown = ImageStat.Stat(Image.open(path).convert("L"))
        assert shown.mean[0] > 40, f"{path.name} is dark"
        assert shown.stddev[0] > 5, f"{path.name} is empty"


def test_the_summary_says_that_nothing_is_certified(played: Played):
    with closing(pypdfium2.PdfDocument(played.file("pdf"))) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "nicht zertifiziert" in text.lower()
    assert CASE["family_name"] in text


def test_the_draft_is_xml_with_the_number_of_the_uncertified(played: Played):
    draft = ElementTree.fromstring(played.file("xml").read_bytes())
    values = [part.text or "" for part in draft.iter()]
    values += [value for part in draft.iter() for value in part.attrib.values()]
    assert any("BSI-K-TR-0000-0000" in value for value in values)


def test_the_audit_trail_is_whole(played: Played):
    assert "whole" in played.audit("verify")


def test_the_terminal_keeps_nothing(played: Played):
    read = config.load(played.instance.terminal_config)
    with closing(sqlite3.connect(read.outbox_file)) as outbox:
        assert outbox.execute("select count(*) from drafts").fetchone() == (0,)
        assert outbox.execute("select count(*) from items").fetchone() == (0,)
    assert not read.journal_file.exists()
    assert not read.memory_dir.exists()


def test_nothing_personal_can_be_read_in_the_terminals_files(played: Played):
    words = (CASE["family_name"], CASE["given_names"], played.result.pickup_number)
    assert readable(played.instance, *words) == []
