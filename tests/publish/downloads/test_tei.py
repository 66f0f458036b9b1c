"""TEI: valid, in both scripts, with every date, name, note, reading and parallel where it belongs."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dapytains.tei.document import Document
from lxml import etree

from edition.emend.established import Established
from edition.emend.names import Tag
from edition.model.layers import Entry
from edition.model.scripts import SCRIPTS, Pair, Script
from edition.model.time import Day
from edition.publish.downloads.tei import dates
from edition.publish.downloads.tei.documents import files
from edition.publish.downloads.tei.setting import Setting
from edition.publish.downloads.tei.witnesses import witnesses
from edition.publish.views.viewer import Viewer
from tests.conftest import ROOT
from tests.publish.downloads.conftest import Built
from tests.publish.downloads.reading import ID, LANG, TEI, load, of_work, rows, tei, words

SCHEMA = ROOT / "tests" / "tools" / "tei" / "tei_all.rng"
RULES = ROOT / "tests" / "tools" / "schematron.js"
SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
WORKS = ("qidanguozhi", "jinshi", "dajinguozhi")
LANGUAGES = {"hant": "zh-Hant", "hans": "zh-Hans"}
#: A book is quoted in the script in which it was read.
QUOTATION = re.compile(r"「[^」]*」")
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
    """Yield name, without ``.xml``, and root of every document."""
    for path in built.files:
        if path.startswith("data/tei/"):
            name = path.removeprefix("data/tei/").removesuffix(".xml")
            yield name, tei(built.files, name)


def converted(built: Built, work: str) -> tuple[str, str]:
    """Return the name of the document of a work in the other script than that of its transcription, and the script."""
    (script,) = set(SCRIPTS) - {built.edition.works[work].script}
    return f"{work}.{script}", script


def local(element: Any) -> str:  # noqa: ANN401 (lxml has no types)
    return str(etree.QName(element).localname)


# --- the document


@pytest.fixture(scope="module")
def schema() -> Any:  # noqa: ANN401
    """Return the schema of TEI, which takes seconds to compile."""
    return etree.RelaxNG(etree.parse(SCHEMA))


def test_each_work_has_a_document_in_each_script(each: Built) -> None:
    expected = {"names", "parallels", *each.edition.works}
    expected |= {converted(each, work)[0] for work in each.edition.works}
    assert {name for name, _ in documents(each)} == expected


def test_documents_are_valid(each: Built, schema: Any) -> None:  # noqa: ANN401
    for _, root in documents(each):
        schema.assertValid(root)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Schematron rules that the schema of TEI has in it, as a schema of their own."""
    schema = etree.parse(SCHEMA)
    rules = etree.Element(f"{SCHEMATRON}schema", queryBinding="xslt2")
    prefixes = {(ns.get("prefix"), ns.get("uri")) for ns in schema.iter(f"{SCHEMATRON}ns")}
    for prefix, uri in sorted(prefixes):
        etree.SubElement(rules, f"{SCHEMATRON}ns", prefix=prefix, uri=uri)
    patterns = list(schema.iter(f"{SCHEMATRON}pattern"))
    assert len(patterns) > 80
    rules.extend(patterns)
    path: Path = tmp_path_factory.mktemp("schematron") / "tei.sch"
    path.write_bytes(etree.tostring(rules))
    return path


