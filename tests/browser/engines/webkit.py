"""WebKitGTK, the engine of GNOME Web and nearly that of Safari: its MiniBrowser on a screen of Xvfb.

The commands are those of https://www.w3.org/TR/webdriver2/, JSON over HTTP.
"""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.browser.engines import protocol
from tests.browser.engines.window import PATIENCE, PageLeftError

NARROW = "* { min-width: 0; padding: 0; }"
"""A style sheet of GTK: buttons without a least width, so that the window can be as narrow as a phone."""


def find() -> str | None:
    """Return the path of the driver, if there is a screen for it."""
    return shutil.which("Xvfb") and shutil.which("WebKitWebDriver")


@contextmanager
def opened(path: str) -> Iterator["WebKit"]:
    """Start a MiniBrowser, which keeps nothing on the disk, on a screen of its own, and end both."""
    with ExitStack() as ending:
        folder = ending.enter_context(TemporaryDirectory(prefix="webkit-", ignore_cleanup_errors=True))
        sheet = Path(folder) / "gtk-3.0" / "gtk.css"
        sheet.parent.mkdir()
        sheet.write_text(NARROW, encoding="utf-8")
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "2000x1400x24", "-nolisten", "tcp"]
        screen = ending.enter_context(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        ending.callback(screen.terminate)
        display = screen.stdout.readline().strip() if screen.stdout else ""
        assert display, "Xvfb ended at once"
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        driver = ending.enter_context(
            subprocess.Popen(
                [path, f"--port={port}"],
                env=os.environ | {"DISPLAY": f":{display}", "XDG_CONFIG_HOME": folder},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        ending.callback(driver.terminate)
        webkit = WebKit(f"http://127.0.0.1:{port}")
        ending.callback(webkit.end)
        yield webkit


class WebKit:
    """A window of MiniBrowser, through its driver, which listens at `address`."""

    def __init__(self, address: str) -> None:
        self._address = f"{address}/session"
        deadline = monotonic() + PATIENCE
        while True:
            try:
                session = self._command("POST", "", capabilities={})
                break
            except URLError:  # it does not listen yet
                if monotonic() > deadline:
                    raise
                sleep(0.05)
        self._address += f"/{session['sessionId']}"

    def _command(self, method: str, path: str, **parameters: object) -> Any:  # noqa: ANN401 (JSON)
        """Send a command, and return its result."""
        body = json.dumps(parameters).encode() if method == "POST" else None
        request = Request(self._address + path, body, {"Content-Type": "application/json"}, method=method)  # noqa: S310
        try:
            with urlopen(request) as answer:  # noqa: S310 (on this machine)
                return json.load(answer)["value"]
        except HTTPError as error:
            with error:
                raise protocol.CommandError(f"{path}: {json.load(error)['value']['message']}") from None

    def open(self, address: str) -> None:
        """Load a page."""
        self._command("POST", "/url", url=address)

    def evaluate(self, expression: str) -> str:
        """Evaluate in the page."""
        try:
            return str(self._command("POST", "/execute/sync", script=f"return {expression}", args=[]))
        except protocol.CommandError as error:
            raise PageLeftError from error

    def click(self, x: float, y: float) -> None:
        """Click."""
        self._command("POST", "/actions", actions=protocol.click(x, y))

    def press(self, key: str) -> None:
        """Press a key."""
        self._command("POST", "/actions", actions=protocol.press(key))

    def resize(self, width: int, height: int) -> None:
        """Resize, by what the frame of the window takes."""
        script = "return [outerWidth - innerWidth, outerHeight - innerHeight]"
        sides, bars = self._command("POST", "/execute/sync", script=script, args=[])
        self._command("POST", "/window/rect", width=width + sides, height=height + bars)

    def back(self) -> None:
        """Go back."""
        self._command("POST", "/back")

    def picture(self) -> str:
        """Take a picture."""
        return str(self._command("GET", "/screenshot"))

    def end(self) -> None:
        """End the browser."""
        self._command("DELETE", "")
