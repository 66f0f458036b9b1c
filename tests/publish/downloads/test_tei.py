"""TEI: valid, with both texts, and every date, name, note, reading and parallel where it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dapytains.tei.document import Document
from lxml import etree

from edition.emend.established import Established
from edition.emend.names import Tag
from edition.model.time import Day
from edition.publish.downloads.tei import dates, standoff
from edition.publish.downloads.tei.elements import prose
from edition.publish.views.viewer import Viewer
from tests.conftest import ROOT
from tests.publish.downloads.conftest import Built
from tests.publish.downloads.reading import ID, LANG, TEI, load, of_work, rows, tei, words

SCHEMA = ROOT / "tests" / "tools" / "tei" / "tei_all.rng"
WORKS = ("qidanguozhi", "jinshi", "dajinguozhi")
LANGUAGES = {"hant": "zh-Hant", "hans": "zh-Hans"}
#: The element of a name in the text, and the list and entry of its kind.
KINDS = {
    "person": ("persName", "listPerson", "person"),
    "place": ("placeName", "listPlace", "place"),
    "people": ("orgName", "listOrg", "org"),
    "state": ("orgName", "listOrg", "org"),
    "office": ("roleName", "list", "item"),
    "book": ("title", "listBibl", "bibl"),
}


def documents(built: Built) -> Iterator[tuple[str, Any]]:
    for work in (*built.edition.works, "parallels"):
        yield work, tei(built.files, work)


def local(element: Any) -> str:  # noqa: ANN401 (lxml has no types)
    return str(etree.QName(element).localname)


# --- the document


@pytest.fixture(scope="module")
def schema() -> Any:  # noqa: ANN401
    """Return the schema of TEI, which takes seconds to compile."""
    return etree.RelaxNG(etree.parse(SCHEMA))


def test_documents_are_valid(each: Built, schema: Any) -> None:  # noqa: ANN401
    for _, root in documents(each):
        schema.assertValid(root)


def test_a_document_is_utf8_without_prefixes(each: Built) -> None:
    for path, content in each.files.items():
        if path.startswith("data/tei/"):
            assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<TEI xmlns=")
            assert b"ns0:" not in content
            assert "&#" not in content.decode()


def test_the_language_is_that_of_the_transcription(each: Built) -> None:
    for work, root in documents(each):
        language = LANGUAGES[each.edition.works[work].script] if work != "parallels" else "zh-Hant"
        assert root.get(LANG) == language
        assert [e.get("ident") for e in root.iter(f"{TEI}language")] == [language]
        # What editors write is in Traditional characters, and so is the first form of a name.
        marked = [e for e in root.iter() if e.get(LANG) and e is not root]
        assert {e.get(LANG) for e in marked} <= {"zh-Hant"}
        names = [entry[0] for _, _, entry in entries(root)]
        assert set(marked) == {
            *names,
            *root.findall(f".//{TEI}back//{TEI}div/{TEI}note"),
            *root.iterfind(f".//{TEI}app/{TEI}note"),
        }


def test_the_header_says_what_the_edition_says(each: Built) -> None:
    about = each.edition.corpus.about
    for work, root in documents(each):
        header = root.find(f"{TEI}teiHeader")

        def texts(path: str, header: Any = header) -> list[str]:  # noqa: ANN401
            return [words(e) for e in header.findall("/".join(f"{TEI}{name}" for name in path.split("/")))]

        title = each.edition.works[work].title.hant if work != "parallels" else f"{about.title.hant}：對照"
        assert texts("fileDesc/titleStmt/title") == [title]
        assert texts("fileDesc/titleStmt/respStmt/name") == list(about.editors)
        assert texts("fileDesc/editionStmt/edition") == [f"release {about.release}"]
        assert header.find(f".//{TEI}edition").get("n") == about.release
        assert texts("fileDesc/publicationStmt/authority") == [f"{about.title.hant} · {about.subtitle}"]
        assert texts("fileDesc/publicationStmt/idno") == ["https://example.org/a/"]
        assert header.find(f".//{TEI}idno").get("type") == "URI"
        assert header.find(f".//{TEI}availability").get("status") == "free"
        assert texts("fileDesc/publicationStmt/availability/licence") == [about.licence] * bool(about.licence)
        targets = [e.get("target") for e in header.iter(f"{TEI}licence")]
        assert targets == [about.licence_url] * bool(about.licence)
        published = header.findall(f"{TEI}fileDesc/{TEI}publicationStmt/{TEI}date")
        assert [(e.get("when"), e.text) for e in published] == [(about.released, about.released)] * bool(about.released)


def test_the_source_is_the_work_and_its_copy(each: Built) -> None:
    for work in each.edition.works.values():
        bibl = tei(each.files, work.slug).find(f".//{TEI}sourceDesc/{TEI}bibl")
        script, about = work.script, work.about
        assert [words(e) for e in bibl.findall(f"{TEI}title")] == [work.title[script]]
        assert [words(e) for e in bibl.findall(f"{TEI}author")] == [about.author[script]] * bool(about.author.hant)
        assert [words(e) for e in bibl.findall(f"{TEI}date")] == [about.compiled] * bool(about.compiled)
        scopes = [(e.get("unit"), e.get("n"), e.text) for e in bibl.findall(f"{TEI}biblScope")]
        chapters = [f"{juan.number} {juan.chapter[script]}".strip() for juan in work.juans]
        assert scopes == [("juan", text.split()[0], text) for text in chapters]
        note = words(bibl.find(f"{TEI}note"))
        assert all(f"juan {juan.number}: SHA-256 {juan.checksum}" in note for juan in work.juans)


def pointers(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield file, which is empty for the document itself, and fragment of every pointer but of links out."""
    for element in root.iter():
        for name in ("target", "ref", "corresp", "from", "to", "resp", "calendar", "datingMethod"):
            for target in (element.get(name) or "").split():
                path, hash_, fragment = target.partition("#")
                if not (path.startswith(("http:", "https:")) or (name in {"from", "to"} and not hash_)):
                    yield path, fragment


