"""The search page: typing in either script, following results, sharing the address."""

import json
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import looking
from tests.browser.conftest import Opener
from tests.browser.test_reading import TREES, WIDTHS, trees

QUOTATION = "五月甲辰次浑河西，使宗雄先趋上亰，遣降者马乙诏谕城中"
"""金史 卷二, 天輔四年五月, in Simplified characters, with one character changed and one left out."""


def answered(page: Page) -> None:
    """Wait until the page shows the complete results of the query in the field."""
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")


def hits(page: Page) -> list[tuple[str, str]]:
    """Passage and sentence of every hit, in the order shown."""
    answered(page)
    found: list[list[str]] = page.locator("[data-passage]").evaluate_all(
        "found => found.map((hit) => [hit.dataset.passage, hit.dataset.sentence])"
    )
    return [(passage, sentence) for passage, sentence in found]


def results(page: Page) -> Locator:
    return page.locator("#answer [data-passage]")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(str(page.evaluate("location.href"))).query)


@trees
@pytest.mark.parametrize("words", ["宗翰", "余睹", "餘覩", "萧后", "蕭后", "乙亥取中京", "乙亥，取中京"])
def test_typing_in_either_script_finds_every_passage(open_page: Opener, site: Path, tree: str, words: str) -> None:
    plain = {"宗翰": "宗翰", "余睹": "余睹", "餘覩": "余睹", "萧后": "萧后", "蕭后": "萧后"}.get(words, "乙亥，取中京")
    data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    wanted = {passage["id"] for passage in data if plain in passage["hans"]}
    page = open_page(f"{tree}search/")
    page.locator("#q").press_sequentially(words, delay=150)  # slow enough that what is typed so far is answered too
    assert {passage for passage, _ in hits(page)} == wanted
    assert query(page) == {"q": [words]}
    expect(page.locator("#count")).to_contain_text("共")
    marked = set(page.locator("#answer mark").all_inner_texts())
    script = "hans" if tree else "hant"
    assert all(any(mark in passage[script] for passage in data) for mark in marked)


def test_what_an_input_method_puts_in_is_searched(open_page: Opener) -> None:
    page = open_page("search/")
    page.locator("#q").focus()
    page.keyboard.insert_text("粘罕")
    expect(results(page).first).to_contain_text("粘罕")


@trees
def test_the_field_on_every_page_is_reached_with_a_key(open_page: Opener, address: str, tree: str) -> None:
    page = open_page(f"{tree}year/1122/")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("取中京/")  # in the field the key is a character
    expect(page.locator("#find")).to_have_value("取中京/")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{tree}search/?q=*")
    expect(results(page).first).to_contain_text("取中京")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_the_order_is_year_work_text(open_page: Opener, site: Path) -> None:
    data = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    works = list(dict.fromkeys(passage["work"] for passage in data))
    rank = {p["id"]: (p["year"], works.index(p["work"]), n) for n, p in enumerate(data)}
    page = open_page(f"search/?q={quote('遼')}")
    found = hits(page)
    assert len(found) > 50
    assert found == sorted(found, key=lambda hit: (*rank[hit[0]], int(hit[1])))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_a_hit_leads_to_its_sentence(open_page: Opener, tree: str) -> None:
    page = open_page(f"{tree}search/?q={quote('取中京')}")
    results(page).first.locator("a").click()
    expect(page.locator(".s:target")).to_contain_text("取中京")


def test_a_hit_over_two_sentences_marks_both(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('三城乙亥')}")
    results(page).first.locator("a").click()
    expect(page.locator(".s.is-target")).to_have_count(2)


