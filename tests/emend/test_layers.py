"""Invariants of the layers: names, events, apparatus, notes, datings; and golden files of two pages."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from build import make
from edition.edition import Edition
from edition.emend.names import Lookout
from edition.model.scripts import SCRIPTS
from edition.model.time import Slot
from edition.paths import ROOT
from edition.rules.sexagenary import jdn
from tests.corpora import HERE

GOLDEN = HERE / "golden"


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The edition of the real corpus."""
    return make(ROOT / "corpus")


def test_no_name_crosses_another_and_each_survives_emendation_and_conversion(edition: Edition) -> None:
    for id_, tags in edition.tags.items():
        text = edition.texts[id_].text
        bounds = [(tag.start, tag.end) for tag in tags]
        assert all(end <= start for (_, end), (start, _) in pairwise(bounds))
        for tag in tags:
            assert text[tag.start : tag.end] == tag.form
            sentence = next(s for s in edition.texts[id_].sentences() if s[1] <= tag.start < s[2])
            assert tag.end <= sentence[2], "a name does not run over a sentence"
            for script in SCRIPTS:
                assert len(edition.converted[script][id_][tag.start : tag.end]) == len(tag.form)


def test_every_name_is_tagged_somewhere(edition: Edition) -> None:
    tagged = {tag.name.id for tags in edition.tags.values() for tag in tags}
    assert {name.id for name in edition.layers.names} - tagged == set()


@pytest.mark.parametrize(
    ("passage", "form", "name"),
    [
        ("dajinguozhi.2.tianfu4.4.1", "皮兀室", "pi-wushi"),
        ("dajinguozhi.2.tianfu4.5.1", "兀室", "wanyan-xiyin"),
        ("jinshi.2.tianfu6.1.1", "杲", "wanyan-gao"),
        ("jinshi.2.tianfu6.1.1", "都统", "dutong"),
        ("jinshi.2.tianfu4.5.1", "上京", "liao-shangjing"),
        ("jinshi.2.tianfu6.7.1", "上京", "liao-shangjing"),
        ("jinshi.2.tianfu6.2.1", "耶律习泥烈", "yelu-xinielie"),
        ("jinshi.2.tianfu4.5.1", "习泥烈", "xiao-xinielie"),
        ("jinshi.2.tianfu6.5.1", "耶律捏里", "yelu-chun"),
        ("qidanguozhi.10.tianqing7.0.1", "高藥師", "gao-yaoshi"),
        ("qidanguozhi.10.tianqing4.10.3", "斡離朵", "yelu-wolidu"),
        ("dajinguozhi.2.tianfu6.4.2", "斡離不", "wanyan-zongwang"),
    ],
)
def test_homonyms_are_told_apart(edition: Edition, passage: str, form: str, name: str) -> None:
    assert {tag.name.id for tag in edition.tags[passage] if tag.form == form} == {name}


def test_homonyms_are_told_apart_in_one_passage(edition: Edition) -> None:
    tags = [tag.name.id for tag in edition.tags["jinshi.2.tianfu6.6.1"] if tag.form == "上京"]
    assert sorted(tags) == ["huiningfu", "liao-shangjing", "liao-shangjing"]  # 上京官民, 发自上京, 由上京路


def test_one_character_is_tagged_only_where_the_corpus_says_so(edition: Edition) -> None:
    persons = [name for name in edition.layers.names if name.kind == "person"]
    assert [form for name in persons for _, forms in name.forms for form in forms if len(form) == 1] == []
    # 益 and 貫 are names in some places and words in others: 淳益師二萬人, 租六百萬貫.
    lookout = Lookout(edition.texts, edition.converted["hant"], edition.tags)
    assert lookout.count("dajinguozhi", "益") == 1
    assert lookout.count("dajinguozhi", "貫") == 1
    assert {tag.form for tag in edition.tags["dajinguozhi.2.tianfu5.12.1"]} > {"貫"}


def test_every_name_in_the_texts_is_tagged_or_decided(edition: Edition) -> None:
    lookout = Lookout(edition.texts, edition.converted["hant"], edition.tags)
    assert list(lookout.untagged(edition.layers.names)) == []


