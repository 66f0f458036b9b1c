"""Every kind of page at several widths, in both scripts, with and without JavaScript."""

import re
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser import looking
from tests.browser.conftest import Opener, Scheme, watch

TREES = {"hant": "", "hans": "hans/"}
"""The two trees, Traditional and Simplified, by the script that `lang` names."""

KINDS = {
    "home": "",
    "year of one work": "year/1116/",
    "year of two works": "year/1122/",
    "year of empty headings": "year/1102/",
    "synopsis": "synopsis/",
    "work": "dajinguozhi/",
    "juan": "dajinguozhi/2/",
    "year of a work": "dajinguozhi/2/tianfu5/",
    "month of a work": "jinshi/2/tianfu6/1/",
    "passage": "jinshi/2/tianfu6/1/1/",
    "preface": "qidanguozhi/10/0/0/1/",
    "eras": "era/",
    "era": "era/tianfu/",
    "year name": "era/tianfu/5/",
    "events": "events/",
    "event": "event/zhongjing/",
    "names": "names/",
    "person": "name/wanyan-zonghan/",
    "day": "day/1122-02-23/",
    "calendar": "year/1122/calendar/",
    "calendar with an intercalary month": "year/1121/calendar/",
    "eclipses": "eclipses/",
    "who is who": "who/",
    "map": "map/",
    "river": "river/",
    "place": "name/yuanyangluo/",
    "apparatus": "apparatus/",
    "search": "search/",
    "data": "data/",
    "history": "about/history/",
    "about": "about/",
    "principles": "about/principles/",
}
"""One page of each kind."""

YEARS = {str(year): f"year/{year}/" for year in range(1101, 1124)}

WIDTHS = (360, 704, 1024, 1216, 1600)
"""A phone, a wide screen, and each width at which the layout changes."""

trees = pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
kinds = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
scripted = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])


def layout_at_every_width(page: Page) -> dict[int, list[str]]:
    faults = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        faults[width] = looking.layout(page)
    return {width: found for width, found in faults.items() if found}


@scripted
@trees
@kinds
def test_the_layout_holds(open_page: Opener, tree: str, path: str, javascript: bool) -> None:
    assert layout_at_every_width(open_page(tree + path, javascript=javascript)) == {}


@pytest.mark.parametrize("path", YEARS.values(), ids=YEARS)
def test_the_layout_of_every_year_holds(open_page: Opener, path: str) -> None:
    assert layout_at_every_width(open_page(path)) == {}


@kinds
def test_nothing_moves_while_a_page_loads(open_page: Opener, path: str) -> None:
    page = open_page(path, width=412)
    moved = page.evaluate(
        "new Promise((tell) => { let moved = 0;"
        " new PerformanceObserver((list) => list.getEntries().forEach((entry) => { moved += entry.value; }))"
        "  .observe({type: 'layout-shift', buffered: true}); setTimeout(() => tell(moved), 300); })"
    )
    # A parser that pauses inside a line moves the end of it by a pixel (0.0008 at most, on a slow machine); a line that
    # comes late at the top of a page moves all that is below it (0.02).
    assert moved < 0.005


# Each theme in each script, and each of them both narrow and wide.
@pytest.mark.parametrize(
    ("tree", "scheme", "width"),
    [("", "light", 1024), ("", "dark", 360), ("hans/", "light", 360), ("hans/", "dark", 1024)],
)
@kinds
def test_the_page_is_accessible(open_page: Opener, tree: str, path: str, scheme: Scheme, width: int) -> None:
    assert looking.accessibility(open_page(tree + path, scheme=scheme, width=width)) == []


@trees
@kinds
def test_the_site_works_at_the_root_of_a_host(browser: Browser, root_address: str, tree: str, path: str) -> None:
    errors: list[str] = []
    with browser.new_context() as context:
        watch(context, root_address, errors)
        page = context.new_page()
        page.goto(root_address + tree + path)
        expect(page.locator("h1")).not_to_be_empty()
    assert errors == []


