"""The scanner's driver against a module that speaks the same bytes, with every fault."""

import errno
import os
import threading
from pathlib import Path

import numpy as np
import pytest
from serial import SerialException

from hardware.errors import (
    BusyError,
    ConfigError,
    GarbledError,
    NoAnswerError,
    NotConnectedError,
    RefusedError,
    UnpluggedError,
)
from hardware.fingerprint.link import why_closed
from hardware.fingerprint.packets import (
    Ack,
    Command,
    Decoder,
    Kind,
    Packet,
    SystemParameters,
    encode,
    encode_parameters,
)
from hardware.fingerprint.zfm import ZfmScanner, open_zfm
from hardware.sim.fingerprint import FingerprintSim
from hardware.sim.zfm_module import load_finger
from hardware.types import Fingerprint, State
from tests.hardware.conftest import LEFT, RIGHT, after, never, nothing


def put(module: FingerprintSim, which: str = "right") -> None:
    module.words["finger"](which)


def test_no_finger_is_no_picture(module: FingerprintSim, scanner: ZfmScanner) -> None:
    assert not scanner.finger_present()
    assert scanner.capture(nothing, never) is None
    assert scanner.health().state is State.READY


def test_the_picture_arrives_byte_for_byte(module: FingerprintSim, scanner: ZfmScanner) -> None:
    put(module)
    assert scanner.finger_present()
    print_ = scanner.capture(nothing, never)
    assert print_ is not None
    assert print_.ppi == 500
    assert np.array_equal(print_.image, (load_finger(RIGHT) >> 4) * np.uint8(17))


def test_the_picture_grows_from_the_top(module: FingerprintSim, scanner: ZfmScanner) -> None:
    put(module)
    seen: list[tuple[Fingerprint, float]] = []
    whole = scanner.capture(lambda print_, share: seen.append((print_, share)), never)
    assert whole is not None
    shares = [share for _, share in seen]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0
    for print_, share in seen:
        rows = round(share * 288)
        assert np.array_equal(print_.image[:rows], whole.image[:rows])
        assert (print_.image[rows:] == 255).all()


def test_the_wire_needs_ten_bits_for_each_byte(module: FingerprintSim, scanner: ZfmScanner) -> None:
    put(module)
    scanner.capture(nothing, never)
    # 144 packets of 256 bytes with 11 bytes of frame, and two commands with their answers.
    assert scanner.wire_seconds() == pytest.approx((144 * 267 + 4 * 12) * 10 / 115200)


def test_the_module_is_found_at_its_own_speed_and_made_faster(
    module: FingerprintSim, scanner: ZfmScanner
) -> None:
    assert module.module.parameters.baud == 57600
    assert scanner.check()["baud"] == "115200"
    assert module.module.parameters.baud == 115200
    assert module.module.parameters.packet_size == 256


def test_cancelling_stops_at_once_and_the_next_use_works(
    module: FingerprintSim, scanner: ZfmScanner
) -> None:
    put(module)
    seen: list[float] = []
    assert scanner.capture(lambda _, share: seen.append(share), after(20)) is None
    assert not seen or seen[-1] < 1.0
    assert scanner.capture(nothing, never) is not None


def test_cancelled_before_it_began_is_no_picture(
    module: FingerprintSim, scanner: ZfmScanner
) -> None:
    put(module)
    assert scanner.capture(nothing, lambda: True) is None


def test_a_silent_module_is_said_to_be_silent(module: FingerprintSim, scanner: ZfmScanner) -> None:
    scanner.check()
    module.fault("silent")
    with pytest.raises(NoAnswerError) as caught:
        scanner.check()
    health = scanner.health()
    assert (health.state, health.fault) == (State.FAILED, caught.value.fault)
    module.fault("none")
    assert scanner.check()
    assert scanner.health().fault is None


def test_garbage_is_said_to_be_garbage(module: FingerprintSim, scanner: ZfmScanner) -> None:
    scanner.check()
    module.fault("garbled")
    with pytest.raises(GarbledError):
        scanner.check()
    module.fault("none")
    assert scanner.check()


def test_a_finger_lifted_too_early_is_no_picture(
    module: FingerprintSim, scanner: ZfmScanner
) -> None:
    put(module)
    module.fault("lifted")
    assert scanner.finger_present()
    assert scanner.capture(nothing, never) is None
    module.fault("none")
    assert scanner.capture(nothing, never) is not None


def test_unplugged_in_mid_picture_and_taken_back_when_plugged_in(tmp_path: Path) -> None:
    sim = FingerprintSim(tmp_path / "slow", RIGHT, LEFT, baud=115200, pace=0.3)
    scanner = open_zfm(f"zfm://{tmp_path}/slow")
    put(sim)

    def pull(print_: Fingerprint, share: float) -> None:
        sim.port.unplug()

    with pytest.raises(UnpluggedError):
        scanner.capture(pull, never)
    assert scanner.health().state is State.ABSENT
    with pytest.raises(NotConnectedError):
        scanner.finger_present()
    sim.port.plug()
    assert scanner.finger_present()
    scanner.close()
    sim.close()