def test_the_address_is_the_state(open_page: Opener, address: str) -> None:
    page = open_page(f"search/?q={quote('遼主')}")
    every = hits(page)
    page.locator("[name=work]").select_option("jinshi")
    page.locator("[name=from]").fill("1122")
    page.locator("[name=q]").press("Enter")
    expect(page.locator("#count")).to_contain_text("全部")
    some = hits(page)
    assert 0 < len(some) < len(every)
    assert {passage.partition(".")[0] for passage, _ in some} == {"jinshi"}
    assert query(page) == {"q": ["遼主"], "work": ["jinshi"], "from": ["1122"]}
    again = open_page(page.url.removeprefix(address))
    expect(again.locator("#count")).to_contain_text("全部")
    assert hits(again) == some
    again.locator("a.toggle").click()
    expect(again.locator("#count")).to_contain_text("全部")
    assert hits(again) == some
    expect(again.locator("#q")).to_have_value("遼主")


def test_going_back_shows_the_answer_before(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('粘罕')}")
    expect(results(page).first).to_contain_text("粘罕")
    page.locator("a.add").first.click()
    expect(page.locator("#q")).to_have_value("粘罕|宗翰")
    page.go_back()
    expect(page.locator("#q")).to_have_value("粘罕")
    expect(results(page).first).to_contain_text("粘罕")


@pytest.mark.parametrize(("tree", "name"), [("", "完顏宗翰"), ("hans/", "完颜宗翰")], ids=TREES)
def test_a_name_offers_what_others_call_him(open_page: Opener, tree: str, name: str) -> None:
    page = open_page(f"{tree}search/?q={quote('宗翰')}")
    expect(page.locator("#search-names")).to_contain_text(name)
    before = len(hits(page))
    page.locator("a.add", has_text="粘罕").click()
    expect(page.locator("#q")).to_have_value("宗翰|粘罕")
    expect(page.locator("#answer mark", has_text="粘罕").first).to_be_visible()
    assert len(hits(page)) > before
    assert query(page) == {"q": ["宗翰|粘罕"]}
    page.locator("#search-names a", has_text=name).click()
    expect(page.locator("h1")).to_have_text(name)


def test_readings_as_received_are_marked(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('師禮人奏')}")
    expect(results(page)).to_have_count(1)
    expect(results(page).first).to_have_attribute("data-in", "received")
    expect(results(page).first.locator(".k")).to_have_text("錄文")
    page = open_page(f"search/?q={quote('蕭后管')}")
    expect(results(page).first).to_contain_text("錄文作「後」")


def test_notes_are_shown_when_asked_for(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('宋史')}")
    expect(page.locator("#count")).to_contain_text("注與校記")
    expect(results(page).first).to_have_attribute("data-in", "note")
    page = open_page(f"search/?q={quote('遼史')}|{quote('遼主')}")
    expect(page.locator("#search-hits [data-passage]").first).to_be_visible()
    before = len(hits(page))
    page.locator("#search-notes button").click()
    expect(page.locator("#search-notes a").first).to_be_focused()
    assert len(hits(page)) > before


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_a_quotation_is_placed_with_its_differences(open_page: Opener, address: str, tree: str) -> None:
    page = open_page(f"{tree}search/")
    page.locator("#q").fill(QUOTATION)
    page.locator("#q").press("Enter")
    first = results(page).first
    expect(first).to_have_attribute("data-passage", "jinshi.2.tianfu4.5.1")
    answered(page)
    assert first.locator("del").all_inner_texts() == ["亰"]
    assert first.locator("ins").all_inner_texts() == ["京", "持"]
    expect(first).to_contain_text("jinshi.2.tianfu4.5.1.1。")
    expect(first).to_contain_text(f"{address}jinshi/2/tianfu4/5/1/#s1")  # in both trees the address to cite


def test_an_exact_quotation_is_cited(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('五月甲辰次渾河西')}")
    expect(results(page)).to_have_count(1)
    expect(results(page).first).to_contain_text(
        "《金史》卷二，天輔四年五月，《遼金三史對讀》，jinshi.2.tianfu4.5.1.1。"
    )


def test_nothing_found_says_so_and_offers_the_nearest(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('取中金')}")
    expect(page.locator("#count")).to_contain_text("沒有「取中金」。")
    expect(results(page).first.locator("ins")).to_be_visible()
    expect(results(page)).to_have_count(3)
    page = open_page(f"search/?q={quote('天祚在中𣙜京')}")
    answered(page)
    assert "".join(results(page).first.locator("del").all_text_contents()) == "𣙜"
    page = open_page(f"search/?q={quote('鱷')}")
    expect(page.locator("#count")).to_contain_text("也沒有相近的")
    expect(page.locator("#search-start")).to_be_visible()


