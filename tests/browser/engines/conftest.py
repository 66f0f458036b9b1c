"""Fixtures: a window of each engine."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from tests.browser.engines import chromium, firefox, webkit
from tests.browser.engines.window import Driver, Window


def _opened(engine: str, request: pytest.FixtureRequest) -> AbstractContextManager[Driver]:
    if engine == "chromium":
        return chromium.opened(request.getfixturevalue("browser"))
    if engine == "firefox" and (path := firefox.find()):
        return firefox.opened(path)
    if engine == "webkit" and (path := webkit.find()):
        return webkit.opened(path)
    pytest.skip(f"NOT TESTED IN {engine.upper()}, which is not installed: see docs/testing.md")


@pytest.fixture(scope="session", params=["chromium", "firefox", "webkit"])
def driver(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """Each engine in turn. One that is installed must run; one that is not is skipped, and the summary says so."""
    with _opened(request.param, request) as driver:
        yield driver


@pytest.fixture
def window(driver: Driver, address: str) -> Window:
    """A window on a site of which the browser remembers nothing."""
    window = Window(driver, address)
    window.open("robots.txt")
    window.run("() => { localStorage.clear(); sessionStorage.clear(); }")
    window.resize(1280)
    return window
