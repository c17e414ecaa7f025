"""The socket to the UI process: one JSON message per line, both ways."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from kiosk.media.protocol import TO_MEDIA, ToMedia, ToUi

LONGEST_LINE = 1024 * 1024


class Line:
    """Connected to the UI for as long as this process lives."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, socket: Path) -> "Line":
        """Connect to the socket the UI listens on. Raises OSError when nobody listens."""
        return cls(*await asyncio.open_unix_connection(socket, limit=LONGEST_LINE))

    def say(self, message: ToUi) -> None:
        """Send a message; after the UI has gone it is dropped, and `messages` ends."""
        if not self._writer.is_closing():
            self._writer.write(message.model_dump_json().encode() + b"\n")

    async def messages(self) -> AsyncIterator[ToMedia]:
        """Yield what the UI wants until it goes away. Raises ValidationError on a wrong line."""
        while line := await self._next():
            yield TO_MEDIA.validate_json(line)

    async def _next(self) -> bytes:
        try:
            return await self._reader.readline()
        except ConnectionError:
            return b""

    def close(self) -> None:
        self._writer.close()
