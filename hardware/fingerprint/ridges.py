"""Measures a print's ridges: where skin touched, how dark, how straight, how regular.

The measures follow the ideas of ISO/IEC 29794-4 (orientation certainty, frequency domain analysis,
local contrast, region of interest); values and thresholds are our own and are not NFIQ 2 features.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.types import Fingerprint, Image

Plane = NDArray[np.float32]

MM_PER_INCH = 25.4
BLOCK = 32  # pixels; three to four ridge periods at 500 ppi
_STEP = 16  # pixels between blocks
_PAPER = 200.0  # grey level the untouched sensor has at least
_TOUCH = 60.0  # grey levels darker than the untouched sensor
_GAP = 21  # pixels at half size: gaps up to 2 mm belong to the touched region
_ORIENTATION = 8.0  # pixels, Gaussian width of the structure tensor
_FLAT = 50.0  # gradient energy that counts as no structure at all
_SHORTEST, _LONGEST = 3.0, 25.0  # pixels; periods looked for
_PEAK = 1.6 / BLOCK  # cycles per pixel round the peak that belong to the ridges

_WINDOW = np.outer(np.hanning(BLOCK), np.hanning(BLOCK)).astype(np.float32)
_FY, _FX = np.meshgrid(np.fft.fftfreq(BLOCK), np.fft.rfftfreq(BLOCK), indexing="ij")
_FREQUENCY = np.hypot(_FX, _FY)
_BAND = (_FREQUENCY > 1 / _LONGEST) & (_FREQUENCY < 1 / _SHORTEST)


@dataclass(frozen=True)
class Ridges:
    """One print with everything measured on it at most once."""

    image: Image = field(repr=False)
    ppi: int

    @classmethod
    def of(cls, print_: Fingerprint) -> "Ridges":
        return cls(print_.image, print_.ppi)

    @cached_property
    def grey(self) -> Plane:
        return self.image.astype(np.float32)

    @cached_property
    def ink(self) -> Image:
        """1 where skin touched the sensor."""
        paper = max(float(np.percentile(self.image, 99)), _PAPER)
        return np.asarray(cv2.GaussianBlur(self.grey, (0, 0), 1.0) < paper - _TOUCH, np.uint8)

    @cached_property
    def region(self) -> NDArray[np.bool_]:
        """True where the finger lay: touched skin with the gaps between ridges closed."""
        half = cv2.resize(self.ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_NEAREST)
        padded = cv2.copyMakeBorder(half, _GAP, _GAP, _GAP, _GAP, cv2.BORDER_REFLECT)
        closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, _disc(_GAP))
        opened = cv2.morphologyEx(closed[_GAP:-_GAP, _GAP:-_GAP], cv2.MORPH_OPEN, _disc(5))
        height, width = self.image.shape
        return cv2.resize(opened, (width, height), interpolation=cv2.INTER_NEAREST) > 0

    @cached_property
    def blocks(self) -> NDArray[np.float32]:
        """Blocks (n, 32, 32) that lie in the region with at least nine tenths."""
        inside = _tiles(self.region).mean(axis=(2, 3)) > 0.9
        return np.asarray(_tiles(self.grey)[inside])

    @cached_property
    def spectra(self) -> NDArray[np.float64]:
        """Power (n, 32, 17) of each block without its mean."""
        flat = self.blocks - self.blocks.mean(axis=(1, 2), keepdims=True)
        return np.asarray(np.abs(np.fft.rfft2(flat * _WINDOW)) ** 2, np.float64)

    @cached_property
    def peaks(self) -> NDArray[np.intp]:
        """Index of each block's strongest ridge frequency."""
        return np.asarray((self.spectra * _BAND).reshape(-1, _BAND.size).argmax(axis=1))

    @cached_property
    def ridge_share(self) -> NDArray[np.float64]:
        """Share 0..1 of each block's energy that lies round its ridge frequency."""
        near = _NEAR[self.peaks]
        total = self.spectra.sum(axis=(1, 2))
        return np.asarray((self.spectra * near).sum(axis=(1, 2)) / np.maximum(total, 1e-6))


def area(ridges: Ridges) -> float:
    """Touched region in square millimetres."""
    return float(ridges.region.sum()) * (MM_PER_INCH / ridges.ppi) ** 2


def contact(ridges: Ridges) -> float | None:
    """Share 0..1 of the region where skin really touched; dry skin leaves gaps."""
    return _mean(ridges.ink[ridges.region])


def brightness(ridges: Ridges) -> float | None:
    """Mean grey level of the region; wet skin fills the valleys."""
    return _mean(ridges.image[ridges.region])


def contrast(ridges: Ridges) -> float | None:
    """Median over blocks of the grey levels' standard deviation."""
    return _median(ridges.blocks.std(axis=(1, 2)))


def certainty(ridges: Ridges) -> float | None:
    """Mean orientation certainty 0..1 of the region: 1 where all gradients agree."""
    smooth = cv2.GaussianBlur(ridges.grey, (0, 0), 0.8)
    gx, gy = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    xx, xy, yy = (_half_blur(product) for product in (gx * gx, gx * gy, gy * gy))
    certain = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / (xx + yy + _FLAT)
    return _mean(certain[ridges.region[::2, ::2]])


def noise(ridges: Ridges) -> float | None:
    """Median over blocks of the grey levels' deviation that no ridge explains."""
    other = np.sqrt(np.clip(1 - ridges.ridge_share, 0, 1))
    return _median(ridges.blocks.std(axis=(1, 2)) * other)


def period(ridges: Ridges) -> float | None:
    """Median distance in pixels from one ridge to the next."""
    frequencies = _FREQUENCY.ravel()[ridges.peaks]
    return _median(1 / frequencies[frequencies > 0])


def _half_blur(plane: Plane) -> Plane:
    """Average over the neighbourhood and keep every second pixel."""
    half = cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    height, width = ((side + 1) // 2 for side in plane.shape)
    half = cv2.resize(half, (width, height)) if half.shape != (height, width) else half
    return np.asarray(cv2.GaussianBlur(half, (0, 0), _ORIENTATION / 2), np.float32)


def _tiles(plane: NDArray[np.generic]) -> NDArray[np.float32]:
    view = np.lib.stride_tricks.sliding_window_view(plane, (BLOCK, BLOCK))
    return np.asarray(view[::_STEP, ::_STEP], np.float32)


def _near_table() -> NDArray[np.bool_]:
    """For each frequency, which others belong to the same ridges (also seen from the far side)."""
    fx, fy = _FX.ravel(), _FY.ravel()
    near = np.hypot(fx[:, None] - fx, fy[:, None] - fy) < _PEAK
    near |= np.hypot(fx[:, None] + fx, fy[:, None] + fy) < _PEAK
    return np.asarray(near.reshape(-1, *_FREQUENCY.shape))


_NEAR = _near_table()


def _disc(size: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _mean(values: NDArray[np.generic]) -> float | None:
    return float(values.mean(dtype=np.float64)) if values.size else None


def _median(values: NDArray[np.floating[Any]]) -> float | None:
    return float(np.median(values)) if values.size else None
