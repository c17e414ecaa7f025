"""Firefox for journeys, driven by WebDriver BiDi over its own WebSocket: no driver program.

Commands and events: https://w3c.github.io/webdriver-bidi/ (Firefox 128 and newer).
"""

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PROGRAMS = ("firefox-esr", "firefox")
PATIENCE = 15.0
FILES = "application/pdf,application/xml,text/xml,application/octet-stream"
SIGN = "WebDriver BiDi listening on "
_IS_GOING = re.compile("no such frame|aborted|AbortError|unloaded|destroyed", re.IGNORECASE)
_SCROLL = "(e) => e.scrollIntoView({block: 'center', behavior: 'instant'})"
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Alt": "\ue00a"}
PREFERENCES: dict[str, bool | int | str] = {
    # A camera and a microphone that need nobody's permission.
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    # Calls between two programs of one machine, which may have no other network.
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.autoplay.default": 0,
    # Asks nobody outside, not even for the H.264 plug-in.
    "media.gmp-manager.updateEnabled": False,
    "media.gmp-manager.url": "",
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.update.enabled": False,
    "browser.region.network.url": "",
    "captivedetect.canonicalURL": "",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "toolkit.telemetry.server": "",
    "services.settings.server": "data:,",
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    # Begins empty and ends without a question; files are saved, not shown.
    "browser.aboutwelcome.enabled": False,
    "browser.startup.page": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.warnOnQuit": False,
    "browser.download.folderList": 2,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.helperApps.neverAsk.saveToDisk": FILES,
    "browser.download.open_pdf_attachments_inline": False,
    "pdfjs.disabled": True,
    "intl.accept_languages": "de-DE,de",
}


class FirefoxError(Exception):
    """Firefox refused a command, or a page never showed what was waited for."""


