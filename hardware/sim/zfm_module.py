"""A simulated ZFM fingerprint module: takes packets, gives the bytes it would send."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Protocol

import cv2
import numpy as np

from hardware.fingerprint.packets import (
    BAUD_UNIT,
    BAUDS,
    HEIGHT,
    PACKET_SIZES,
    PASSWORD,
    WIDTH,
    Ack,
    Command,
    Kind,
    Packet,
    Parameter,
    SystemParameters,
    arguments_of,
    encode,
    encode_parameters,
    pack_picture,
)
from hardware.types import Image


class Fault(StrEnum):
    """What can be wrong with the simulated module."""

    NONE = "none"
    SILENT = "silent"
    GARBLED = "garbled"
    LIFTED = "lifted"  # the finger is gone again before the picture is taken


class Hand(Protocol):
    """Decides which finger lies on the sensor; `now` in seconds."""

    def finger(self, now: float) -> Image | None:
        """Return the picture of the finger that lies on the sensor; the host is looking."""

    def uploaded(self, now: float) -> None:
        """Learn that the host has read a whole picture."""


class ZfmModule:
    """State of the module between packets."""

    def __init__(self, hand: Hand, baud: int, clock: Callable[[], float]) -> None:
        self.hand = hand
        self.fault = Fault.NONE
        self.password = PASSWORD
        self.fixed = False  # some modules refuse every change of their parameters
        self.parameters = SystemParameters(baud=baud)
        self._clock = clock
        self._image: Image | None = None
        self._seen = False

    def answer(self, packet: Packet) -> Iterator[bytes]:
        """Yield the answer packet by packet; a change of speed holds after the last one."""
        if self.fault is Fault.SILENT or packet.kind is not Kind.COMMAND:
            return
        for data in self._answer(packet):
            yield _spoil(data) if self.fault is Fault.GARBLED else data

    def _answer(self, packet: Packet) -> Iterator[bytes]:
        try:
            what, arguments = Command(packet.payload[0]), arguments_of(packet)
        except (ValueError, IndexError, struct.error):
            yield _ack(Ack.PACKET_ERROR)
            return
        yield from self._ANSWERS[what](self, *arguments)

    def _verify(self, password: int) -> Iterator[bytes]:
        yield _ack(Ack.OK if password == self.password else Ack.WRONG_PASSWORD)

    def _read_parameters(self) -> Iterator[bytes]:
        yield _ack(Ack.OK, encode_parameters(self.parameters))

    def _set_parameter(self, register: int, value: int) -> Iterator[bytes]:
        changed = None if self.fixed else _changed(self.parameters, register, value)
        yield _ack(Ack.BAD_REGISTER if changed is None else Ack.OK)
        self.parameters = changed or self.parameters

    def _expose(self) -> Iterator[bytes]:
        finger = self.hand.finger(self._clock())
        if self.fault is Fault.LIFTED and self._seen:
            finger = None
        self._seen = finger is not None
        self._image = finger
        yield _ack(Ack.NO_FINGER if finger is None else Ack.OK)

    def _upload(self) -> Iterator[bytes]:
        if self._image is None:
            yield _ack(Ack.NO_IMAGE)
            return
        yield _ack(Ack.OK)
        data, size = pack_picture(self._image), self.parameters.packet_size
        for at in range(0, len(data), size):
            kind = Kind.LAST if at + size >= len(data) else Kind.DATA
            yield encode(Packet(kind, data[at : at + size]))
        self.hand.uploaded(self._clock())

    _ANSWERS: ClassVar[dict[Command, Callable[..., Iterator[bytes]]]] = {
        Command.VFY_PWD: _verify,
        Command.READ_SYS_PARA: _read_parameters,
        Command.SET_SYS_PARA: _set_parameter,
        Command.GEN_IMG: _expose,
        Command.UP_IMAGE: _upload,
    }


def load_finger(path: Path) -> Image:
    """Read a picture file as the sensor's 288 x 256 pixels: the middle of a larger print.

    Raises ValueError when the file is no picture or smaller than the sensor.
    """
    image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise ValueError(f"{path} is no picture")
    height, width = image.shape
    if height < HEIGHT or width < WIDTH:
        raise ValueError(f"{path} is smaller than the sensor ({WIDTH} x {HEIGHT})")
    top, left = (height - HEIGHT) // 2, (width - WIDTH) // 2
    return np.ascontiguousarray(image[top : top + HEIGHT, left : left + WIDTH], np.uint8)


def _changed(now: SystemParameters, register: int, value: int) -> SystemParameters | None:
    """Return the parameters with one register set, or None where the module refuses."""
    if register == Parameter.BAUD and value * BAUD_UNIT in BAUDS:
        return replace(now, baud=value * BAUD_UNIT)
    if register == Parameter.SECURITY and 1 <= value <= 5:
        return replace(now, security=value)
    if register == Parameter.PACKET_SIZE and value < len(PACKET_SIZES):
        return replace(now, packet_size=PACKET_SIZES[value])
    return None


def _ack(code: Ack, data: bytes = b"") -> bytes:
    return encode(Packet(Kind.ACK, bytes([code]) + data))


def _spoil(data: bytes) -> bytes:
    """Flip bits as a loose shield does: the sum no longer fits."""
    return bytes(byte ^ 0x55 if at % 5 == 4 else byte for at, byte in enumerate(data))
