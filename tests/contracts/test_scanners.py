"""What every fingerprint scanner promises, simulated or real."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from hardware.devices import FingerprintScanner
from hardware.registry import open_scanner
from hardware.sim.fingerprint import FingerprintSim
from hardware.types import DeviceKind, Fingerprint, State

FINGERS = Path(__file__).parent.parent / "data" / "fingers" / "sensor"


@pytest.fixture
def scanner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FingerprintScanner]:
    """The scanner under test; on a real one somebody must keep a finger on the sensor."""
    if request.param != "simulated":
        with closing(open_scanner(request.param)) as device:
            yield device
        return
    files = FINGERS / "loop_right_good_1.png", FINGERS / "whorl_good_1.png"
    with closing(FingerprintSim(tmp_path / "port", *files, pace=0)) as sim:
        sim.words["finger"]("right")
        with closing(open_scanner(f"zfm://{tmp_path}/port")) as device:
            yield device


def test_it_says_what_it_is(scanner: FingerprintScanner) -> None:
    facts = scanner.facts()
    assert facts.kind is DeviceKind.FINGERPRINT
    assert facts.driver
    assert facts.port


def test_it_notices_a_finger_and_is_ready(scanner: FingerprintScanner) -> None:
    assert scanner.finger_present()
    assert scanner.health().state is State.READY
    assert scanner.health().fault is None


def test_its_picture_grows_to_a_whole_grey_print(scanner: FingerprintScanner) -> None:
    seen: list[tuple[Fingerprint, float]] = []
    print_ = scanner.capture(lambda part, share: seen.append((part, share)), lambda: False)
    assert print_ is not None
    assert print_.image.dtype == np.uint8
    assert print_.ppi == 500
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(part.image.shape == print_.image.shape for part, _ in seen)
    assert scanner.wire_seconds() > 0


def test_cancelling_gives_no_picture_and_does_no_harm(scanner: FingerprintScanner) -> None:
    asked = iter([False, False, False])
    assert scanner.capture(lambda *_: None, lambda: next(asked, True)) is None
    assert scanner.capture(lambda *_: None, lambda: False) is not None


def test_it_can_be_closed_and_used_again(scanner: FingerprintScanner) -> None:
    assert scanner.finger_present()
    scanner.close()
    scanner.close()
    assert scanner.finger_present()
