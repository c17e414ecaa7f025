"""How a simulator program waits for its end."""

import signal
import threading
from types import FrameType


def until_told_to_end() -> None:
    """Return on SIGINT or SIGTERM."""
    told = threading.Event()

    def tell(number: int, frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, tell)
    told.wait()
