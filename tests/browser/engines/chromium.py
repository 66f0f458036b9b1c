"""Chromium, driven by Playwright."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Page

from tests.browser.engines.window import PageLeftError


@contextmanager
def opened(browser: Browser) -> Iterator["Chromium"]:
    """Open a window, with storage of its own, of a browser that Playwright has started."""
    with browser.new_context() as context:
        yield Chromium(context.new_page())


class Chromium:
    """A page of Playwright."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, address: str) -> None:
        """Load a page."""
        self._page.goto(address)

    def evaluate(self, expression: str) -> str:
        """Evaluate in the page."""
        try:
            return str(self._page.evaluate(expression))
        except Error as error:
            if "context was destroyed" in error.message:
                raise PageLeftError from error
            raise

    def click(self, x: float, y: float) -> None:
        """Click."""
        self._page.mouse.click(x, y)

    def press(self, key: str) -> None:
        """Press a key."""
        if len(key) == 1:
            self._page.keyboard.type(key)  # `press` knows no Chinese characters
        else:
            self._page.keyboard.press(key)

    def resize(self, width: int, height: int) -> None:
        """Resize."""
        self._page.set_viewport_size({"width": width, "height": height})

    def back(self) -> None:
        """Go back."""
        self._page.go_back()

    def picture(self) -> str:
        """Take a picture."""
        return b64encode(self._page.screenshot()).decode()