def test_every_pointer_leads_somewhere(each: Built) -> None:
    ids = {work: {e.get(ID) for e in root.iter() if e.get(ID)} for work, root in documents(each)}
    for work, root in documents(each):
        for path, fragment in pointers(root):
            if path.startswith("../../"):
                page = each.files[f"{path.removeprefix('../../')}index.html"].decode()
                assert not fragment or f'id="{fragment}"' in page
            else:
                assert fragment in ids[path.removesuffix(".xml") or work], (path, fragment)


# --- the text


def test_every_sentence_is_there_as_received_and_as_established(each: Built) -> None:
    for work in each.edition.works.values():
        root = tei(each.files, work.slug)
        by_id = {element.get(ID): element for element in root.iter() if element.get(ID)}
        own = [p for p in load(each.files, "passages") if p["work"] == work.slug]
        assert [e.get(ID) for e in root.iter(f"{TEI}ab")] == [p["id"] for p in own]
        for passage in own:
            assert words(by_id[passage["id"]], "corr", "reg") == passage["received"]
            found = [s.get(ID) for s in by_id[passage["id"]].iter(f"{TEI}s")]
            assert found == [f"{passage['id']}.{s['n']}" for s in passage["sentences"]]
            for sentence in passage["sentences"]:
                element = by_id[f"{passage['id']}.{sentence['n']}"]
                assert words(element, "sic", "orig") == sentence[work.script]
                assert words(element, "corr", "reg") == sentence["received"]