def broken(rules: Path, folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return what the rules of TEI say against documents."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = ["node", str(RULES), str(rules), *(str(folder / name) for name in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[str] = json.loads(done.stdout)
    return found


def test_documents_keep_the_rules_of_tei(rules: Path, real: Built, signs: Built, tmp_path: Path) -> None:
    for built in (real, signs):
        files = {Path(path).name: content for path, content in built.files.items() if path.startswith("data/tei/")}
        assert broken(rules, tmp_path, files) == []


def test_the_rules_of_tei_find_a_fault(rules: Path, signs: Built, tmp_path: Path) -> None:
    content = signs.files["data/tei/jinshi.xml"].replace(b"<date type=", b'<date calendar="#chinese" type=', 1)
    (message,) = broken(rules, tmp_path, {"jinshi.xml": content})
    assert "@calendar indicates" in message


def test_a_document_is_utf8_without_prefixes(each: Built) -> None:
    for path, content in each.files.items():
        if path.startswith("data/tei/"):
            assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<TEI xmlns=")
            assert b"ns0:" not in content
            assert "&#" not in content.decode()


def test_every_word_is_in_the_language_that_is_said(each: Built) -> None:
    for name, root in documents(each):
        work, _, script = name.partition(".")
        own = script or (each.edition.works[work].script if work in each.edition.works else "hant")
        assert root.get(LANG) == LANGUAGES[own]
        assert [e.get("ident") for e in root.iter(f"{TEI}language")] == ["zh-Hant", "zh-Hans", "en"]
        for e in root.iter():
            language = next(a.get(LANG) for a in (e, *e.iterancestors()) if a.get(LANG))
            assert language in {"zh-Hant", "zh-Hans", "zh-Latn", "en"}
            said = [QUOTATION.sub("", text or "") for text in (e.text, *(child.tail for child in e))]
            if each.edition.corpus.about.title.hant == "遼金三史對讀":  # in the others, signs stand anywhere
                english = any(re.search(r"[A-Za-z]{3,} [A-Za-z]{3,}", text) for text in said)
                assert not english or language == "en" or local(e) in {"title", "bibl"}, (name, local(e), said)
            if local(e) not in {"sic", "orig", "rdg", "mentioned", "lem"}:
                assert not any("辽" in text for text in said) or language == "zh-Hans", (name, said)
                assert not any("遼" in text for text in said) or language == "zh-Hant", (name, said)
        # What editors write is in Traditional characters, but in a document that is converted to Simplified ones.
        notes = root.findall(f".//{TEI}div[@type='notes']/{TEI}note") + root.findall(f".//{TEI}app/{TEI}note")
        assert {e.get(LANG) for e in notes} <= {LANGUAGES[script] if script else "zh-Hant"}


def test_the_header_says_what_the_edition_says(each: Built) -> None:
    about = each.edition.corpus.about
    for work, root in documents(each):
        header = root.find(f"{TEI}teiHeader")

        def texts(path: str, header: Any = header) -> list[str]:  # noqa: ANN401
            return [words(e) for e in header.findall("/".join(f"{TEI}{name}" for name in path.split("/")))]

        slug, _, script = work.partition(".")
        if slug in each.edition.works:
            own = each.edition.works[slug]
            shown: Script = "hans" if "hans" in (script, own.script) and script != "hant" else "hant"
            titles = header.findall(f"{TEI}fileDesc/{TEI}titleStmt/{TEI}title")
            assert [words(t) for t in titles if t.get("type") == "main"] == [own.title[shown]]
            chapters = [juan.chapter[shown] for juan in own.juans]
            subtitles = [words(t) for t in titles if t.get("type") == "sub"]
            assert all(t.endswith(c) and t.startswith("卷") for t, c in zip(subtitles, chapters, strict=True))
            assert texts("fileDesc/titleStmt/author") == [own.about.author[shown]] * bool(own.about.author.hant)
        else:
            kind = {"names": "專名", "parallels": "對照"}[slug]
            assert texts("fileDesc/titleStmt/title") == [f"{about.title.hant}：{kind}"]
        assert texts("fileDesc/titleStmt/editor") == list(about.editors)
        assert texts("fileDesc/titleStmt/respStmt/name") == list(about.editors)
        assert texts("fileDesc/editionStmt/edition") == [f"release {about.release}"]
        assert header.find(f".//{TEI}edition").get("n") == about.release
        title = about.title["hans" if script == "hans" else "hant"]
        assert texts("fileDesc/publicationStmt/authority") == [" · ".join(filter(None, (title, about.subtitle)))]
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
        source = tei(each.files, work.slug).find(f".//{TEI}sourceDesc")
        bibl, script, about = source.find(f"{TEI}bibl"), work.script, work.about
        assert [words(e) for e in bibl.findall(f"{TEI}title")] == [work.title[script]]
        assert [words(e) for e in bibl.findall(f"{TEI}author")] == [about.author[script]] * bool(about.author.hant)
        assert [words(e) for e in bibl.findall(f"{TEI}date")] == [about.compiled] * bool(about.compiled)
        scopes = [(e.get("unit"), e.get("n"), e.text) for e in bibl.findall(f"{TEI}biblScope")]
        chapters = [f"{juan.number} {juan.chapter[script]}".strip() for juan in work.juans]
        assert scopes == [("juan", text.split()[0], text) for text in chapters]
        sums = "".join(words(e) for e in bibl.findall(f"{TEI}note[@type='checksum']"))
        assert all(f"juan {juan.number}: SHA-256 {juan.checksum}" in sums for juan in work.juans if juan.checksum)
        received, *copies = source.findall(f"{TEI}listWit/{TEI}witness")
        assert received.get(ID) == "received"
        own = [s for s in each.edition.bibliography.sources if s.title == work.title.hant]
        assert [e.get("n") for e in copies] == [copy.name for s in own for copy in s.copies if copy.seen]


def test_changes_of_the_text_are_in_every_header(each: Built) -> None:
    for name, root in documents(each):
        found = [
            (e.get("when"), e.get("n"), words(e.find(f"{TEI}title"))) for e in root.findall(f".//{TEI}revisionDesc/*")
        ]
        script: Script = "hans" if name.endswith(".hans") else "hant"
        history = each.edition.history
        assert found == [(c.date, c.release or None, c.title[script]) for c in history]


def test_a_converted_document_says_so_and_names_the_other(each: Built) -> None:
    for work in each.edition.works:
        name, _ = converted(each, work)
        for document, expected in ((name, True), (work, False)):
            said = words(tei(each.files, document).find(f".//{TEI}normalization"))
            assert (f"{work}.xml." in said and "Converted from" in said) == expected


POINTERS = (
    "target", "targetEnd", "ref", "corresp", "from", "to", "resp", "calendar", "datingMethod", "wit", "source", "who",
    "active", "passive", "decls",
)  # fmt: skip


def pointers(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield file, which is empty for the document itself, and fragment of every pointer but of links out."""
    for element in root.iter():
        for name in POINTERS:
            for target in (element.get(name) or "").split():
                path, _, fragment = target.partition("#")
                if not path.startswith(("http:", "https:")):
                    yield path, fragment


def test_every_pointer_leads_to_an_element_of_these_documents(each: Built) -> None:
    """So they hold wherever the documents stand together, as in the archive."""
    ids: dict[str, list[str]] = {}
    for name, root in documents(each):
        ids[name] = [e.get(ID) for e in root.iter() if e.get(ID)]
        assert len(ids[name]) == len(set(ids[name]))
    for name, root in documents(each):
        for path, fragment in pointers(root):
            assert not fragment or fragment in ids[path.removesuffix(".xml") or name], (name, path, fragment)
            assert not path or path.removesuffix(".xml") in ids


def test_a_link_that_no_document_has_leads_to_the_site_or_is_only_its_words(signs: Built) -> None:
    def tree(url: str, text: str) -> list[Any]:
        setting = Setting(Viewer(signs.edition, "hant", {}), "hant", url)
        parts = [part for part in setting.prose(text) if part != ""]
        return [part if isinstance(part, str) else (words(part), part.get("target")) for part in parts]

    assert tree("", "見[說明](about)。") == ["見", "說明", "。"]
    assert tree("https://example.org/a/", "見[說明](about)。") == ["見", ("說明", "https://example.org/a/about/"), "。"]
    assert tree("", "[甲](jinshi)[乙](dajinguozhi.2.tianfu4.6.1)") == [
        ("甲", "jinshi.hant.xml"),
        ("乙", "dajinguozhi.xml#dajinguozhi.2.tianfu4.6.1"),
    ]


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


def test_the_other_script_has_the_same_elements_and_its_own_text(each: Built) -> None:
    told = {p["id"]: p for p in load(each.files, "passages")}
    for work in each.edition.works:
        name, script = converted(each, work)
        one, other = (tei(each.files, document).find(f"{TEI}text/{TEI}body") for document in (work, name))
        assert [(e.tag, e.get(ID), e.get("ref")) for e in one.iter()] == [
            (e.tag, e.get(ID), e.get("ref")) for e in other.iter()
        ]
        for passage in other.iter(f"{TEI}ab"):
            assert words(passage, "sic", "orig") == told[passage.get(ID)][script]


def test_anchors_stand_before_the_character_that_they_count(each: Built) -> None:
    """Where a change has that character in it, at the beginning or at the end of the change."""
    for work in each.edition.works:
        for passage in tei(each.files, work).iter(f"{TEI}ab"):
            received = each.edition.passages[passage.get(ID)].text
            for anchor in passage.iter(f"{TEI}anchor"):
                id_, _, offset = anchor.get(ID).rpartition("_")
                assert id_ == passage.get(ID)
                texts = passage.xpath(".//text()[following::*[@xml:id=$id]]", id=anchor.get(ID))
                before = version(texts, "corr", "reg")
                place = len(before)
                changes = [e.anchor for e in each.edition.texts[id_].entries if e.applied]
                inside = [c for c in changes if c.start < int(offset) < c.end]
                assert place == int(offset) or any(place in {c.start, c.end} for c in inside), (
                    anchor.get(ID),
                    received,
                )


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
                if local(element) in {"change", "birth", "death", "time"}:
                    continue
                assert (element.get(name) is None) == (element.get(f"{name}-custom") is None) or (
                    element.getparent().tag == f"{TEI}publicationStmt"
                    or len(element.get(f"{name}-custom", "")) < len("1122-02-23")
                )
                if element.get(name) and element.get(f"{name}-custom"):
                    julian, gregorian = element.get(f"{name}-custom"), element.get(name)
                    assert dt.date.fromisoformat(gregorian) - dt.date.fromisoformat(julian) == dt.timedelta(days=7)


def test_gregorian_dates_are_those_of_the_reform_and_those_of_python() -> None:
    assert dates.gregorian(2299161) == "1582-10-15"
    for jdn in range(1_721_426, 2_500_000, 997):
        assert dates.gregorian(jdn) == dt.date.fromordinal(jdn - 1_721_425).isoformat()


def test_dates_before_the_first_year_are_those_of_iso_8601() -> None:
    """Year 0 is 1 BC there; in the dates of W3C it was forbidden, and then allowed."""
    assert dates.day(1_721_425) == {"when-iso": "0000-12-31", "when-custom": "0001-01-02"}
    assert dates.gregorian(0) == "-4713-11-24"
    assert dates.day(1_670_000)["when-iso"] == "-0140-03-15"
    assert dates.span(1_721_425, 1_721_426)["notAfter-iso"] == "0001-01-01"
    assert dates.year("when", -139) == {"when-iso": "-0139"}
    assert dates.year("when", 1120) == {"when": "1120"}


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
            assert (date.get("type"), date.get("calendar")) == (passage.basis, None)
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
                ("rs" if tag.by_title else KINDS[tag.name.kind][0], f"names.xml#{tag.name.id}", tag.form)
                for tag in tags
            ]
            for e in passage.iter(f"{TEI}rs"):
                (kind,) = {tag.name.kind for tag in tags if f"names.xml#{tag.name.id}" == e.get("ref")}
                assert e.get("type") == kind


def test_a_reference_by_title_is_no_name(signs: Built, real: Built) -> None:
    found = [(e.get("type"), e.get("ref"), words(e)) for e in tei(signs.files, "jinshi").iter(f"{TEI}rs")]
    assert found == [("person", "names.xml#naihe", "辽使"), ("person", "names.xml#naihe", "孛堇")]
    root = tei(real.files, "dajinguozhi")
    titles = {words(e) for e in root.iter(f"{TEI}rs") if e.get("ref") == "names.xml#wanyan-aguda"}
    assert "國主" in titles
    assert not titles & {words(e) for e in root.find(f"{TEI}text").iter(f"{TEI}persName")}


def test_an_emendation_is_one_choice_also_with_a_name_in_it(real: Built) -> None:
    root = tei(real.files, "dajinguozhi")
    (choice,) = [e for e in root.iter(f"{TEI}choice") if words(e.find(f"{TEI}*[1]")) == "敗，延慶"]
    corr = choice.find(f"{TEI}corr")
    assert (words(corr), words(corr, "persName")) == ("敗延慶，", "敗，")
    assert [(local(e), e.get("ref")) for e in corr] == [("persName", "names.xml#liu-yanqing")]
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
                e.get("targetEnd"),
                words(e, "bibl"),
                [words(bibl) for bibl in e.findall(f"{TEI}bibl")],
                e.get("resp"),
            )
            for e in tei(each.files, work).findall(f".//{TEI}back/{TEI}div[@type='notes']/{TEI}note")
        ]
        resp = "#editors" if each.edition.corpus.about.editors else None
        assert found == [
            (
                note.kind,
                f"#{p.id}_{note.anchor.start}",
                f"#{p.id}_{note.anchor.end}",
                plain(note.text),
                list(note.sources),
                resp,
            )
            for p in of_work(each.edition, work)
            for note in each.edition.notes.get(p.id, ())
        ]


def plain(markdown: str) -> str:
    """Return the words of Markdown, read from HTML by another parser."""
    from edition.rules.markdown import render  # noqa: PLC0415 (only here)

    html = render(markdown, lambda target: target, inline=True)
    return str(etree.HTML(f"<p>{html}</p>").xpath("string(//p)")) if html else ""


def between(passage: Any, first: str, last: str) -> list[Any]:  # noqa: ANN401
    """Return the stretches of text of a passage between two anchors."""
    found: list[Any] = passage.xpath(
        ".//text()[preceding::*[@xml:id=$first] and following::*[@xml:id=$last]]", first=first, last=last
    )
    return found


def version(texts: list[Any], *but: str) -> str:
    """Return stretches of text, joined, without those in some elements."""
    return "".join(
        text
        for text in texts
        if not any(
            local(e) in but
            for e in (
                (text.getparent() if text.is_text else text.getparent().getparent()),
                *(text.getparent() if text.is_text else text.getparent().getparent()).iterancestors(),
            )
        )
    )


def test_the_apparatus_has_what_we_print_as_lemma(each: Built) -> None:
    for work in each.edition.works:
        root = tei(each.files, work)
        passages = {e.get(ID): e for e in root.iter(f"{TEI}ab")}
        found = []
        for app in root.iter(f"{TEI}app"):
            lem, rdg = app.findall(f"{TEI}lem") + app.findall(f"{TEI}rdg")
            first, last = app.get("from")[1:], app.get("to")[1:]
            texts = between(passages[first.rpartition("_")[0]], first, last)
            # Whatever the layers call them: between the anchors stands what the edition prints, and what was received.
            assert words(lem) == version(texts, "sic", "orig")
            assert (rdg.get("type") == "received") == (app.get("type") == "emendation")
            received = rdg if rdg.get("type") == "received" else lem
            assert words(received) == version(texts, "corr", "reg")
            assert "#received" in received.get("wit").split()
            judged = lem if received is rdg else rdg
            said = [
                (words(e, "bibl"), [words(bibl) for bibl in e.findall(f"{TEI}bibl")]) for e in app.findall(f"{TEI}note")
            ]
            found.append((app.get("type"), first, last, words(lem), words(rdg), judged.get("cert"), said))
        assert found == [
            (
                entry.kind,
                f"{p.id}_{entry.anchor.start}",
                f"{p.id}_{entry.anchor.end}",
                *((entry.lemma, entry.reading) if entry.kind == "emendation" else (entry.reading, entry.lemma)),
                entry.certainty,
                [(plain(entry.evidence), list(entry.sources))],
            )
            for p in of_work(each.edition, work)
            for entry in each.edition.texts[p.id].entries
            if entry.kind != "layout"
        ]


def test_a_copy_is_a_witness_only_of_words_that_the_evidence_quotes(real: Built) -> None:
    for work in real.edition.works.values():
        root = tei(real.files, work.slug)
        copies = {e.get(ID): e.get("n") for e in root.iter(f"{TEI}witness")}
        cited = 0
        for app in root.iter(f"{TEI}app"):
            evidence = words(app.find(f"{TEI}note"), "bibl")
            for reading in (app.find(f"{TEI}lem"), app.find(f"{TEI}rdg")):
                for pointer in (reading.get("wit") or "").split():
                    name = copies[pointer[1:]]
                    if name:
                        cited += 1
                        assert re.search(f"{name}[^「」。；]*(作|有|無|原注)「[^」]+」", evidence)
        assert cited > 10


def test_who_has_which_reading(real: Built) -> None:
    def attested(work: str, reading: str) -> Any:  # noqa: ANN401
        def own(entry: Entry) -> bool:
            return entry.anchor.passage.startswith(work) and entry.reading == reading

        return witnesses(real.edition, next(filter(own, real.edition.layers.apparatus)))

    lemma, received = attested("dajinguozhi", "眚")  # 四庫本 and three other books have 青
    assert lemma.copies == (1,)
    assert lemma.books == ("jiuchao-biannian-beiyao", "qidanguozhi", "songshi")
    assert (received.copies, received.books) == ((), ())
    lemma, received = attested("jinshi", "盘")  # 四庫本「宗盤」 is as received; elsewhere 金史 itself has 宗磐
    assert received.copies == ()
    assert "jinshi" not in received.books


def test_notes_and_apparatus_are_divisions_of_the_back(each: Built) -> None:
    for work in each.edition.works:
        root = tei(each.files, work)
        types = [div.get("type") for div in root.findall(f".//{TEI}back/{TEI}div")]
        notes = [note for p in of_work(each.edition, work) for note in each.edition.notes.get(p.id, ())]
        entries = [e for e in each.edition.layers.apparatus if e.anchor.passage.startswith(f"{work}.")]
        books = ["bibliography"] * bool(root.findall(f".//{TEI}back//{TEI}bibl[@corresp]"))
        assert types == ["notes"] * bool(notes) + ["apparatus"] * any(e.kind != "layout" for e in entries) + books
        assert len(root.findall(f".//{TEI}div[@type='apparatus']/{TEI}listApp")) == types.count("apparatus")


def test_each_document_has_an_entry_for_every_book_that_it_cites(each: Built) -> None:
    sources = load(each.files, "sources")
    for name, root in documents(each):
        listed = root.findall(f".//{TEI}listBibl[@type='sources']/{TEI}bibl")
        pointers = {p for e in root.iter() for p in f"{e.get('corresp')} {e.get('source')}".split()}
        keys = {s["key"] for s in sources if f"#source.{s['key']}" in pointers}
        keys |= {s["quoted_in"] for s in sources if s["key"] in keys and s["quoted_in"]}
        assert [e.get(ID) for e in listed] == [f"source.{s['key']}" for s in sources if s["key"] in keys]
        if name.endswith(".hans"):
            continue
        for e, source in zip(listed, [s for s in sources if s["key"] in keys], strict=True):

            def texts(name: str, e: Any = e) -> list[str]:  # noqa: ANN401
                return [words(child) for child in e.findall(f"{TEI}{name}")]

            assert e.get("type") == source["kind"]
            assert texts("title") == [source["title"], *source["names"]]
            assert [t.get("type") for t in e.findall(f"{TEI}title")] == [None] + ["alternative"] * len(source["names"])
            assert texts("author") == [source["author"]] * bool(source["author"])
            assert texts("date") == [source["date"]] * bool(source["date"])
            assert [m.get("quantity") for m in e.iter(f"{TEI}measure")] == [str(source["juan"])] * bool(source["juan"])
            assert texts("edition") == ["：".join(filter(None, (c["name"], c["about"]))) for c in source["copies"]]
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
        for bibl in tei(each.files, work).findall(f".//{TEI}note/{TEI}bibl"):
            cited = each.edition.bibliography.resolve(words(bibl))
            books = [book for book in (cited.source, cited.quoted) if book] if cited else []
            assert (bibl.get("corresp") or "").split() == [f"#source.{book.key}" for book in books]


def test_a_citation_at_second_hand_points_at_both_books(signs: Built) -> None:
    found = {
        words(e): e.get("corresp") for name in ("jinshi", "names") for e in tei(signs.files, name).iter(f"{TEI}bibl")
    }
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
    assert ("虎", "席", "variant") in recorded


# --- names and parallels


def entries(root: Any) -> Iterator[tuple[str, str, Any]]:  # noqa: ANN401
    """Yield list, kind of entry and entry of every name in ``standOff``."""
    for names in root.findall(f"{TEI}standOff/*"):
        for entry in names if names.get("type") != "sources" else ():
            if entry.get(ID) and local(entry) != "event":
                yield local(names), local(entry), entry


def test_all_names_are_in_one_document_with_their_forms(each: Built) -> None:
    found = list(entries(tei(each.files, "names")))
    assert {e.get(ID) for _, _, e in found} == {name.id for name in each.edition.layers.names}
    for name in each.edition.layers.names:
        ((outer, inner, entry),) = [row for row in found if row[2].get(ID) == name.id]
        tag, *lists = KINDS[name.kind]
        assert [outer, inner] == lists
        types = {"office": "offices", "state": "states", "people": "peoples", "book": "books"}
        assert entry.getparent().get("type") == types.get(name.kind)
        all_names = entry.findall(f"{TEI}{tag}")
        both = list(dict.fromkeys([(name.name.hant, "zh-Hant", None), (name.name.hans, "zh-Hans", None)]))
        both = both if name.name.hant != name.name.hans else both[:1]
        assert [(words(e), e.get(LANG), e.get("type")) for e in all_names[: len(both)]] == both
        assert [(words(e), e.get("type"), e.get("source"), e.get(LANG)) for e in all_names[len(both) :]] == [
            (form, type_, f"{slug}.xml", LANGUAGES[each.edition.works[slug].script])
            for type_, by_work in (("form", each.edition.forms(name)), ("title", each.edition.titles(name)))
            for slug, forms in by_work.items()
            for form in forms
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
        notes = [(e.get("type"), words(e, "bibl")) for e in entry.findall(f"{TEI}note")]
        expected: list[tuple[str | None, str]] = [(None, plain(name.about))] * bool(name.about)
        expected += [("identification", plain(name.identified))] * bool(name.identified)
        expected += [("ids", plain(name.ids_evidence))] * bool(name.ids_evidence)
        assert notes == expected + [("homonyms", "")] * bool(name.homonyms)


def test_fathers_are_relations_or_named(each: Built) -> None:
    root = tei(each.files, "names")
    related = {(e.get("active"), e.get("passive"), words(e)) for e in root.iter(f"{TEI}relation")}
    named = {
        (words(e.find(f"{TEI}desc")), e.getparent().get(ID), words(e.find(f"{TEI}bibl")))
        for e in root.iter(f"{TEI}state")
    }
    fathers = [(name.father, name.id) for name in each.edition.layers.names if name.father]
    assert related == {(f"#{f.id}", f"#{id_}", f.source) for f, id_ in fathers if f.id}
    assert named == {(f.name, id_, f.source) for f, id_ in fathers if not f.id}


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
            event["julian"] or None,
            [f"{a['work']}.xml#{a['from']}" for a in event["accounts"]],
            [(f"{a['work']}.xml#{a['from']}", f"{a['work']}.xml#{a['to']}") for a in event["accounts"]],
        )
        for event in load(each.files, "events")
    ]


def test_events_have_the_reports_of_other_books_their_differences_and_eclipses(each: Built) -> None:
    by_id = {e.get(ID): e for e in tei(each.files, "parallels").iter(f"{TEI}event")}
    for event in each.edition.layers.events:
        notes = by_id[f"event.{event.id}"].findall(f"{TEI}note")
        typed = {kind: [n for n in notes if n.get("type") == kind] for kind in ("report", "eclipse", "difference")}
        assert [
            (
                words(n.find(f".//{TEI}quote")),
                [e.get("n") for e in n.iter(f"{TEI}biblScope")],
                [e.get("when-custom") for e in n.iter(f"{TEI}date")],
                n.find(f".//{TEI}bibl").get("corresp"),
            )
            for n in typed["report"]
        ] == [
            (r.text, [str(r.juan)] * bool(r.juan), [r.julian] * bool(r.julian), f"#source.{r.book}")
            for r in event.others
        ]
        assert [
            (words(n.find(f".//{TEI}head")), [(i.get("source"), words(i)) for i in n.iter(f"{TEI}item")])
            for n in typed["difference"]
        ] == [(what, [(f"{slug}.xml", plain(told)) for slug, told in cells]) for what, cells in event.differs]
        assert [
            (n.get("subtype"), [[words(part) for part in item] for item in n.iter(f"{TEI}item")])
            for n in typed["eclipse"]
        ] == [
            (e.type, [[at.place, str(at.magnitude), at.local_time, f"{at.altitude}°"] for at in e.places])
            for e in (event.eclipse,)
            if e
        ]


def test_without_parallels_there_is_an_empty_list(least: Built) -> None:
    """The schema wants something in ``standOff``."""
    layers = replace(least.edition.layers, events=(), names=())
    edition = replace(least.edition, layers=layers, years=())
    viewers = {script: Viewer(edition, script, {"preface": Pair("卷首", "卷首")}) for script in SCRIPTS}
    made = dict(files(viewers))
    for name in ("names", "parallels"):
        standoff = etree.fromstring(made[f"data/tei/{name}.xml"]).find(f"{TEI}standOff")
        assert [e.tag.removeprefix(TEI) for e in standoff.iter()] == ["standOff", "list", "item"]


def test_parallels_link_the_years_that_several_works_tell_of(each: Built) -> None:
    years = tei(each.files, "parallels").findall(f".//{TEI}linkGrp[@type='years']/*")
    links = [e for e in years if local(e) == "link"]
    assert [e.get(ID) for e in years] == [
        f"year.{y.year}" for y in each.edition.years if any(c.passages for c in y.columns)
    ]
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
        "jinshi.xml#jinshi.2.tianfu2.2.1.2",
        "names.xml#sagai",
        "parallels.xml#event.rishi",
        "parallels.xml#year.1119",
        "https://example.org/?a=1&b=2",
    ]
    assert [words(e) for e in notes[0].iter(f"{TEI}bibl")] == ["宋史 & <遼史>"]
    assert words(tei(signs.files, "names").find(f".//{TEI}person[@{ID}='sagai']/{TEI}persName")) == "撒改 & <甲>"
    notes = tei(signs.files, "names").findall(f".//{TEI}person/{TEI}note")
    assert [words(note, "bibl") for note in notes] == ["見句 & <b>。", "即 & <c>。", "合 & <d>。"]
    (sentence,) = root.xpath("//*[@xml:id='jinshi.2.tianfu3.4.1.1']")
    assert words(sentence, "reg") == "四月丙子朔，日有<食>&之。"
    assert words(tei(signs.files, "parallels").find(f".//{TEI}label")) == "日食 & <甲>"


def test_a_name_across_the_end_of_an_emendation_cuts_it(signs: Built) -> None:
    (name,) = tei(signs.files, "jinshi").xpath("//*[@ref='names.xml#an-yongji']")
    first, second = name.getprevious(), name[0]
    assert (words(name, "sic"), words(name, "corr")) == ("永吉", "吉")
    assert [(words(e[0]), words(e[1])) for e in (first, second)] == [("者永", "之"), ("", "永")]


def test_names_that_touch_are_two_elements(signs: Built) -> None:
    found = tei(signs.files, "jinshi").xpath("//*[@ref='names.xml#huoshi']")
    assert [words(e) for e in found] == ["霍", "石"]


def test_what_inline_markdown_becomes(signs: Built) -> None:
    setting = Setting(Viewer(signs.edition, "hant", {}), "hans", "https://example.org/")

    def tree(text: str) -> list[Any]:
        return [
            part if isinstance(part, str) else (part.tag.removeprefix(TEI), part.attrib)
            for part in setting.prose(text)
            if part != ""
        ]

    assert tree("甲*乙*丙**丁**`戊`") == ["甲", ("hi", {}), "丙", ("hi", {}), ("mentioned", {})]
    assert tree("甲\\\n乙") == ["甲", ("lb", {}), "\n乙"]
    assert tree("[甲](year/1119#m4)") == [("ref", {"target": "parallels.xml#year.1119"})]
    assert tree("[甲](jinshi.2.tianfu2.2.1)") == [("ref", {"target": "jinshi.xml#jinshi.2.tianfu2.2.1"})]
    assert tree("[甲](synopsis)") == [("ref", {"target": "https://example.org/synopsis/"})]
    assert tree("[甲](mailto:a@b.c)") == [("ref", {"target": "mailto:a@b.c"})]
    assert tree("[甲](nowhere)") == ["甲"]
    assert tree("") == []
