"""A terminal without devices that goes as far as a step, says so, and waits to be killed."""

import base64
import os
import secrets
import sys
import threading
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import assets
from kiosk.config import TerminalConfig, Timeouts
from kiosk.core import events as e
from kiosk.core.view import View
from kiosk.media.protocol import PhotoTaken
from kiosk.runtime import texts
from kiosk.runtime.keeping.outbox import Outbox
from kiosk.runtime.keeping.sealing import Identity, Sealer
from kiosk.runtime.keeping.sitting import SittingStore, new_sitting
from kiosk.runtime.performer import Parts
from kiosk.runtime.terminal import Terminal
from server.contract import catalogue_file, pickup
from server.contract.captures import AgeBand, MissingFinger
from server.contract.sealing import OfficePublicKey

FACE = base64.b64encode(b"\xff\xd8 MARKER-face").decode()
WAY: list[tuple[str, list[e.Event]]] = [
    ("services", [e.Begin()]),
    ("privacy", [e.ChooseService("id-card")]),
    ("birth", [e.Agree()]),
    ("details", [e.SetBirth(3, 8, AgeBand.FROM_24), e.Next("birth")]),
    (
        "photo",
        [
            *[
                e.Answer(field, value)
                for field, value in {
                    "reason": "expired",
                    "german": "yes",
                    "main_residence_here": "yes",
                    "height": "180",
                    "eye_colour": "blue",
                }.items()
            ],
            e.Next("details"),
        ],
    ),
    (
        "photo_choice",
        [
            e.PhotoCame(
                PhotoTaken(
                    index=0, of=1, jpeg=FACE, accepted=True,
                    reasons=(), criteria=(), machine_ms=1.0,
                )
            )
        ],
    ),
    ("fingers", [e.Next("photo_choice")]),
    (
        "signature",
        [
            e.CannotGiveFinger(MissingFinger.TEMPORARY),
            e.CannotGiveFinger(MissingFinger.PERMANENT),
            e.Next("fingers"),
        ],
    ),
    ("summary", [e.Signed(b"MARKER-signature"), e.Next("signature")]),
    ("storing", [e.Next("summary")]),
    ("done", []),
]  # fmt: skip


class Idle:
    """Devices that nobody has plugged in."""

    def __getattr__(self, name: str):
        return lambda *args, **more: None


def main(folder: Path, memory: Path, last: str) -> None:
    outbox = Outbox(folder / "outbox.db", time.time)
    store = SittingStore(memory, folder / "visit.sealed")
    config = TerminalConfig(
        terminal_id="mitte-2", place="Mitte", name="2", server_url="http://127.0.0.1:1",
        timeouts=Timeouts(double_touch=0),
    )  # fmt: skip
    terminal = Terminal(
        config, texts.load(), catalogue_file.load(assets.path("services")), store,
        lambda: new_sitting(lambda: pickup.draw(secrets.randbelow), os.urandom),
    )  # fmt: skip
    office = OfficePublicKey((folder / "office.pub").read_bytes())
    identity = Identity("mitte-2", Ed25519PrivateKey.generate(), office)
    hand_over = terminal.dispatch if last != "storing" else lambda event: None
    sealer = Sealer(identity, outbox, store, hand_over, lambda: None, terminal.times, time.time)
    sealer.start()
    there = threading.Event()

    def seen(view: View) -> None:
        if view.screen.value == last:
            there.set()

    terminal.on_view = seen
    idle = Idle()
    terminal.attach(Parts(lambda message: None, idle, idle, idle, sealer))  # type: ignore[arg-type]
    terminal.start()
    for step, events in WAY:
        for event in events:
            terminal.dispatch(event)
        if step == last:
            break
    there.wait(20)
    settled = threading.Event()
    sealer._jobs.put(settled.set)  # everything before it is written
    settled.wait(20)
    sys.stdout.write("there\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