def test_what_is_emended_names_its_certainty_and_what_is_layout_does_not(each: Built) -> None:
    editors = ["#editors"] if each.edition.corpus.about.editors else [None]
    for work in each.edition.works:
        for passage in tei(each.files, work).iter(f"{TEI}ab"):
            applied = [e for e in each.edition.texts[passage.get(ID)].entries if e.applied]
            found: dict[tuple[str, str], list[Any]] = {("sic", "corr"): [], ("orig", "reg"): []}
            for choice in passage.iter(f"{TEI}choice"):
                old, new = choice
                found[local(old), local(new)].append(new)
                assert [new.get("resp")] == editors
            assert {e.get("cert") for e in found["sic", "corr"]} == {
                e.certainty for e in applied if e.kind == "emendation"
            }
            assert {e.get("cert") for e in found["orig", "reg"]} <= {None}
            assert bool(found["orig", "reg"]) == any(e.kind == "layout" for e in applied)


def test_days_are_marked_where_they_are_written(each: Built) -> None:
    for work in each.edition.works:
        for passage in tei(each.files, work).iter(f"{TEI}ab"):
            established, tags = each.edition.texts[passage.get(ID)], each.edition.tags.get(passage.get(ID), ())

            def named(day: Day, established: Established = established, tags: tuple[Tag, ...] = tags) -> bool:
                start, end = established.offset(day.start), established.offset(day.start + len(day.quote), end=True)
                return any(tag.start < end and start < tag.end for tag in tags)

            days = [day for day in each.edition.days[passage.get(ID)] if day.jdn and not named(day)]
            marked = [e for e in passage.iter(f"{TEI}date") if e.get("when")]
            # One that an emendation carries over the end of a sentence is in both.
            found: dict[tuple[str, str], str] = {}
            for e in marked:
                key = e.get("n"), e.get("when-custom")
                found[key] = found.get(key, "") + words(e, "corr", "reg")
                assert (e.get("calendar"), e.get("datingMethod")) == ("#chinese", "#julian")
            given = {(f"JDN {day.jdn}", iso): day.quote for day, iso in ((d, custom(d.jdn)) for d in days)}
            assert found.keys() == given.keys()
            assert all(quote in found[key] for key, quote in given.items())


def custom(jdn: int) -> str:
    """Return the Julian date of a JDN of the twelfth century, seven days behind the Gregorian one."""
    return (dt.date.fromordinal(jdn - 1_721_425) - dt.timedelta(days=7)).isoformat()


def test_gregorian_dates_are_seven_days_after_the_julian_ones(each: Built) -> None:
    """As they are from 1100-02-29 to 1300-02-28."""
    for _, root in documents(each):
        for element in root.iter():
            for name in ("when", "notBefore", "notAfter"):
                assert (element.get(name) is None) == (element.get(f"{name}-custom") is None) or (
                    element.getparent().tag == f"{TEI}publicationStmt"
                    or len(element.get(f"{name}-custom", "")) < len("1122-02-23")
                )
                if element.get(f"{name}-custom"):
                    julian, gregorian = element.get(f"{name}-custom"), element.get(name)
                    assert dt.date.fromisoformat(gregorian) - dt.date.fromisoformat(julian) == dt.timedelta(days=7)


def test_gregorian_dates_are_those_of_the_reform() -> None:
    assert dates.gregorian(2299161) == "1582-10-15"


def test_a_passage_begins_with_its_date(each: Built) -> None:
    aligned = {row["passage"]: row for row in rows(each.files, "alignment")}
    for work in each.edition.works.values():
        by_id = {ab.get(ID): ab for ab in tei(each.files, work.slug).iter(f"{TEI}ab")}
        for passage in of_work(each.edition, work.slug):
            ab = by_id[passage.id]
            slot = [e for e in ab if e.tag == f"{TEI}date"]
            if not passage.era:
                assert slot == []
                continue
            (date,) = slot
            assert ab[0] is date
            assert words(date) == ""
            row = aligned[passage.id]
            label = (
                row["label"]
                if work.script == "hant"
                else each.edition.label(passage.era, passage.printed.year or 0).hans
            )
            assert date.get("n") == f"{label} {passage.year_code}.{passage.id.split('.')[3]}"
            assert (date.get("type"), date.get("calendar")) == (passage.basis, "#chinese")
            span = (date.get("notBefore-custom"), date.get("notAfter-custom"), date.get("datingMethod"))
            assert span == (row["first_julian"], row["last_julian"], "#julian")


