"""The reader's own ways: theme, columns, keys, vertical lines, the place last read, reading without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser import looking
from tests.browser.conftest import Opener

PAPER = "getComputedStyle(document.body).backgroundColor"
COLOURS = {"light": "rgb(253, 253, 251)", "sepia": "rgb(245, 237, 220)", "dark": "rgb(22, 22, 21)"}


def settings(page: Page) -> None:
    """Open the settings, if they are not."""
    if not page.locator("#settings").is_visible():
        page.locator("#open-settings").click()
    expect(page.locator("#settings")).to_be_visible()


@pytest.mark.parametrize("theme", COLOURS)
def test_a_theme_is_chosen_and_there_from_the_first(open_page: Opener, theme: str) -> None:
    page = open_page("year/1122/", scheme="dark" if theme == "light" else "light")
    settings(page)
    page.locator(f"#settings input[value={theme}]").check()
    assert page.evaluate(PAPER) == COLOURS[theme]
    assert looking.accessibility(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#settings")).to_be_hidden()
    page.add_init_script(
        "document.addEventListener('readystatechange', () => {"
        " window.first ??= document.documentElement.dataset.theme; })"
    )
    page.goto(page.url.replace("year/1122/", "hans/jinshi/"))
    assert page.evaluate("first") == theme
    assert page.evaluate(PAPER) == COLOURS[theme]
    settings(page)
    page.locator("#settings input[name=theme][value='']").check()
    assert page.evaluate("document.documentElement.dataset.theme") is None


@pytest.mark.parametrize("javascript", [True, False])
def test_the_usual_theme_is_shown_as_chosen_from_the_first_visit(open_page: Opener, *, javascript: bool) -> None:
    page = open_page("year/1122/", javascript=javascript)
    chosen = (
        "[...document.querySelectorAll('#settings input[name=theme]')].filter((c) => c.checked).map((c) => c.value)"
    )
    assert page.evaluate(chosen) == [""]
    if not javascript:
        return
    for theme in ("sepia", "", "no theme of ours"):
        page.evaluate("(theme) => localStorage.setItem('theme', theme)", theme)
        page.reload()
        assert page.evaluate(chosen) == [theme if theme in COLOURS else ""]


TOKENS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  return ["paper", "ink", "ink-2", "rule", "rule-2", "red", "wash", "target"].map((token) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  });
}"""


