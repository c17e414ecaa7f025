"""Notices that one finger was given twice, by laying the ridges of two prints over each other.

A plain correlation over turns and shifts: enough for two prints taken within a minute on one
sensor. It is no biometric verification: skin that is stretched differently lowers the value, so
a low value proves nothing. Different fingers stay below 0.35 in the project's test prints.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.types import Fingerprint, Image

SAME = 0.55  # from this similarity on, two prints are taken for one finger

_SIDE = 256  # pixels of the square at half resolution that is compared
_CANVAS = 384  # pixels; leaves room for shifts of half the square
_TURN, _STEP = 36, 3  # degrees: how far and in which steps prints may be turned
_OVERLAP = 0.4  # of the smaller print, at least
_FAINT = 8.0  # ridge amplitude in grey levels below which there are no ridges

Spectrum = NDArray[np.complex64]


@dataclass(frozen=True, slots=True)
class _Layer:
    """Ridges of one print at one turn, as spectra of ridges, their energy and where they are."""

    ridges: Spectrum
    energy: Spectrum
    mask: Spectrum
    size: float


def same_finger(a: Fingerprint, b: Fingerprint) -> float:
    """Return the similarity of two prints at 500 ppi, 0..1; from `SAME` on it is one finger."""
    fixed = _layer(a.image, 0)
    coarse = {turn: _alike(fixed, b.image, turn) for turn in range(-_TURN, _TURN + 1, _STEP)}
    best = max(coarse, key=lambda turn: coarse[turn])
    fine = [_alike(fixed, b.image, best + turn) for turn in (-1, 1)]
    return float(np.clip(max(coarse[best], *fine), 0.0, 1.0))


def _alike(fixed: _Layer, image: Image, turn: int) -> float:
    """Return the best normalised correlation over all shifts with enough overlap."""
    moving = _layer(image, turn)
    least = _OVERLAP * min(fixed.size, moving.size)
    if least < 1:
        return 0.0
    overlap = _correlate(fixed.mask, moving.mask)
    energy = _correlate(fixed.energy, moving.mask) * _correlate(fixed.mask, moving.energy)
    alike = _correlate(fixed.ridges, moving.ridges) / np.sqrt(np.maximum(energy, 1.0))
    return float(alike[overlap >= least].max(initial=0.0))


def _correlate(a: Spectrum, b: Spectrum) -> NDArray[np.float32]:
    return np.asarray(np.fft.irfft2(a * np.conj(b), (_CANVAS, _CANVAS)), np.float32)


def _layer(image: Image, turn: float) -> _Layer:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 0.5)
    matrix[:, 2] += (_SIDE - width) / 2, (_SIDE - height) / 2
    grey = cv2.warpAffine(
        image.astype(np.float32), matrix, (_SIDE, _SIDE), flags=cv2.INTER_AREA, borderValue=245
    )
    inside = cv2.warpAffine(np.ones_like(image), matrix, (_SIDE, _SIDE), flags=cv2.INTER_NEAREST)
    band = cv2.GaussianBlur(grey, (0, 0), 0.8) - cv2.GaussianBlur(grey, (0, 0), 3.5)
    amplitude = np.sqrt(cv2.GaussianBlur(band * band, (0, 0), 5))
    mask = (amplitude > _FAINT) & (cv2.erode(inside, np.ones((7, 7), np.uint8)) > 0)
    ridges = np.clip(band / (amplitude + 4), -2, 2) * mask
    energy = _spectrum(ridges * ridges)
    return _Layer(_spectrum(ridges), energy, _spectrum(mask), float(mask.sum()))


def _spectrum(plane: NDArray[np.generic]) -> Spectrum:
    return np.asarray(np.fft.rfft2(plane.astype(np.float32), (_CANVAS, _CANVAS)), np.complex64)
