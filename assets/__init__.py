"""Data of the product: catalogue, texts, fonts, icons, demo visitors; `path()` finds a file."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """Return the absolute path of an asset, whether it exists or not."""
    return ROOT.joinpath(*parts)
