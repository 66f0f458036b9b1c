"""Citations: equal to those of citeproc-py, pybtex and rispy, complete, and machine-readable."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest
import rispy
import yaml
from pybtex.database import parse_string

import build
from edition.edition import Edition
from edition.model.scripts import SCRIPTS, Script
from edition.paths import ROOT, TEMPLATES
from edition.publish.cite import patterns as citation
from edition.publish.cite import things as citable
from edition.publish.cite.patterns import FORMATS, Citing
from edition.publish.cite.things import Author, Citable
from edition.publish.views.viewer import Viewer
from edition.publish.words import read_words
from tests.publish.cite import engines as citations

SITE = "https://example.org/annals/"
GOLDEN = ROOT / "tests" / "golden" / "citations.txt"


@cache
def edition() -> Edition:
    return build.make(ROOT / "corpus")


@cache
def viewer(script: Script) -> Viewer:
    return Viewer(edition(), script, read_words(TEMPLATES / "words" / "strings.yaml"))


@cache
def citing(script: Script) -> Citing:
    return Citing(viewer(script), SITE)


def passages(script: Script) -> list[Citable]:
    return [citable.of_passage(viewer(script), id_) for id_ in edition().passages]


def everything(script: Script) -> list[Citable]:
    """Every passage, year and event, and some sentences and ranges."""
    view = viewer(script)
    longer = [(id_, p.sentences) for id_, p in edition().passages.items() if len(p.sentences) > 2]
    return [
        *passages(script),
        *(citable.of_passage(view, id_, s[1].n) for id_, s in longer),
        *(citable.of_passage(view, id_, s[0].n, s[2].n) for id_, s in longer),
        *(citable.of_year(view, year) for year in view.years),
        *(citable.of_event(view, event) for event in edition().layers.events),
    ]


def text(script: Script, cited: Citable, name: str) -> str:
    return "".join(part.text for part in citing(script).parts(cited, name) if part.role != "accessed")


def dated(citing: Citing, cited: Citable, name: str) -> str:
    """Return a citation with the date of access filled in."""
    return "".join(p.text for p in citing.parts(cited, name)).replace("{accessed}", citations.ISO)


def values(script: Script, cited: Citable, *, english: bool) -> dict[str, str]:
    """Return the record that is given to the libraries."""
    about = edition().corpus.about
    title = (cited.english if english else cited.title).replace("{id}", cited.id)
    chinese = about.title[script]
    author = cited.english_author if english else cited.author
    return {
        "key": cited.id,
        "author": author.name,
        "others": "yes" if author.others else "",
        "note": "" if english else cited.note,
        "title": title,
        "book": f"{about.subtitle} {chinese}" if english else chinese,
        "edition": f"release {about.release}" if english else f"{about.release}版",
        "url": SITE + cited.path,
        "language": {"hant": "zh-Hant", "hans": "zh-Hans"}[script],
        "year": about.released[:4],
    }


def test_the_patterns_are_those_of_the_libraries() -> None:
    """If a new version of a library changes patterns, run `python -m tests.publish.cite.engines`."""
    assert citations.FILE.read_text(encoding="utf-8") == citations.written()


@pytest.mark.parametrize("style", citations.STYLES)
def test_the_engine_writes_every_citation_the_same(style: str) -> None:
    """Tested in one script: the patterns are the same in both."""
    for cited in everything("hant")[::9]:
        given = values("hant", cited, english=style in citation.ENGLISH)
        made = citations.csl(style, given, accessed=False)
        made = re.sub(r"</?i>", "", made).replace("&amp;", "&")
        assert text("hant", cited, style) == made


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_citation_says_where_it_is_and_in_what(script: Script) -> None:
    about = edition().corpus.about
    for cited in everything(script):
        for name in FORMATS:
            found = text(script, cited, name)
            assert about.release in found
            assert about.title[script] in found
            assert f"{SITE}{cited.path}".replace("=", "{{=}}" if name.startswith("wikipedia") else "=") in found
            assert name == "footnote" or about.released[:4] in found
            assert not citation.FIELD.search(found)
            assert not re.search(r"None|\.\.|⟦|⟧|<i>", found)
        if not cited.id.startswith(("year.", "event.")):
            assert all(cited.id in text(script, cited, name) for name in FORMATS)
            assert all(f"（{edition().passages[base(cited.id)].year}，" in c for c in (cited.title, cited.footnote))


def base(id_: str) -> str:
    """The passage of a sentence or range."""
    return ".".join(id_.split(".")[:5])


def test_the_comparison_names_every_account() -> None:
    for event in edition().layers.events:
        cited = citable.of_event(viewer("hant"), event)
        for account in event.accounts:
            extent = citable.extent(account.passage, account.first, account.last)
            assert extent in cited.title
            assert extent in cited.english


@pytest.mark.parametrize("script", SCRIPTS)
def test_bibtex_is_read_back_with_its_chinese(script: Script) -> None:
    for cited in everything(script):
        entry = parse_string(dated(citing(script), cited, "bibtex"), "bibtex").entries[cited.id]
        given = values(script, cited, english=False)
        assert entry.type == "incollection"
        assert entry.fields["title"] == given["title"]
        assert entry.fields["booktitle"] == given["book"]
        assert entry.fields["url"] == given["url"]
        assert entry.fields["urldate"] == citations.ISO
        authors = [str(person).strip("{}") for person in entry.persons.get("author", [])]
        assert authors == [a for a in (cited.author.name, "others" * cited.author.others) if a]
        assert entry.fields.get("note", "") == cited.note


@pytest.mark.parametrize("script", SCRIPTS)
def test_ris_is_read_back_with_its_chinese(script: Script) -> None:
    for cited in everything(script):
        (entry,) = rispy.loads(dated(citing(script), cited, "ris"))
        given = values(script, cited, english=False)
        assert entry["type_of_reference"] == "CHAP"
        assert (entry["title"], entry["secondary_title"]) == (given["title"], given["book"])
        assert entry["urls"] == [given["url"]]
        assert entry["access_date"] == citations.ISO
        assert entry.get("authors", []) == list(citing(script).authors(cited))
        assert entry.get("notes", []) == [cited.note] * bool(cited.note)


@pytest.mark.parametrize("script", SCRIPTS)
def test_csl_is_read_back_with_its_chinese(script: Script) -> None:
    for cited in everything(script):
        entry = json.loads(dated(citing(script), cited, "csl"))
        assert entry.pop("accessed") == {"raw": citations.ISO}
        assert entry == citations.item(values(script, cited, english=False))


def test_a_work_of_several_names_the_first_and_others() -> None:
    cited = citable.of_passage(viewer("hans"), "jinshi.2.tianfu4.5.1")
    assert cited.author == Author("脱脱", others=True)
    assert text("hans", cited, "footnote").startswith("〔元〕脱脱等：《金史》卷二《太祖本纪》，天辅四年五月")
    assert text("hans", cited, "gbt2025").startswith("脱脱，等. 《金史》")
    assert text("hans", cited, "gbt2015").startswith("脱脱, 等. 《金史》")
    assert text("hans", cited, "chicago").startswith(
        "Toqto'a 脱脱 (Tuotuo) et al., “Jinshi 金史, juan 2, Taizu benji 太祖本纪"
    )
    assert text("hans", cited, "mla").startswith("Toqto'a 脱脱 (Tuotuo), et al. “Jinshi")
    record = json.loads(text("hans", cited, "csl"))
    assert record["author"] == [{"literal": "脱脱"}, {"literal": "等"}]
    assert citations.unnumbered(citations.styled("gbt2015", record)).startswith("脱脱, 等. ")


def test_a_work_that_only_bears_a_name_says_so() -> None:
    cited = citable.of_passage(viewer("hant"), "dajinguozhi.2.tianfu5.3.1")
    assert cited.author == Author("宇文懋昭", ascribed=True)
    assert text("hant", cited, "footnote").startswith("舊題〔宋〕宇文懋昭《大金國志》卷二")
    assert text("hant", cited, "gbt2025").startswith("宇文懋昭. ")
    assert json.loads(text("hant", cited, "csl"))["note"] == "舊題宇文懋昭撰"


@pytest.mark.parametrize(
    ("statement", "parsed"),
    [
        ("", Author()),
        ("等", Author("等")),
        ("司馬光", Author("司馬光")),
        ("舊題孔鮒", Author("孔鮒", ascribed=True)),
        ("题叶隆礼等", Author("叶隆礼", others=True, ascribed=True)),
        ("Ouyang Xiu 歐陽修 et al.", Author("Ouyang Xiu 歐陽修", others=True)),
        ("Jr. et al", Author("Jr. et al")),
    ],
)
def test_a_statement_of_responsibility_is_parsed(statement: str, parsed: Author) -> None:
    assert citable.author(statement) == parsed


def test_english_citations_romanise_what_they_name() -> None:
    month = citable.of_passage(viewer("hant"), "jinshi.2.tianfu2.r9.1").english
    assert month.endswith(" 金史, juan 2, Taizu benji 太祖本紀, Tianfu 天輔 2, intercalary ninth month (1118, {id})")
    preface = citable.of_passage(viewer("hant"), "qidanguozhi.10.0.0.1").english
    assert preface.endswith(" 契丹國志, juan 10, Tianzuo huangdi shang 天祚皇帝上, preface (1101, {id})")
    year = next(y for y in viewer("hant").years if y.year == 1122)
    assert citable.of_year(viewer("hant"), year).english == (
        "The year 1122: Jinshi 金史, Tianfu 天輔 6; Da Jin guozhi 大金國志, Tianfu 天輔 5"
    )


def test_whole_libraries_are_read_back() -> None:
    cited = passages("hant")
    files = dict(citation.library(citing("hant"), cited))
    assert list(parse_string(files["bib"].decode(), "bibtex").entries) == [c.id for c in cited]
    assert [entry["id"] for entry in rispy.loads(files["ris"].decode())] == [c.id for c in cited]
    assert [entry["id"] for entry in json.loads(files["csl.json"])] == [c.id for c in cited]


def test_signs_of_a_format_are_escaped() -> None:
    """No title has special characters, but one that an editor types must not break a citation."""
    title = 'A|B=C {x} [y] 100% & $1_2 "q" \\'
    cited = Citable("jinshi/2/0/0/1/?to=s5#s3", "jinshi.2.0.0.1.3-5", title, title, Author(title), Author(title))
    wiki = text("hant", cited, "wikipedia_zh")
    assert "|author=A{{!}}B{{=}}C &#123;x&#125; &#91;y&#93; 100% " in wiki
    assert re.findall(r"(?<!\{)(?<!!)\|([a-z-]+)=", wiki) == [
        *("author", "chapter", "chapter-url", "title", "edition", "date", "language"),
    ]
    assert json.loads(text("hant", cited, "csl"))["title"] == title
    assert rispy.loads(text("hant", cited, "ris"))[0]["title"] == title
    assert parse_string(text("hant", cited, "bibtex"), "bibtex").entries[cited.id].fields["url"] == SITE + cited.path


@pytest.mark.parametrize("script", SCRIPTS)
def test_without_author_or_date_nothing_is_made_up(script: Script) -> None:
    for name in FORMATS:
        for shape in citation.SHAPES:
            pattern = citing(script)._patterns[name][shape]  # every shape, though this edition has three
            assert ("{author}" in pattern) == ("anonymous" not in shape) or name == "footnote"
            assert ("{year}" in pattern) == ("undated" not in shape) or name == "footnote"
            assert bool(re.search(r"等|et ?al|and others", pattern)) == ("shared" in shape) or name == "footnote"
            assert pattern.count("{title}") == 1
            assert pattern.count("{url}") == 1


GOLDEN_CASES: tuple[tuple[str, str, str], ...] = (
    ("jinshi.2.tianfu4.5.1", "", ""),
    ("jinshi.2.tianfu4.5.1", "3", ""),
    ("jinshi.2.tianfu4.5.1", "3", "5"),
    ("jinshi.2.tianfu2.r9.1", "", ""),
    ("dajinguozhi.2.tianfu5.3.1", "1", "3"),
    ("qidanguozhi.10.0.0.1", "", ""),
    ("qidanguozhi.10.qiantong6.1.1", "", ""),
)


def golden() -> str:
    """Some citations in all formats and both scripts, as release 0.1.0 has them."""
    about = replace(edition().corpus.about, release="0.1.0", released="2026-11-20")
    first = replace(edition(), corpus=replace(edition().corpus, about=about))
    lines = []
    for script in SCRIPTS:
        view = Viewer(first, script, read_words(TEMPLATES / "words" / "strings.yaml"))
        citing = Citing(view, SITE)
        cited = [citable.of_passage(view, *case) for case in GOLDEN_CASES]
        cited.append(citable.of_year(view, next(y for y in view.years if y.year == 1122)))
        cited.append(citable.of_event(view, next(e for e in first.layers.events if e.id == "zhongjing")))
        for one in cited:
            lines.append(f"## {one.id} {script}")
            lines += [f"{name}: {dated(citing, one, name)}" for name in FORMATS]
    return "\n".join(lines) + "\n"


def test_citations_are_as_they_were_read_through() -> None:
    """`python -m tests.publish.cite.test_patterns` writes the file; read what changed."""
    assert GOLDEN.read_text(encoding="utf-8") == golden()


# --- linked data and CITATION.cff


def test_the_file_that_cites_the_whole_names_this_edition() -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    about = edition().corpus.about
    assert cff["cff-version"] == "1.2.0"
    assert about.title.hant in cff["title"]
    assert [author["name"] for author in cff["authors"]] == list(about.editors)


if __name__ == "__main__":
    GOLDEN.write_text(golden(), encoding="utf-8")
