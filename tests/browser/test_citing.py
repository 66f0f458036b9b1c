"""Citing: copied text is the text shown, and a copied link opens at the same words."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from edition.model.scripts import Script
from edition.publish.cite import things as citable
from edition.publish.cite.patterns import FORMATS, Citing
from tests.browser import looking
from tests.browser.conftest import Opener
from tests.publish.cite.test_patterns import edition, viewer

PASSAGE = "jinshi/2/tianfu4/5/1/"
ID = "jinshi.2.tianfu4.5.1"
SELECT = """([first, last, from, to]) => {
    const [one, other] = [first, last].map((selector) => document.querySelector(selector));
    const at = (element, offset) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            if (offset <= walker.currentNode.length) return [walker.currentNode, offset];
            offset -= walker.currentNode.length;
        }
    };
    getSelection().setBaseAndExtent(...at(one, from), ...at(other, to));
}"""


def allow(page: Page) -> None:
    """Let the page use the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def select(page: Page, first: str, last: str, start: int = 0, end: int | None = None) -> str:
    """Select from a position in one sentence to a position in another; return the selected text."""
    end = len(page.locator(last).first.text_content() or "") if end is None else end
    page.evaluate(SELECT, [first, last, start, end])
    expect(page.locator("#quote")).to_be_visible()
    return str(page.evaluate("getSelection().toString().replace(/\\s+/g, ' ').trim()"))


def choose(page: Page, what: str) -> str:
    """Copy as a link, as text, …; return the content of the clipboard."""
    page.locator(f"#quote [data-copy={what}]").click()
    expect(page.locator("#said")).to_contain_text("已")
    return clipboard(page)


def marked(page: Page) -> str:
    """Return the sentences that are highlighted as the target of the address."""
    shown = "[...document.querySelectorAll('.s:target, .s.is-target')].map((s) => s.textContent).join('')"
    return str(page.evaluate(shown))


@pytest.mark.parametrize("script", ["hant", "hans"])
@pytest.mark.parametrize(("query", "first", "last"), [("", "", ""), ("#s3", "3", ""), ("?to=s5#s3", "3", "5")])
def test_citations_follow_the_address_and_are_copied_as_shown(
    open_page: Opener, address: str, script: Script, query: str, first: str, last: str
) -> None:
    page = open_page(("hans/" if script == "hans" else "") + PASSAGE + query)
    allow(page)
    page.locator(".cite summary").click()
    cited = citable.of_passage(viewer(script), ID, first, last)
    writes = Citing(viewer(script), address)
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    for name in FORMATS:
        expected = "".join(part.text for part in writes.parts(cited, name)).replace("{accessed}", today)
        row = page.locator(f".cite [data-format={name}]")
        assert row.locator(".citation").text_content() == expected
        row.locator(".copy").click()
        expect(page.locator("#said")).to_contain_text("已")
        assert clipboard(page) == expected


def test_a_citation_changes_with_the_sentence(open_page: Opener) -> None:
    page = open_page(PASSAGE)
    page.locator(".cite summary").click()
    page.locator("#s7 .sn").click()
    expect(page.locator(".cite [data-format=footnote] .citation")).to_contain_text(f"{ID}.7")
    page.go_back()
    expect(page.locator(".cite [data-format=footnote] .citation")).not_to_contain_text(f"{ID}.7")


@pytest.mark.parametrize("path", [PASSAGE, "year/1122/", "event/zhongjing/", f"hans/{PASSAGE}"])
def test_citations_stand_on_the_page_without_javascript(open_page: Opener, path: str) -> None:
    page = open_page(path, javascript=False)
    page.locator(".cite summary").click()
    assert page.locator(".cite .citation").count() == len(FORMATS)
    expect(page.locator(".cite .citation").first).to_be_visible()
    expect(page.locator(".cite .copy").first).to_be_hidden()


