"""The page of the data: every download is listed and described, and its examples run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from lxml import etree

import build
from edition.publish import site as publishing
from edition.publish.downloads import data, listing
from tests.conftest import ROOT
from tests.publish.downloads.conftest import URL, Built
from tests.publish.downloads.reading import Files, load, rows

EXAMPLES = ROOT / "templates" / "examples"


def downloads(files: Files) -> list[str]:
    return [path for path in files if path.startswith(("data/", "dts/"))]


def shown(files: Files, tree: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield description, path below the site and size of every file that the page of the data lists."""
    page = etree.HTML(files[f"{tree}data/index.html"].decode())
    for row in page.xpath("//table[not(ancestor::details)]//tr[td]"):
        for item in row.xpath("td//li"):
            (link,) = item.xpath("a/@href")
            assert link.startswith("../" * (1 + tree.count("/")))
            yield "".join(row.xpath("th//text()")), link.lstrip("./"), "".join(item.xpath("small/text()"))


def test_every_download_has_a_description(each: Built) -> None:
    """If this fails, a file is new: describe it in `listing.LISTED`, or name it in `listing.INTERNAL`."""
    assert [path for path in downloads(each.files) if listing.row(path) == listing.OTHER] == []


def test_every_pattern_describes_a_file(real: Built) -> None:
    for pattern in (*listing.INTERNAL, *(pattern for patterns in listing.LISTED.values() for pattern in patterns)):
        assert any(fnmatchcase(path, pattern) for path in real.files), pattern


@pytest.mark.parametrize("tree", ["", "hans/"])
def test_the_page_lists_every_download_with_its_size(real: Built, tree: str) -> None:
    found = list(shown(real.files, tree))
    paths = [path for _, path, _ in found]
    assert len(paths) == len(set(paths))
    assert set(paths) == {path for path in downloads(real.files) if listing.row(path)}
    for _, path, size in found:
        number, unit = size.split()
        assert unit == "kB"
        assert float(number) == pytest.approx(len(real.files[path]) / 1000, abs=0.5 if "." not in number else 0.05)


def test_each_file_stands_beside_the_description_of_its_row(real: Built) -> None:
    strings = publishing.Site.of(real.edition).words
    rows_of = {strings[f"file_{key}"].hant: key for key in (*listing.LISTED, listing.OTHER)}
    found = [(rows_of[words], path) for words, path, _ in shown(real.files)]
    assert [key for key, _ in found] == sorted((key for key, _ in found), key=list(listing.LISTED).index)
    assert dict.fromkeys(key for key, _ in found) == dict.fromkeys(listing.LISTED)
    assert {("tei", "data/tei/parallels.xml"), ("tables", "data/names.csv"), ("names", "data/names.json")} < set(found)
    assert {("alignment", "data/alignment.csv"), ("dts", "dts/index.json"), ("epub", "data/annals-hans.epub")} < set(
        found
    )


@pytest.mark.parametrize("path", ["data/map.kml", "data/places.tsv", "data/tei/notes.json", "dts/more.json"])
def test_a_file_that_no_list_describes_is_listed_all_the_same(
    least: Built, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = data.files
    monkeypatch.setattr(data, "files", lambda *given: [*made(*given), (path, b"x")])
    files = dict(publishing.files(least.edition, URL))
    assert [(words, found) for words, found, _ in shown(files) if found == path] == [("其他。", path)]
    assert [path for path in downloads(files) if listing.row(path) == listing.OTHER] == [path]


def test_a_row_has_files(each: Built) -> None:
    page = etree.HTML(each.files["data/index.html"].decode())
    assert [row for row in page.xpath("//table[not(ancestor::details)]//tr[td]") if not row.xpath("td//li")] == []


def test_pages_alone_are_complete_in_themselves(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert build.main(["--out", str(out), "--only", "html"]) == 0
    assert not (out / "data" / "tei").exists()
    assert not (out / "data" / "index.html").exists()
    assert (out / "data" / "passages.json").is_file()
    for page in ("index.html", "about/index.html"):
        assert "data/&quot;" not in (out / page).read_text(encoding="utf-8")
        assert not re.search(r'href="[^"]*\bdata/"', (out / page).read_text(encoding="utf-8"))


# --- the examples


def test_the_examples_are_printed_with_the_address_of_the_site(real: Built) -> None:
    page = etree.HTML(real.files["data/index.html"].decode())
    code = ["".join(e.itertext()) for e in page.xpath("//pre[@class='code']")]
    assert code == [
        (EXAMPLES / name).read_text(encoding="utf-8").replace("SITE", URL.rstrip("/"))
        for name in ("years.py", "questions.sql", "emended.xsl", "zonghan.sh")
    ]


def test_without_an_address_the_examples_have_that_of_the_corpus_or_a_gap(least: Built) -> None:
    def address(site_url: str) -> str:
        about = replace(least.edition.corpus.about, site_url=site_url)
        edition = replace(least.edition, corpus=replace(least.edition.corpus, about=about))
        name, code = listing.page(edition, {}, "")["examples"][0]
        assert name == "years.py"
        return str(code.partition('"')[2].partition("/data/")[0])

    assert address("https://example.org/b/") == "https://example.org/b"
    assert address("") == "https://…"


@pytest.fixture(scope="module")
def folder(real: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the tables and texts."""
    out = tmp_path_factory.mktemp("site")
    for path, content in real.files.items():
        if path.startswith("data/") and path.endswith((".csv", ".txt")):
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
    return out


def test_the_pandas_example_counts_the_passages(real: Built, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLES / "years.py", folder / "data" / "alignment.csv"],
        capture_output=True,
        text=True,
        check=True,
    )
    last = next(line.split() for line in done.stdout.splitlines() if line.startswith("1122"))
    passages = load(real.files, "passages")
    works = sorted(real.edition.works)
    assert [int(n) for n in last[1:]] == [sum(p["year"] == 1122 and p["work"] == w for p in passages) for w in works]


def test_the_xslt_example_lists_the_emendations(real: Built) -> None:
    transform = etree.XSLT(etree.parse(EXAMPLES / "emended.xsl"))
    lines = str(transform(etree.fromstring(real.files["data/tei/dajinguozhi.xml"]))).splitlines()
    changed = [
        e
        for e in real.edition.layers.apparatus
        if e.kind == "emendation" and e.anchor.passage.startswith("dajinguozhi.")
    ]
    assert len(lines) == len(changed)
    assert "dajinguozhi.2.tianfu4.5.1.1\t人 → 入" in lines or any("人 → 入" in line for line in lines)


def test_the_curl_example_finds_a_person_under_every_name(real: Built, folder: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("there is no curl here")
    command = ["sh", str(EXAMPLES / "zonghan.sh"), "wanyan-zonghan", folder.as_uri()]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert {line.split("\t")[0] for line in lines} == {
        row["sentence"] for row in rows(real.files, "occurrences") if row["name"] == "wanyan-zonghan"
    }
    assert any("宗翰" in line for line in lines)
    assert any("粘罕" in line for line in lines)