def test_names_are_marked_where_they_are_tagged(each: Built) -> None:
    for work in each.edition.works:
        for passage in tei(each.files, work).iter(f"{TEI}ab"):
            tags = each.edition.tags.get(passage.get(ID), ())
            marked = [
                (local(e), e.get("ref"), words(e, "sic", "orig")) for e in passage.iter() if e.get("ref") is not None
            ]
            assert marked == [
                ("rs" if tag.by_title else KINDS[tag.name.kind][0], f"#{tag.name.id}", tag.form) for tag in tags
            ]
            for e in passage.iter(f"{TEI}rs"):
                (kind,) = {tag.name.kind for tag in tags if f"#{tag.name.id}" == e.get("ref")}
                assert e.get("type") == kind


def test_a_reference_by_title_is_no_name(signs: Built, real: Built) -> None:
    found = [(e.get("type"), e.get("ref"), words(e)) for e in tei(signs.files, "jinshi").iter(f"{TEI}rs")]
    assert found == [("person", "#naihe", "辽使"), ("person", "#naihe", "孛堇")]
    root = tei(real.files, "dajinguozhi")
    titles = {words(e) for e in root.iter(f"{TEI}rs") if e.get("ref") == "#wanyan-aguda"}
    assert "國主" in titles
    assert not titles & {words(e) for e in root.find(f"{TEI}text").iter(f"{TEI}persName")}


def test_an_emendation_is_one_choice_also_with_a_name_in_it(real: Built) -> None:
    root = tei(real.files, "dajinguozhi")
    (choice,) = [e for e in root.iter(f"{TEI}choice") if words(e.find(f"{TEI}*[1]")) == "敗，延慶"]
    corr = choice.find(f"{TEI}corr")
    assert (words(corr), words(corr, "persName")) == ("敗延慶，", "敗，")
    assert [(local(e), e.get("ref")) for e in corr] == [("persName", "#liu-yanqing")]
    for work in WORKS:
        applied = [e for p in of_work(real.edition, work) for e in real.edition.texts[p.id].entries if e.applied]
        assert len(list(tei(real.files, work).iter(f"{TEI}choice"))) == len(applied)


def test_divisions_are_the_parts_of_the_ids(each: Built) -> None:
    for work in each.edition.works:
        root = tei(each.files, work)
        assert root.find(f"{TEI}text").get("n") == work
        for passage in root.iter(f"{TEI}ab"):
            parts = passage.get(ID).split(".")
            assert passage.get("n") == parts[4]
            outer = list(passage.iterancestors(f"{TEI}div"))[::-1]
            assert [div.get("type") for div in outer] == ["juan", "year", "month"]
            for n, div in enumerate(outer, 2):
                if div.get("corresp"):
                    assert div.get("corresp") == f"#{'.'.join(parts[:n])}"
                    assert div.get("n") is None
                else:
                    assert (div.get(ID), div.get("n")) == (".".join(parts[:n]), parts[n - 1])
            assert [s.get(ID) for s in passage.iter(f"{TEI}s")] == [
                f"{passage.get(ID)}.{s.get('n')}" for s in passage.iter(f"{TEI}s")
            ]


@pytest.mark.parametrize("work", WORKS)
def test_another_library_finds_exactly_our_references(real: Built, work: str, tmp_path: Path) -> None:
    path = tmp_path / "work.xml"
    path.write_bytes(real.files[f"data/tei/{work}.xml"])

    def references(units: Any) -> Iterator[str]:  # noqa: ANN401
        for unit in units:
            yield unit.ref
            yield from references(unit.children)

    found = list(references(Document(str(path)).get_reffs()))
    own = of_work(real.edition, work)
    assert len(found) == len(set(found))
    assert {ref for ref in found if ref.count(".") == 4} == {p.id for p in own}
    assert {ref for ref in found if ref.count(".") == 5} == {f"{p.id}.{s.n}" for p in own for s in p.sentences}


