"""The interface in English: a control in sight, and no label that stays Chinese."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from edition.model.scripts import Script
from edition.paths import TEMPLATES
from edition.publish.words import read_words
from tests.browser import looking
from tests.browser.conftest import Opener

STRINGS = read_words(TEMPLATES / "words" / "strings.yaml")
PAGES = (
    *("", "year/1122/", "year/1102/", "jinshi/2/", "jinshi/2/tianfu4/5/1/", "qidanguozhi/10/0/0/1/", "names/"),
    *("name/wanyan-zonghan/", "events/", "event/zhongjing/", "era/", "era/tianfu/", "era/tianfu/5/", "apparatus/"),
    *("sources/", "about/", "about/principles/", "about/cite/", "about/history/", "data/", "search/"),
)
#: What editors or the texts say: prose, quotations, citations, tables of what the works have.
PROSE = (
    ".text, .received, .notes, .others, .prose-page, .citation, .src, .lede, .kwic, .diff, .app-table, .plain td,"
    ".concordance dd, .order, .head-notes dd, pre, code, [lang=en], #quote, #who-card, [id^=who-], #answer, script,"
    "style, noscript"
)
FOUND = """
([prose]) => {
  const han = /[\\u3400-\\u9fff]/;
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const apart = ".text, .compared, .citation, code, pre, script, style, svg, noscript";
    if (han.test(data) && !parentElement.closest(apart))
      texts.push([data.trim(), parentElement.closest(prose) !== null]);
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder]"))
    for (const name of ["aria-label", "placeholder"])
      if (han.test(element.getAttribute(name) ?? "")) {
        const quotes = element.closest(".text") !== null; // a sign quotes the text
        texts.push([element.getAttribute(name), quotes]);
      }
  return texts;
}
"""
#: Dates as the works print them, and sexagenary names of days and years.
NUMERAL = "[正元一二三四五六七八九十]"
PRINTED = (
    rf"{NUMERAL}+年|[閏闰]?{NUMERAL}+月|是?[春夏秋冬]|是[歲岁年]|朔"
    "|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]"
)


def english(page: Page) -> None:
    """Put a page into English by the control in its header."""
    page.locator("#english").click()
    expect(page.locator("#english")).to_have_text("中文")
    expect(page.locator("a.skip")).to_have_text("Skip to the text")


@pytest.fixture(scope="module")
def names(site: Path) -> re.Pattern[str]:
    """Names that may stay Chinese: of the edition, works, juan, states, eras, persons, places, books, events."""

    def load(name: str) -> list[dict[str, dict[str, str]]]:
        return list(json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))[name])

    found = set(json.loads((site / "data" / "english.json").read_text(encoding="utf-8"))["names"])
    for event in load("events"):
        found |= set(event["title"].values())
    for name in load("names"):
        found |= set(name["name"].values()) | {form for forms in name["forms"].values() for form in forms}
    texts = "|".join(map(re.escape, sorted(found, key=lambda name: -len(name))))
    return re.compile(f"{texts}|{PRINTED}|中文|简体|繁體")


@pytest.mark.parametrize("tree", ["", "hans/"])
def test_no_label_stays_chinese(open_page: Opener, address: str, names: re.Pattern[str], tree: str) -> None:
    script: Script = "hans" if tree else "hant"
    phrases = {pair[script] for key, pair in STRINGS.items() if key != "other_script"}
    page = open_page(tree, width=1280)
    english(page)
    for path in PAGES:
        page.goto(f"{address}{tree}{path}")
        expect(page.locator("a.skip")).to_have_text("Skip to the text")
        page.wait_for_function("!document.querySelector('footer [data-t]:not([lang=en])')")
        for text, prose in page.evaluate(FOUND, [PROSE]):
            assert text.strip("　，。：；（） ") not in phrases, (tree, path, text)
            left = re.sub(r"[^\u3400-\u9fff]", "", names.sub("", text))
            assert prose or not left, (tree, path, text)


def test_the_control_is_in_sight_and_leads_back(open_page: Opener) -> None:
    for width in (360, 1280):
        page = open_page("year/1118/", width=width)
        control = page.locator("#english")
        expect(control).to_have_text("English")
        expect(control).to_be_in_viewport()
        english(page)
        assert looking.layout(page) == []
        assert looking.accessibility(page) == []
        control.click()
        expect(page.locator("a.skip")).to_have_text("跳到正文")
        expect(control).to_have_text("English")


def test_without_a_script_the_control_leads_to_what_is_said_in_english(open_page: Opener) -> None:
    page = open_page("year/1118/", javascript=False)
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("#in-english")).to_be_in_viewport()
    expect(page.locator("#in-english")).to_have_attribute("lang", "en")


def test_the_first_screen_says_in_english_what_one_can_do(open_page: Opener) -> None:
    page = open_page("", width=1440, javascript=False)
    lede = page.locator(".lede[lang=en]")
    expect(lede).to_contain_text("Open a year to see")
    expect(lede).to_be_in_viewport()


@pytest.mark.parametrize("first", ["the answer", "English"])
def test_what_comes_later_is_english_too(open_page: Opener, first: str) -> None:
    page = open_page("search/", width=1280)
    if first == "English":
        english(page)
    page.locator("#q").fill("中京")
    expect(page.locator("#search-hits li").first).to_be_visible()
    if first == "the answer":
        english(page)
    expect(page.locator("#count")).to_have_text(re.compile(r"^[1-9]\d* hits in [1-9]\d* passages\."))


def test_sentences_have_english_punctuation(open_page: Opener) -> None:
    page = open_page("jinshi/2/tianfu4/5/1/", width=1280)
    english(page)
    marks = page.evaluate("""
      [...document.querySelectorAll("[lang=en]")].map((element) => element.textContent)
        .filter((text) => /[，。：；（）、]/.test(text))
    """)
    assert marks == []
