"""What a caller works between: sessions' media on one side, news for the overlay on the other."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from remote_clerk.call import State
from remote_clerk.link import Quality
from remote_clerk.messages import Candidate, IceServer


class End(Protocol):
    """One session's media (`peer.Peer`)."""

    connected: asyncio.Event
    failed: asyncio.Event

    async def offer(self) -> str: ...
    async def answer(self, sdp: str) -> None: ...
    async def add(self, message: Candidate) -> None: ...
    def silent_seconds(self) -> float: ...
    async def loss(self) -> float: ...
    async def close(self) -> None: ...


class Ends(Protocol):
    """Where sessions' media come from (`booth.Booth`)."""

    async def open(self) -> tuple[str, ...]: ...
    def connect(self, relays: Sequence[IceServer], first: Callable[[], None]) -> End: ...
    def switch(self, camera: bool, microphone: bool) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class CallNews:
    """All that the overlay shows of a call."""

    state: State
    position: int | None = None
    estimate_seconds: int | None = None
    clerk: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    clerk_camera: bool = True
    clerk_microphone: bool = True
    link: Quality = Quality.GOOD
    help_to_picture_ms: float | None = None
    missing: tuple[str, ...] = ()
