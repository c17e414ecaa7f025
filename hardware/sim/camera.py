"""A network camera as a program: sends pictures as MJPEG over HTTP, with faults on demand."""

import argparse
import threading
from collections.abc import Sequence
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from hardware.sim.control import ControlSocket
from hardware.sim.ending import until_told_to_end

BOUNDARY = "frame"


class CameraFault(StrEnum):
    """What can be wrong with the camera."""

    NONE = "none"
    STALL = "stall"  # connected, but no more pictures come
    DROP = "drop"  # connections are cut and new ones refused


class CameraSimulator:
    """Serves JPEG pictures in a loop at `/stream.mjpg` on 127.0.0.1; a context manager."""

    def __init__(self, pictures: Sequence[bytes], rate: float = 10.0, port: int = 0) -> None:
        self._pictures, self._rate = pictures, rate
        self._turn = threading.Condition()
        self._fault, self._ended = CameraFault.NONE, False
        simulator = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                simulator._serve(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="mjpeg", daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/stream.mjpg"

    def set_fault(self, fault: str) -> None:
        """Have a fault from now on, or none; raises ValueError for an unknown word."""
        with self._turn:
            self._fault = CameraFault(fault)
            self._turn.notify_all()

    def close(self) -> None:
        with self._turn:
            self._ended = True
            self._turn.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _serve(self, request: BaseHTTPRequestHandler) -> None:
        if self._fault is CameraFault.DROP:
            request.send_error(503)
            return
        request.send_response(200)
        request.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
        request.end_headers()
        try:
            self._stream(request)
        except (BrokenPipeError, ConnectionResetError):
            return  # the viewer has left

    def _stream(self, request: BaseHTTPRequestHandler) -> None:
        number = 0
        while self._may_send():
            picture = self._pictures[number % len(self._pictures)]
            number += 1
            kind, length = "Content-Type: image/jpeg", f"Content-Length: {len(picture)}"
            head = f"--{BOUNDARY}\r\n{kind}\r\n{length}\r\n\r\n"
            request.wfile.write(head.encode() + picture + b"\r\n")

    def _may_send(self) -> bool:
        """Wait for the next picture's time, or as long as the camera stalls; False to hang up."""
        with self._turn:
            self._turn.wait_for(self._over, 1 / self._rate)
            self._turn.wait_for(lambda: self._over() or self._fault is not CameraFault.STALL)
            return not self._over()

    def _over(self) -> bool:
        return self._ended or self._fault is CameraFault.DROP


def add_parser(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `camera` to the parser of `python -m hardware.sim`."""
    parser = kinds.add_parser(
        "camera", help="MJPEG over HTTP; control words: fault none|stall|drop"
    )
    parser.add_argument("folder", type=Path, help="folder of JPEG pictures")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--fps", type=float, default=10.0)
    parser.add_argument("--control", type=Path, help="path of the control socket")


def run(args: argparse.Namespace) -> int:
    """Serve until told to end."""
    pictures = [path.read_bytes() for path in sorted(args.folder.glob("*.jpg"))]
    if not pictures:
        print(f"{args.folder}: no JPEG pictures")
        return 1
    with CameraSimulator(pictures, args.fps, args.port) as simulator:
        control = (
            ControlSocket(args.control, {"fault": simulator.set_fault}) if args.control else None
        )
        print(simulator.url, flush=True)
        until_told_to_end()
        if control:
            control.close()
    return 0
