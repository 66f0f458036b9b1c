"""Headers: data may be read from anywhere, each file says what it is, and no two rules set one header for a file."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from edition.publish.downloads.formats import media_type
from edition.publish.machines.headers import headers

PATHS = (
    *("index.html", "data/index.html", "data/names.json", "data/names.csv", "data/places.geojson"),
    *("data/citations.bib", "data/tei/jinshi.xml", "data/name/x.json", "data/text/jinshi.hant.txt"),
    *("dts/index.json", "dts/collection.json", "dts/collection/jinshi.json", "dts/document/jinshi.xml"),
    *("dts/document/jinshi/jinshi.2.xml", "dts/navigation/jinshi;down=1.json", "static/fonts/rare.woff2"),
)


def rules(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return path and headers of each rule, as a host reads the file."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            found[-1][1].append((name, value))
        else:
            found.append((line, []))
    return found


def of(path: str, text: str) -> dict[str, list[str]]:
    """Return every value of each header of a file."""
    own: dict[str, list[str]] = {}
    for pattern, given in rules(text):
        if fnmatchcase(f"/{path}", pattern):
            for name, value in given:
                own.setdefault(name, []).append(value)
    return own


TEXT = headers(PATHS, ["jinshi"], "https://example.org/a/")


@pytest.mark.parametrize("path", PATHS)
def test_no_header_is_set_twice(path: str) -> None:
    assert {name for name, values in of(path, TEXT).items() if len(values) > 1} == set()


@pytest.mark.parametrize("path", PATHS)
def test_data_may_be_read_by_any_page(path: str) -> None:
    found = of(path, TEXT)
    shared = path.startswith(("data/", "dts/"))
    assert found.get("Access-Control-Allow-Origin") == (["*"] if shared else None)
    assert "Content-Security-Policy" in found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("data/names.json", "application/json"),
        ("data/names.csv", "text/csv; charset=utf-8"),
        ("data/places.geojson", "application/geo+json"),
        ("data/tei/jinshi.xml", "application/tei+xml; charset=utf-8"),
        ("data/name/x.json", "application/ld+json"),
        ("dts/index.json", "application/ld+json"),
        ("dts/collection.json", "application/ld+json"),
        ("dts/collection/jinshi.json", "application/ld+json"),
        ("dts/navigation/jinshi;down=1.json", "application/ld+json"),
        ("dts/document/jinshi/jinshi.2.xml", "application/tei+xml; charset=utf-8"),
    ],
)
def test_a_file_says_what_it_is(path: str, kind: str) -> None:
    assert of(path, TEXT)["Content-Type"] == [kind]


def test_a_page_of_the_data_stays_a_page() -> None:
    assert "Content-Type" not in of("data/index.html", TEXT)
    assert "Content-Type" not in of("index.html", TEXT)


@pytest.mark.parametrize("path", ["dts/document/jinshi.xml", "dts/document/jinshi/jinshi.2.xml"])
def test_a_document_links_to_its_collection(path: str) -> None:
    assert of(path, TEXT)["Link"] == ['<https://example.org/a/dts/collection/jinshi.json>; rel="collection"']


def test_every_file_of_the_site_has_a_rule(site: Path) -> None:
    text = (site / "_headers").read_text(encoding="utf-8")
    assert len(rules(text)) < 100  # what Cloudflare Pages reads
    assert all(len(line) < 2000 for line in text.splitlines())
    for file in site.rglob("*"):
        path = file.relative_to(site).as_posix()
        if file.is_file() and path.startswith(("data/", "dts/")) and not path.endswith(".html"):
            if path.startswith(("data/search/", "data/english", "data/addresses")):
                continue  # for our own pages, which know what it is
            kinds = of(path, text)["Content-Type"]
            assert len(kinds) == 1, path
            expected = (
                "application/ld+json" if path.startswith(("dts/", "data/name/", "data/event/")) else media_type(path)
            )
            if not path.endswith(".xml"):
                assert kinds[0].partition(";")[0] == expected, path
