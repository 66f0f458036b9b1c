"""What Zotero saves of each kind of page, by the rules of its translators (`tests.publish.cite.zotero`)."""

from __future__ import annotations

import pytest

import build
from edition.edition import Edition
from edition.model.scripts import Script
from edition.publish import site as publishing
from tests.conftest import ROOT
from tests.publish.cite.zotero import coins, saved

URL = "https://example.org/annals/"
BOOK_ITEM = "rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook&rft.genre=bookitem"
BOOKS: dict[Script, str] = {"hant": "遼金三史對讀", "hans": "辽金三史对读"}


@pytest.fixture(scope="module")
def edition() -> Edition:
    return build.make(ROOT / "corpus")


@pytest.fixture(scope="module")
def pages(edition: Edition) -> dict[str, bytes]:
    """Return path below the site → page, of a site whose address is known."""
    made = publishing.files(edition, URL, only_html=True)
    return {path.removesuffix("index.html"): html for path, html in made if path.endswith("index.html")}


def authors(statement: str) -> list[str]:
    """Return the names that a statement of responsibility comes to: 脫脫 and 等, 宇文懋昭 without 題."""
    return [statement.removeprefix("題").removeprefix("题").removesuffix("等"), *(["等"] if "等" in statement else [])]


def head(*metas: tuple[str, str]) -> bytes:
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in metas).encode()


def test_a_name_that_begins_like_a_vocabulary_is_dropped() -> None:
    """The reason for citation_inbook_title: in citation_book_title `book` is taken for the prefix of Open Graph."""
    url = b'<html><head><link rel="canonical" href="u">'
    title = ("citation_title", "a")
    assert saved(url + head(title, ("citation_book_title", "b")))[0]["itemType"] == "journalArticle"
    assert saved(url + head(title, ("citation_inbook_title", "b")))[0]["itemType"] == "bookSection"


@pytest.mark.parametrize(("script", "prefix"), [("hant", ""), ("hans", "hans/")])
def test_a_passage_is_saved_as_a_section_of_this_book(
    edition: Edition, pages: dict[str, bytes], script: Script, prefix: str
) -> None:
    about = edition.corpus.about
    for passage in edition.passages.values():
        (item,) = saved(pages[f"{prefix}{passage.url}"])
        work = edition.works[passage.work]
        assert item.pop("title").endswith(f"（{passage.year}，{passage.id}）")
        abstract = item.pop("abstractNote")
        assert item == {
            "itemType": "bookSection",
            "creators": authors(work.about.author[script]),
            "bookTitle": BOOKS[script],
            "edition": f"{about.release}版",
            "date": about.released,
            "language": f"zh-{script.capitalize()}",
            "url": URL + passage.url,
        }
        _is_whole(abstract, edition.converted[script][passage.id])


def _is_whole(abstract: str, text: str) -> None:
    """Check that an abstract is the beginning of a text, ends with a sentence, and leaves no quotation open."""
    place, _, words = abstract.partition("：")
    assert place
    text = " ".join(text.split())
    cut = words.partition("……")[0] if not text.startswith(words) else words
    assert text.startswith(cut)
    assert words == text or words.rstrip("」』”’").endswith(("。", "！", "？", "……"))
    if words != text:
        assert sum(words.count(c) for c in "「『“‘") == sum(words.count(c) for c in "」』”’")


def test_a_page_of_many_passages_offers_itself_and_then_each_of_them(edition: Edition, pages: dict[str, bytes]) -> None:
    passages = list(edition.passages.values())
    expected: dict[str, list[str]] = {}
    for passage in passages:
        parts = passage.url.split("/")
        for n in range(1, 5):
            expected.setdefault("/".join(parts[:n]) + "/", []).append(passage.id)
    for year in edition.years:
        rows = [p.id for row in year.rows for column in year.columns for p in row.cells.get(column.work, ())]
        expected[f"year/{year.year}/"] = rows
    for event in edition.layers.events:
        by_work = sorted(event.accounts, key=lambda a: list(edition.works).index(a.work))
        expected[f"event/{event.id}/"] = [account.passage for account in by_work]
    for path, ids in expected.items():
        whole, *others = saved(pages[path])
        assert whole["url"] == URL + path
        assert [item["url"] for item in others] == [URL + edition.passages[id_].url for id_ in ids], path
        for item in (whole, *others):
            assert item["itemType"] == "bookSection"
            assert (item["bookTitle"], item["date"]) == (BOOKS["hant"], edition.corpus.about.released)
            assert (item["edition"], item["language"]) == (f"{edition.corpus.about.release}版", "zh-Hant")
        for item, id_ in zip(others, ids, strict=True):
            assert item["creators"] == authors(edition.works[id_.partition(".")[0]].about.author.hant)
            assert id_ in item["title"]


def test_a_section_is_called_by_its_work_and_place(pages: dict[str, bytes]) -> None:
    def title(path: str) -> tuple[str, list[str]]:
        item = saved(pages[path])[0]
        return item["title"], item["creators"]

    author = ["脫脫", "等"]
    assert title("jinshi/") == ("《金史》（1118–1122，jinshi）", author)
    assert title("jinshi/2/") == ("《金史》卷二〈太祖本紀〉（1118–1122，jinshi.2）", author)
    assert title("jinshi/2/tianfu4/") == ("《金史》卷二〈太祖本紀〉，天輔四年（1120，jinshi.2.tianfu4）", author)
    assert title("hans/jinshi/2/tianfu4/5/") == (
        "《金史》卷二《太祖本纪》，天辅四年五月（1120，jinshi.2.tianfu4.5）",
        ["脱脱", "等"],
    )
    assert title("qidanguozhi/10/0/") == (
        "《契丹國志》卷十〈天祚皇帝上〉，卷首（1101，qidanguozhi.10.0）",
        ["葉隆禮"],
    )
    assert title("year/1122/") == ("1122年對讀：《金史》天輔六年、《大金國志》天輔五年", [])


def test_other_pages_are_saved_as_web_pages_with_their_own_words(edition: Edition, pages: dict[str, bytes]) -> None:
    about = edition.corpus.about
    shared = {"itemType": "webpage", "creators": [], "websiteTitle": BOOKS["hant"], "language": "zh-Hant"}
    for path, title in {"name/wanyan-zonghan/": "完顏宗翰", "era/tianfu/5/": "天輔五年", "": "遼金三史對讀"}.items():
        (item,) = saved(pages[path])
        abstract = item.pop("abstractNote")
        assert item == shared | {"title": title, "date": about.released, "url": URL + path}
        assert (abstract == about.description.hant) == (path == "")


def test_a_name_of_several_words_is_a_person_with_forenames() -> None:
    def creators(author: str) -> list[str]:
        found: list[str] = coins(f"{BOOK_ITEM}&rft.au={author}")["creators"]
        return found

    assert creators("Denis+Twitchett") == ["Twitchett, Denis"]
    assert creators("%E8%84%AB%E8%84%AB%E7%AD%89") == ["脫脫等"]
