"""Highlighting of names, and the switches for marks and notes."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Opener

ZONGHAN = '.nm[data-name="wanyan-zonghan"]'


def lit(page: Page) -> set[str]:
    """Wait for highlighted names and return their texts."""
    expect(page.locator(".nm.lit").first).to_be_visible()
    return set(page.locator(".nm.lit").all_inner_texts())


def test_a_name_under_the_pointer_lights_up_under_its_other_forms(open_page: Opener) -> None:
    page = open_page("year/1122/", width=1280)
    page.locator(ZONGHAN, has_text="粘罕").first.hover()
    assert lit(page) == {"宗翰", "粘罕"}
    expect(page.locator("#who-card")).to_contain_text("完顏宗翰")
    page.locator("h1").hover()
    expect(page.locator(".nm.lit")).to_have_count(0)
    expect(page.locator("#who-card")).to_be_hidden()


def test_a_name_in_focus_does_the_same_and_escape_ends_it(open_page: Opener) -> None:
    page = open_page("hans/year/1122/")
    page.locator(ZONGHAN, has_text="宗翰").first.focus()
    assert lit(page) == {"宗翰", "粘罕"}
    expect(page.locator("#who-card")).to_contain_text("完颜宗翰")
    page.keyboard.press("Escape")
    expect(page.locator(".nm.lit")).to_have_count(0)


def test_the_first_tap_shows_who_it_is_and_the_second_follows(browser: Browser, address: str) -> None:
    with browser.new_context(has_touch=True, viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{address}year/1122/")
        name = page.locator(ZONGHAN, has_text="粘罕").first
        name.tap()
        expect(page.locator("#who-card")).to_contain_text("完顏宗翰")
        expect(page).to_have_url(re.compile(f"^{re.escape(address)}year/1122/"))  # the address follows the reading
        name.tap()
        page.wait_for_url(f"{address}name/wanyan-zonghan/")


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_a_thread_leads_to_the_other_account(open_page: Opener, how: str) -> None:
    page = open_page("year/1122/", width=1400)
    link = page.locator(".others a:not(.more)", has_text="大金國志").first
    getattr(link, how)()
    expect(page.locator(".thread")).to_be_visible()
    href = link.get_attribute("href") or ""
    id_ = href.strip("./").replace("/#s", ".").replace("/", ".")
    assert page.locator(".s.counterpart").evaluate_all("(all) => all.map((s) => s.id)") == [id_]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("h1").hover() if how == "hover" else page.locator("#find").focus()
    expect(page.locator(".thread")).to_have_count(0)


def test_without_javascript_a_name_is_a_link_to_its_page(open_page: Opener) -> None:
    page = open_page("year/1122/", javascript=False)
    page.locator(ZONGHAN, has_text="粘罕").first.click()
    expect(page.locator("h1")).to_have_text("完顏宗翰")
    expect(page.locator(".kwic b", has_text="粘罕").first).to_be_visible()


def test_an_occurrence_leads_to_its_sentence(open_page: Opener) -> None:
    page = open_page("name/wanyan-zonghan/")
    page.locator(".kwic a", has=page.locator("b", has_text="粘罕")).last.click()
    expect(page.locator(".s:target")).to_contain_text("粘罕")


def test_switches_are_remembered(open_page: Opener) -> None:
    page = open_page("year/1122/")
    page.locator(".unfold").first.click()
    expect(page.locator(".notes li").first).to_be_visible()
    page.locator("#open-settings").click()
    page.locator("#s-notes").uncheck()
    expect(page.locator(".notes li:visible, .ref:visible, .unfold:visible")).to_have_count(0)
    page.reload()
    expect(page.locator("#s-notes")).not_to_be_checked()
    expect(page.locator(".notes li:visible, .ref:visible, .unfold:visible")).to_have_count(0)


def test_switches_work_without_javascript(open_page: Opener) -> None:
    page = open_page("year/1122/", javascript=False)
    expect(page.locator(".notes li").first).to_be_visible()
    page.locator("#open-settings").click()
    page.locator("#s-notes").uncheck()
    expect(page.locator(".notes li:visible, .ref:visible")).to_have_count(0)


def test_the_page_can_be_read_as_received(open_page: Opener) -> None:
    page = open_page("year/1122/")
    text = page.locator('[id="dajinguozhi.2.tianfu5.10.2"] .text')
    expect(text).to_contain_text("時蕭后管")
    page.locator("#open-settings").click()
    page.locator("#s-received").check()
    expect(text).to_contain_text("時蕭後管")
    page.locator("#s-received").uncheck()
    expect(text).to_contain_text("時蕭后管")