@pytest.mark.parametrize("theme", COLOURS)
def test_paper_is_white_whatever_theme_was_chosen(open_page: Opener, theme: str) -> None:
    page = open_page("year/1122/")
    page.evaluate("(theme) => localStorage.setItem('theme', theme)", theme)
    page.reload()
    page.emulate_media(media="print")
    assert page.evaluate(TOKENS)[:2] == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_a_browser_that_does_not_know_light_dark_is_light(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{address}year/1122/")
        light = page.evaluate(TOKENS)
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.route(
            "**/static/site.css",
            lambda route: route.fulfill(
                body=route.fetch().text().replace("light-dark(", "unknown("), content_type="text/css"
            ),
        )
        page.goto(f"{address}year/1122/")
        assert page.evaluate(TOKENS) == light
        for theme in ("light", "dark", "sepia"):
            page.evaluate("(theme) => localStorage.setItem('theme', theme)", theme)
            page.reload()
            assert page.evaluate(PAPER) == COLOURS["sepia" if theme == "sepia" else "light"]
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def works(page: Page) -> list[str]:
    """The works of a month in the order in which they stand, as far as they are seen."""
    accounts = "[...document.querySelector('.month').querySelectorAll('.account')]"
    return list(page.evaluate(f"{accounts}.filter((a) => a.offsetParent).map((a) => a.dataset.work)"))


@pytest.mark.parametrize("width", [390, 1280])
def test_columns_are_moved_hidden_and_shared(open_page: Opener, address: str, width: int) -> None:
    page = open_page("year/1122/", width=width)
    assert works(page) == ["jinshi", "dajinguozhi"]
    settings(page)
    page.locator("[data-column=dajinguozhi] [data-do=forward]").click()
    assert works(page) == ["dajinguozhi", "jinshi"]
    expect(page).to_have_url(f"{address}year/1122/?columns=dajinguozhi,jinshi")
    shared = open_page("year/1122/?columns=dajinguozhi,jinshi", width=width)
    assert works(shared) == ["dajinguozhi", "jinshi"]
    assert looking.layout(shared) == []
    page.reload()
    assert works(page) == ["dajinguozhi", "jinshi"]
    settings(page)
    page.locator("[data-column=dajinguozhi] input").uncheck()
    assert works(page) == ["jinshi"]
    settings(page)
    page.locator("[data-column=jinshi] input").click()  # the last one stays
    assert works(page) == ["jinshi"]
    page.keyboard.press("Escape")
    assert looking.layout(page) == []
    settings(page)
    page.locator("[data-column=dajinguozhi] input").check()
    expect(page).to_have_url(f"{address}year/1122/")


COLUMNS = """
(() => {
  const shown = [...document.querySelectorAll(".account")].filter((a) => a.offsetParent).map((a) => a.dataset.work);
  const boxes = [...document.querySelectorAll(".columns [data-column]")].map((box) => box.dataset.column);
  return boxes.length ? boxes.filter((work) => shown.includes(work)) : [...new Set(shown)];
})()
"""


def columns(page: Page) -> list[str]:
    """The works of which something is seen on the page, in the order of their boxes."""
    return list(page.evaluate(COLUMNS))


def test_a_work_that_was_never_touched_is_never_hidden(open_page: Opener, address: str) -> None:
    page = open_page("year/1122/")
    settings(page)
    page.locator("[data-column=dajinguozhi] input").uncheck()
    assert columns(page) == ["jinshi"]
    page.goto(f"{address}year/1118/")
    assert columns(page) == ["qidanguozhi", "jinshi"]
    page.goto(f"{address}hans/year/1121/")  # the one that was hidden is so wherever it is
    assert columns(page) == ["jinshi"]
    settings(page)
    page.locator("[data-column=jinshi] [data-do=widen]").click()
    settings(page)
    page.locator("[data-column=dajinguozhi] input").check()
    assert columns(page) == ["jinshi", "dajinguozhi"]
    page.goto(f"{address}year/1118/")
    settings(page)
    page.locator("[data-column=jinshi] [data-do=forward]").click()
    settings(page)
    page.locator("[data-column=qidanguozhi] input").uncheck()
    page.goto(f"{address}year/1122/")
    assert columns(page) == ["jinshi", "dajinguozhi"]
    page.goto(f"{address}year/1118/")
    assert columns(page) == ["jinshi"]
    page.goto(f"{address}year/1117/")  # alone in its year, and without boxes
    assert columns(page) == ["qidanguozhi"]


def test_a_page_whose_works_are_all_hidden_shows_them(open_page: Opener, address: str) -> None:
    page = open_page("year/1118/")
    settings(page)
    page.locator("[data-column=jinshi] input").uncheck()
    page.goto(f"{address}year/1122/")
    assert columns(page) == ["dajinguozhi"]
    settings(page)
    page.locator("[data-column=jinshi] input").check()
    settings(page)
    page.locator("[data-column=dajinguozhi] input").uncheck()
    page.goto(f"{address}year/1118/")
    settings(page)
    page.locator("[data-column=jinshi] input").uncheck()
    page.goto(f"{address}year/1122/")
    assert columns(page) == ["dajinguozhi", "jinshi"]


@pytest.mark.parametrize(("before", "order", "wide"), [("jinshi*", 0, True), ("dajinguozhi,jinshi", 1, False)])
def test_what_was_remembered_before_hides_nothing(
    open_page: Opener, address: str, before: str, order: int, *, wide: bool
) -> None:
    page = open_page("")
    page.evaluate("(columns) => localStorage.setItem('columns', columns)", before)
    page.goto(f"{address}year/1118/")
    assert columns(page) == ["qidanguozhi", "jinshi"]
    page.goto(f"{address}year/1122/")
    assert columns(page) == [["jinshi", "dajinguozhi"], ["dajinguozhi", "jinshi"]][order]
    widen = page.locator("[data-column=jinshi] [data-do=widen]")
    expect(widen).to_have_attribute("aria-pressed", str(wide).lower())


def test_a_shared_address_hides_on_its_page_alone(open_page: Opener, address: str) -> None:
    page = open_page("year/1118/?columns=jinshi*")
    assert columns(page) == ["jinshi"]
    settings(page)
    page.locator("[data-column=jinshi] [data-do=widen]").click()
    expect(page).to_have_url(f"{address}year/1118/?columns=jinshi")
    page.goto(f"{address}year/1118/")
    assert columns(page) == ["qidanguozhi", "jinshi"]


@pytest.mark.parametrize("width", [390, 1280])
def test_what_a_link_points_at_is_shown_though_its_column_is_hidden(
    open_page: Opener, address: str, width: int
) -> None:
    page = open_page("year/1118/", width=width)
    settings(page)
    page.locator("[data-column=qidanguozhi] input").uncheck()
    assert columns(page) == ["jinshi"]
    for fragment in ("qidanguozhi.10.tianqing8.8.1", "qidanguozhi.10.tianqing8.8.1.3"):
        page.goto(f"{address}year/1118/")
        assert columns(page) == ["jinshi"]
        page.goto(f"{address}year/1118/#{fragment}")  # by a link on the page itself
        assert looking.target(page, fragment) == []
        page.goto(address)
        page.goto(f"{address}year/1118/#{fragment}")
        assert looking.target(page, fragment) == []
        assert looking.layout(page) == []
    page.goto(f"{address}year/1118/?columns=jinshi#qidanguozhi.10.tianqing8.8.1")
    assert looking.target(page, "qidanguozhi.10.tianqing8.8.1") == []
    page.goto(address)
    page.goto(f"{address}year/1118/")  # it was shown for the link, and is still hidden
    assert columns(page) == ["jinshi"]


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_a_work_is_hidden_and_its_target_shown_without_javascript(open_page: Opener, width: int) -> None:
    page = open_page("year/1118/", width=width, javascript=False)
    settings(page)
    page.locator("[data-column=qidanguozhi] input").uncheck()
    expect(page.locator(".u-col", has_text="契丹國志")).to_be_visible()
    page.locator("#open-settings").click()
    shown = page.locator(".account:visible")
    assert {account.get_attribute("data-work") for account in shown.all()} == {"jinshi"}
    assert looking.layout(page) == []
    fragment = "qidanguozhi.10.tianqing8.8.1"
    page.locator(".toc summary").click()
    page.locator(f".toc a[href^='#{fragment}']").first.click()
    fragment = page.url.partition("#")[2]
    page.locator(".toc summary").click()
    assert looking.target(page, fragment) == []
    assert {account.get_attribute("data-work") for account in shown.all()} == {"jinshi", "qidanguozhi"}
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    settings(page)
    for box in page.locator(".col").all():
        box.uncheck()
    assert shown.count()  # with no box left, everything is shown


def test_a_column_is_given_more_room(open_page: Opener) -> None:
    page = open_page("year/1122/", width=1400)
    settings(page)
    page.locator("[data-column=jinshi] [data-do=widen]").click()
    wide, narrow = (
        page.locator(f".month .account[data-work={w}]").first.bounding_box() for w in ("jinshi", "dajinguozhi")
    )
    assert wide
    assert narrow
    assert wide["width"] > 1.6 * narrow["width"]
    page.keyboard.press("Escape")
    assert looking.layout(page) == []


def test_keys_lead_on_and_can_be_switched_off(open_page: Opener, address: str) -> None:
    page = open_page("year/1121/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"{address}year/1122/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("t")
    page.wait_for_url(f"{address}hans/year/1122/")
    page.keyboard.press("?")
    expect(page.locator("#settings")).to_be_visible()
    page.locator("#settings input[name=keys]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(200)
    expect(page).to_have_url(f"{address}hans/year/1122/")
    page.locator("#find").focus()
    page.keyboard.type("t?")
    assert page.locator("#find").input_value() == "t?"


def test_the_place_last_read_is_offered_and_not_gone_to(open_page: Opener, address: str) -> None:
    page = open_page("")
    expect(page.locator("#last-place")).to_be_hidden()
    page.goto(f"{address}jinshi/2/tianfu6/")
    page.evaluate("document.getElementById('jinshi.2.tianfu6.6.1').scrollIntoView()")
    page.goto(address)
    expect(page.locator("#last-place a")).to_have_attribute("href", f"{address}jinshi/2/tianfu6/#jinshi.2.tianfu6.6.1")
    page.locator("#last-place a").click()
    expect(page.locator("[id='jinshi.2.tianfu6.6.1']")).to_be_in_viewport()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["jinshi/2/tianfu6/", "jinshi/2/tianfu6/2/1/", "hans/qidanguozhi/"])
def test_lines_can_run_down_the_page(open_page: Opener, path: str, width: int, *, javascript: bool) -> None:
    page = open_page(path, width=width, javascript=javascript)
    settings(page)
    page.locator("#s-vertical").check()
    text = page.locator(".passage .text").first
    assert text.evaluate("(e) => getComputedStyle(e).writingMode") == "vertical-rl"
    sentences = page.locator(".passage .text").first.locator(".s")
    first = sentences.first.bounding_box()
    last = page.locator(".passage .text").last.bounding_box()
    assert first
    assert last
    assert first["x"] + first["width"] <= width
    assert last["x"] <= first["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if javascript:
        page.reload()
        expect(page.locator("#s-vertical")).to_be_checked()
        assert looking.accessibility(page) == []


def test_the_interface_can_be_english_and_the_texts_stay(open_page: Opener, address: str) -> None:
    page = open_page("hans/year/1122/", width=1280)
    texts = page.locator(".text").all_text_contents()
    notes = page.locator(".notes li.note p").all_text_contents()
    assert "历日" in page.locator(".notes .k").all_text_contents()
    settings(page)
    page.locator("#settings input[name=english]").check()
    expect(page.locator("#open-settings")).to_have_text("Settings")
    assert looking.accessibility(page) == []
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator(".site nav a").first).to_have_text("Chronology")
    expect(page.locator(".cite summary")).to_have_text("Cite this year in parallel")
    expect(page.locator(".head .span")).to_contain_text("9 Feb 1122 – 28 Jan 1123, Julian calendar")
    expect(page.locator(".days time").first).to_have_text("21 Feb")
    expect(page.locator(".others small").first).to_have_text("sentence 1")
    assert "date" in page.locator(".notes .k").all_text_contents()
    assert page.locator(".text").all_text_contents() == texts
    assert page.locator(".notes li.note p").all_text_contents() == notes
    expect(page).to_have_url(f"{address}hans/year/1122/")
    assert looking.layout(page) == []
    # One phrase, two keys: 錄文 is the transcription of a work, and the reading in the apparatus.
    page.goto(f"{address}jinshi/")
    expect(page.locator("dt[data-t=source]")).to_have_text("Transcription")
    page.goto(f"{address}apparatus/")
    expect(page.locator("th[data-t=reading]").first).to_have_text("Reading")
    page.goto(f"{address}hans/year/1122/")
    settings(page)
    page.locator("#settings input[name=english]").uncheck()
    expect(page.locator(".site nav a").first).to_have_text("年表")


def test_a_year_prints_with_its_columns_or_one_under_the_other(open_page: Opener, tmp_path: Path) -> None:
    page = open_page("year/1122/", width=1280)
    side = page.evaluate("document.querySelectorAll('.month .account').length")
    assert side
    places = (
        "[...document.querySelectorAll('.month .account:not(.empty)')]"
        ".map((a) => Math.round(a.getBoundingClientRect().left))"
    )
    page.emulate_media(media="print")
    assert len(set(page.evaluate(places))) == 2
    page.emulate_media(media="screen")
    settings(page)
    page.locator("#settings input[name=stacked]").check()
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    assert len(set(page.evaluate(places))) == 1
    page.pdf(path=tmp_path / "year.pdf", prefer_css_page_size=True)
    text = "".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "year.pdf").pages)
    assert "設定" not in text
    assert "jinshi.2.tianfu6.1.1" in text


