"""Fixtures: the browser, the served site, and pages whose errors fail the test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.browser import chromium
from tests.browser.server import serving

Scheme = Literal["light", "dark"]

BASE = "/liaojin/"
"""The sub-path under which most tests serve the site."""

# No test is about time: a machine that does ten things at once may take as long as it likes.
expect.set_options(timeout=30_000)


class Opener(Protocol):
    """Opens a page of the site."""

    def __call__(  # noqa: D102 -- the class says it
        self, path: str, *, width: int = 1024, javascript: bool = True, scheme: Scheme = "light"
    ) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's own Chromium."""
    path = chromium.find()
    if path is None:
        pytest.fail("no Chromium or Chrome was found; `make test` installs it or says what to install")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.flags())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def slow(request: pytest.FixtureRequest) -> int:
    """The factor by which the CPU of the browser is throttled."""
    return int(request.config.getoption("--slow"))


@pytest.fixture(scope="session")
def address(site: Path, slow: int) -> Iterator[str]:
    """The address of the home page, under a sub-path."""
    with serving(site, BASE, late=slow * 0.03 if slow > 1 else 0) as address:
        yield address


@pytest.fixture(scope="session")
def root_address(site: Path) -> Iterator[str]:
    """The address of the home page at the root of a host."""
    with serving(site) as address:
        yield address


def watch(context: BrowserContext, host: str, errors: list[str]) -> None:
    """Append console messages, failed requests and requests to other hosts of the pages in `context` to `errors`."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            errors.append(f"{message.type}: {message.text} ({message.location['url']})")

    def on_request(request: Request) -> None:
        if not request.url.startswith(host):
            errors.append(f"leaves the site: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            errors.append(f"{response.status}: {response.url}")

    context.on("console", on_console)
    context.on("request", on_request)
    context.on("response", on_response)

    def on_failure(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left while something was still on its way
            errors.append(f"{request.failure}: {request.url}")

    context.on("requestfailed", on_failure)
    context.on("weberror", lambda error: errors.append(f"script: {error.error}"))


@pytest.fixture
def page_errors() -> list[str]:
    """The errors so far of the pages that `open_page` opened."""
    return []


@pytest.fixture
def open_page(browser: Browser, address: str, page_errors: list[str], slow: int) -> Iterator[Opener]:
    """A function that opens a page of the site; the test fails at its end if any of them had an error."""
    contexts = []

    def opener(path: str, *, width: int = 1024, javascript: bool = True, scheme: Scheme = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=javascript, color_scheme=scheme
        )
        contexts.append(context)
        watch(context, address, page_errors)
        page = context.new_page()
        if slow > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
        page.goto(address + path)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert page_errors == []
