"""The call as the media process sees it: pictures to the slots, news to the UI."""

import asyncio
import time
import uuid
from collections.abc import Callable

from av import VideoFrame

from kiosk.config import TerminalConfig
from kiosk.media.protocol import CallState, MediaFault, StartCall, TellStep, ToUi
from kiosk.media.slots import SlotWriter
from kiosk.runtime.token import TokenSource
from remote_clerk.call import UNDER_WAY, State
from remote_clerk.media.booth import Booth
from remote_clerk.media.caller import Caller
from remote_clerk.media.ends import CallNews
from remote_clerk.media.exchange import Exchange
from remote_clerk.media.pictures import FrameSource, planes_of_frame
from remote_clerk.messages import EndReason, ToTerminal

FAREWELL_SECONDS = 0.5  # to say that one hangs up, before the process ends


class Call:
    """Caller, exchange and booth, wired to this terminal."""

    def __init__(
        self,
        config: TerminalConfig,
        tokens: TokenSource,
        camera: FrameSource,
        remote: SlotWriter,
        say: Callable[[ToUi], None],
        look: Callable[[bool], None],
    ) -> None:
        """`look` tells the camera's owner whether the call wants pictures."""
        self._tokens, self._remote, self._say, self._look = tokens, remote, say, look
        audio, clock = config.audio, time.monotonic
        booth = Booth(camera, audio.microphone, audio.speaker, self._show, clock)
        url = f"ws{config.server_url.removeprefix('http')}/api/terminals/call"
        self._exchange = Exchange(url, self._token, self._heard, self._connected)
        self._caller = Caller(self._exchange.say, booth, self._tell, clock, _new_call)
        self._missing: tuple[str, ...] = ()

    async def run(self) -> None:
        """Keep the socket and the call until cancelled."""
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._caller.run())
            parts.create_task(self._exchange.run())

    def start(self, message: StartCall) -> None:
        """Ask for a clerk."""
        self._caller.ask(message.language, message.service, message.step)
        self._look(True)

    def tell_step(self, message: TellStep) -> None:
        """The citizen moved on."""
        self._caller.show_step(message.step, message.view)

    def switch(self, camera: bool, microphone: bool) -> None:
        """Camera or microphone on or off, as the citizen wants; the device itself goes off too."""
        self._caller.switch(camera, microphone)
        self._look(camera and self._caller.state is not State.IDLE)

    def end(self, reason: EndReason) -> None:
        """Hang up."""
        self._caller.end(reason)

    async def farewell(self) -> None:
        """Hang up because the terminal's screens are gone, and make sure it is heard."""
        self._caller.end(EndReason.TERMINAL_LOST)
        await self._exchange.flush(FAREWELL_SECONDS)
        await self._caller.closed()

    async def _token(self) -> str:
        self._tokens.forget()  # the server may have been set up anew since the last socket
        return await asyncio.to_thread(self._tokens.bearer)

    def _heard(self, message: ToTerminal) -> None:
        self._caller.heard(message)

    def _connected(self, connected: bool) -> None:
        self._caller.socket(connected)

    def _show(self, frame: VideoFrame) -> None:
        self._remote.write(planes_of_frame(frame))

    def _tell(self, news: CallNews) -> None:
        for cause in set(news.missing) - set(self._missing):
            self._say(MediaFault(code="AUD-001", cause=cause))
        self._missing = news.missing
        self._exchange.needed(news.state in UNDER_WAY)
        self._say(_as_state(news))
        if news.state is State.ENDED:
            self._look(False)
            self._remote.clear()


def _as_state(news: CallNews) -> CallState:
    facts = {name: getattr(news, name) for name in CallState.model_fields if hasattr(news, name)}
    return CallState.model_validate(
        facts | {"state": str(news.state), "link": str(news.link), "hours": dict(news.hours)}
    )


def _new_call() -> str:
    return uuid.uuid4().hex