def test_a_missing_page_is_one_of_the_site(browser: Browser, root_address: str) -> None:
    errors: list[str] = []
    with browser.new_context() as context:
        watch(context, root_address, errors)
        page = context.new_page()
        page.goto(root_address + "404.html")
        assert layout_at_every_width(page) == {}
        assert looking.accessibility(page) == []
        page.locator("a.name").click()
        expect(page).to_have_url(root_address)
    assert errors == []


@scripted
@trees
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("path", "fragment"),
    [
        ("jinshi/2/tianfu6/2/1/", "s3"),
        ("year/1122/", "dajinguozhi.2.tianfu5.6.1"),
        ("year/1122/", "dajinguozhi.2.tianfu5.6.3.2"),
        ("dajinguozhi/", "dajinguozhi.2.tianfu6.1.1.2"),
    ],
)
def test_a_link_to_a_sentence_shows_it(
    open_page: Opener, tree: str, path: str, fragment: str, width: int, javascript: bool
) -> None:
    page = open_page(f"{tree}{path}#{fragment}", width=width, javascript=javascript)
    assert looking.target(page, fragment) == []


@pytest.mark.parametrize("place", ["year/1122/#jinshi.2.tianfu6.2.1.3", "jinshi/2/tianfu6/2/1/?to=s4#s2"])
def test_the_toggle_keeps_the_place(open_page: Opener, address: str, place: str) -> None:
    page = open_page(place)
    toggle = page.locator("a.toggle")
    toggle.click()
    page.wait_for_url(f"{address}hans/{place}")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    toggle.click()
    page.wait_for_url(f"{address}{place}")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")


AT = "(id) => Math.round(document.getElementById(id).getBoundingClientRect().top)"
"""JavaScript: the distance of an element from the top of the window, in pixels."""


def stands_at(page: Page, id_: str, place: float, slack: int) -> None:
    """Wait until an element is at most ``slack`` pixels from its place: a page returns to it after it is loaded."""
    near = f"([id, place, slack]) => Math.abs(({AT})(id) - place) <= slack"
    page.wait_for_function(near, arg=[id_, place, slack])


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("how", ["click", "key"])
@pytest.mark.parametrize(
    ("path", "sentence", "passage"),
    [
        ("year/1122/", "dajinguozhi.2.tianfu5.6.3.9", "dajinguozhi.2.tianfu5.6.3"),
        ("year/1123/", "dajinguozhi.2.tianfu6.1.1.20", "dajinguozhi.2.tianfu6.1.1"),
        ("synopsis/", "qidanguozhi.10.tianqing4.10.3.12", "qidanguozhi.10.tianqing4.10.3"),
        ("jinshi/2/tianfu6/", "jinshi.2.tianfu6.3.1.5", "jinshi.2.tianfu6.3.1"),
        ("qidanguozhi/10/tianqing4/10/3/", "s12", "s12"),  # of the only passage of a page its sentence
    ],
)
def test_the_toggle_in_mid_page_leads_to_the_same_words(
    open_page: Opener, address: str, path: str, sentence: str, passage: str, width: int, how: str
) -> None:
    page = open_page(path, width=width)
    page.set_viewport_size({"width": width, "height": 420})  # a passage is a short page
    page.wait_for_load_state()
    page.evaluate("(id) => document.getElementById(id).scrollIntoView()", sentence)
    page.evaluate("scrollBy(0, 40)")
    place = page.evaluate(AT, sentence)
    for tree in ("hans/", ""):
        if how == "key":
            page.keyboard.press("t")
        else:
            page.locator("a.toggle").click()
        page.wait_for_url(re.compile(f"^{re.escape(address + tree + path)}#"))
        stands_at(page, sentence, place, 60)
        on_screen = page.url.partition("#")[2]
        assert looking.target(page, on_screen) == [] or page.evaluate(AT, on_screen) < 0  # it may begin above
        expect(page.locator(f"[id='{sentence}']")).to_be_in_viewport()
        if path.count("/") != 2 or width == 390:  # elsewhere another work stands beside it, and is first
            assert on_screen == passage


