"""Packets of the ZFM-20 / R30x / R503 fingerprint modules, as pure functions of bytes.

Frame: EF01, address (4), kind (1), length of payload and sum (2), payload, sum (2); all big-endian.
The sum is kind + both length bytes + payload bytes, modulo 65536.
Source: ZhianTec ZFM user manual and Grow R503 user manual, chapter "Communication protocol".
"""

import struct
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from hardware.types import Image

ADDRESS = 0xFFFFFFFF
PASSWORD = 0
WIDTH, HEIGHT, PPI = 256, 288, 500
PICTURE_BYTES = WIDTH * HEIGHT // 2
BAUD_UNIT = 9600
BAUDS = tuple(BAUD_UNIT * n for n in range(1, 13))
PACKET_SIZES = (32, 64, 128, 256)
BITS_PER_BYTE = 10  # 8N1: start, eight data, stop

_START = b"\xef\x01"
_HEADER = struct.Struct(">2sIBH")
_SUM_BYTES = 2
_LONGEST = PACKET_SIZES[-1] + _SUM_BYTES


class Kind(IntEnum):
    """What a packet is."""

    COMMAND = 0x01
    DATA = 0x02
    ACK = 0x07
    LAST = 0x08


class Command(IntEnum):
    """Commands that this project sends or simulates."""

    GEN_IMG = 0x01
    UP_IMAGE = 0x0A
    SET_SYS_PARA = 0x0E
    READ_SYS_PARA = 0x0F
    VFY_PWD = 0x13


class Ack(IntEnum):
    """First byte of an acknowledgement."""

    OK = 0x00
    PACKET_ERROR = 0x01
    NO_FINGER = 0x02
    IMAGE_FAILED = 0x03
    WRONG_PASSWORD = 0x13
    NO_IMAGE = 0x15
    BAD_REGISTER = 0x1A


class Parameter(IntEnum):
    """Registers of SetSysPara."""

    BAUD = 4
    SECURITY = 5
    PACKET_SIZE = 6


ARGUMENTS: dict[Command, struct.Struct] = {
    Command.GEN_IMG: struct.Struct(""),
    Command.UP_IMAGE: struct.Struct(""),
    Command.SET_SYS_PARA: struct.Struct(">BB"),
    Command.READ_SYS_PARA: struct.Struct(""),
    Command.VFY_PWD: struct.Struct(">I"),
}


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet without its frame."""

    kind: Kind
    payload: bytes = field(repr=False)
    address: int = ADDRESS


@dataclass(frozen=True, slots=True)
class SystemParameters:
    """Answer to ReadSysPara; `baud` and `packet_size` in plain units."""

    status: int = 0
    system_id: int = 0
    capacity: int = 150
    security: int = 3
    address: int = ADDRESS
    packet_size: int = 128
    baud: int = 57600


_PARAMETERS = struct.Struct(">HHHHIHH")


def encode(packet: Packet) -> bytes:
    """Return the packet as it goes over the line."""
    length = len(packet.payload) + _SUM_BYTES
    header = _HEADER.pack(_START, packet.address, packet.kind, length)
    return header + packet.payload + _checksum(packet.kind, packet.payload)


def command(what: Command, *arguments: int) -> bytes:
    """Return a command ready to send; `arguments` as the table `ARGUMENTS` says."""
    payload = bytes([what]) + ARGUMENTS[what].pack(*arguments)
    return encode(Packet(Kind.COMMAND, payload))


def arguments_of(packet: Packet) -> tuple[int, ...]:
    """Return a command's arguments; struct.error if the payload has another length."""
    return ARGUMENTS[Command(packet.payload[0])].unpack(packet.payload[1:])


def encode_parameters(parameters: SystemParameters) -> bytes:
    """Return the 16 bytes that follow the status byte of ReadSysPara's answer."""
    return _PARAMETERS.pack(
        parameters.status,
        parameters.system_id,
        parameters.capacity,
        parameters.security,
        parameters.address,
        PACKET_SIZES.index(parameters.packet_size),
        parameters.baud // BAUD_UNIT,
    )


def decode_parameters(payload: bytes) -> SystemParameters | None:
    """Read the 16 bytes of ReadSysPara, or None if they cannot be such an answer."""
    if len(payload) < _PARAMETERS.size:
        return None
    status, system, capacity, security, address, size, speed = _PARAMETERS.unpack_from(payload)
    if size >= len(PACKET_SIZES) or speed * BAUD_UNIT not in BAUDS:
        return None
    packet_size, baud = PACKET_SIZES[size], speed * BAUD_UNIT
    return SystemParameters(status, system, capacity, security, address, packet_size, baud)


def pack_picture(image: Image) -> bytes:
    """Return a (288, 256) grey picture as the module sends it: 4 bits, left pixel high."""
    nibbles = image.reshape(-1, 2) >> 4
    return (nibbles[:, 0] << 4 | nibbles[:, 1]).tobytes()


def unpack_picture(data: bytes | bytearray) -> Image:
    """Return whole rows of 256 grey pixels (0, 17, ... 255) from the module's 4 bits."""
    packed = np.frombuffer(data, np.uint8)
    pixels = np.stack((packed >> 4, packed & 15), axis=1) * np.uint8(17)
    return pixels.reshape(-1, WIDTH)


def _checksum(kind: int, payload: bytes) -> bytes:
    length = len(payload) + _SUM_BYTES
    total = kind + (length >> 8) + (length & 0xFF) + sum(payload)
    return (total & 0xFFFF).to_bytes(_SUM_BYTES, "big")


class Decoder:
    """Finds packets in a stream of bytes and steps over everything that is none."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.discarded = 0  # bytes that belonged to no packet

    def feed(self, data: bytes) -> list[Packet]:
        """Take received bytes and return the packets completed by them."""
        self._buffer += data
        packets = []
        while (packet := self._next()) is not None:
            packets.append(packet)
        return packets

    def forget(self) -> None:
        """Drop a half-received packet and the count of discarded bytes."""
        self._buffer.clear()
        self.discarded = 0

    @property
    def pending(self) -> int:
        """Bytes of a packet that is not complete yet."""
        return len(self._buffer)

    def _next(self) -> Packet | None:
        while len(self._buffer) >= _HEADER.size:
            start, address, kind, length = _HEADER.unpack_from(self._buffer)
            if start != _START or kind not in set(Kind) or not _SUM_BYTES <= length <= _LONGEST:
                self._skip()
                continue
            end = _HEADER.size + length
            if len(self._buffer) < end:
                return None
            payload = bytes(self._buffer[_HEADER.size : end - _SUM_BYTES])
            if self._buffer[end - _SUM_BYTES : end] == _checksum(kind, payload):
                del self._buffer[:end]
                return Packet(Kind(kind), payload, address)
            self._skip()
        return None

    def _skip(self) -> None:
        """Step to the next possible start; the bytes before it are lost."""
        at = self._buffer.find(_START[0], 1)
        lost = len(self._buffer) if at < 0 else at
        del self._buffer[:lost]
        self.discarded += lost