def test_every_name_of_several_works_says_why_it_is_one(edition: Edition) -> None:
    works: dict[str, set[str]] = {}
    for id_, tags in edition.tags.items():
        for tag in tags:
            works.setdefault(tag.name.id, set()).add(edition.passages[id_].work)
    joined = {name.id for name in edition.layers.names if len(works[name.id]) > 1}
    assert len(joined) > 70
    assert [name.id for name in edition.layers.names if name.id in joined and not name.identified] == []


def test_homonyms_name_each_other(edition: Edition) -> None:
    names = {name.id: name for name in edition.layers.names}
    for name in names.values():
        for other in name.homonyms:
            assert other in names, f"{name.id} is not to be confused with {other}, which is no name"


def test_accounts_lie_in_their_passages_and_events_in_their_years(edition: Edition) -> None:
    events = edition.layers.events
    told_twice = [e for e in events if len({account.work for account in e.accounts}) > 1]
    assert len(events) >= 30
    assert len(told_twice) >= 20
    for event in events:
        assert event.accounts, event.id
        for account in event.accounts:
            numbers = [sentence.n for sentence in edition.passages[account.passage].sentences]
            assert numbers.index(account.first) <= numbers.index(account.last)
        for what, cells in event.differs:
            assert what
            assert {work for work, _ in cells} <= {account.work for account in event.accounts}


def test_a_work_is_called_silent_only_of_what_its_text_reaches(edition: Edition, site: Path) -> None:
    """Of an event after the end of an excerpt, or before its beginning, nobody knows here whether the work has it."""
    calendar = edition.corpus.calendar
    reach = {}
    for slug, work in edition.works.items():
        months = [p for p in edition.passages.values() if p.work == slug and p.slot.month]
        first, *_, last = (calendar.span(calendar.calendar_of(work.state), p.year, p.slot) for p in months)
        assert first
        assert last
        reach[slug] = (first[0], last[1])
    said = {"不載", "所收不及", "不及此年"}
    found = set()
    for event in edition.layers.events:
        html = (site / "event" / event.id / "index.html").read_text(encoding="utf-8")
        notes = dict(re.findall(r"<div><dt>([^<]*)</dt><dd>(?:<span[^>]*>)?([^<。]*)", html))
        told = {account.work for account in event.accounts}
        for slug, work in edition.works.items():
            why = notes.get(work.title.hant, "")
            assert (why in said) != (slug in told), (event.id, slug)
            if slug in told:
                continue
            if event.julian:
                year, month, *day = map(int, event.julian.split("-"))  # 1117-12 is known to the month
                begin, end = (jdn(year, month, *(day or [first])) for first in (1, 28))
            else:
                passages = (edition.passages[account.passage] for account in event.accounts)
                slots = {passage.slot for passage in passages if passage.year == event.year} or {Slot()}
                spans = [calendar.span(calendar.calendar_of(work.state), event.year, slot) for slot in slots]
                begin, end = min(span[0] for span in spans if span), max(span[1] for span in spans if span)
            inside = reach[slug][0] <= end and begin <= reach[slug][1]
            assert (why == "不載") == inside, (event.id, slug, why)
            years = {p.year for p in edition.passages.values() if p.work == slug}
            assert (why == "不及此年") == (not min(years) <= event.year <= max(years)), (event.id, slug, why)
            found.add((event.id, slug, why))
    assert (
        "ruyan",
        "jinshi",
        "所收不及",
    ) in found  # 金史's excerpt ends with the eleventh month, 燕京 fell in the twelfth
    assert ("yi-liuzhou", "jinshi", "不載") in found  # in that eleventh month itself


def test_every_statement_has_its_source(edition: Edition) -> None:
    for note in edition.layers.notes:
        assert note.sources, note.anchor.place
    for entry in edition.layers.apparatus:
        assert entry.kind == "layout" or (entry.evidence and entry.sources), entry.anchor.place
    for item in edition.layers.displaced:
        assert item.sources, item.anchor.place
    for event in edition.layers.events:
        assert event.sources, event.place


