"""Live pictures of the media process; opened anew when the process has been started again."""

from collections.abc import Callable

from kiosk.media.protocol import Ready
from kiosk.media.slots import Picture, SlotReader


class SharedPictures:
    """One of the two blocks that `Ready` names."""

    def __init__(self, ready: Callable[[], Ready | None], name: Callable[[Ready], str]) -> None:
        self._ready, self._name = ready, name
        self._seen: Ready | None = None
        self._reader: SlotReader | None = None

    def newest(self) -> Picture | None:
        """Return the newest picture, None while there is none or the block is gone."""
        ready = self._ready()
        if ready is None:
            return None
        if ready is not self._seen:
            self._reopen(ready)
        return self._reader.newest() if self._reader else None

    def _reopen(self, ready: Ready) -> None:
        if self._reader is not None:
            self._reader.close()
        self._seen = ready
        try:
            self._reader = SlotReader(self._name(ready))
        except OSError:
            self._reader = None  # the process died again; its next Ready brings a new block