def test_the_ids_of_passages_are_the_registered_ones(real: Built) -> None:
    found = {e.get(ID) for work in WORKS for e in tei(real.files, work).iter(f"{TEI}ab")}
    assert found == {id_ for id_, entry in real.edition.registered.items() if entry.state == "live"}


# --- notes and apparatus


def test_notes_are_those_of_the_layers(each: Built) -> None:
    for work in each.edition.works:
        found = [
            (
                e.get("type"),
                e.get("target"),
                words(e, "bibl"),
                [words(bibl) for bibl in e.findall(f"{TEI}bibl")],
                e.get("resp"),
            )
            for e in tei(each.files, work).findall(f".//{TEI}back/{TEI}div[@type='notes']/{TEI}note")
        ]
        resp = "#editors" if each.edition.corpus.about.editors else None
        assert found == [
            (note.kind, f"#{p.id}.{p.sentence_at(note.anchor.end - 1).n}", plain(note.text), list(note.sources), resp)
            for p in of_work(each.edition, work)
            for note in each.edition.notes.get(p.id, ())
        ]


def plain(markdown: str) -> str:
    """Return the words of Markdown, read from HTML by another parser."""
    from edition.rules.markdown import render  # noqa: PLC0415 (only here)

    html = render(markdown, lambda target: target, inline=True)
    return str(etree.HTML(f"<p>{html}</p>").xpath("string(//p)")) if html else ""


def test_the_apparatus_has_what_we_print_as_lemma(each: Built) -> None:
    for work in each.edition.works:
        by_id = {e.get(ID): e for e in tei(each.files, work).iter(f"{TEI}s")}
        found = []
        for app in tei(each.files, work).iter(f"{TEI}app"):
            lem, rdg = app.findall(f"{TEI}lem") + app.findall(f"{TEI}rdg")
            place = [s for id_, s in by_id.items() if id_ in {app.get("from")[1:], app.get("to")[1:]}]
            # Whatever the layers call them: the lemma is in the established text, a received reading in the received.
            assert words(lem) in "".join(words(s, "sic", "orig") for s in place)
            assert (rdg.get("type") == "received") == (app.get("type") == "emendation")
            if rdg.get("type") == "received":
                assert words(rdg) in "".join(words(s, "corr", "reg") for s in place)
            said = [
                (words(e, "bibl"), [words(bibl) for bibl in e.findall(f"{TEI}bibl")]) for e in app.findall(f"{TEI}note")
            ]
            found.append(
                (app.get("type"), app.get("from"), app.get("to"), words(lem), words(rdg), rdg.get("cert"), said)
            )
        assert found == [
            (
                entry.kind,
                f"#{p.id}.{p.sentence_at(entry.anchor.start).n}",
                f"#{p.id}.{p.sentence_at(entry.anchor.end - 1).n}",
                *((entry.lemma, entry.reading) if entry.kind == "emendation" else (entry.reading, entry.lemma)),
                entry.certainty,
                [(plain(entry.evidence), list(entry.sources))],
            )
            for p in of_work(each.edition, work)
            for entry in each.edition.texts[p.id].entries
            if entry.kind != "layout"
        ]


def test_notes_and_apparatus_are_divisions_of_the_back(each: Built) -> None:
    for work in each.edition.works:
        root = tei(each.files, work)
        types = [div.get("type") for div in root.findall(f".//{TEI}back/{TEI}div")]
        notes = [note for p in of_work(each.edition, work) for note in each.edition.notes.get(p.id, ())]
        entries = [e for e in each.edition.layers.apparatus if e.anchor.passage.startswith(f"{work}.")]
        books = ["bibliography"] * bool(each.edition.bibliography.sources)
        assert types == ["notes"] * bool(notes) + ["apparatus"] * any(e.kind != "layout" for e in entries) + books
        assert len(root.findall(f".//{TEI}div[@type='apparatus']/{TEI}listApp")) == types.count("apparatus")