def test_replugged_between_two_uses_goes_unnoticed(
    module: FingerprintSim, scanner: ZfmScanner
) -> None:
    scanner.check()
    module.port.unplug()
    module.port.plug()
    assert scanner.check()


def test_a_port_in_use_is_busy(module: FingerprintSim, scanner: ZfmScanner, tmp_path: Path) -> None:
    scanner.check()
    second = open_zfm(f"zfm://{tmp_path}/finger")
    with pytest.raises(BusyError):
        second.check()
    assert second.health().state is State.BUSY
    scanner.close()
    assert second.check()
    second.close()


def test_a_missing_port_is_not_connected(tmp_path: Path) -> None:
    scanner = open_zfm(f"zfm://{tmp_path}/nowhere")
    with pytest.raises(NotConnectedError, match="not there"):
        scanner.check()
    assert scanner.health().state is State.ABSENT


def test_a_module_with_its_own_password_refuses(tmp_path: Path) -> None:
    sim = FingerprintSim(tmp_path / "locked", RIGHT, LEFT, pace=0)
    sim.module.password = 4711
    scanner = open_zfm(f"zfm://{tmp_path}/locked")
    with pytest.raises(RefusedError, match="wrong password"):
        scanner.check()
    sim.close()


def test_a_module_that_keeps_its_speed_is_used_at_that_speed(tmp_path: Path) -> None:
    sim = FingerprintSim(tmp_path / "stubborn", RIGHT, LEFT, pace=0)
    sim.module.fixed = True
    scanner = open_zfm(f"zfm://{tmp_path}/stubborn?baud=115200")
    put(sim)
    assert scanner.check()["baud"] == "57600"
    assert scanner.capture(nothing, never) is not None
    scanner.close()
    sim.close()


def test_facts_say_no_more_than_the_module_said(
    module: FingerprintSim, scanner: ZfmScanner, tmp_path: Path
) -> None:
    assert scanner.facts().detail == {}
    scanner.check()
    facts = scanner.facts()
    assert (facts.driver, facts.port, facts.serial) == ("zfm", f"{tmp_path}/finger", "")
    assert facts.detail["resolution"] == "500 ppi (nominal)"


@pytest.mark.parametrize(
    "url",
    [
        "zfm://",
        "zfm://host/dev/ttyUSB0",
        "zfm:///dev/ttyUSB0?baud=1200",
        "zfm:///dev/ttyUSB0?baud=fast",
        "zfm:///dev/ttyUSB0?baud=",
        "zfm:///dev/ttyUSB0?speed=9600",
    ],
)
def test_a_url_that_cannot_be_meant_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match=r"zfm:"):
        open_zfm(url)


def test_a_picture_with_a_missing_packet_is_garbled(tmp_path: Path) -> None:
    """A far end of our own: it answers everything well but sends only half a picture."""
    master, slave = os.openpty()
    scanner = open_zfm(f"zfm://{os.ttyname(slave)}")
    told = threading.Thread(target=half_a_picture, args=(master,), daemon=True)
    told.start()
    with pytest.raises(GarbledError, match="of 36864"):
        scanner.capture(nothing, never)
    os.close(slave)
    told.join()


def half_a_picture(master: int) -> None:
    decoder, ok = Decoder(), encode(Packet(Kind.ACK, bytes([Ack.OK])))
    parameters = encode_parameters(SystemParameters(packet_size=256, baud=115200))
    answers = {
        Command.READ_SYS_PARA: encode(Packet(Kind.ACK, b"\x00" + parameters)),
        Command.UP_IMAGE: ok + encode(Packet(Kind.DATA, bytes(256))) + b"junk"
        + encode(Packet(Kind.LAST, bytes(256))),
    }  # fmt: skip
    while True:
        try:
            data = os.read(master, 4096)
        except OSError:
            break
        for packet in decoder.feed(data):
            os.write(master, answers.get(Command(packet.payload[0]), ok))
    os.close(master)


@pytest.mark.parametrize(
    ("path", "problem", "code"),
    [
        ("/dev/null", SerialException("Could not configure port: (25, 'no ioctl')"), "DEV-006"),
        ("/", SerialException(errno.EISDIR, "is a directory"), "DEV-006"),
        ("/dev/null", SerialException(errno.EACCES, "denied"), "DEV-010"),
        ("/dev/null", SerialException("Could not configure port: (5, 'I/O error')"), "DEV-001"),
        ("/dev/ttyUSB77", SerialException(errno.ENOENT, "gone"), "DEV-001"),
        ("/dev/null", SerialException(errno.EBUSY, "busy"), "DEV-005"),
    ],
)
def test_a_port_that_does_not_open_says_why(path: str, problem: SerialException, code: str) -> None:
    assert why_closed(path, problem).code == code
