"""The running terminal: events from any thread, one after another, and a view for each change."""

import base64
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date

import pytest

import assets
from kiosk.config import TerminalConfig, Timeouts
from kiosk.core import effects, journal
from kiosk.core import events as e
from kiosk.core.view import Screen, View
from kiosk.media import protocol
from kiosk.runtime import cache, performer, texts
from kiosk.runtime.keeping.sitting import SittingStore, new_sitting
from kiosk.runtime.performer import Parts
from kiosk.runtime.terminal import Terminal
from server.contract import catalogue_file
from server.contract.captures import AgeBand

CATALOGUE = catalogue_file.load(assets.path("services"))
TEXTS = texts.load()


class Recorder:
    """Stands in for any part and keeps its diary."""

    heard = True  # speech output can be heard

    def __init__(self, name: str, diary: list[tuple[str, str]]) -> None:
        self._name, self._diary = name, diary

    def __getattr__(self, what: str) -> Callable[..., None]:
        return lambda *arguments, **named: self._diary.append((self._name, what))


class World:
    def __init__(self, store: SittingStore) -> None:
        config = TerminalConfig(
            terminal_id="mitte-2", place="Mitte", name="2", server_url="http://127.0.0.1:1",
            timeouts=Timeouts(double_touch=0),
        )  # fmt: skip
        numbers = iter(range(1, 1000))
        self.clock = 100.0
        self.today = date(2026, 11, 24)
        self.terminal = Terminal(
            config, TEXTS, CATALOGUE, store,
            lambda: new_sitting(lambda: "123456784", lambda n: bytes([next(numbers) % 256] * n)),
            clock=lambda: self.clock, today=lambda: self.today,
        )  # fmt: skip
        self.diary: list[tuple[str, str]] = []
        self.said: list[protocol.ToMedia] = []
        self.views: list[View] = []
        self._news = threading.Condition()
        self.terminal.on_view = self._seen

    def _seen(self, view: View) -> None:
        with self._news:
            self.views.append(view)
            self._news.notify_all()

    def attach(self) -> None:
        parts = [Recorder(name, self.diary) for name in ("fingers", "printing", "speech", "sealer")]
        self.speech = parts[2]
        self.terminal.attach(Parts(self.said.append, *parts))  # type: ignore[arg-type]

    def wait(self, truth: Callable[[View], object]) -> View:
        with self._news:
            assert self._news.wait_for(lambda: self.views and truth(self.views[-1]), 10)
            return self.views[-1]

    def wait_for(self, screen: Screen) -> View:
        return self.wait(lambda view: view.screen is screen)

    def to_photo(self) -> None:
        for event in (
            e.Begin(), e.ChooseService("id-card"), e.Agree(),
            e.SetBirth(3, 8, AgeBand.FROM_24), e.Next("birth"),
            e.Answer("reason", "expired"), e.Answer("german", "yes"),
            e.Answer("main_residence_here", "yes"), e.Answer("height", "180"),
            e.Answer("eye_colour", "blue"), e.Next("details"),
        ):  # fmt: skip
            self.terminal.dispatch(event)
        self.wait_for(Screen.PHOTO)


@pytest.fixture
def world(store):
    made = World(store)
    yield made
    made.terminal.stop()


def test_the_first_view_is_there_before_anything_else(world) -> None:
    assert world.terminal.view.screen is Screen.ATTRACT
    world.terminal.start()
    world.wait_for(Screen.ATTRACT)


def test_effects_wait_for_their_parts_in_order(world) -> None:
    world.terminal.start()
    world.to_photo()
    assert world.said == []
    world.attach()
    world.terminal.dispatch(e.Touched())
    world.terminal.dispatch(e.CycleContrast())
    world.wait(lambda view: view.look.contrast.value == "high")
    assert world.said == [
        protocol.ShowPreview(on=True),
        protocol.StartPhoto(template="adult", seconds=30),
    ]


def test_a_new_sitting_begins_when_the_old_one_is_forgotten(world) -> None:
    world.attach()
    world.terminal.start()
    first = world.terminal.sitting
    world.to_photo()
    world.terminal.dispatch(e.StartAgain(confirmed=False))
    world.terminal.dispatch(e.StartAgain(confirmed=True))
    world.wait_for(Screen.ATTRACT)
    assert world.terminal.sitting.capture_id != first.capture_id
    assert ("sealer", "forget") in world.diary
    assert ("fingers", "forget") in world.diary


def test_touches_from_many_threads_are_taken_one_by_one(world) -> None:
    world.attach()
    world.terminal.start()
    hammer = [
        threading.Thread(target=lambda: [world.terminal.dispatch(e.Begin()) for _ in range(50)])
        for _ in range(4)
    ]
    for each in hammer:
        each.start()
    for each in hammer:
        each.join()
    assert world.wait_for(Screen.SERVICES)
    assert [view.screen for view in world.views].count(Screen.SERVICES) == 1


def test_a_new_catalogue_waits_until_nobody_is_here(world) -> None:
    world.attach()
    world.terminal.start()
    world.terminal.dispatch(e.Begin())
    world.wait_for(Screen.SERVICES)
    fewer = CATALOGUE.model_copy(update={"version": "new", "services": CATALOGUE.services[:1]})
    world.terminal.catalogue_came(fewer)
    world.terminal.dispatch(e.CycleContrast())
    view = world.wait(lambda view: view.look.contrast.value == "high")
    assert len(view.body.tiles) == len(CATALOGUE.services)
    world.terminal.dispatch(e.Back("services"))
    world.wait_for(Screen.ATTRACT)
    world.terminal.dispatch(e.Begin())
    view = world.wait_for(Screen.SERVICES)
    assert len(view.body.tiles) == 1


