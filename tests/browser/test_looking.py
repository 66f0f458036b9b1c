"""Tests of the harness: it reports faults that are there, and only those."""

import pytest
from playwright.sync_api import Browser

from tests.browser import looking

SOUND = {
    "two columns": '<div style="display:grid;grid-template-columns:1fr 1fr"><p>金史</p><p>國志</p></div>',
    "a raised figure": "<p>取中京<a style='font-size:.7em;vertical-align:.6em'>1</a>。</p>",
    "columns of the table": "<table><colgroup><col><col></colgroup><tr><td>遼</td><td>宋</td></tr></table>",
    "vertical lines": "<p style='writing-mode:vertical-rl;line-height:1.1'>建中<br>靖國</p>",
    "a heading for screen readers": ("<p>正<b style='position:absolute;width:1px;overflow:hidden'>月</b>癸酉</p>"),
    "a closed disclosure": "<details><summary>校記</summary><p>七主，當作國主。</p></details><p>三月</p>",
}

FAULTY = {
    "scrolls sideways": '<p style="width:2000px">遼</p>',
    "lies over": '<div><p>金史</p><p style="margin-top:-2em">大金國志</p></div>',
    "written over each other": '<p>金史<span style="position:absolute;left:0;top:1em">大金國志</span></p>',
    "cuts its text off": '<main><p style="width:2em;overflow:hidden;white-space:nowrap">國主出征</p></main>',
}


@pytest.mark.parametrize("html", SOUND.values(), ids=SOUND)
def test_a_sound_layout(browser: Browser, html: str) -> None:
    with browser.new_page() as page:
        page.set_content(f"<!doctype html><body style='margin:0'>{html}")
        assert looking.layout(page) == []


@pytest.mark.parametrize(("fault", "html"), FAULTY.items(), ids=FAULTY)
def test_a_fault_in_the_layout(browser: Browser, fault: str, html: str) -> None:
    with browser.new_page() as page:
        page.set_content(f"<!doctype html><body style='margin:0'>{html}")
        assert [line for line in looking.layout(page) if fault in line]


def test_a_target_under_a_sticky_head(browser: Browser) -> None:
    head = "<header style='position:sticky;top:0;height:80px;background:white'>遼金三史對讀</header>"
    body = "<p style='height:2000px'>正月</p><p id='s3'>乙亥，取中京。</p><p style='height:2000px'>二月</p>"
    with browser.new_page() as page:
        page.set_content(f"<!doctype html><body>{head}{body}")
        assert "outside the window" in looking.target(page, "s3")[0]
        page.evaluate("document.getElementById('s3').scrollIntoView()")
        assert "hidden under <header" in looking.target(page, "s3")[0]
        page.evaluate("window.scrollBy(0, -200)")
        assert looking.target(page, "s3") == []
        assert looking.target(page, "s4") == ["nothing here has the id s4"]


def test_an_inaccessible_page(browser: Browser) -> None:
    with browser.new_page() as page:
        page.set_content("<!doctype html><title>遼</title><main><h1>遼</h1><p style='color:#ddd'>金史卷二</p></main>")
        assert {line.split(":")[0] for line in looking.accessibility(page)} == {
            "html-has-lang",
            "color-contrast",
        }