def test_a_fragment_out_of_sight_gives_way_and_one_in_sight_stays(open_page: Opener, address: str) -> None:
    page = open_page("year/1122/?to=jinshi.2.tianfu6.2.1.3#jinshi.2.tianfu6.2.1.2", width=390)
    page.wait_for_load_state()
    page.evaluate("document.getElementById('jinshi.2.tianfu6.11.1').scrollIntoView()")
    page.keyboard.press("t")
    page.wait_for_url(f"{address}hans/year/1122/#jinshi.2.tianfu6.11.1")
    page.goto(f"{address}jinshi/2/tianfu6/2/1/?to=s3#s2")
    page.keyboard.press("t")
    page.wait_for_url(f"{address}hans/jinshi/2/tianfu6/2/1/?to=s3#s2")
    page.wait_for_load_state()
    page.goto(f"{address}year/1122/")
    page.wait_for_load_state()
    page.keyboard.press("t")
    page.wait_for_url(f"{address}hans/year/1122/")  # at the head of a page nothing is named
    assert page.evaluate("scrollY") == 0


def test_the_toggle_at_the_head_stays_there_after_a_while(open_page: Opener, address: str) -> None:
    page = open_page("year/1122/", width=390)
    page.evaluate("document.getElementById('jinshi.2.tianfu6.11.1').scrollIntoView()")
    page.wait_for_timeout(600)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)
    page.evaluate("{ const now = Date.now; Date.now = () => now() + 20_000; }")
    page.locator("a.toggle").click()
    page.wait_for_url(f"{address}hans/year/1122/")
    assert page.evaluate("scrollY") == 0


def test_the_toggle_keeps_the_height_on_a_page_without_passages(open_page: Opener, address: str) -> None:
    page = open_page("names/", width=390)
    page.wait_for_load_state()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    page.keyboard.press("t")
    page.wait_for_url(f"{address}hans/names/")
    page.wait_for_load_state()
    share = "scrollY / document.documentElement.scrollHeight"
    assert page.evaluate(share) == pytest.approx(0.5, abs=0.02)


@kinds
def test_the_toggle_is_a_plain_link(open_page: Opener, address: str, path: str) -> None:
    page = open_page(path, javascript=False)
    toggle = page.locator("a.toggle")
    toggle.click()
    expect(page).to_have_url(f"{address}hans/{path}")
    toggle.click()
    expect(page).to_have_url(f"{address}{path}")


@scripted
@trees
def test_the_permalink_of_a_passage_opens_it(open_page: Opener, address: str, tree: str, javascript: bool) -> None:
    year = open_page(f"{tree}year/1122/", javascript=javascript)
    passage = year.locator("[id='jinshi.2.tianfu6.1.1']")
    link = passage.locator("a.pilcrow").evaluate("link => link.href")
    assert link == f"{address}{tree}jinshi/2/tianfu6/1/1/"
    page = open_page(link.removeprefix(address), javascript=javascript)
    expect(page.locator("main")).to_contain_text("取中京")
    page.locator("main a[href*='year/1122/']").first.click()
    expect(page.locator("h1")).to_contain_text("1122")


@trees
def test_a_note_is_reached_and_left_by_links(open_page: Opener, tree: str) -> None:
    page = open_page(f"{tree}year/1122/", javascript=False)
    reference = page.locator(".passage a.ref").first
    note = reference.evaluate("link => link.hash.slice(1)")
    reference.click()
    expect(page).to_have_url(re.compile(f"#{note}$"))
    assert looking.target(page, note) == []
    page.locator(f"[id='{note}'] a[href*='#']").first.click()
    assert looking.target(page, reference.evaluate("link => link.id")) == []


@pytest.mark.parametrize(("tree", "title"), [("", "大金國志"), ("hans/", "大金国志")], ids=TREES)
def test_a_year_prints(open_page: Opener, tmp_path: Path, tree: str, title: str) -> None:
    page = open_page(f"{tree}year/1122/")
    printed = PdfReader(BytesIO(page.pdf(path=tmp_path / "1122.pdf", format="A4")))
    words = "".join(sheet.extract_text() for sheet in printed.pages).split()
    text = normalize("NFKC", "".join(words))  # a font may print ⾦, the radical, for 金
    assert title in text
    assert "取中京" in text
    assert "¶" not in text