@pytest.mark.parametrize("tree", ["", "hans/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_selected_words_are_copied_with_a_link_that_opens_at_them(
    open_page: Opener, address: str, tree: str, width: int
) -> None:
    page = open_page(tree + PASSAGE, width=width)
    allow(page)
    words = select(page, "#s2", "#s4", 3)
    link = choose(page, "link")
    assert link == f"{address}{PASSAGE}?to=s4#s2"
    assert choose(page, "words") == words
    cited = choose(page, "cited")
    assert words in cited
    assert link in cited
    assert f"{ID}.2-4" in cited
    assert "脫脫" in cited or "脱脱" in cited
    again = open_page((tree + link.removeprefix(address)), width=width)
    assert words in marked(again)
    assert "hans" not in link


def test_a_link_reaches_to_the_selected_words_alone(open_page: Opener, address: str) -> None:
    page = open_page(PASSAGE)
    allow(page)
    words = select(page, "#s12", "#s12", 2, 6)
    link = choose(page, "exact")
    assert link == f"{address}{PASSAGE}#s12:~:text={quote(words)}"
    again = open_page(link.removeprefix(address))
    assert words in marked(again)


def test_a_range_over_passages_opens_on_the_least_page_that_has_both(open_page: Opener, address: str) -> None:
    page = open_page("year/1120/")
    allow(page)
    ids = [id_ for id_ in edition().passages if id_.startswith("jinshi.2.tianfu4.")][:3]
    first, last = f"{ids[0]}.1", f"{ids[2]}.1"
    select(page, f'[id="{first}"]', f'[id="{last}"]')
    link = choose(page, "link")
    assert link == f"{address}jinshi/2/tianfu4/?to={last}#{first}"
    words = choose(page, "words")
    passages = [edition().converted["hant"][id_] for id_ in ids]
    assert words.startswith("".join(passages[:2]))
    assert words.removeprefix("".join(passages[:2])) in passages[2]
    again = open_page(link.removeprefix(address))
    assert " ".join(marked(again).split()) == words


def test_a_quotation_can_be_had_in_the_script_of_the_transcription(open_page: Opener) -> None:
    page = open_page(PASSAGE)
    allow(page)
    words = select(page, "#s1", "#s1", 3, 12)
    assert choose(page, "words") == words
    page.locator("#quote-source").click()
    plain = open_page(f"hans/{PASSAGE}")
    expected = plain.evaluate("[...document.getElementById('s1').textContent].slice(3, 12).join('')")
    assert choose(page, "words") == expected != words
    received = open_page("qidanguozhi/10/0/0/1/")
    select(received, "#s1", "#s1")
    expect(received.locator("#quote-source")).to_be_hidden()


def test_a_refused_clipboard_leaves_the_words_selected(open_page: Opener) -> None:
    page = open_page(PASSAGE)
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('refused')); }")
    words = select(page, "#s3", "#s3")
    page.locator("#quote [data-copy=words]").click()
    expect(page.locator("#quote textarea")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("未能")
    assert page.locator("#quote textarea").input_value() == words
    page.locator(".cite summary").click()
    page.locator(".cite [data-format=mla] .copy").click()
    assert page.evaluate("getSelection().toString()") == page.locator("[data-format=mla] .citation").text_content()


def test_the_page_leaves_copying_alone(open_page: Opener) -> None:
    """Numbers, notes and marks are not copied."""
    page = open_page("year/1122/", width=1280)
    allow(page)
    id_ = next(id_ for id_, notes in edition().notes.items() if id_.startswith("jinshi.2.tianfu6") and len(notes) > 1)
    passage = page.locator(f'[id="{id_}"] .text')
    page.evaluate("(element) => getSelection().selectAllChildren(element)", passage.element_handle())
    page.keyboard.press("Control+c")
    assert clipboard(page).strip() == edition().converted["hant"][id_].strip()


def test_one_work_is_selected_without_the_other(open_page: Opener) -> None:
    page = open_page("year/1122/", width=1280)
    page.set_viewport_size({"width": 1280, "height": 3000})
    allow(page)
    one = page.locator(".account .passage[data-id^='jinshi.']").first
    other = page.locator(".account .passage[data-id^='jinshi.']").nth(3)
    other.scroll_into_view_if_needed()
    start = one.locator(".s").first.bounding_box()
    end = other.locator(".s").last.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 8, steps=5)
    page.mouse.up()
    page.keyboard.press("Control+c")
    copied = clipboard(page)
    assert len(copied) > 40
    notes = [note.text_content() or "" for note in page.locator(".account .notes p").all()]
    assert not any(note in copied for note in notes)
    theirs = [s.text_content() or "" for s in page.locator(".passage[data-id^='dajinguozhi.'] .s").all()]
    assert not any(words.strip() in copied for words in theirs)


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [195, 390, 640])
@pytest.mark.parametrize(
    "link",
    [f"{PASSAGE}#s12", f"{PASSAGE}?to=s5#s3", f"hans/{PASSAGE}#s19", f"jinshi/2/tianfu4/5/#{ID}.12", f"{PASSAGE}#s8"],
)
def test_a_link_is_in_view_on_a_phone_and_enlarged(
    open_page: Opener, link: str, width: int, *, javascript: bool
) -> None:
    """At 200 % a window of 1280 has 640 pixels, one of 390 has 195."""
    page = open_page(link, width=width, javascript=javascript)
    assert looking.target(page, link.partition("#")[2]) == []


def test_a_full_stop_after_an_address_does_no_harm(open_page: Opener) -> None:
    page = open_page(f"{PASSAGE}#s3。")
    expect(page.locator("#s3")).to_be_in_viewport()
    assert page.evaluate("location.hash") == "#s3"


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("jinshi/2/tianfu4/5/1/index.htm", PASSAGE),
        ("JINSHI/2/Tianfu4/5/1", PASSAGE),
        ("jinshi.2.tianfu4.5.1", PASSAGE),
        ("jinshi.2.tianfu4.5.1.3", f"{PASSAGE}#s3"),
        ("jinshi/2/tianfu4/5/1/。", PASSAGE),
        ("jinshi/2/tianfu4/5/9/", "jinshi/2/tianfu4/5/"),
        ("hans/jinsi/2/tianfu4/5/1/", f"hans/{PASSAGE}"),
        ("1122", "year/1122/"),
        ("event/zhongjin/", "event/zhongjing/"),
    ],
)
def test_a_lost_address_is_offered_the_nearest_place(
    browser: Browser, root_address: str, lost: str, found: str
) -> None:
    page = browser.new_page()
    page.goto(root_address + quote(lost))
    offered = page.locator("#near a")
    expect(offered.first).to_be_visible()
    addresses = [link.get_attribute("href") for link in offered.all()]
    assert root_address + found in addresses[:2]
    offered.first.click()
    expect(page.locator("h1")).not_to_have_text("沒有這一頁")
    page.close()