def program() -> str | None:
    """Return the installed Firefox, None without one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def started(profile: Path, **preferences: bool | int | str) -> Iterator["Firefox"]:
    """Run Firefox without a window of its own; files are saved in `profile`/saved."""
    words = PREFERENCES | {"browser.download.dir": str(profile / "saved")} | preferences
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(what)});" for name, what in words.items())
    profile.mkdir(exist_ok=True)
    (profile / "user.js").write_text("\n".join(lines))
    with (
        subprocess.Popen(
            [program() or PROGRAMS[0], "--headless", "--remote-debugging-port", "0",
             "--no-remote", "--profile", str(profile)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        ) as process,
        _listening(process) as address,
        connect(address, max_size=None, open_timeout=PATIENCE) as socket,
    ):  # fmt: skip
        yield Firefox(process, socket)


@contextmanager
def _listening(process: subprocess.Popen[str]) -> Iterator[str]:
    """Say where Firefox listens, let it go on talking, and end it."""
    assert process.stderr is not None
    try:
        line = next((said for said in process.stderr if said.startswith(SIGN)), None)
        if line is None:
            raise FirefoxError("Firefox ended before it listened")
        reader = threading.Thread(target=process.stderr.read, daemon=True)
        reader.start()
        yield f"{line.removeprefix(SIGN).strip()}/session"
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # its children hold stderr open
    reader.join(PATIENCE)


class Firefox:
    """One running Firefox with a profile of its own; `faults` collects what pages complain of."""

    def __init__(self, process: subprocess.Popen[str], socket: ClientConnection) -> None:
        self.process, self._socket = process, socket
        self._number = 0
        self.faults: list[str] = []
        self.saved: list[Path] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded", "browsingContext.downloadEnd"])

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result. Raises FirefoxError when it is refused."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(timeout=PATIENCE))
            if answer.get("id") != self._number:
                self._note(answer)
            elif answer["type"] == "error":
                raise FirefoxError(f"{method}: {answer['error']}: {answer['message']}")
            else:
                result: dict[str, Any] = answer["result"]
                return result

    def before_pages(self, function: str) -> None:
        """Let every page from now on begin with this function, before its own scripts."""
        self.send("script.addPreloadScript", functionDeclaration=function)

    def page(self, url: str, size: tuple[int, int] = (1440, 900)) -> "Page":
        """Open an address in a window of its own."""
        context = self.send("browsingContext.create", type="window")["context"]
        viewport = {"width": size[0], "height": size[1]}
        self.send("browsingContext.setViewport", context=context, viewport=viewport)
        return Page(self, context).goto(url)

    def _note(self, event: dict[str, Any]) -> None:
        said = event.get("params", {})
        if event.get("method") == "log.entryAdded" and said["level"] == "error":
            self.faults.append(str(said["text"]))
        elif event.get("method") == "browsingContext.downloadEnd" and said.get("filepath"):
            self.saved.append(Path(said["filepath"]))


class Page:
    """One window, used as a person would: looks, clicks, types."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self._firefox, self._context, self._closed = firefox, context, False

    def goto(self, url: str) -> "Page":
        self._send("browsingContext.navigate", url=url, wait="complete")
        return self

    def reload(self) -> None:
        self._send("browsingContext.reload", wait="complete")

    def close(self) -> None:
        """Close the window without a question; one that is closed already stays so."""
        if not self._closed:
            self._closed = True
            self._send("browsingContext.close")

    def evaluate(self, expression: str) -> Any:
        """Return a JSON value that an expression, or the promise it makes, has in the page."""
        wrapped = f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))"
        answer = self._send("script.evaluate", expression=wrapped, awaitPromise=True, target=True)
        if answer["type"] == "exception":
            raise FirefoxError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait_for(self, expression: str, seconds: float = PATIENCE) -> Any:
        """Return the value of an expression as soon as it is true, over loads of the page too.

        The value is JSON: an element is an empty object, so write `!!element`.
        """
        deadline = time.monotonic() + seconds
        while not (value := self._look(expression)):
            if time.monotonic() > deadline:
                raise FirefoxError(f"not within {seconds} s: {expression}")
            threading.Event().wait(0.03)  # a page that goes away can announce nothing
        return value

    def wait_text(self, selector: str, words: str, seconds: float = PATIENCE) -> None:
        """Wait until an element shows these words."""
        found = f"document.querySelector({json.dumps(selector)})?.innerText"
        self.wait_for(f"{found}?.includes({json.dumps(words)})", seconds)

    def click(self, selector: str) -> None:
        """Press the middle of an element that can be seen, with the mouse."""
        place = json.dumps(selector)
        self.wait_for(f"document.querySelector({place})?.checkVisibility()")
        node = self._node(selector)
        self._send("script.callFunction", functionDeclaration=_SCROLL, arguments=[node],
                   awaitPromise=True, target=True)  # fmt: skip
        origin = {"type": "element", "element": node}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._act({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    def press(self, *keys: str) -> None:
        """Hold the keys down one after the other, then let go: `press("Alt", "h")`."""
        values = [KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": value} for value in values]
        up = [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._act({"type": "key", "id": "keys", "actions": down + up})

    def type(self, selector: str, text: str) -> None:
        """Empty a field and type into it, key by key."""
        self.click(selector)
        self.evaluate("document.activeElement.select?.()")
        keys = [{"type": t, "value": c} for c in text for t in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": keys})

    def choose(self, selector: str, value: str) -> None:
        """Choose an option by its value; its list is drawn by the system, not by the page."""
        self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            f" e.value = {json.dumps(value)};"
            " for (const kind of ['input', 'change'])"
            " e.dispatchEvent(new Event(kind, {bubbles: true})); })()"
        )

    def download(self, selector: str) -> Path:
        """Click and return the file that was saved."""
        before = len(self._firefox.saved)
        self.click(selector)
        deadline = time.monotonic() + PATIENCE
        while len(self._firefox.saved) == before:
            self.evaluate("1")  # events come before the answer
            if time.monotonic() > deadline:
                raise FirefoxError(f"{selector} saved nothing")
        return self._firefox.saved[-1]

    def picture(self, path: Path) -> None:
        shot = self._send("browsingContext.captureScreenshot", origin="viewport")
        path.write_bytes(base64.b64decode(shot["data"]))

    def _look(self, expression: str) -> Any:
        try:
            return self.evaluate(expression)
        except FirefoxError as fault:
            if _IS_GOING.search(str(fault)):
                return None
            raise

    def _node(self, selector: str) -> dict[str, Any]:
        found = self._send(
            "browsingContext.locateNodes", locator={"type": "css", "value": selector}
        )
        return {"sharedId": found["nodes"][0]["sharedId"]}

    def _act(self, source: dict[str, Any]) -> None:
        self._send("input.performActions", actions=[source])

    def _send(self, method: str, target: bool = False, **params: Any) -> dict[str, Any]:
        where = {"target": {"context": self._context}} if target else {"context": self._context}
        return self._firefox.send(method, **where, **params)
