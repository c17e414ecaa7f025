"""What one call needs at the terminal: the camera's picture, microphone, speaker and their peer."""

import asyncio
from collections.abc import Callable, Sequence

from av import AudioFrame, VideoFrame

from remote_clerk.media.audio import Sound, open_sound
from remote_clerk.media.peer import Peer
from remote_clerk.media.pictures import FrameSource
from remote_clerk.media.sound import Clock, MicrophoneTrack, Unpacker
from remote_clerk.media.tracks import CameraTrack
from remote_clerk.messages import IceServer


class Booth:
    """Opened when help is asked for, closed when the call is over; makes one peer per session."""

    def __init__(
        self,
        source: FrameSource,
        microphone: str,
        speaker: str,
        show: Callable[[VideoFrame], None],
        clock: Clock,
    ) -> None:
        """Names of sound devices are those of `audio.open_sound`; `show` gets each picture."""
        self._source = source
        self._names = (microphone, speaker)
        self._show = show
        self._clock = clock
        self._sound: Sound | None = None
        self._tracks: tuple[CameraTrack, MicrophoneTrack] | None = None
        self._camera_on = self._microphone_on = True

    async def open(self) -> tuple[str, ...]:
        """Open the sound devices, camera and microphone switched on; return what is missing."""
        loop = asyncio.get_running_loop()
        self._sound = await asyncio.to_thread(open_sound, *self._names, self._clock, loop)
        return self._sound.missing

    def connect(self, relays: Sequence[IceServer], first: Callable[[], None]) -> Peer:
        """Make a new peer with fresh tracks; `first` is called with its first picture."""
        assert self._sound is not None
        self._tracks = (
            CameraTrack(self._source, self._clock),
            MicrophoneTrack(self._sound.microphone),
        )
        self.switch(self._camera_on, self._microphone_on)
        speaker, unpacker = self._sound.speaker, Unpacker()
        told = False

        def see(frame: VideoFrame) -> None:
            nonlocal told
            self._show(frame)
            if not told:
                told = True
                first()

        def hear(frame: AudioFrame) -> None:
            speaker.play(unpacker.samples(frame))

        return Peer(relays, self._tracks, see, hear, self._clock)

    def switch(self, camera: bool, microphone: bool) -> None:
        """Let the clerk see and hear the citizen, or not."""
        self._camera_on, self._microphone_on = camera, microphone
        if self._tracks:
            self._tracks[0].shown, self._tracks[1].heard = camera, microphone

    def close(self) -> None:
        """Give the sound devices back; the next call begins with both switches on."""
        if self._sound:
            self._sound.close()
        self._sound = self._tracks = None
        self._camera_on = self._microphone_on = True
