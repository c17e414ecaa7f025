"""Makes the simulated visitors in assets/demo/ from the picture sequences of rendered people.

    python scripts/make_demo.py ../shared/data/faces/visits assets/demo

The sequences are 1080 x 1440 with 245 px between the eyes; a register photo without enlarging needs
300 px, so a camera with more pixels. The films are therefore the renderings enlarged 1.5 times to
1620 x 2160 (Lanczos) and coded as H.264: they carry no more detail than the sequences do. Only the
terminal's own processing never enlarges; this stands in for a camera of 3.5 megapixels.
"""

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

RATE = 10
SIZE = (1620, 2160)
QUALITY = {"crf": "22", "preset": "slow"}
EMPTY = 4  # frames at the start of each visit that show nobody


def main(visits: Path, target: Path) -> None:
    """Write visitor_d1.mp4, visitor_d2.mp4 and empty.mp4."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("D1", "D2"):
        write(pictures(visits / name), target / f"visitor_{name.lower()}.mp4")
    first = list(pictures(visits / "D1"))[:EMPTY]
    write(iter(first), target / "empty.mp4")


def pictures(folder: Path) -> Iterator[NDArray[np.uint8]]:
    """The enlarged pictures of one visit, BGR."""
    for path in sorted(folder.glob("*.jpg")):
        image = cv2.imread(str(path))
        assert image is not None, f"{path} is no picture"
        yield np.asarray(cv2.resize(image, SIZE, interpolation=cv2.INTER_LANCZOS4), np.uint8)


def write(images: Iterator[NDArray[np.uint8]], path: Path) -> None:
    """Code the pictures as H.264 in an MP4 file with BT.709 colours."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as film:
        stream = film.add_stream("libx264", rate=RATE, options=QUALITY)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.time_base = Fraction(1, RATE)
        for image in images:
            film.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
        film.mux(stream.encode(None))
    print(f"{path}: {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
