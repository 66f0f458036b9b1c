"""The reader's place: in the address, the history and the bar; the text first; the frame in which nothing moves."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import looking
from tests.browser.conftest import Opener
from tests.browser.test_reading import AT, KINDS, stands_at

WIDTHS = (360, 768, 1280, 1920)

YEAR = "year/1122/"
PASSAGE = "dajinguozhi.2.tianfu5.6.3"
SENTENCE = f"{PASSAGE}.9"

READING = [YEAR, "hans/year/1118/", "year/1116/", "jinshi/", "dajinguozhi/2/", "jinshi/2/tianfu6/"]
"""Pages of years, works and juans."""

widths = pytest.mark.parametrize("width", WIDTHS)
scripted = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])

FIRST_WORDS = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".passage .text"));
  return range.getClientRects()[0].top;
}"""


HIT = """(selector) => {
  const element = document.querySelector(selector);
  const { left, top, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
"""JavaScript: whether a click on the middle of an element reaches it."""


COUNT_WRITING = """() => {
  window.written = 0;
  const own = history.replaceState;
  history.replaceState = (...given) => { written += 1; own.apply(history, given); };
}"""
"""JavaScript: count the changes of the address."""


def read_at(page: Page, id_: str) -> None:
    """Scroll to a sentence, and a little further."""
    page.wait_for_load_state()
    page.evaluate("(id) => document.getElementById(id).scrollIntoView()", id_)
    page.evaluate("scrollBy(0, 24)")


# --- the address and the history


@pytest.mark.parametrize("tree", ["", "hans/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_address_follows_the_reading_without_new_entries(
    open_page: Opener, address: str, tree: str, width: int
) -> None:
    page = open_page(f"{tree}jinshi/2/tianfu6/", width=width)
    page.wait_for_load_state()
    entries = page.evaluate("history.length")
    page.evaluate(COUNT_WRITING)
    for month in ("2.1", "6.1", "9.1"):
        read_at(page, f"jinshi.2.tianfu6.{month}")
        expect(page).to_have_url(f"{address}{tree}jinshi/2/tianfu6/#jinshi.2.tianfu6.{month}")
        expect(page.locator("a.toggle")).to_have_attribute("href", re.compile(rf"#jinshi\.2\.tianfu6\.{month}$"))
    assert page.evaluate("written") <= 6
    for n in range(40):  # while the page moves, nothing is written
        page.evaluate("(n) => scrollTo(0, 100 * n)", n)
    assert page.evaluate("written") <= 7
    assert page.evaluate("history.length") == entries
    page.evaluate("scrollTo(0, 0)")
    expect(page).to_have_url(f"{address}{tree}jinshi/2/tianfu6/")


def test_a_place_that_was_named_stays_named_while_it_is_in_sight(open_page: Opener, address: str) -> None:
    place = f"{YEAR}?to=jinshi.2.tianfu6.2.1.3#jinshi.2.tianfu6.2.1.2"
    page = open_page(place, width=360)
    page.wait_for_load_state()
    page.evaluate("scrollBy(0, 20)")
    page.wait_for_timeout(600)
    expect(page).to_have_url(address + place)
    read_at(page, "jinshi.2.tianfu6.11.1")
    expect(page).to_have_url(f"{address}{YEAR}#jinshi.2.tianfu6.11.1")


@widths
def test_back_forward_and_reload_return_to_the_line(open_page: Opener, address: str, width: int) -> None:
    page = open_page(YEAR, width=width)
    read_at(page, SENTENCE)
    expect(page).to_have_url(re.compile(r"#\w"))
    place, url = page.evaluate(AT, SENTENCE), page.url
    page.goto(f"{address}events/")
    page.go_back()
    expect(page).to_have_url(url)
    page.wait_for_load_state()
    stands_at(page, SENTENCE, place, 4)
    page.set_viewport_size({"width": width + 40, "height": 800})  # other lines, and the same sentence
    page.reload()
    page.wait_for_load_state()
    stands_at(page, SENTENCE, place, 80)
    read_at(page, SENTENCE)
    expect(page).to_have_url(url)
    page.wait_for_timeout(400)
    place = page.evaluate(AT, SENTENCE)
    page.locator(".toc summary").click()
    page.locator(".toc .mo").first.click()
    expect(page).to_have_url(re.compile("#m1$"))
    page.go_back()
    expect(page).to_have_url(url)
    stands_at(page, SENTENCE, place, 4)


@widths
@pytest.mark.parametrize("tree", ["", "hans/"])
def test_the_toggle_and_the_settings_are_in_reach_and_stay_where_they_are(
    open_page: Opener, address: str, tree: str, width: int
) -> None:
    page = open_page(tree + YEAR, width=width)
    places = set()
    for path in (YEAR, "names/", "jinshi/2/", "jinshi/2/tianfu6/1/1/"):
        page.goto(address + tree + path)
        for share in (0, 0.4, 1):
            page.evaluate("(share) => scrollTo(0, share * document.documentElement.scrollHeight)", share)
            for one in ("a.toggle", "#open-settings"):
                assert page.evaluate(HIT, one), (path, share, one)
                box = page.locator(one).bounding_box()
                assert box
                places.add((one, round(box["x"]), round(box["y"])))
    assert len(places) == 2


# --- the text first


@pytest.mark.parametrize(("width", "height", "at_most"), [(1440, 900, 420), (390, 844, 700)])
@pytest.mark.parametrize("path", READING)
@scripted
def test_the_text_is_on_the_first_screen(
    browser: Browser, address: str, path: str, width: int, height: int, at_most: int, *, javascript: bool
) -> None:
    with browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=javascript) as context:
        page = context.new_page()
        page.goto(address + path)
        assert 0 < page.evaluate(FIRST_WORDS) <= at_most


@widths
@scripted
@pytest.mark.parametrize("path", [YEAR, "hans/jinshi/2/"])
def test_the_skip_link_leads_to_the_text_and_does_nothing_else(
    open_page: Opener, path: str, width: int, *, javascript: bool
) -> None:
    page = open_page(path, width=width, javascript=javascript)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#start$"))
    bar = page.locator(".bar").bounding_box()
    assert bar
    below = bar["y"] + bar["height"]
    assert 0 <= page.evaluate(FIRST_WORDS) - below < 200
    assert page.locator(".is-target, .passage:target, .s:target, details[open]").count() == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#start') !== null")


def test_reasons_and_provenance_are_folded_and_there_without_javascript(open_page: Opener) -> None:
    page = open_page(YEAR, width=1280, javascript=False)
    conflict = page.locator("details.why").first
    expect(conflict.locator("summary")).to_contain_text(re.compile("金史.*天輔六年.*大金國志.*天輔五年"))
    expect(conflict.locator(".head-notes")).to_be_hidden()
    conflict.locator("summary").click()
    expect(conflict.locator(".head-notes")).to_contain_text("大金國志")
    expect(page.locator(".head .absence", has_text="契丹國志").first).to_contain_text("不及此年")
    expect(page.locator(".provenance")).to_be_hidden()
    page.locator("#open-settings").click()
    expect(page.locator(".provenance")).to_contain_text("轉換")


# --- the bar: contents, months, works


@widths
@scripted
@pytest.mark.parametrize("tree", ["", "hans/"])
def test_months_have_addresses_and_old_ones_hold(open_page: Opener, tree: str, width: int, *, javascript: bool) -> None:
    for fragment, title in (("m5", "五月"), ("m1122-5", "五月")):
        page = open_page(f"{tree}{YEAR}#{fragment}", width=width, javascript=javascript)
        head = page.locator("#m1122-5")
        expect(head).to_have_text(title)
        assert looking.target(page, "m1122-5") == []
    page.locator(".toc summary").click()
    page.locator(".toc .mo", has_text="九月").first.click()
    expect(page).to_have_url(re.compile("#m9$"))
    if javascript:
        expect(page.locator(".toc .panel")).to_be_hidden()
        expect(page.locator("#now")).to_have_text("九月")


def test_every_row_of_every_year_has_an_address(open_page: Opener) -> None:
    found = set()
    page = open_page("year/1118/", javascript=False)
    for year in (1101, 1107, 1118, 1121, 1123):
        page.goto(re.sub(r"\d+/$", f"{year}/", page.url.split("#")[0]))
        months = page.locator(".month").evaluate_all("(all) => all.map((m) => [m.id, m.dataset.row])")
        assert [id_ for id_, row in months if id_ != (row if row.startswith("q") else f"m{row}")] == []
        links = page.locator(".toc .panel a").evaluate_all("(all) => all.map((a) => a.hash.slice(1))")
        assert {id_ for id_, _ in months} <= set(links)
        assert page.evaluate("(ids) => ids.every((id) => document.getElementById(id))", links)
        found |= {id_ for id_, _ in months}
    assert {"mr9", "mr5", "m12"} <= found
    assert any(id_.startswith("q") for id_ in found)


def test_the_contents_name_the_events_and_who_alone_speaks(open_page: Opener) -> None:
    page = open_page(YEAR, javascript=False)
    rows = dict(
        zip(page.locator(".toc .mo").all_text_contents(), page.locator(".toc li").all_text_contents(), strict=True)
    )
    assert "取中京" in rows["正月"]
    assert "金史" in rows["二月"]
    assert "大金國志" in rows["十二月"]
    assert "金史" not in rows["正月"]


@pytest.mark.parametrize("path", [YEAR, "synopsis/", "jinshi/2/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_bar_says_what_is_being_read(open_page: Opener, path: str, width: int) -> None:
    page = open_page(path, width=width)
    read_at(page, "jinshi.2.tianfu6.9.1.3")
    expect(page.locator("#now")).to_have_text(
        {YEAR: "九月", "synopsis/": "1122 壬寅", "jinshi/2/": "天輔六年九月"}[path]
    )
    expect(page.locator(".toc [aria-current]")).to_have_count(1)
    assert page.evaluate(HIT, ".toc summary")
    place = page.evaluate("scrollY")
    page.locator(".toc summary").focus()  # nothing moves when the focus comes into the bar
    page.locator("a.toggle").focus()
    assert page.evaluate("scrollY") == place


def test_keys_lead_to_months_notes_and_the_other_work(open_page: Opener) -> None:
    page = open_page(YEAR, width=1280)
    page.wait_for_load_state()
    for key, id_ in (("j", "m1"), ("j", "m2"), ("j", "m3"), ("k", "m2")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == id_
        assert looking.target(page, id_.replace("m", "m1122-")) == []
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")
    assert re.fullmatch(r"r\d+", first)
    assert page.evaluate("document.activeElement.id") == f"r{int(first[1:]) + 1}"
    page.locator("#m3").evaluate("(month) => month.scrollIntoView()")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("w")
    assert page.evaluate("document.activeElement.dataset.work") == "dajinguozhi"
    page.keyboard.press("w")
    assert page.evaluate("document.activeElement.dataset.work") == "jinshi"
    page.locator("#open-settings").click()
    for key in "jknw":
        expect(page.locator(".keys kbd", has_text=re.compile(f"^{key}$"))).to_be_visible()
    page.locator("[name=keys]").uncheck()
    page.keyboard.press("Escape")
    place = page.evaluate("scrollY")
    page.keyboard.press("j")
    assert page.evaluate("scrollY") == place


@pytest.mark.parametrize("width", [360, 768])
@scripted
def test_under_each_other_each_account_says_whose_it_is_and_leads_to_the_other(
    open_page: Opener, width: int, *, javascript: bool
) -> None:
    page = open_page(f"{YEAR}#jinshi.2.tianfu6.6.2", width=width, javascript=javascript)
    label = page.locator("#h-jinshi-1122-6")
    assert looking.target(page, "h-jinshi-1122-6") == []  # it stays under the bar
    expect(label).to_contain_text("金史天輔六年")
    page.locator("#a-jinshi-1122-6 > .flip").click()
    assert looking.target(page, "h-dajinguozhi-1122-6") == []
    page.locator("#a-dajinguozhi-1122-6 > .flip").click()
    assert looking.target(page, "h-jinshi-1122-6") == []


# --- the room of a silent column; one frame


@pytest.mark.parametrize("width", [1280, 1920])
@scripted
def test_a_silent_column_gives_its_room_to_the_notes_of_the_other(
    open_page: Opener, width: int, *, javascript: bool
) -> None:
    page = open_page(YEAR, width=width, javascript=javascript)
    for month, work, side in (("m2", "jinshi", 1), ("m12", "dajinguozhi", -1)):
        boxes = [
            page.locator(f"#{month} .account[data-work={work}] > .passage {part}").first.bounding_box()
            for part in (".text", ".notes")
        ]
        text, notes = boxes
        assert text
        assert notes
        assert (notes["x"] - text["x"]) * side > 300
        assert notes["y"] < text["y"] + 60
        expect(page.locator(f"#{month} .silent")).to_be_visible()
        column = page.locator(f".bar .work[data-work={work}]").bounding_box()
        assert column
        assert abs(column["x"] - text["x"]) < 1  # each text stays under its head


FRAME = """() => Object.fromEntries(["a.name", ".site nav", "a.toggle", "#open-settings", "h1", ".bar .toc summary",
  ".month", ".cite", ".diff h2", ".years", ".turn"].flatMap((one) => {
    const element = [...document.querySelectorAll(one)].find((e) => e.getClientRects().length);
    return element ? [[one, Math.round(element.getBoundingClientRect().left)]] : [];
  }))"""


@widths
def test_the_navigation_does_not_move_and_there_is_one_left_edge(open_page: Opener, address: str, width: int) -> None:
    page = open_page("", width=width)
    seen = {}
    for kind, path in KINDS.items():
        page.goto(address + path)
        seen[kind] = page.evaluate(FRAME)
    moving = {name: {found[name] for found in seen.values() if name in found} for name in (".site nav", "a.toggle")}
    assert [name for name, places in moving.items() if max(places) - min(places) > 15] == []  # a scroll bar may come
    edge = seen["home"]["a.name"]
    for kind, found in seen.items():
        for name in ("a.name", "h1", ".bar .toc summary", ".month", ".diff h2", ".years"):
            assert found.get(name, edge) == edge, (kind, name)


OFFSET = """() => {
  const [head, text] = ["#m3 .when h2", "#m3 .account[data-work=jinshi] .text"]
    .map((one) => document.querySelector(one).getBoundingClientRect());
  return [head.left, head.top - text.top];
}"""


@widths
@pytest.mark.parametrize("moved", [False, True])
def test_a_month_stays_beside_its_text_when_a_column_is_hidden(open_page: Opener, width: int, *, moved: bool) -> None:
    page = open_page(YEAR, width=width)
    left, above = page.evaluate(OFFSET)
    if moved:
        page.evaluate("document.querySelector('.columns [data-do=forward]:enabled').click()")
    page.locator("#open-settings").click()
    page.locator("[data-column=dajinguozhi] input").uncheck()
    assert page.evaluate(OFFSET) == [left, pytest.approx(above, abs=1)]


@widths
def test_the_tint_of_a_target_keeps_clear_of_its_label(open_page: Opener, width: int) -> None:
    page = open_page(f"{YEAR}#dajinguozhi.2.tianfu5.5.1", width=width)
    passage = page.locator("[id='dajinguozhi.2.tianfu5.5.1']")
    spread = passage.evaluate("(p) => 0.2 * parseFloat(getComputedStyle(p).fontSize)")
    assert "0px 0px" in passage.evaluate("(p) => getComputedStyle(p).boxShadow")
    label, text = page.locator("#h-dajinguozhi-1122-5").bounding_box(), passage.bounding_box()
    assert label
    assert text
    if width < 1216:
        assert label["y"] + label["height"] <= text["y"] - spread + 0.5


def test_no_control_is_printed(open_page: Opener) -> None:
    page = open_page(YEAR, width=1280)
    page.emulate_media(media="print")
    for control in (".reach", ".toc summary", ".flip", ".why .ask", ".skip"):
        expect(page.locator(control).first).to_be_hidden()
    expect(page.locator(".bar .work").first).to_be_visible()


# --- the settings


@pytest.mark.parametrize(
    ("path", "shown", "missing"),
    [
        (YEAR, ["#s-persons", "#s-notes", "#s-days", "#s-received", ".col"], ["#s-vertical"]),
        ("event/zhongjing/", ["#s-persons"], ["#s-days", ".col", "#s-vertical"]),
        ("jinshi/2/", ["#s-persons", "#s-notes", "#s-received", "#s-vertical"], ["#s-days", ".col"]),
        ("about/", [], ["#s-persons", "#s-notes", "#s-received", "#s-vertical", ".col"]),
    ],
)
def test_each_setting_is_where_it_controls_something(
    open_page: Opener, path: str, shown: list[str], missing: list[str]
) -> None:
    page = open_page(path)
    page.locator("#open-settings").click()
    for one in [*shown, "[name=size]", "[name=lead]", "[name=theme]"]:
        expect(page.locator(one).first).to_be_visible()
    for one in missing:
        expect(page.locator(f"{one}:visible")).to_have_count(0)


STYLE = "['fontSize', 'lineHeight'].map((one) => parseFloat(getComputedStyle(document.body)[one]))"


@scripted
def test_size_and_leading_apply_everywhere(open_page: Opener, address: str, *, javascript: bool) -> None:
    page = open_page(YEAR, width=1280, javascript=javascript)
    size, line = page.evaluate(STYLE)
    page.locator("#open-settings").click()
    page.locator("[name=size][value=huge]").check()
    page.locator("[name=lead][value=loose]").check()
    large = page.evaluate(STYLE)
    assert large[0] == pytest.approx(1.35 * size, abs=0.1)
    assert large[1] == pytest.approx(2.2 * large[0], abs=0.1)
    if javascript:
        for path in ("hans/event/zhongjing/", "jinshi/2/tianfu6/1/1/", "about/"):
            page.goto(address + path)
            assert page.evaluate(STYLE) == large
            assert looking.layout(page) == []
            expect(page.locator("[name=size][value=huge]")).to_be_checked()
        page.locator("#open-settings").click()
        page.locator("[name=size][value='']").check()
        page.locator("[name=lead][value='']").check()
        assert page.evaluate(STYLE) == [size, line]


def test_the_theme_works_without_javascript(open_page: Opener) -> None:
    page = open_page(YEAR, javascript=False)
    page.locator("#open-settings").click()
    page.locator("[name=theme][value=dark]").check()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 21)"
    page.locator("[name=theme][value=sepia]").check()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(245, 237, 220)"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_text_as_received_is_announced_on_every_page_that_has_it(
    open_page: Opener, address: str, width: int
) -> None:
    page = open_page(YEAR, width=width)
    said = page.locator(".u-received:visible")
    expect(said).to_have_count(0)
    page.locator("#open-settings").click()
    page.locator("#s-received").check()
    page.keyboard.press("Escape")
    for path in (YEAR, "dajinguozhi/2/", "dajinguozhi/2/tianfu5/10/2/"):
        page.goto(address + path)
        page.evaluate("scrollTo(0, 500)")
        expect(said).to_have_text("錄文原貌")
        expect(page.locator(".passage .text", has_text="蕭後").first).to_be_attached()
        if page.locator(".bar").count():  # where there is no bar it lies in a corner of the window, over the text
            assert looking.layout(page) == []
    page.goto(f"{address}about/")
    expect(said).to_have_count(0)
    page.goto(address + YEAR)
    said.locator("label").click()  # and what announces it ends it
    expect(page.locator("#s-received")).not_to_be_checked()
    expect(page.locator(".passage .text", has_text="蕭後")).to_have_count(0)


def test_switches_apply_on_other_pages_too(open_page: Opener, address: str) -> None:
    page = open_page(YEAR)
    page.locator("#open-settings").click()
    page.locator("#s-persons").uncheck()
    page.locator("#s-notes").uncheck()
    for path in ("hans/jinshi/2/", "event/zhongjing/", "jinshi/2/tianfu6/1/1/"):
        page.goto(address + path)
        expect(page.locator("#s-persons")).not_to_be_checked()
        expect(page.locator(".notes:visible")).to_have_count(0)
        assert page.locator(".nm.person").evaluate_all(
            "(all) => all.every((name) => getComputedStyle(name).backgroundImage === 'none')"
        )


@widths
def test_panels_close_by_escape_and_by_what_is_done_elsewhere(open_page: Opener, width: int) -> None:
    page = open_page(YEAR, width=width)
    page.keyboard.press("?")
    expect(page.locator("#settings")).to_be_visible()
    assert looking.accessibility(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(page.locator("#settings")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "open-settings"
    page.locator(".toc summary").click()
    expect(page.locator(".toc .panel")).to_be_visible()
    page.locator("#open-settings").click()
    expect(page.locator(".toc .panel")).to_be_hidden()
    page.locator("h1" if width > 700 else "#open-settings").click()
    expect(page.locator("#settings")).to_be_hidden()


def test_what_is_touched_is_large_enough(browser: Browser, address: str) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto(address + YEAR)
        for one in ("a.toggle", "#open-settings", ".toc summary"):
            box = page.locator(one).bounding_box()
            assert box
            assert box["height"] >= 43
            assert box["width"] >= 43
        page.locator("#open-settings").tap()
        for label in page.locator("#settings label:visible").all():
            box = label.bounding_box()
            assert box
            assert box["height"] >= 43
        page.locator("[data-column=jinshi] label").tap()
        expect(page.locator(".u-col", has_text="金史")).to_be_visible()
        page.locator("#open-settings").tap()
        page.locator(".toc summary").tap()
        page.locator(".toc .mo", has_text="九月").first.tap()
        expect(page).to_have_url(re.compile("#m9$"))