def test_a_new_day_has_its_own_fees(world) -> None:
    world.today = date(2026, 2, 6)
    world.terminal.start()
    world.terminal.dispatch(e.CycleContrast())
    world.wait(lambda view: view.look.contrast.value == "high")
    assert world.terminal._context.today == date(2026, 2, 6)


def test_a_terminal_out_of_order_says_its_code(world) -> None:
    world.terminal.start()
    world.terminal.out_of_order("CFG-003")
    view = world.wait_for(Screen.OUT_OF_SERVICE)
    assert view.body.code == "CFG-003"
    world.terminal.out_of_order("")
    world.wait_for(Screen.ATTRACT)


def test_step_changes_are_in_the_diary(world) -> None:
    world.attach()
    world.terminal.start()
    world.to_photo()
    names = [name for name, _, _ in world.terminal.diary()]
    assert names[:3] == ["show_services", "show_privacy", "show_birth"]


def test_a_journal_of_another_version_is_forgotten(world, store) -> None:
    sitting = world.terminal.sitting
    store.save(sitting, '{"screen": "no such screen"}')
    world.terminal.start()
    world.wait_for(Screen.ATTRACT)
    assert store.resume() is None


def test_every_effect_is_performed_by_somebody(store) -> None:
    handled = {
        effects.SealPart, effects.DropParts, effects.KeepPictures, effects.SaveJournal,
        effects.SubmitCapture, effects.Forget, effects.StartFinger, effects.StopFinger,
        effects.Print, effects.Speak, effects.StopSpeech, effects.StartPhoto, effects.StopPhoto,
        effects.ShowPreview, effects.StartCall, effects.EndCall, effects.SetDevices,
        effects.TellStep,
    }  # fmt: skip
    assert handled == set(effects.Effect.__args__)
    assert performer._to_media(effects.StopPhoto(), None) == protocol.StopPhoto()


def test_the_catalogue_is_kept_for_a_start_without_a_server(tmp_path) -> None:
    file = tmp_path / "catalogue.json"
    assert cache.read(file).version == CATALOGUE.version
    cache.keep(file, CATALOGUE.model_copy(update={"version": "kept"}))
    assert cache.read(file).version == "kept"
    file.write_text("{ broken")
    assert cache.read(file).version == CATALOGUE.version


def test_a_terminal_goes_on_where_the_last_one_was_killed(world, store) -> None:
    world.attach()
    world.terminal.start()
    world.to_photo()
    sitting, visit = world.terminal.sitting, world.terminal._visit
    store.save(sitting, journal.to_text(visit))
    world.terminal.stop()
    again = World(store)
    again.terminal.start()
    again.attach()
    assert again.wait_for(Screen.PHOTO)
    assert again.terminal.sitting == sitting
    assert again.terminal._visit.answers == visit.answers
    again.terminal.dispatch(e.CycleContrast())
    again.wait(lambda view: view.look.contrast.value == "high")
    assert [type(message).__name__ for message in again.said] == ["ShowPreview", "StartPhoto"]
    again.terminal.stop()


def test_a_visit_begun_before_the_parts_are_there_is_kept_too(world, store) -> None:
    world.terminal.start()
    world.terminal.dispatch(e.Begin("en"))
    world.terminal.dispatch(e.ChooseService("passport"))
    world.wait_for(Screen.PRIVACY)
    again = World(store)
    again.terminal.start()
    view = again.wait_for(Screen.PRIVACY)
    again.terminal.stop()
    assert view.look.language == "en"
    assert again.terminal.sitting.capture_id == world.terminal.sitting.capture_id


def test_a_journal_never_speaks_of_a_part_that_is_not_sealed_yet(world, store) -> None:
    world.terminal.start()
    world.to_photo()
    jpeg = base64.b64encode(b"jpeg").decode()
    photo = protocol.PhotoTaken(
        index=0, of=1, jpeg=jpeg, accepted=True, reasons=(), criteria=(), machine_ms=1.0
    )
    world.terminal.dispatch(e.PhotoCame(photo))
    world.terminal.dispatch(e.Next("photo_choice"))
    world.wait_for(Screen.FINGERS)
    left = store.resume()
    assert left is not None
    assert journal.from_text(left.text, left.pictures).screen is Screen.PHOTO


def test_who_left_before_the_parts_were_there_is_forgotten(world, store) -> None:
    world.terminal.start()
    for event in (e.Begin(), e.StartAgain(confirmed=False), e.StartAgain(confirmed=True)):
        world.terminal.dispatch(event)
    world.wait(lambda view: len(world.views) > 2 and view.screen is Screen.ATTRACT)
    world.terminal.stop()
    assert store.resume() is None


def test_the_first_picture_does_not_wait_for_database_and_network_libraries() -> None:
    code = (
        "import sys, kiosk.runtime.assembly;"
        "sys.exit(bool({'sqlalchemy', 'requests', 'cv2', 'kivy'} & set(sys.modules)))"
    )
    where = {**os.environ, "PYTHONPATH": str(assets.ROOT.parent)}
    assert subprocess.run([sys.executable, "-c", code], env=where, check=False).returncode == 0


def test_speech_that_nobody_hears_is_said_on_the_screen(world) -> None:
    world.terminal.start()
    world.attach()
    world.terminal.dispatch(e.Begin())
    world.wait_for(Screen.SERVICES)
    world.terminal.dispatch(e.ToggleSpeech())
    world.wait(lambda view: view.look.speech and not view.notice)
    world.speech.heard = False
    world.wait(lambda view: view.notice.startswith("Kein Ton an diesem Terminal"))
    world.speech.heard = True
    world.wait(lambda view: not view.notice)