def test_what_was_asked_for_is_read_without_a_network(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}year/1122/")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        settings(page)
        page.locator("#settings input[name=offline]").check()
        expect(page.locator("#offline-state")).to_contain_text("已存", timeout=30_000)
        page.goto(f"{address}jinshi/2/tianfu4/5/1/")  # kept since it was read
        context.set_offline(offline=True)
        for path, words in (("year/1114/", "1114"), ("hans/", "辽金三史对读"), ("jinshi/2/tianfu4/5/1/", "金史")):
            page.goto(address + path)
            expect(page.locator("h1")).to_contain_text(words)
        page.goto(f"{address}search/?q=粘罕")
        expect(page.locator("#search-hits [data-passage]").first).to_be_visible()
        context.set_offline(offline=False)
        page.goto(f"{address}year/1122/")
        settings(page)
        page.locator("#settings input[name=offline]").uncheck()
        page.wait_for_function("navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        page.wait_for_function("caches.keys().then((names) => names.length === 0)")


CONTROLLED = """
new Promise((ready) => {
  if (navigator.serviceWorker.controller) ready();
  else navigator.serviceWorker.addEventListener("controllerchange", ready, { once: true });
}).then(() => true)
"""
"""Waits until the worker answers for the page."""


@pytest.mark.parametrize(
    ("tree", "lang", "said", "english"),
    [
        ("", "zh-Hant", "離線，此頁未存於本機", False),
        ("hans/", "zh-Hans", "离线，此页未存于本机", False),
        ("", "zh-Hant", "Offline, and not stored", True),
        ("hans/", "zh-Hans", "Offline, and not stored", True),
    ],
)
def test_a_page_that_is_not_stored_says_so_offline(
    browser: Browser, address: str, tree: str, lang: str, said: str, *, english: bool
) -> None:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{address}{tree}year/1122/")
        settings(page)
        if english:
            page.locator("#settings input[name=english]").check()
        page.locator("#settings input[name=offline]").check()
        expect(page.locator("#offline-state")).not_to_be_empty()
        page.evaluate(CONTROLLED)
        context.set_offline(offline=True)
        page.goto(f"{address}{tree}jinshi/2/tianfu4/5/1/?to=s3#s2")
        expect(page.locator("h1")).to_have_text(said)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        words = page.locator("main").inner_text()
        assert ("no network" if english else "网络不通" if tree else "網路不通") in words
        for doubt in ("網址", "网址", "有誤", "有误", "找不到此頁", "找不到此页", "address", "No such page"):
            assert doubt not in words
        assert page.evaluate("document.fonts.ready.then(() => document.styleSheets[0].cssRules.length)") > 100
        assert looking.layout(page) == []
        assert looking.accessibility(page) == []
        other = "" if tree else "hans/"
        assert (
            page.locator("a.toggle").evaluate("(a) => a.href").split("?")[0] == f"{address}{other}jinshi/2/tianfu4/5/1/"
        )
        page.locator("main a").click()  # the table of years is there
        expect(page).to_have_url(f"{address}{tree}")
        expect(page.locator("table.years")).to_be_visible()
        context.set_offline(offline=False)
        page.goto(f"{address}{tree}jinshi/2/tianfu4/5/1/")
        expect(page.locator(".passage")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("天慶五年", ["year/1115/"]),
        ("天庆5", ["year/1115/"]),
        ("1115", ["year/1115/"]),
        ("乙未", ["year/1115/"]),
        ("天輔五年", ["year/1121/", "year/1122/"]),
        ("天輔六年閏九月", ["year/1122/#mr9", "year/1123/#mr9"]),
        ("壽昌七年", ["year/1101/"]),
        ("jinshi.2.tianfu4.5.1.3", ["jinshi/2/tianfu4/5/1/#s3"]),
        ("粘罕", []),
    ],
)
def test_a_place_that_is_asked_for_is_offered(open_page: Opener, query: str, found: list[str]) -> None:
    page = open_page("search/")
    page.locator("#q").fill(query)
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#count")).not_to_be_empty()
    assert [link.get_attribute("href") for link in page.locator("a.goto").all()] == [f"../{path}" for path in found]
