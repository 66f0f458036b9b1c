"""What a reader does on every visit, in each engine."""

import pytest

from tests.browser.engines.window import Window
from tests.browser.test_reading import KINDS

WIDTHS = (390, 1280)
widths = pytest.mark.parametrize("width", WIDTHS)

COLUMNS = """() => {
  const shown = [...document.querySelectorAll(".account")].filter((account) => account.checkVisibility());
  return [...new Set(shown.map((account) => account.dataset.work))];
}"""
"""The works of which something is seen."""

NEAR = """(id, place) => {
  const { top } = document.getElementById(id).getBoundingClientRect();
  return Math.abs(top - place) <= 60 ? "there" : top;
}"""
"""Whether something is where it was, or where else."""

SELECT = """(first, last) => {
  const [start, end] = [first, last].map((id) => document.getElementById(id));
  getSelection().setBaseAndExtent(start, 0, end, end.childNodes.length);
  return getSelection().toString();
}"""


@widths
@pytest.mark.parametrize("how", ["key", "click"])
def test_the_toggle_leads_to_the_same_words_and_back(window: Window, width: int, how: str) -> None:
    sentence = "dajinguozhi.2.tianfu5.6.3.9"
    window.resize(width)
    window.open("year/1122/")
    window.run("(id) => { document.getElementById(id).scrollIntoView(); scrollBy(0, 40); }", sentence)
    place = window.top(sentence)
    for lang in ("zh-Hans", "zh-Hant"):
        if how == "key":
            window.press("t")
        else:
            window.run("() => new Promise((then) => setTimeout(then, 600))")  # somebody reads
            window.click("a.toggle")
        window.until(lang, "() => document.readyState === 'complete' && document.documentElement.lang")
        window.until("there", NEAR, sentence, place)


@widths
def test_a_hidden_column_stays_hidden_and_its_permalinks_show_it(window: Window, width: int) -> None:
    fragment = "qidanguozhi.10.tianqing8.8.1"
    window.resize(width)
    window.open("year/1118/")
    window.until(["qidanguozhi", "jinshi"], COLUMNS)
    window.click("#open-settings")
    window.click("[data-column=qidanguozhi] input")
    window.until(["jinshi"], COLUMNS)
    window.open("year/1122/")  # a year of other works
    window.until(["jinshi", "dajinguozhi"], COLUMNS)
    window.open("year/1118/")
    window.until(["jinshi"], COLUMNS)
    window.open(f"year/1118/#{fragment}")
    window.sees(fragment)
    window.open("robots.txt")
    window.open(f"hans/year/1118/#{fragment}")
    window.sees(fragment)
    window.open("year/1118/?columns=qidanguozhi")
    window.until(["qidanguozhi"], COLUMNS)


@widths
@pytest.mark.parametrize(
    ("path", "fragment"),
    [
        ("year/1122/", "dajinguozhi.2.tianfu5.6.3.2"),
        ("hans/dajinguozhi/2/", "dajinguozhi.2.tianfu6.1.1.2"),
        ("jinshi/2/tianfu6/2/1/?to=s4", "s3"),
    ],
)
def test_a_permalink_shows_its_sentence(window: Window, path: str, fragment: str, width: int) -> None:
    window.resize(width)
    window.open(f"{path}#{fragment}")
    window.sees(fragment)
    unmarked = "(id) => getComputedStyle(document.getElementById(id)).backgroundColor"
    assert window.run(unmarked, fragment) not in {"transparent", "rgba(0, 0, 0, 0)"}


@widths
def test_a_mark_shows_its_note_and_the_way_back(window: Window, width: int) -> None:
    window.resize(width)
    window.open("year/1122/")
    window.click(".passage a.ref")
    note = window.run("() => document.querySelector('.passage a.ref').hash.slice(1)")
    window.sees(note)


def test_words_that_are_selected_can_be_cited(window: Window) -> None:
    window.open("year/1122/")
    selected = window.run(SELECT, "jinshi.2.tianfu6.1.1.1", "jinshi.2.tianfu6.1.1.2")
    assert "取中京" in selected
    window.until("jinshi.2.tianfu6.1.1.1-2", "() => document.getElementById('quote-what').textContent")
    window.sees("quote")


@pytest.mark.parametrize(("tree", "words"), [("", "粘罕"), ("hans/", "蕭后")])
def test_the_search_finds_words_and_leads_to_them(window: Window, tree: str, words: str) -> None:
    window.open(f"{tree}year/1122/")
    window.press("/")
    window.until("find", "() => document.activeElement.id")
    for character in words:
        window.press(character)
    window.press("Enter")
    hit = "() => document.querySelector('#answer [data-passage] mark')?.textContent ?? ''"
    window.until("萧后" if tree else words, hit)
    window.click("#answer [data-passage] a")
    window.until(
        ".s", "() => document.readyState === 'complete' && document.querySelector(':target')?.matches('.s') && '.s'"
    )
    window.sees(window.run("() => document.querySelector('.s:target').id"))


@pytest.mark.parametrize(
    "kind", ["home", "year of two works", "juan", "passage", "event", "person", "apparatus", "search"]
)
def test_the_layout_holds(window: Window, kind: str) -> None:
    window.open(KINDS[kind])
    faults = {}
    for width in WIDTHS:
        window.resize(width)
        faults[width] = window.layout()
    assert faults == {390: [], 1280: []}
