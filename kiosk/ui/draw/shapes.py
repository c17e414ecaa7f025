"""Smooth shapes as small textures, computed from the distance to a rounded box and kept."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from kivy.graphics.texture import Texture
from numpy.typing import NDArray

_Distance = NDArray[np.float64]


def _distance(size: int, half: float, radius: float) -> _Distance:
    """Return the signed distance of each pixel to a rounded square (negative inside)."""
    at = np.abs(np.arange(size) + 0.5 - size / 2)
    x = np.maximum(at[None, :] - half + radius, 0)
    y = np.maximum(at[:, None] - half + radius, 0)
    inside = np.minimum(np.maximum(at[None, :], at[:, None]) - half, 0)
    return np.where((x > 0) | (y > 0), np.hypot(x, y) - radius, inside)


def _texture(alpha: _Distance) -> Any:
    size = alpha.shape[0]
    pixels = np.full((size, alpha.shape[1], 4), 255, np.uint8)
    pixels[..., 3] = np.clip(alpha, 0, 1) * 255
    texture = Texture.create(size=(alpha.shape[1], size), colorfmt="rgba")
    texture.blit_buffer(pixels.ravel(), colorfmt="rgba", bufferfmt="ubyte")
    return texture


@lru_cache(maxsize=64)
def filled(radius: int) -> Any:
    """Return a rounded square whose border of `radius` + 1 pixels may be stretched."""
    size = 2 * radius + 4
    return _texture(0.5 - _distance(size, size / 2, radius))


@lru_cache(maxsize=64)
def outlined(radius: int, width: float) -> Any:
    """Return the outline of a rounded square, `width` pixels wide, inside its edge."""
    size = 2 * radius + 4
    distance = _distance(size, size / 2, radius)
    return _texture(np.minimum(0.5 - distance, distance + width + 0.5))


@lru_cache(maxsize=16)
def shadow(radius: int, blur: int) -> Any:
    """Return a soft shadow; it reaches 2 * blur pixels beyond the box on each side."""
    size = 2 * radius + 4 * blur + 4
    distance = _distance(size, size / 2 - 2 * blur, radius)
    tail = np.vectorize(math.erfc)(distance / blur)
    return _texture(0.5 * tail - 0.5 * math.erfc(2.0))


@lru_cache(maxsize=256)
def arc(size: int, share: float, width: float) -> Any:
    """Return a ring of `size` pixels, drawn clockwise from the top for `share` of the circle."""
    at = np.arange(size) + 0.5 - size / 2
    x, y = np.meshgrid(at, at)
    ring = width / 2 + 0.5 - np.abs(np.hypot(x, y) - (size - width) / 2 + 0.5)
    turn = np.mod(np.arctan2(x, y), 2 * np.pi)  # textures start at the bottom: y grows upwards
    edge = (share * 2 * np.pi - turn) * (size / 2)
    return _texture(np.minimum(ring, np.clip(edge + 0.5, 0, 1) if share < 1 else 1))
