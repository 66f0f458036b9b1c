"""Vertical lines: one sheet, turned by pages, and a place that is kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

SENTENCE = "qidanguozhi.10.tianqing4.10.3.2"
EDGE = """(id) => {
  const [sheet, sentence] = ["start", id].map((name) => document.getElementById(name));
  return sheet.getBoundingClientRect().right - sentence.getClientRects()[0].right;
}"""
"""How far left of the right edge of the sheet a sentence begins."""

SCROLLED = "-document.getElementById('start').scrollLeft"


def switch(page: Page) -> None:
    """Change the direction of the lines, wherever the box is."""
    page.evaluate("document.getElementById('s-vertical').click()")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_place_is_kept_when_lines_change_direction(open_page: Opener, width: int) -> None:
    page = open_page("qidanguozhi/10/", width=width)
    page.wait_for_load_state()
    page.evaluate("(id) => document.getElementById(id).scrollIntoView()", SENTENCE)
    switch(page)
    assert 0 <= page.evaluate(EDGE, SENTENCE) < 36
    expect(page.locator(f"[id='{SENTENCE}']")).to_be_in_viewport()
    expect(page.locator(".leaves")).to_be_in_viewport()
    switch(page)
    expect(page.locator(f"[id='{SENTENCE}']")).to_be_in_viewport()
    assert page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", SENTENCE) < 400


def test_the_sheet_is_turned_by_whole_lines(open_page: Opener) -> None:
    page = open_page("qidanguozhi/10/", width=1280)
    page.emulate_media(reduced_motion="reduce")
    switch(page)
    expect(page.locator(".leaves .hint")).to_be_visible()
    expect(page.locator(".leaves [data-leaf='-1']")).to_be_disabled()
    pitch = page.evaluate("parseFloat(getComputedStyle(document.getElementById('start')).lineHeight)")
    room = page.evaluate("document.getElementById('start').clientWidth")
    assert room % pitch == pytest.approx(0, abs=1)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(SCROLLED) == pytest.approx(room, abs=1)
    expect(page.locator(".leaves .hint")).to_be_hidden()
    page.locator(".leaves [data-leaf='1']").click()
    assert page.evaluate(SCROLLED) == pytest.approx(2 * room, abs=1)
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(SCROLLED) == pytest.approx(0, abs=1)
    page.locator("#start").hover()
    page.mouse.wheel(0, 300)
    while page.evaluate(SCROLLED) < 250:  # the wheel is turned by and by
        page.wait_for_timeout(50)


def test_the_sheet_is_complete_without_a_script(open_page: Opener) -> None:
    page = open_page("qidanguozhi/10/", width=1280, javascript=False)
    page.locator("#open-settings").click()
    page.locator("#s-vertical").check()
    page.locator("#open-settings").click()
    sheet = page.locator("#start")
    assert sheet.evaluate("(sheet) => sheet.scrollWidth > 5 * sheet.clientWidth && sheet.clientHeight <= innerHeight")
    heads = sheet.locator("h2").evaluate_all("(all) => all.map((head) => head.getBoundingClientRect().right)")
    assert heads == sorted(heads, reverse=True)  # the years, from right to left
    expect(page.locator(".leaves .hint")).to_be_visible()
    expect(page.locator(".leaves button").first).to_be_hidden()
