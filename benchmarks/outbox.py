"""Measures the terminal's hand-over: sealing, commit, journal, resume, and a step change."""

import os
import secrets
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import assets
from kiosk.config import Timeouts
from kiosk.core import events
from kiosk.core.context import Context
from kiosk.core.effects import CaptureDraft
from kiosk.core.render import render
from kiosk.core.update import update
from kiosk.core.visit import Visit
from kiosk.runtime import texts
from kiosk.runtime.diary import Diary
from kiosk.runtime.keeping.outbox import Outbox
from kiosk.runtime.keeping.sealing import Identity, Sealer
from kiosk.runtime.keeping.sitting import SittingStore, new_sitting
from server.contract import catalogue_file, pickup
from server.contract.captures import AgeBand, FingerFact, FingerReports
from server.contract.envelope import PartKind
from server.contract.sealing import OfficePrivateKey

ROUNDS = 15
PARTS = {
    PartKind.PHOTO: 2_600_000,  # JPEG 1244x1600 at highest quality
    PartKind.PHOTO_REPORT: 8_000,
    PartKind.FINGER_RIGHT: 18_000,
    PartKind.FINGER_LEFT: 18_000,
    PartKind.SIGNATURE: 6_000,
}


def row(name: str, spans: list[float], bar: float | None = None) -> dict[str, Any]:
    value = statistics.median(spans)
    ratio = None if bar is None else value / bar
    shown = None if bar is None else f"<= {bar:g}"
    return {"name": name, "value": value, "unit": "ms", "bar": shown, "ratio": ratio}


def timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    work()
    return (clock() - began) * 1000


def run() -> list[dict[str, Any]]:
    """Measure; the disk is the one under the working directory, as in an installation."""
    disk = Path(tempfile.mkdtemp(dir=Path.cwd(), prefix=".bench-"))
    memory = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="amtsnah-bench-"))
    try:
        return [*_hand_over(disk, memory), *_core()]
    finally:
        shutil.rmtree(disk)
        shutil.rmtree(memory)


def _hand_over(disk: Path, memory: Path) -> list[dict[str, Any]]:
    outbox = Outbox(disk / "outbox.db", time.time)
    store = SittingStore(memory, disk / "visit.sealed")
    answers: SimpleQueue[events.Event] = SimpleQueue()
    office = OfficePrivateKey.generate().public()
    identity = Identity("bench", Ed25519PrivateKey.generate(), office)
    sealer = Sealer(identity, outbox, store, answers.put, lambda: None, Diary(), time.time)
    sealer.start()
    contents = {kind: os.urandom(size) for kind, size in PARTS.items()}
    spans: dict[str, list[float]] = {
        "photo": [],
        "print": [],
        "commit": [],
        "save": [],
        "resume": [],
    }
    for _ in range(ROUNDS):
        sitting = new_sitting(lambda: pickup.draw(secrets.randbelow), os.urandom)
        for kind, content in contents.items():
            spent = sealer.seal_and_wait(sitting, kind, content)
            if kind is PartKind.PHOTO:
                spans["photo"].append(spent)
            elif kind is PartKind.FINGER_RIGHT:
                spans["print"].append(spent)

        def submit(who: Any = sitting) -> None:
            sealer.submit(who, _draft())
            answers.get(timeout=30)

        spans["commit"].append(timed(submit))
        spans["save"].append(timed(partial(store.save, sitting, "x" * 2000)))
        store.keep_pictures(sitting, (contents[PartKind.PHOTO],))
        spans["resume"].append(timed(store.resume))
    sealer.stop()
    outbox.close()
    return [
        row("seal a photo of 2.6 MB and commit it", spans["photo"]),
        row("seal a print and commit it", spans["print"]),
        row("last touch to envelope committed", spans["commit"], 150),
        row("journal of a step", spans["save"]),
        row("read a killed visit back, with a photo", spans["resume"], 3000),
    ]


def _draft() -> CaptureDraft:
    fingers = (FingerFact(position=2, quality=60), FingerFact(position=7, quality=60))
    return CaptureDraft(
        birth_day=3, birth_month=8, age_band=AgeBand.FROM_24, service="id-card", language="de",
        answers=(("height", "180"),), fingers=fingers, fees=(), photo_accepted=True,
        reports=FingerReports(right=None, left=None), parts=tuple(PARTS),
    )  # fmt: skip


def _core() -> list[dict[str, Any]]:
    """CPU of one touch in the core: event to finished view."""
    context = Context(
        catalogue=catalogue_file.load(assets.path("services")), texts=texts.load(),
        today=date(2026, 11, 24), place="Mitte", terminal="2", timeouts=Timeouts(double_touch=0),
    )  # fmt: skip
    way: list[events.Event] = [
        events.Begin(), events.ChooseService("passport"), events.Agree(),
        events.SetBirth(3, 8, AgeBand.FROM_24), events.Next("birth"),
    ]  # fmt: skip
    spans = []
    for _ in range(ROUNDS):
        visit = Visit()
        for event in way:
            began = time.process_time_ns()
            visit, _ = update(visit, event, context)
            render(visit, context)
            spans.append((time.process_time_ns() - began) / 1e6)
    return [row("step change in the core, touch to finished view (CPU)", spans, 100)]
