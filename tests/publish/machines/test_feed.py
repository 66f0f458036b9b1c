"""The feed of changes, the sitemap and robots.txt: they name what is there, and ids never change."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import build
from edition.edition import Edition
from edition.model.edition import Change
from edition.model.findings import Place
from edition.model.scripts import Pair
from edition.publish import site
from tests.conftest import ROOT
from tests.corpora import assemble

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
URL = "https://example.org/a/"

Files = dict[str, bytes]


def change(date: str, title: str, text: str = "改。") -> Change:
    return Change(date, "1", Pair(title, f"{title}〔简〕"), text, Place("history.yaml", 1))


#: The latest first, as the edition has them.
HISTORY = (
    change("2026-03-01", "三 & <三>", "見[句](jinshi.2.tianfu3.4.1.1) & <b>。"),
    change("2026-02-01", "二"),
    change("2026-02-01", "一"),
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return the mini-corpus with three changes."""
    return replace(build.make(assemble(tmp_path_factory.mktemp("corpus"))), history=HISTORY)


def made(edition: Edition, url: str = URL) -> Files:
    return dict(site.files(edition, url, only_html=True))


@pytest.fixture(scope="module")
def files(edition: Edition) -> Files:
    """Return the site."""
    return made(edition)


def feed(files: Files) -> Any:  # noqa: ANN401 (lxml has no types)
    return etree.fromstring(files["feed.xml"])


def ids(files: Files) -> dict[str, str]:
    """Return id by title of the feed, under an empty title, and of its entries."""
    found = {"": feed(files).findtext(f"{ATOM}id")}
    return found | {e.findtext(f"{ATOM}title"): e.findtext(f"{ATOM}id") for e in feed(files).iter(f"{ATOM}entry")}


# --- ids


def test_ids_are_what_they_were(files: Files) -> None:
    """A reader's program shows an entry again if its id changes: these values are a promise."""

    def urn(name: str) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, name).urn

    assert ids(files) == {
        "": urn("小對讀"),
        "三 & <三>": urn("小對讀 2026-03-01 三 & <三>"),
        "二": urn("小對讀 2026-02-01 二"),
        "一": urn("小對讀 2026-02-01 一"),
    }
    assert ids(files)[""] == "urn:uuid:a2228942-26f1-56d7-a19f-278048a4ba6a"
    assert len(set(ids(files).values())) == 4


def test_ids_do_not_depend_on_the_address_of_the_site_or_on_its_release(edition: Edition, files: Files) -> None:
    assert ids(made(edition, "https://elsewhere.example/")) == ids(files)
    assert ids(made(edition, "")) == ids(files)
    about = replace(edition.corpus.about, release="99", released="2030-01-01", editors=("another",))
    assert ids(made(replace(edition, corpus=replace(edition.corpus, about=about)))) == ids(files)


def test_ids_stay_when_an_entry_is_added_or_its_words_are_mended(edition: Edition, files: Files) -> None:
    more = (change("2026-04-01", "四"), replace(HISTORY[0], text="另。", release="7"), *HISTORY[1:])
    found = ids(made(replace(edition, history=more)))
    assert found.pop("四") not in ids(files).values()
    assert found == ids(files)


def test_anchors_stay_when_an_entry_is_added(edition: Edition, files: Files) -> None:
    def anchors(files: Files) -> dict[str, str]:
        return {e.findtext(f"{ATOM}title"): e.find(f"{ATOM}link").get("href") for e in feed(files).iter(f"{ATOM}entry")}

    found = anchors(made(replace(edition, history=(change("2026-04-01", "四"), *HISTORY))))
    assert {title: href for title, href in found.items() if title != "四"} == anchors(files)
    assert len(set(found.values())) == 4


# --- content


def test_the_feed_tells_of_every_change_the_latest_first(files: Files) -> None:
    root = feed(files)
    assert [e.findtext(f"{ATOM}title") for e in root.iter(f"{ATOM}entry")] == ["三 & <三>", "二", "一"]
    dates = ["2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z"]
    assert [e.findtext(f"{ATOM}updated") for e in root.iter(f"{ATOM}entry")] == dates
    assert root.findtext(f"{ATOM}updated") == dates[0]
    assert root.findtext(f"{ATOM}title").startswith("小對讀")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "小對讀"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hant"
    content = root.find(f"{ATOM}entry/{ATOM}content")
    assert content.get("type") == "html"
    assert content.text == f'<p>見<a href="{URL}jinshi/2/tianfu3/4/1/#s1">句</a> &amp; &lt;b&gt;。</p>'