def test_the_bibliography_is_that_of_the_edition(each: Built) -> None:
    for work in each.edition.works:
        listed = tei(each.files, work).findall(f".//{TEI}div[@type='bibliography']/{TEI}listBibl/{TEI}bibl")
        sources = load(each.files, "sources")
        assert [e.get(ID) for e in listed] == [f"source.{source['key']}" for source in sources]
        for e, source in zip(listed, sources, strict=True):

            def texts(name: str, e: Any = e) -> list[str]:  # noqa: ANN401
                return [words(child) for child in e.findall(f"{TEI}{name}")]

            assert e.get("type") == source["kind"]
            assert texts("title") == [source["title"], *source["names"]]
            assert [t.get("type") for t in e.findall(f"{TEI}title")] == [None] + ["alternative"] * len(source["names"])
            assert texts("author") == [source["author"]] * bool(source["author"])
            assert texts("date") == [source["date"]] * bool(source["date"])
            assert texts("extent") == [f"{source['juan']} juan"] * bool(source["juan"])
            assert texts("edition") == [": ".join(filter(None, (c["name"], c["about"]))) for c in source["copies"]]
            assert [(r.get("target"), words(r)) for r in e.findall(f"{TEI}ref")] == [
                (source["link"], source["link"])
            ] * bool(source["link"])
            notes = [(n.get("type"), words(n)) for n in e.findall(f"{TEI}note")]
            expected: list[tuple[str | None, str]] = [(None, source["about"])] * bool(source["about"])
            assert notes == expected + [("via", source["via"])] * bool(source["via"])
            quoted = [r.get("target") for r in e.findall(f"{TEI}relatedItem[@type='quotedIn']")]
            assert quoted == [f"#source.{source['quoted_in']}"] * bool(source["quoted_in"])


def test_a_citation_points_at_its_books(each: Built) -> None:
    for work in each.edition.works:
        root = tei(each.files, work)
        lists = set(root.findall(f".//{TEI}listBibl/{TEI}bibl")) | set(root.findall(f".//{TEI}sourceDesc/{TEI}bibl"))
        for bibl in set(root.iter(f"{TEI}bibl")) - lists:
            cited = each.edition.bibliography.resolve(words(bibl))
            books = [book for book in (cited.source, cited.quoted) if book] if cited else []
            assert (bibl.get("corresp") or "").split() == [f"#source.{book.key}" for book in books]


def test_a_citation_at_second_hand_points_at_both_books(signs: Built) -> None:
    found = {words(e): e.get("corresp") for e in tei(signs.files, "jinshi").iter(f"{TEI}bibl")}
    assert found["丙引丁"] == "#source.jia #source.yi"
    assert found["甲 & <乙>"] == "#source.jia"
    assert found["宋史 & <遼史>"] is None


def test_a_lemma_is_never_the_reading(real: Built) -> None:
    apps = {
        (words(app.find(f"{TEI}lem")), words(app.find(f"{TEI}rdg")), app.find(f"{TEI}rdg").get("type"))
        for app in tei(real.files, "jinshi").iter(f"{TEI}app")
    }
    assert ("玺", "尔", "received") in apps
    root = tei(real.files, "qidanguozhi")
    recorded = {
        (words(app.find(f"{TEI}lem")), words(app.find(f"{TEI}rdg")), app.find(f"{TEI}rdg").get("type"))
        for app in root.iter(f"{TEI}app")
    }
    assert ("虎", "席", "other") in recorded


# --- names and parallels


def entries(root: Any) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401
    """Yield list, kind of entry and entry of every name in ``standOff``."""
    for names in root.findall(f"{TEI}standOff/*"):
        for entry in names:
            if entry.get(ID) and local(entry) != "event":
                yield local(names), local(entry), entry


