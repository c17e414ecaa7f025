"""Pictures in shared memory: three slots of I420 with a sequence number, one writer, any readers.

The block is a file in the terminal's memory-backed run directory, mapped by both processes: no name
that another user could open, nothing on a disk. Layout, all little-endian: u64 newest sequence
number (0: no picture), then per slot u64 sequence, u32 width, u32 height; then three areas of equal
size. Number n lies in slot n % 3, so a reader has two further pictures' time before its slot is
written over; it copies nothing.
"""

import mmap
import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SLOTS = 3
_NEWEST = struct.Struct("<Q")
_SLOT = struct.Struct("<QII")
_HEADER = 64 + 64 * SLOTS

Plane = NDArray[np.uint8]


class Picture(NamedTuple):
    """One I420 picture; planes are whole rows without padding, chroma of half width and height."""

    width: int
    height: int
    y: memoryview
    u: memoryview
    v: memoryview
    sequence: int


def picture_bytes(width: int, height: int) -> int:
    """Return the size of one I420 picture; both sides must be even."""
    return width * height * 3 // 2


class SlotWriter:
    """The one writer of a block; creates the file and removes it when closed."""

    def __init__(self, path: Path, capacity: int) -> None:
        """Make a fresh block for pictures up to `capacity` bytes each."""
        self.path = path
        self._capacity = capacity
        self._sequence = 0
        path.unlink(missing_ok=True)  # a dead writer's block; its readers keep their own mapping
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.ftruncate(file, _HEADER + SLOTS * capacity)
            self._map = mmap.mmap(file, 0)
        finally:
            os.close(file)

    def write(self, planes: Sequence[Plane]) -> int:
        """Publish Y, U and V (rows x columns, any stride) as the newest; return its number.

        Raises ValueError when the picture is larger than the block's capacity or has odd sides.
        """
        height, width = planes[0].shape
        if width % 2 or height % 2 or picture_bytes(width, height) > self._capacity:
            raise ValueError(f"picture of {width} x {height} does not fit")
        number = self._sequence + 1
        _SLOT.pack_into(self._map, _slot_at(number), 0, 0, 0)
        start = _HEADER + (number % SLOTS) * self._capacity
        for plane in planes:
            target = np.frombuffer(self._map, np.uint8, plane.size, start)
            np.copyto(target.reshape(plane.shape), plane)
            start += plane.size
        _SLOT.pack_into(self._map, _slot_at(number), number, width, height)
        _NEWEST.pack_into(self._map, 0, number)
        self._sequence = number
        return number

    def clear(self) -> None:
        """Take all pictures away, so that nothing of a person stays in memory."""
        _NEWEST.pack_into(self._map, 0, 0)
        self._map[64:] = bytes(len(self._map) - 64)

    def close(self) -> None:
        """Wipe and remove the block."""
        self.clear()
        self._map.close()
        self.path.unlink(missing_ok=True)


class SlotReader:
    """A reader of a block; open a new one after the media process has been restarted."""

    def __init__(self, name: str) -> None:
        """Map the block; `name` is what `Ready` tells. Raises OSError when it is not there."""
        file = os.open(name, os.O_RDONLY)
        try:
            self._map = mmap.mmap(file, 0, prot=mmap.PROT_READ)
        finally:
            os.close(file)
        self._view = memoryview(self._map)
        self._capacity = (len(self._map) - _HEADER) // SLOTS

    def newest(self) -> Picture | None:
        """Return the newest picture, or None while there is none. Views stay valid until close."""
        (number,) = _NEWEST.unpack_from(self._map, 0)
        if number == 0:
            return None
        held, width, height = _SLOT.unpack_from(self._map, _slot_at(number))
        if held != number:
            return None  # written over in this very moment: the next one comes at once
        start = _HEADER + (number % SLOTS) * self._capacity
        luma, chroma = width * height, width * height // 4
        y, u, v = start, start + luma, start + luma + chroma
        view = self._view
        return Picture(width, height, view[y:u], view[u:v], view[v : v + chroma], number)

    def close(self) -> None:
        """Unmap; pictures still held elsewhere keep the memory until they are dropped."""
        self._view.release()
        try:
            self._map.close()
        except BufferError:
            return  # a screen still holds views: the mapping goes with the last of them


def _slot_at(number: int) -> int:
    return 64 + 64 * (number % SLOTS)
