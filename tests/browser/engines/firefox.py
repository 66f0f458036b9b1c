"""Firefox, driven by the WebDriver BiDi that it serves itself: no geckodriver, which Debian does not have.

The commands are those of https://www.w3.org/TR/webdriver-bidi/.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

from websocket import WebSocket, create_connection

from tests.browser.engines import protocol
from tests.browser.engines.window import PATIENCE, PageLeftError

NAMES = ("firefox-esr", "firefox")
"""Names of the command."""

APPLICATION = "/Applications/Firefox.app/Contents/MacOS/firefox"
"""Its path on macOS."""

PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}
"""What stops the browser's own requests."""


def find() -> str | None:
    """Return the path of Firefox; `FIREFOX` in the environment names another."""
    named = os.environ.get("FIREFOX")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, (*NAMES, APPLICATION))), None)


@contextmanager
def opened(path: str) -> Iterator["Firefox"]:
    """Start Firefox with a profile of its own, and end it."""
    with ExitStack() as ending:
        folder = Path(ending.enter_context(TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)))
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [path, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
        process = ending.enter_context(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        ending.callback(process.kill)  # it is asked for nothing more, and its profile is deleted
        address = f"ws://127.0.0.1:{_port(process, folder / 'WebDriverBiDiServer.json')}/session"
        yield Firefox(ending.enter_context(closing(create_connection(address, suppress_origin=True))))


def _port(process: subprocess.Popen[bytes], file: Path) -> int:
    """Wait for the file in which Firefox says where it listens."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        assert process.poll() is None, "Firefox ended at once"
        try:
            return int(json.loads(file.read_text(encoding="utf-8"))["ws_port"])
        except (FileNotFoundError, ValueError):  # not there yet, or not yet complete
            sleep(0.05)
    raise TimeoutError("Firefox does not listen")


class Firefox:
    """The first window of Firefox, through a connection to it."""

    def __init__(self, connection: WebSocket) -> None:
        self._connection = connection
        self._number = 0
        self._command("session.new", capabilities={})
        self._context = self._command("browsingContext.getTree")["contexts"][0]["context"]

    def _command(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 (JSON)
        """Send a command, and return its result; what comes in between are events."""
        self._number += 1
        self._connection.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        answer: dict[str, Any] = {}
        while answer.get("id") != self._number:
            answer = json.loads(self._connection.recv())
        if answer["type"] == "error":
            raise protocol.CommandError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def open(self, address: str) -> None:
        """Load a page."""
        self._command("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> str:
        """Evaluate in the page."""
        target = {"context": self._context}
        try:
            found = self._command("script.evaluate", expression=expression, target=target, awaitPromise=True)
        except protocol.CommandError as error:  # an error of the script itself is a result
            raise PageLeftError from error
        assert found["type"] == "success", found["exceptionDetails"]["text"]
        return str(found["result"]["value"])

    def click(self, x: float, y: float) -> None:
        """Click."""
        self._command("input.performActions", context=self._context, actions=protocol.click(x, y))

    def press(self, key: str) -> None:
        """Press a key."""
        self._command("input.performActions", context=self._context, actions=protocol.press(key))

    def resize(self, width: int, height: int) -> None:
        """Resize."""
        size = {"width": width, "height": height}
        self._command("browsingContext.setViewport", context=self._context, viewport=size)

    def back(self) -> None:
        """Go back."""
        self._command("browsingContext.traverseHistory", context=self._context, delta=-1)

    def picture(self) -> str:
        """Take a picture."""
        return str(self._command("browsingContext.captureScreenshot", context=self._context)["data"])
