"""On paper: a page of a book, with running heads and page numbers, and without controls."""

from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from tests.browser.conftest import Opener
from tests.browser.test_reading import KINDS, YEARS, trees

CHIEF = {
    "year": "year/1122/",
    "year of a long month": "year/1118/",
    "year of one work": "year/1116/",
    "juan": "jinshi/2/",
    "event": KINDS["event"],
    "home": "",
}
chief = pytest.mark.parametrize("path", CHIEF.values(), ids=CHIEF)

CONTROLS = ("設定", "设定", "设置", "複製", "复制", "¶", "⇄", "＋", "跳到正文")


def printed(page: Page) -> list[PageObject]:
    """Print a page of the site as its own style says, and return the sheets."""
    return list(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def words(sheet: PageObject) -> str:
    """The words of a sheet without spaces. A font may print ⾦, the radical, for 金."""
    return normalize("NFKC", "".join(sheet.extract_text().split()))


def lowest(sheet: PageObject) -> float:
    """How far down the text of a sheet reaches, without what stands in the margin: 0 at the top, 1 at the bottom."""
    heights: list[float] = []

    def visit(text: str, matrix: list[float], inner: list[float], *_: object) -> None:
        y = inner[5] * matrix[3] + matrix[5]
        if text.strip() and y > 66:  # points: the margin at the foot
            heights.append(y)

    sheet.extract_text(visitor_text=visit)
    return 1 - min(heights) / float(sheet.mediabox.height)


def test_a_year_has_running_heads_and_page_numbers(open_page: Opener) -> None:
    sheets = printed(open_page("year/1122/"))
    first, second, third = map(words, sheets[:3])
    assert first.count("壬寅1122") == 1  # the title
    assert "遼金三史對讀0.1.0版" in first
    assert "/year/1122/" in first
    assert second.startswith("遼金三史對讀0.1.0版")
    assert "壬寅1122" in second
    assert third.startswith("壬寅1122金史天輔六年大金國志天輔五年")
    for number, sheet in enumerate(sheets, 1):
        assert str(number) in sheet.extract_text().split()


@trees
@chief
def test_nothing_to_be_pressed_is_printed(open_page: Opener, tree: str, path: str) -> None:
    sheets = printed(open_page(tree + path))
    text = "".join(map(words, sheets))
    assert [control for control in CONTROLS if control in text] == []
    assert [number for number, sheet in enumerate(sheets[:-1], 1) if lowest(sheet) < 0.35] == []  # half empty


@pytest.mark.parametrize("path", [YEARS[year] for year in ("1114", "1120", "1121", "1123")])
def test_years_fill_their_pages(open_page: Opener, path: str) -> None:
    sheets = printed(open_page(path))
    assert [number for number, sheet in enumerate(sheets[:-1], 1) if lowest(sheet) < 0.35] == []


@chief
def test_nothing_is_wider_than_the_paper(open_page: Opener, path: str) -> None:
    page = open_page(path, width=650)  # 172 mm
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 656  # one in a hundred: it is shrunk


def test_notes_are_printed_once_and_without_a_script(open_page: Opener) -> None:
    scripted, plain = (printed(open_page("year/1122/", javascript=javascript)) for javascript in (True, False))
    text = "".join(map(words, plain))
    assert text.count("女真謀臣。") == 1
    assert len(scripted) == len(plain)
