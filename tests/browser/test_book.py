"""The EPUB in a browser, as a reader shows it: accessible, and side by side where there is room."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import AXE

#: The rules of axe that Ace, the checker of the DAISY Consortium, turns off: a chapter is no page of a site.
NOT_IN_A_BOOK = ("bypass", "region", "page-has-heading-one", "landmark-complementary-is-top-level", "landmark-one-main")
RUN = """
(off) => axe
  .run(document, { rules: Object.fromEntries(off.map((id) => [id, { enabled: false }])), resultTypes: ["violations"] })
  .then((result) => result.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${v.help}: ${node.html}`)))
"""
Chapter = Callable[[str, int], Page]


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the unpacked book."""
    out: Path = tmp_path_factory.mktemp("book")
    with zipfile.ZipFile(site / "data" / "annals-hant.epub") as archive:
        archive.extractall(out)
    return out / "book"


@pytest.fixture
def chapter(folder: Path, browser: Browser) -> Iterator[Chapter]:
    """Return a function that opens a file of the book at a width."""
    contexts = []

    def opened(file: str, width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 1000})
        contexts.append(context)
        page = context.new_page()
        page.goto((folder / file).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "file", ["cover", "title", "nav", "about", "y1101", "y1118", "y1121", "y1122", "events", "names"]
)
def test_a_chapter_is_accessible(chapter: Chapter, file: str) -> None:
    page = chapter(f"{file}.xhtml", 800)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";undefined")
    assert page.evaluate(RUN, list(NOT_IN_A_BOOK)) == []


def test_works_stand_side_by_side_where_there_is_room(chapter: Chapter) -> None:
    def boxes(width: int) -> list[list[tuple[float, float, float]]]:
        page = chapter("y1122.xhtml", width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        months = page.locator(".month").all()
        return [
            [(b["x"], b["y"], b["width"]) for e in month.locator(".account").all() if (b := e.bounding_box())]
            for month in months
        ]

    for month in boxes(1280):
        (x, y, width), (other, top, _) = month
        assert top == y
        assert other >= x + width - 1
    for month in boxes(390):
        assert len({x for x, _, _ in month}) == 1
        tops = [y for _, y, _ in month]
        assert tops == sorted(set(tops))