def test_names_are_those_that_occur_with_their_forms(each: Built) -> None:
    for work in each.edition.works:
        occurring = {row["name"] for row in rows(each.files, "occurrences") if row["work"] == work}
        given = [n for n in each.edition.layers.names if n.id in occurring]
        found = list(entries(tei(each.files, work)))
        assert {e.get(ID) for _, _, e in found} == {name.id for name in given}
        for name in given:
            ((outer, inner, entry),) = [row for row in found if row[2].get(ID) == name.id]
            tag, *lists = KINDS[name.kind]
            assert [outer, inner] == lists
            assert entry.getparent().get("type") == {"office": "offices", "state": "states"}.get(name.kind)
            first, *forms = entry.findall(f"{TEI}{tag}")
            assert (words(first), first.get(LANG), first.get("type")) == (name.name.hant, "zh-Hant", None)
            assert [(words(e), e.get("type")) for e in forms] == [
                *((form, "form") for form in each.edition.forms(name).get(work, ())),
                *((title, "title") for title in each.edition.titles(name).get(work, ())),
            ]
            assert [(e.get("type"), words(e)) for e in entry.findall(f"{TEI}idno")] == [
                (id_.authority, id_.value) for id_ in name.ids
            ]
            assert [
                (e.get("type"), words(e.find(f"{TEI}geo")), words(e.find(f"{TEI}bibl")))
                for e in entry.findall(f"{TEI}location")
            ] == [(at.precision, f"{at.lat} {at.lon}", at.source) for at in (name.where,) if at]
            for life, fact in (("birth", name.born), ("death", name.died)):
                assert [(e.get("when"), words(e)) for e in entry.findall(f"{TEI}{life}")] == [
                    (f"{fact.year:04}", fact.source) for fact in (fact,) if fact
                ]
            notes = [(e.get("type"), words(e)) for e in entry.findall(f"{TEI}note")]
            expected: list[tuple[str | None, str]] = [(None, plain(name.about))] * bool(name.about)
            expected += [("identification", plain(name.identified))] * bool(name.identified)
            assert notes == expected + [("ids", plain(name.ids_evidence))] * bool(name.ids_evidence)


def test_parallels_are_the_events(each: Built) -> None:
    found = [
        (
            e.get(ID),
            words(e.find(f"{TEI}label")),
            e.get("n"),
            e.get("cert"),
            e.get("when-custom"),
            [ptr.get("target") for ptr in e.iter(f"{TEI}ptr")],
            [(r.get("from"), r.get("to")) for r in e.iter(f"{TEI}citedRange")],
        )
        for e in tei(each.files, "parallels").iter(f"{TEI}event")
    ]
    assert found == [
        (
            f"event.{event['id']}",
            event["title"]["hant"],
            str(event["year"]),
            event["certainty"],
            event["julian"] if len(event["julian"] or "") == len("1122-02-23") else None,
            [f"{a['work']}.xml#{a['from']}" for a in event["accounts"]],
            [(a["from"], a["to"]) for a in event["accounts"]],
        )
        for event in load(each.files, "events")
    ]


def test_without_parallels_there_is_an_empty_list(least: Built) -> None:
    """The schema wants something in ``standOff``."""
    layers = replace(least.edition.layers, events=())
    found = standoff.parallels(replace(least.edition, layers=layers, years=()))
    assert [e.tag.removeprefix(TEI) for e in found.iter()] == ["standOff", "list", "item"]


def test_parallels_link_the_years_that_several_works_tell_of(each: Built) -> None:
    links = tei(each.files, "parallels").findall(f".//{TEI}linkGrp[@type='years']/{TEI}link")
    found = [(e.get("n"), e.get("target").split()) for e in links]
    told: dict[int, dict[str, None]] = {}
    for row in sorted(rows(each.files, "alignment"), key=lambda row: list(each.edition.works).index(row["work"])):
        id_ = ".".join(row["passage"].split(".")[:3])
        told.setdefault(int(row["year"]), {})[f"{row['work']}.xml#{id_}"] = None
    several = {year: ids for year, ids in told.items() if len({id_.partition(".")[0] for id_ in ids}) > 1}
    assert {(n, frozenset(ids)) for n, ids in found} == {(str(year), frozenset(ids)) for year, ids in several.items()}
    assert [int(n) for n, _ in found] == sorted(several)
    for _, ids in found:
        works = [id_.partition(".")[0] for id_ in ids]
        assert works == sorted(works, key=list(each.edition.works).index)


