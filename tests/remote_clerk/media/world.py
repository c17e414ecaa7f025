"""Everything around a caller, moved by hand: clock, socket, sound and media."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from remote_clerk import messages as said
from remote_clerk.call import State
from remote_clerk.media.caller import Caller
from remote_clerk.media.ends import CallNews

CALL = "0" * 32
LATER = "1" * 32


class FakeEnd:
    """Media of one session, moved by hand."""

    def __init__(self, number: int, diary: list[str], first: Callable[[], None]) -> None:
        self.connected, self.failed = asyncio.Event(), asyncio.Event()
        self.number, self.diary, self.first = number, diary, first
        self.silence = 0.0
        self.answers: list[str] = []

    async def offer(self) -> str:
        return f"offer {self.number}"

    async def answer(self, sdp: str) -> None:
        if sdp == "nonsense":
            raise ValueError(sdp)
        self.answers.append(sdp)

    async def add(self, message: said.Candidate) -> None:
        self.answers.append(str(message.candidate))

    def silent_seconds(self) -> float:
        return self.silence

    async def loss(self) -> float:
        return 0.0

    async def close(self) -> None:
        self.diary.append(f"close {self.number}")


class World:
    """Everything around the caller; its clock is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.diary: list[str] = []
        self.said: list[Any] = []
        self.news: list[CallNews] = []
        self.ends: list[FakeEnd] = []
        ids = iter([CALL, LATER])
        self.caller = Caller(self.say, self, self.news.append, lambda: self.now, lambda: next(ids))

    def say(self, message: Any) -> bool:
        self.said.append(message)
        return True

    async def open(self) -> tuple[str, ...]:
        self.diary.append("open")
        return ("no microphone: none",)

    def connect(self, relays: Sequence[said.IceServer], first: Callable[[], None]) -> FakeEnd:
        end = FakeEnd(len(self.ends) + 1, self.diary, first)
        self.diary.append(f"connect {end.number}")
        self.ends.append(end)
        return end

    def switch(self, camera: bool, microphone: bool) -> None:
        self.diary.append(f"switch {camera} {microphone}")

    def close(self) -> None:
        self.diary.append("closed")

    @property
    def states(self) -> list[str]:
        return list(dict.fromkeys(str(news.state) for news in self.news))

    @property
    def last(self) -> CallNews:
        return self.news[-1]

    def kinds(self) -> list[str]:
        return [message.type for message in self.said]

    async def pass_time(self, seconds: float) -> None:
        self.now += seconds
        await self.caller.tick()
        await settle()

    async def in_a_talk(self) -> FakeEnd:
        self.caller.socket(True)
        self.caller.ask("de", "id_card", "photo")
        await self.hears(waiting(1))
        await self.hears(accepted())
        self.ends[-1].connected.set()
        await settle()
        assert self.caller.state is State.TALKING
        return self.ends[-1]

    async def hears(self, message: Any) -> None:
        self.caller.heard(message)
        await settle()


def waiting(position: int) -> said.Waiting:
    return said.Waiting(call=CALL, position=position, estimate_seconds=None, clerks_online=1)


def accepted() -> said.Accepted:
    return said.Accepted(call=CALL, clerk="Frau Muster", ice=())


def answer(session: int, sdp: str = "answer", call: str = CALL) -> said.Description:
    return said.Description(call=call, session=session, kind="answer", sdp=sdp)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    one = World()
    running = asyncio.create_task(one.caller.run())
    await settle()
    yield one
    assert not running.done(), running.exception()
    running.cancel()
    await asyncio.wait([running])


def scene(play: Callable[[World], Any]) -> Callable[[], None]:
    async def run() -> None:
        async with world() as one:
            await play(one)

    def test() -> None:
        asyncio.run(run())

    test.__doc__ = play.__doc__
    return test