def test_the_chart_counts_by_year_and_leads_to_the_hits(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('粘罕')}")
    years = page.locator(".by-year li")
    expect(years).to_have_count(23)
    answered(page)
    counted = sum(int(number) for number in page.locator(".by-year b").all_inner_texts() if number)
    assert f"共{counted}處" in page.locator("#count").inner_text().replace(" ", "")
    page.locator(".by-year a").last.click()
    assert looking.target(page, str(page.evaluate("location.hash.slice(1)"))) == []


@pytest.mark.parametrize("path", ["search/", "search/?q=%E5%AE%97%E7%BF%B0"])
def test_without_javascript_the_page_says_so_and_offers_indexes(open_page: Opener, path: str) -> None:
    page = open_page(path, javascript=False)
    expect(page.locator("noscript p")).to_contain_text("JavaScript")
    page.locator("#search-start a", has_text="專名").click()
    page.locator("#find").fill("宗翰")
    page.locator("#find").press("Enter")
    expect(page.locator("h1")).to_have_text("檢索")


@trees
@pytest.mark.parametrize("asked", ["宗翰", "之", "取中金", "使宗雄先趋上亰", "宋史", "師禮人奏"])
def test_answers_are_laid_out_and_accessible(open_page: Opener, tree: str, asked: str) -> None:
    page = open_page(f"{tree}search/?q={quote(asked)}")
    expect(results(page).first).to_be_visible()
    answered(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert looking.layout(page) == [], width
    assert looking.accessibility(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert looking.accessibility(page) == []
    dark = open_page(f"{tree}search/?q={quote(asked)}", scheme="dark")
    expect(results(dark).first).to_be_visible()
    answered(dark)
    assert looking.accessibility(dark) == []


def test_the_keyboard_goes_from_the_field_over_the_filters_to_the_hits(open_page: Opener) -> None:
    page = open_page(f"search/?q={quote('粘罕')}")
    expect(results(page).first).to_be_visible()
    answered(page)
    page.locator("#q").focus()
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.closest('[id]').id"))
    order = list(dict.fromkeys(reached))
    assert order[:4] == ["search", "work", "from", "to"]
    assert order[4:6] == ["search-names", "search-chart"]


def test_the_index_is_loaded_on_use(open_page: Opener, page_errors: list[str]) -> None:
    page = open_page("year/1122/")
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter((r) => r.name.includes('search')).length") == 0
    )
    page = open_page("search/")
    page.wait_for_load_state("networkidle")
    asked = "performance.getEntriesByType('resource').filter((r) => r.name.includes('data/search')).length"
    assert page.evaluate(asked) == 0
    page.locator("#q").fill("之")
    expect(results(page).first).to_be_visible()
    assert page.evaluate(asked) > 0
    assert page_errors == []


def test_an_index_that_does_not_come_is_said(open_page: Opener, page_errors: list[str]) -> None:
    page = open_page("search/")
    page.route("**/data/search/**", lambda route: route.abort())
    page.locator("#q").fill("粘罕")
    expect(page.locator("#count")).to_contain_text("索引未能載入")
    expect(page.locator("#search-start")).to_be_visible()
    page.unroute("**/data/search/**")
    page.locator("#q").press("Enter")
    expect(results(page).first).to_contain_text("粘罕")
    page_errors.clear()  # what failed was meant to


def test_a_query_that_is_near_nothing_offers_its_parts(open_page: Opener) -> None:
    page = open_page(f"hans/search/?q={quote('金人陷中京夺其城')}")
    offered = page.locator("#search-hits a.add")
    expect(offered.first).to_be_visible()
    answered(page)
    assert offered.all_text_contents() == ["金人", "中京"]
    offered.last.click()
    expect(page.locator("#q")).to_have_value("中京")
    expect(results(page).first).to_contain_text("中京")