def test_the_links_of_the_feed_lead_to_the_change(files: Files) -> None:
    root = feed(files)
    own = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert own == {"self": f"{URL}feed.xml", "alternate": f"{URL}about/history/"}
    page = etree.HTML(files["about/history/index.html"].decode())
    for entry in root.iter(f"{ATOM}entry"):
        path, _, fragment = entry.find(f"{ATOM}link").get("href").partition("#")
        assert path == f"{URL}about/history/"
        (found,) = page.xpath(f"//*[@id='{fragment}']")
        around = "".join(found.itertext()) + "".join(found.getparent().itertext())
        assert entry.findtext(f"{ATOM}title") in around


def test_without_changes_the_feed_is_as_old_as_the_release(edition: Edition) -> None:
    about = replace(edition.corpus.about, released="2026-01-01", editors=("甲 & 乙", "丙"))
    root = feed(made(replace(edition, history=(), corpus=replace(edition.corpus, about=about))))
    assert root.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00Z"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "甲 & 乙"
    assert root.find(f"{ATOM}entry") is None


def test_without_an_address_there_is_only_a_feed_with_relative_links(edition: Edition) -> None:
    found = made(edition, "")
    assert not {"sitemap.xml", "robots.txt"} & set(found)
    assert {link.get("href").partition("#")[0] for link in feed(found).iter(f"{ATOM}link")} == {
        "./feed.xml",
        "./about/history/",
    }


@pytest.mark.parametrize("whole", [False, True])
def test_the_sitemap_names_every_page_in_both_scripts(edition: Edition, whole: bool) -> None:
    files = dict(site.files(edition, URL, only_html=not whole))
    pages = {path.removesuffix("index.html") for path in files if path.endswith("index.html")}
    entries = list(etree.fromstring(files["sitemap.xml"]))
    located = [entry.findtext(f"{SITEMAP}loc") for entry in entries]
    assert len(located) == len(set(located))
    assert set(located) == {f"{URL}{page}" for page in pages}
    for entry in entries:
        page = entry.findtext(f"{SITEMAP}loc").removeprefix(URL).removeprefix("hans/")
        other = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
        assert other == {
            "zh-Hant": f"{URL}{page}",
            "zh-Hans": f"{URL}hans/{page}",
            "x-default": f"{URL}{page}",
        }


def test_pages_in_the_sitemap_are_as_old_as_the_latest_change(edition: Edition) -> None:
    def dates(edition: Edition) -> set[str]:
        entries = etree.fromstring(made(edition)["sitemap.xml"])
        assert all([e.tag for e in entry][:2] == [f"{SITEMAP}loc", f"{SITEMAP}lastmod"] for entry in entries)
        return {entry.findtext(f"{SITEMAP}lastmod") for entry in entries}

    def released(date: str, history: tuple[Change, ...]) -> Edition:
        about = replace(edition.corpus.about, released=date)
        return replace(edition, corpus=replace(edition.corpus, about=about), history=history)

    assert dates(released("2026-01-15", HISTORY)) == {"2026-03-01"}
    assert dates(released("2026-04-15", HISTORY)) == {"2026-04-15"}
    assert dates(released("", HISTORY)) == {"2026-03-01"}
    assert b"lastmod" not in made(released("", ()))["sitemap.xml"]


def test_robots_find_the_sitemap(files: Files) -> None:
    lines = files["robots.txt"].decode().splitlines()
    assert f"Sitemap: {URL}sitemap.xml" in lines
    assert "User-agent: *" in lines
    assert not any(line.startswith("Disallow: /") for line in lines)


def test_the_real_feed_names_every_change_once() -> None:
    edition = build.make(Path(ROOT / "corpus"))
    found = ids(dict(site.files(edition, URL, only_html=True)))
    assert len(found) == len(set(found.values())) == len(edition.history) + 1
