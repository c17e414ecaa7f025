"""The simulated fingerprint scanner as a program: a module on a pty, steered by words."""

import argparse
import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hardware.sim.citizen import Citizen, SteeredHand, finger_words
from hardware.sim.control import ControlSocket
from hardware.sim.ending import until_told_to_end
from hardware.sim.serial_port import SerialPort
from hardware.sim.zfm_module import Fault, Hand, ZfmModule, load_finger


class FingerprintSim:
    """A running simulated scanner: its module, its port and the words that steer it."""

    def __init__(
        self,
        link: Path,
        right: Path,
        left: Path,
        *,
        baud: int = 57600,
        pace: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._files = {"right": right, "left": left}
        self._steered = SteeredHand()
        self.module = ZfmModule(self._steered, baud, clock)
        self.port = SerialPort(self.module, link, pace, clock)
        self.words: dict[str, Callable[..., None]] = {
            **finger_words(self._steered, self._files),
            "fault": self.fault,
            "unplug": self.port.unplug,
            "plug": self.port.plug,
            "pace": self.port.set_pace,
            "auto": self.auto,
            "manual": self.manual,
        }

    def fault(self, name: str) -> None:
        """Let the module have a fault, or `none`; ValueError for an unknown one."""
        self.module.fault = Fault(name)

    def auto(self, bad_first: str = "") -> None:
        """Let a citizen give right and left by themselves, after one bad print if wanted."""
        files = [*([Path(bad_first)] if bad_first else []), *self._files.values()]
        self._give(Citizen([load_finger(file) for file in files]))

    def manual(self) -> None:
        """Lay fingers on only when told."""
        self._give(self._steered)

    def close(self) -> None:
        """Unplug for good."""
        self.port.unplug()

    def _give(self, hand: Hand) -> None:
        self.module.hand = hand


@contextlib.contextmanager
def running(sim: FingerprintSim, control: Path | None) -> Iterator[FingerprintSim]:
    """Keep a simulator and its control socket for the time of the block."""
    with contextlib.ExitStack() as stack:
        stack.callback(sim.close)
        if control is not None:
            stack.callback(ControlSocket(control, sim.words).close)
        yield sim


def add_parser(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the sub command `fingerprint`."""
    parser = kinds.add_parser("fingerprint", help="ZFM module on a pseudo terminal")
    parser.add_argument("--link", type=Path, required=True, help="stable name of the port")
    parser.add_argument("--right", type=Path, required=True, help="picture of the right finger")
    parser.add_argument("--left", type=Path, required=True, help="picture of the left finger")
    parser.add_argument("--bad-first", default="", help="picture a citizen gives at first")
    parser.add_argument("--auto", action="store_true", help="a citizen gives both fingers")
    parser.add_argument("--baud", type=int, default=57600, help="the module's own speed")
    parser.add_argument("--pace", type=float, default=1.0, help="0: no waiting for the line")
    parser.add_argument("--control", type=Path, help="unix socket that takes words")


def run(args: argparse.Namespace) -> int:
    """Run until interrupted or terminated."""
    sim = FingerprintSim(args.link, args.right, args.left, baud=args.baud, pace=args.pace)
    if args.auto:
        sim.auto(args.bad_first)
    with running(sim, args.control):
        print(f"fingerprint scanner ready at zfm://{args.link.absolute()}", flush=True)
        until_told_to_end()
    return 0
