"""One window of a browser, the same whichever engine and protocol are behind it."""

import json
from contextlib import suppress
from time import monotonic, sleep
from typing import Any, Protocol

from tests.browser import looking

PATIENCE = 5
"""Seconds until something that was waited for is given up. A slow machine takes as long as it likes."""


class PageLeftError(Exception):
    """The page was left for another one while a script was running in it."""


class Driver(Protocol):
    """What each engine can be told to do."""

    def open(self, address: str) -> None:
        """Load a page, and wait until it is loaded."""

    def evaluate(self, expression: str) -> str:
        """Return the string that a JavaScript expression has, or that its promise comes to.

        Raises:
            PageLeftError: the page was left meanwhile.

        """

    def click(self, x: float, y: float) -> None:
        """Click with the mouse, at pixels from the top left of the page as it is seen."""

    def press(self, key: str) -> None:
        """Press and release a key: a character, or the name that `KeyboardEvent.key` has for it."""

    def resize(self, width: int, height: int) -> None:
        """Give the page as it is seen this size, in pixels."""

    def back(self) -> None:
        """Go back in the history."""

    def picture(self) -> str:
        """Return the page as it is seen: a PNG in Base64, a pixel for each pixel of CSS."""


class Window:
    """A window on the site at `address`. Arguments and results of scripts are JSON values."""

    def __init__(self, driver: Driver, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, path: str = "") -> None:
        """Load a page of the site, by its path."""
        self.driver.open(self.address + path)

    def run(self, function: str, *arguments: object) -> Any:  # noqa: ANN401 (JSON)
        """Call a JavaScript function, which may be asynchronous, and return its result."""
        values = ", ".join(json.dumps(argument) for argument in arguments)
        return json.loads(self.driver.evaluate(f"(async () => JSON.stringify(await ({function})({values}) ?? null))()"))

    def until(self, expected: object, function: str, *arguments: object) -> None:
        """Wait until a JavaScript function returns `expected`; fail with what it returned last."""
        deadline = monotonic() + PATIENCE
        found: object = None
        while monotonic() < deadline:
            with suppress(PageLeftError):  # as after a click on a link
                found = self.run(function, *arguments)
                if found == expected:
                    return
            sleep(0.05)
        raise AssertionError(f"{found!r} is not {expected!r}")

    def at(self, path: str) -> None:
        """Wait until this is the address, with query and fragment, and the page is loaded."""
        where = "() => document.readyState === 'complete' ? location.href : ''"
        self.until(self.address + path, where)

    def click(self, selector: str) -> None:
        """Scroll the first element that matches and is seen into the middle of the window, and click its first box."""
        place = self.run(
            """(selector) => {
              const shown = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
              if (!shown) return null;
              shown.scrollIntoView({ block: "center" });
              const { left, top, width, height } = shown.getClientRects()[0];
              return [left + width / 2, top + height / 2];
            }""",
            selector,
        )
        assert place, f"nothing that is seen matches {selector}"
        self.driver.click(*place)

    def press(self, key: str) -> None:
        """Press a key."""
        self.driver.press(key)

    def back(self) -> None:
        """Go back in the history."""
        self.driver.back()

    def resize(self, width: int, height: int = 800) -> None:
        """Give the page this size, and make sure that it has it."""
        self.driver.resize(width, height)
        self.until([width, height], "() => [innerWidth, innerHeight]")

    def top(self, element: str) -> float:
        """Return how many pixels below the top of the window the element with this id begins."""
        return float(self.run("(id) => document.getElementById(id).getBoundingClientRect().top", element))

    def sees(self, element: str) -> None:
        """Wait until the element with this id is in the window, and nothing lies over it."""
        self.until([], looking.TARGET, element)

    def layout(self) -> list[str]:
        """Return faults of the layout, as `looking.layout` does."""
        self.run("() => document.fonts.ready.then(() => scrollTo(0, 0))")
        return [str(fault) for fault in self.run(looking.LAYOUT)]
