"""Notes and emendations: opened under their line, read out and found once, and never copied with the text."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import looking
from tests.browser.conftest import Opener
from tests.publish.cite.test_patterns import edition

TREES = {"hant": "", "hans": "hans/"}
WIDTHS = (390, 1280, 1920)
SIGNS = ".text :is(a.ref, a.em, a.gap):not([tabindex])"
"""Every sign once: what an entry changed may be cut into several links, of which only the first is a stop."""
YEAR = "year/1122/"
EMENDED = '[id="dajinguozhi.2.tianfu5.10.2"]'
"""A passage in which 蕭後 was emended to 蕭后."""

trees = pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
widths = pytest.mark.parametrize("width", WIDTHS)

ABOVE = """(sign) => {
    const top = sign.getBoundingClientRect().top;
    return [...document.querySelectorAll('.text .s')].flatMap((s) => [...s.getClientRects()])
        .filter((box) => box.bottom < top).map((box) => `${box.left} ${box.top} ${box.right}`).join('\\n');
}"""
"""Where the lines of text above a sign stand in the window."""

UNDER = """([entry, sign]) => {
    const box = entry.getBoundingClientRect(), line = sign.getBoundingClientRect();
    const text = sign.closest('.text').getBoundingClientRect();
    return {gap: box.top - line.bottom, beside: box.left >= text.right, within: box.left >= text.left - 1
        && box.right <= text.right + 1, top: box.top, bottom: box.bottom, line: line.top};
}"""

RAW = "[...document.querySelectorAll('.text')].map((text) => text.textContent).join('\\n')"


def entry_of(page: Page, sign: Locator) -> Locator:
    """The entry that a sign leads to."""
    return page.locator(f'[id="{sign.evaluate("(link) => link.hash.slice(1)")}"]')


def under(entry: Locator, sign: Locator) -> dict[str, float]:
    """How an entry lies to the line of its sign."""
    return dict(entry.evaluate(f"(entry, sign) => ({UNDER})([entry, sign])", sign.element_handle()))


def lies_right(entry: Locator, sign: Locator) -> bool:
    """Whether an entry stands under the line of its sign within the column, or beside the text on the screen."""
    found = under(entry, sign)
    return bool((found["beside"] and found["bottom"] > 0) or (found["within"] and 0 <= found["gap"] <= 40))


@contextmanager
def touching(browser: Browser, width: int = 390) -> Iterator[Page]:
    """A page for fingers."""
    with browser.new_context(has_touch=True, viewport={"width": width, "height": 800}) as context:
        yield context.new_page()


@trees
@widths
@pytest.mark.parametrize("path", [YEAR, "dajinguozhi/2/", "dajinguozhi/2/tianfu4/5/1/", "event/zhongjing/"])
def test_a_sign_opens_its_entry_where_it_stands(open_page: Opener, tree: str, width: int, path: str) -> None:
    page = open_page(tree + path, width=width)
    raw = page.evaluate(RAW)
    signs = page.locator(SIGNS)
    assert signs.count() > 4
    for nth in sorted({0, 1, 2, signs.count() // 2, signs.count() - 1}):
        page.keyboard.press("Escape")
        sign = signs.nth(nth)
        sign.evaluate("(link) => link.scrollIntoView({block: 'center'})")
        entry, lines, height = entry_of(page, sign), sign.evaluate(ABOVE), page.evaluate("scrollY")
        sign.click()
        assert lies_right(entry, sign), (nth, under(entry, sign))
        assert sign.evaluate(ABOVE) == lines
        assert page.evaluate("scrollY") == height
        assert not page.evaluate("location.hash").startswith("#n")
        assert sign.get_attribute("aria-expanded") == "true"
        assert page.evaluate(RAW) == raw
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(sign).to_be_focused()
    expect(sign).to_have_attribute("aria-expanded", "false")
    assert sign.evaluate(ABOVE) == lines


@widths
def test_a_second_click_closes(open_page: Opener, width: int) -> None:
    page = open_page(YEAR, width=width)
    sign = page.locator(SIGNS).nth(3)
    lines = "[...document.querySelectorAll('.text .s')].map((s) => JSON.stringify(s.getBoundingClientRect())).join()"
    sign.evaluate("(link) => link.scrollIntoView({block: 'center'})")
    before = page.evaluate(lines)
    sign.click()
    assert page.evaluate(lines) != before
    sign.click()
    assert page.evaluate(lines) == before
    expect(sign).to_be_focused()


def test_several_can_stand_open(open_page: Opener) -> None:
    page = open_page(YEAR, width=390)
    signs = page.locator(f'[id="dajinguozhi.2.tianfu5.1.1"] {SIGNS}')
    for sign in signs.all():
        sign.click()
    boxes = [entry_of(page, sign).bounding_box() for sign in signs.all()]
    tops = sorted((box["y"], box["y"] + box["height"]) for box in boxes if box)
    assert len(tops) == signs.count()
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(tops))
    for width in (700, 390):  # they follow when the lines break elsewhere
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(100)
        assert all(lies_right(entry_of(page, sign), sign) for sign in signs.all()[:1])


def test_the_keyboard_goes_into_an_entry_and_on_behind_its_sign(open_page: Opener) -> None:
    page = open_page(YEAR)
    sign = page.locator("#r2")
    sign.focus()
    page.keyboard.press("Enter")
    entry = page.locator("#n2")
    expect(entry).to_be_focused()
    assert lies_right(entry, sign)
    links = entry.locator("a")
    for link in links.all():
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
    page.keyboard.press("Tab")
    follows = "sign.compareDocumentPosition(document.activeElement) & 4 && document.activeElement.matches('.text a')"
    assert sign.evaluate(f"(sign) => Boolean({follows})")
    sign.focus()
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(sign).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(sign).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(sign).to_be_focused()
    expect(sign).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('.text'))")


@pytest.mark.parametrize("path", [YEAR, "jinshi/2/", "dajinguozhi/2/tianfu5/12/2/"])
def test_what_is_folded_is_no_stop_of_the_keyboard(open_page: Opener, path: str) -> None:
    page = open_page(path, width=700)
    page.wait_for_timeout(100)
    assert page.locator(".notes a:not([tabindex='-1'])").count() == 0
    page.locator(".unfold").first.click()
    expect(page.locator(".notes").first.locator("a").first).not_to_have_attribute("tabindex", "-1")
    assert looking.layout(page) == []


@trees
@pytest.mark.parametrize("opened", [False, True])
def test_every_entry_is_read_out_once(open_page: Opener, tree: str, opened: bool) -> None:
    page = open_page(tree + YEAR, width=1280)
    if opened:
        for sign in page.locator(SIGNS).all()[:6]:
            sign.click()
    words = page.locator(".notes li > p").all_text_contents()
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def said(node: dict[str, Any]) -> str:
        if not node["ignored"] and node["role"]["value"] == "StaticText":
            return str(node["name"]["value"])
        return "".join(said(by_id[child]) for child in node["childIds"] if child in by_id)

    read = said(nodes[0])
    wanted = Counter(words)
    assert len(words) > 80
    assert {text: read.count(text) for text in wanted} == wanted


@trees
def test_signs_say_what_they_lead_to(open_page: Opener, tree: str) -> None:
    page = open_page(tree + "dajinguozhi/2/tianfu5/12/2/")
    snapshot = page.locator(".text").first.aria_snapshot()
    note, emended = ("注1，曆日", "后，校改，原作「後」") if not tree else ("注1，历日", "后，校改，原作“後”")
    assert f'link "{note}"' in snapshot
    assert emended in snapshot
    assert snapshot.count(emended) == 3
    kinds = set(page.locator(".notes .k").all_text_contents())
    assert kinds <= (
        {"曆日", "異同", "注釋", "校注", "校改", "校異", "存疑", "追敘", "預敘", "錯置", "泛敘"}
        | {"历日", "异同", "注释", "校异", "追叙", "预叙", "错置", "泛叙"}
    )


@trees
def test_what_is_said_twice_in_a_passage_stands_once(open_page: Opener, tree: str) -> None:
    page = open_page(tree + YEAR, width=390)
    twice = page.locator(".notes li", has=page.locator(".src", has_text="（二見）" if not tree else "（二见）"))
    expect(twice).to_have_count(1)
    id_ = twice.get_attribute("id")
    signs = page.locator(f'.text a[href="#{id_}"]')
    expect(signs).to_have_count(2)
    for sign in (signs.first, signs.last, signs.first):  # it moves to the sign that is asked
        sign.click()
        assert lies_right(twice, sign)
    expect(signs.last).to_have_attribute("aria-expanded", "false")


def test_every_remark_has_a_sign_on_every_page_that_shows_it(open_page: Opener) -> None:
    for path in ("synopsis/", "event/zhongjing/", "dajinguozhi/2/"):
        page = open_page(path)
        entries = page.locator(".notes > li").evaluate_all("(all) => all.map((li) => li.id)")
        led = page.locator(SIGNS).evaluate_all("(all) => all.map((a) => a.hash.slice(1))")
        assert entries
        assert set(entries) == set(led)
        assert len(entries) == len(set(entries))
    said = sum(len(notes) for notes in edition().notes.values())
    assert open_page("synopsis/").locator(".text a[id^=r]").count() == said


@pytest.mark.parametrize("mark", ["r", "n"])
@widths
@trees
def test_old_addresses_lead_to_the_entry(open_page: Opener, tree: str, width: int, mark: str) -> None:
    page = open_page(f"{tree}{YEAR}#{mark}8", width=width)
    sign = page.locator("#r8")
    expect(sign).to_be_in_viewport()
    if mark == "n":
        expect(page.locator("#n8")).to_be_in_viewport()
        assert lies_right(page.locator("#n8"), sign)
        page.evaluate("location.hash = '#n30'")
        expect(page.locator("#r30")).to_be_in_viewport()
        expect(page.locator("#n30")).to_be_in_viewport()
    else:
        sign.click()
        assert lies_right(page.locator("#n8"), sign)


@trees
@widths
def test_without_a_script_an_entry_opens_and_the_text_stays(open_page: Opener, tree: str, width: int) -> None:
    page = open_page(tree + YEAR, width=width, javascript=False)
    for id_ in ("#r3", "#r40"):
        sign = page.locator(id_)
        sign.scroll_into_view_if_needed()
        at = sign.bounding_box()
        sign.click()
        entry = entry_of(page, sign)
        expect(entry).to_be_in_viewport(ratio=1)
        assert looking.target(page, id_.replace("r", "n").removeprefix("#")) == []
        assert sign.bounding_box() == at
        entry.locator(".n").click()
        expect(sign).to_be_in_viewport()
    em = page.locator(f"{EMENDED} a.em").first
    em.click()
    expect(entry_of(page, em)).to_contain_text("后")
    expect(entry_of(page, em)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", [YEAR, "dajinguozhi/2/tianfu5/12/2/"])
def test_a_finger_hits_a_sign(browser: Browser, address: str, path: str) -> None:
    hit = """(sign) => [[0, 0], [20, 0], [-20, 0], [0, 20], [0, -20]].map(([x, y]) => {
        const box = sign.getBoundingClientRect();
        return document.elementFromPoint(box.left + box.width / 2 + x, box.top + box.height / 2 + y)?.closest('a');
    }).map((link) => link === sign ? '' : link ? link.outerHTML : 'nothing')"""
    with touching(browser) as page:
        page.goto(address + path)
        lone = """(all) => all.filter((sign) => {
            const at = (link) => link.getBoundingClientRect();
            const box = at(sign);
            return box.left > 30 && box.right < innerWidth - 30 && !all.some((other) =>
                other !== sign && Math.hypot(at(other).left - box.left, at(other).top - box.top) < 60);
        }).filter((sign) => sign.matches('.ref')).map((sign) => sign.id)"""
        ids = page.locator(".text :is(a.ref, a.em, a.gap)").evaluate_all(lone)
        assert ids
        for id_ in ids[:12]:
            sign = page.locator(f'[id="{id_}"]')
            sign.evaluate("(link) => link.scrollIntoView({block: 'center'})")
            assert sign.evaluate(hit) == ["", "", "", "", ""], id_
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_finger_tells_the_reading_from_the_person(browser: Browser, address: str) -> None:
    with touching(browser) as page:
        page.goto(address + YEAR)
        em = page.locator(f"{EMENDED} a.em", has_text="后").first
        name = page.locator(f"{EMENDED} a.nm:not(.em)", has_text="蕭").first
        em.tap()
        assert lies_right(entry_of(page, em), em)
        expect(page.locator("#who-card")).to_be_hidden()
        name.tap()
        expect(page.locator("#who-card")).to_contain_text("蕭")
        assert not page.evaluate("location.hash").startswith("#n")
        em.tap()
        expect(em).to_have_attribute("aria-expanded", "false")
        assert (
            page.evaluate(
                """([em, name]) => em.getBoundingClientRect().left - name.getBoundingClientRect().right""",
                [em.element_handle(), name.element_handle()],
            )
            < 1
        )
        # The name before a number is itself, though the number reaches over it.
        ref = page.locator("#r1")
        ref.evaluate("(link) => link.scrollIntoView({block: 'center'})")
        named = ref.locator("xpath=preceding-sibling::a[1]")
        box = named.evaluate("(link) => [...link.getClientRects()].at(-1).toJSON()")
        page.touchscreen.tap(box["right"] - 5, box["top"] + box["height"] / 2)
        expect(page.locator("#who-card")).not_to_be_empty()
        expect(ref).to_have_attribute("aria-expanded", "false")


def test_a_name_that_was_emended_whole_is_named_in_the_entry(open_page: Opener) -> None:
    page = open_page("jinshi/2/tianfu3/6/1/")
    em = page.locator("a.em", has_text="曷魯")
    em.click()
    entry_of(page, em).locator("a[href*='/name/']").click()
    expect(page.locator("h1")).not_to_be_empty()
    assert "/name/" in page.url


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_emendations_are_seen_without_colour(open_page: Opener, media: dict[str, str]) -> None:
    page = open_page(YEAR, width=1280)
    page.emulate_media(**media)  # type: ignore[arg-type]
    em = page.locator(f"{EMENDED} a.em").first
    em.scroll_into_view_if_needed()
    box = em.bounding_box()
    assert box
    clip = {"x": box["x"], "y": box["y"] - 8, "width": box["width"], "height": box["height"] + 8}
    grey = "document.documentElement.style.filter = 'grayscale(1)'"
    page.evaluate(grey)
    marked = page.screenshot(clip=clip)  # type: ignore[arg-type]
    em.evaluate("(link) => { link.className = link.className.replace('em', ''); }")
    assert page.screenshot(clip=clip) != marked  # type: ignore[arg-type]


@trees
@widths
def test_a_folded_note_is_found(open_page: Opener, tree: str, width: int) -> None:
    page = open_page(tree + YEAR, width=width)
    for id_ in ("n1", "n40", "dajinguozhi.2.tianfu5.1.1.e1"):
        words = (page.locator(f'[id="{id_}"] > p').text_content() or "").split("。")[-2]
        found = open_page(f"{tree}{YEAR}#:~:text={quote(words)}", width=width)
        entry = found.locator(f'[id="{id_}"]')
        expect(entry).to_be_in_viewport()
        assert entry.evaluate("(li) => li.parentElement.offsetHeight >= li.offsetHeight")


def test_notes_are_printed_under_their_text(open_page: Opener) -> None:
    page = open_page(YEAR, width=1280)
    for sign in page.locator(SIGNS).all()[:3]:
        sign.click()
    page.emulate_media(media="print")
    faults = page.evaluate("""[...document.querySelectorAll('.notes')].filter((list) => {
        const [box, text, first, last] = [list, list.parentElement.querySelector('.text'),
            list.firstElementChild, list.lastElementChild].map((element) => element.getBoundingClientRect());
        const over = first.top < text.bottom && first.left < text.right - 1; // they may stand beside it
        return last.height < 5 || last.bottom > box.bottom + 1 || over;
    }).map((list) => list.parentElement.id)""")
    assert faults == []
    expect(page.locator(".unfold:visible")).to_have_count(0)


def test_copied_text_is_the_text_and_nothing_else(open_page: Opener) -> None:
    page = open_page(YEAR, width=1280)
    for sign in page.locator(SIGNS).all()[:8]:
        sign.click()
    page.evaluate("""() => {
        const texts = document.querySelectorAll('.account[data-work=dajinguozhi] .text');
        getSelection().setBaseAndExtent(texts[0], 0, texts[1], texts[1].childNodes.length);
    }""")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".account[data-work=dajinguozhi] .text").first.dispatch_event("pointerdown")
    page.keyboard.press("Control+c")
    copied = "".join(page.evaluate("navigator.clipboard.readText()").split())
    ids = page.locator(".account[data-work=dajinguozhi] .passage").evaluate_all("(all) => all.map((one) => one.id)")[:2]
    words = "".join("".join(edition().converted["hant"][id_].split()) for id_ in ids)
    assert copied == words


# --- the page of a passage


@trees
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_passage_is_compared_in_its_place(open_page: Opener, tree: str, javascript: bool, width: int) -> None:
    page = open_page(f"{tree}jinshi/2/tianfu5/7/1/", width=width, javascript=javascript)
    text, compared, received = (page.locator(css) for css in (".passage > .text", ".compared", ".received"))
    box = text.bounding_box()
    assert box
    assert box["y"] < 300
    assert text.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)") > 20
    expect(compared).to_be_hidden()
    page.locator("label", has=page.locator("#v-compared")).click()
    expect(text).to_be_hidden()
    top = compared.bounding_box()
    assert top
    assert abs(top["y"] - box["y"]) < 12
    pairs = compared.locator("ruby.emended").evaluate_all(
        "(all) => all.map((ruby) => [ruby.firstChild.textContent, ruby.querySelector('rt').textContent])"
    )
    assert pairs == [["昃", "昊"], ["移", "称"]]
    assert (compared.locator("ruby.script").count() == 0) == bool(tree)
    page.locator("label", has=page.locator("#v-received")).click()
    expect(received.locator("p").first).to_have_text(edition().passages["jinshi.2.tianfu5.7.1"].text.strip())
    page.locator("label", has=page.locator("#v-established")).click()
    expect(text).to_be_visible()


def test_the_id_of_what_the_address_names_is_copied(open_page: Opener) -> None:
    page = open_page("jinshi/2/tianfu4/5/1/?to=s5#s3")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy-id").click()
    expect(page.locator("#said")).to_contain_text("已")
    assert page.evaluate("navigator.clipboard.readText()") == "jinshi.2.tianfu4.5.1.3-5"
    page.locator("a[href='#cite']").click()
    expect(page.locator(".cite .citation").first).to_be_visible()