def test_counterparts_link_to_each_other_on_year_pages(edition: Edition, site: Path) -> None:
    for event in edition.layers.events:
        works = {account.work for account in event.accounts}
        for account in event.accounts:
            if len(works) > 1:
                year = edition.passages[account.passage].year
                html = (site / "year" / str(year) / "index.html").read_text(encoding="utf-8")
                assert f"../../event/{event.id}/" in html
                for other in event.accounts:
                    if other.work != account.work:
                        assert f"../../{other.passage.replace('.', '/')}/#s{other.first}" in html


def test_emended_text_is_marked_and_its_reading_shown(edition: Edition, site: Path) -> None:
    for passage in edition.passages.values():
        html = (site / passage.url / "index.html").read_text(encoding="utf-8")
        changes = [e for e in edition.texts[passage.id].entries if e.kind == "emendation"]
        assert html.count('class="em') + html.count('class="gap') >= len(changes)
        if changes:
            assert "原作「" in html or "刪「" in html


def visible(html: str) -> str:
    """Return the text of a page's main part, one line for each block, without citations (tested elsewhere)."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r"<details class=\"cite\".*?</details>", "", main, flags=re.DOTALL)
    main = re.sub(r"</(?:p|h\d|li|dt|dd|tr|div|section|th|td)>", "\n", main)
    lines = (" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in main.split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


@pytest.mark.parametrize("page", ["event/zhongjing", "name/wanyan-zonghan", "hans/year/1119"])
def test_a_page_reads_as_it_did(page: str, site: Path) -> None:
    """To accept a change, run ``python -m tests.emend.test_layers``, which rewrites the files, and read the diff."""
    golden = GOLDEN / f"{page.replace('/', '-')}.txt"
    assert visible((site / page / "index.html").read_text(encoding="utf-8")) == golden.read_text(encoding="utf-8")


def test_names_and_events_in_the_data_files_are_those_of_the_pages(edition: Edition, site: Path) -> None:
    names = json.loads((site / "data" / "names.json").read_text(encoding="utf-8"))["names"]
    assert sum(len(name["occurrences"]) for name in names) == sum(map(len, edition.tags.values()))
    for name in names:
        assert (site / name["url"].strip("/") / "index.html").is_file()
    events = json.loads((site / "data" / "events.json").read_text(encoding="utf-8"))["events"]
    zhongjing = next(event for event in events if event["id"] == "zhongjing")
    assert (zhongjing["year"], zhongjing["julian"]) == (1122, "1122-02-23")
    assert zhongjing["accounts"][0] == {
        "work": "jinshi",
        "from": "jinshi.2.tianfu6.1.1.2",
        "to": "jinshi.2.tianfu6.1.1.2",
    }


if __name__ == "__main__":
    import tempfile

    from build import build

    with tempfile.TemporaryDirectory() as folder:
        build(ROOT / "corpus", Path(folder) / "site", "")
        GOLDEN.mkdir(exist_ok=True)
        for path in ("event/zhongjing", "name/wanyan-zonghan", "hans/year/1119"):
            text = visible((Path(folder) / "site" / path / "index.html").read_text(encoding="utf-8"))
            (GOLDEN / f"{path.replace('/', '-')}.txt").write_text(text, encoding="utf-8")


def test_the_count_of_differences_adds_up_and_agrees_with_the_apparatus(edition: Edition) -> None:
    page = next(page.text for page in edition.pages if page.slug == "principles")
    line = re.compile(
        r"^- (?P<work>\S+?)(?:卷.|節錄)與(?:繁體標點本)?(?P<copy>\S+?)：異(?P<all>\d+)處。"
        r"已入校記(\d+)處，字形(\d+)處，改譯之名與改稱(\d+)處，館臣增改(\d+)處，未決(\d+)處。校記引此本(?P<cited>\d+)條。$",
        re.MULTILINE,
    )
    counted = list(line.finditer(page))
    assert {match["work"] for match in counted} == {work.title.hant for work in edition.works.values()}
    for match in counted:
        assert int(match["all"]) == sum(map(int, match.groups()[3:8])), match[0]
        work = next(work for work in edition.works.values() if work.title.hant == match["work"])
        entries = [e for e in edition.layers.apparatus if edition.passages[e.anchor.passage].work == work.slug]
        assert int(match["cited"]) == sum(match["copy"] in e.sources for e in entries if e.kind != "layout"), match[0]