# --- signs of markup


def test_signs_of_markup_are_text_wherever_they_stand(signs: Built) -> None:
    root = tei(signs.files, "jinshi")

    def texts(*path: str) -> list[str]:
        return [words(e, "bibl") for e in root.iterfind("//".join((".", *(f"{TEI}{name}" for name in path))))]

    assert texts("respStmt", "name") == ["Tom & <Jerry>"]
    assert texts("authority") == ['小對讀 <b> & "x" ]]> · A & B <i>']
    assert texts("licence") == ["CC <BY> & 4.0"]
    assert root.find(f".//{TEI}licence").get("target") == "https://example.org/licence?a=1&b=2"
    assert "<庆>&" in texts("corr")
    assert texts("orig") == ["&"]
    assert texts("lem") == ["和，辛", "<庆>&", "之永", "实"]
    assert texts("rdg") == ["和。辛", "庆", "者永", '石"<']
    assert texts("app", "note")[:2] == ["句讀 & <誤>。", "見句 & <x>。"]
    assert texts("note", "mentioned") == ["<x>"]
    notes = root.findall(f".//{TEI}back/{TEI}div[@type='notes']/{TEI}note")
    assert words(notes[0], "bibl") == '見第二句、名、事、年與外；甲 <b> & "乙" ]]>。'
    assert [e.get("target") for e in notes[0].iter(f"{TEI}ref")] == [
        "../../jinshi/2/tianfu2/2/1/#s2",
        "../../name/sagai/",
        "../../event/rishi/",
        "../../year/1119/",
        "https://example.org/?a=1&b=2",
    ]
    assert [words(e) for e in notes[0].iter(f"{TEI}bibl")] == ["宋史 & <遼史>"]
    assert texts("person", "persName")[-4:-2] == ["撒改 & <甲>", "撒改"]
    assert [note for note in texts("person", "note") if note] == ["見句 & <b>。", "即 & <c>。", "合 & <d>。"]
    (sentence,) = root.xpath("//*[@xml:id='jinshi.2.tianfu3.4.1.1']")
    assert words(sentence, "reg") == "四月丙子朔，日有<食>&之。"
    assert words(tei(signs.files, "parallels").find(f".//{TEI}label")) == "日食 & <甲>"


def test_a_name_across_the_end_of_an_emendation_cuts_it(signs: Built) -> None:
    (name,) = tei(signs.files, "jinshi").xpath("//*[@ref='#an-yongji']")
    first, second = name.getprevious(), name[0]
    assert (words(name, "sic"), words(name, "corr")) == ("永吉", "吉")
    assert [(words(e[0]), words(e[1])) for e in (first, second)] == [("者永", "之"), ("", "永")]


def test_names_that_touch_are_two_elements(signs: Built) -> None:
    found = tei(signs.files, "jinshi").xpath("//*[@ref='#huoshi']")
    assert [words(e) for e in found] == ["霍", "石"]


def test_what_inline_markdown_becomes(signs: Built) -> None:
    viewer = Viewer(signs.edition, "hant", {})

    def tree(text: str) -> list[Any]:
        return [
            part if isinstance(part, str) else (part.tag.removeprefix(TEI), part.attrib)
            for part in prose(viewer, text)
            if part != ""
        ]

    assert tree("甲*乙*丙**丁**`戊`") == ["甲", ("hi", {}), "丙", ("hi", {}), ("mentioned", {})]
    assert tree("甲\\\n乙") == ["甲", ("lb", {}), "\n乙"]
    assert tree("[甲](year/1119#m4)") == [("ref", {"target": "../../year/1119/#m4"})]
    assert tree("[甲](mailto:a@b.c)") == [("ref", {"target": "mailto:a@b.c"})]
    assert tree("[甲](nowhere)") == ["甲"]
    assert tree("") == []
