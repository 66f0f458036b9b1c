"""The JSON files: every field is what the edition says, and the words are those of pages, tables and TEI."""

from __future__ import annotations

import json
from dataclasses import asdict
from html.parser import HTMLParser

import pytest

from edition.model.scripts import han
from edition.publish.downloads import data as json_files
from edition.rules import sexagenary
from tests.publish.downloads.conftest import URL, Built
from tests.publish.downloads.reading import load

LISTS = ("years", "passages", "events", "names", "notes", "apparatus", "datings", "days", "sources")
BASE = "/a"
"""The path of the site on its host."""


def test_an_entry_is_a_line(each: Built) -> None:
    for name in LISTS:
        text = each.files[f"data/{name}.json"].decode()
        assert text.endswith("\n")
        assert "\\u" not in text
        data = json.loads(text)
        assert list(data) == ["release", name]
        assert data["release"] == each.edition.corpus.about.release
        entries = [line.rstrip(",") for line in text.splitlines() if line.startswith('{"')]
        assert [json.loads(line) for line in entries] == data[name]


def test_the_edition_and_its_works(each: Built) -> None:
    data, edition = load(each.files, "edition"), each.edition
    about = edition.corpus.about
    assert data["title"] == {"hant": about.title.hant, "hans": about.title.hans, "en": about.subtitle}
    for field in ("release", "released", "licence", "licence_url"):
        assert data[field] == getattr(about, field)
    assert data["site_url"] == URL
    assert data["editors"] == list(about.editors)
    assert [work["slug"] for work in data["works"]] == list(edition.works)
    passages = load(each.files, "passages")
    for found, work in zip(data["works"], edition.works.values(), strict=True):
        own = [p for p in passages if p["work"] == work.slug]
        eras = edition.corpus.calendar.era_by_code
        assert found == {
            "slug": work.slug,
            "title": {"hant": work.title.hant, "hans": work.title.hans},
            "juan": [juan.number for juan in work.juans],
            "script": work.script,
            "latin_title": work.about.latin_title or None,
            "latin_author": work.about.latin_author or None,
            "author": {"hant": work.about.author.hant, "hans": work.about.author.hans},
            "dynasty": {"hant": work.about.dynasty.hant, "hans": work.about.dynasty.hans},
            "reckoning": {eras[code].name.hant: year for code, year in work.reckoning},
            "checksum": {str(juan.number): juan.checksum for juan in work.juans},
            "passages": len(own),
            "sentences": sum(len(p["sentences"]) for p in own),
            "url": f"{BASE}/{work.slug}/",
        }
    assert data["counts"] == {
        "passages": len(passages),
        "sentences": sum(len(p["sentences"]) for p in passages),
        "days": sum(len(p["days"]) for p in passages),
        "years": len(load(each.files, "years")),
        "notes": len(edition.layers.notes),
        "apparatus": len(edition.layers.apparatus),
        "names": len(load(each.files, "names")),
        "events": len(load(each.files, "events")),
    }


def test_the_reckoning_of_a_work_is_the_year_it_calls_the_first(real: Built) -> None:
    works = {work["slug"]: work["reckoning"] for work in load(real.files, "edition")["works"]}
    assert works["dajinguozhi"] == {"天輔": 1118}


def test_passages_are_those_of_the_edition(each: Built) -> None:
    edition, found = each.edition, load(each.files, "passages")
    assert [p["id"] for p in found] == list(edition.passages)
    for entry in found:
        passage = edition.passages[entry["id"]]
        fields = ("work", "juan", "line", "year", "basis")
        assert [entry[field] for field in fields] == [getattr(passage, field) for field in fields]
        printed = passage.printed
        assert entry["printed"] == {
            "era": printed.era,
            "year": printed.year,
            "month": printed.month,
            "intercalary": printed.intercalary if printed.era else None,
            "season": printed.season,
            "inferred": list(printed.inferred),
        }
        assert entry["received"] == passage.text
        assert entry["hant"] == edition.converted["hant"][passage.id]
        assert entry["hans"] == edition.converted["hans"][passage.id]
        assert [str(s["n"]) for s in entry["sentences"]] == [s.n for s in passage.sentences]
        for form in ("received", "hant", "hans"):
            assert "".join(s[form] for s in entry["sentences"]) == entry[form]
        assert [s["received"] for s in entry["sentences"]] == [passage.text[s.start : s.end] for s in passage.sentences]
        assert [s[edition.works[passage.work].script] for s in entry["sentences"]] == [
            edition.texts[passage.id].text[start:end] for _, start, end in edition.texts[passage.id].sentences()
        ]
        assert [(d["quote"], d["day"] or 0, d["jdn"] or 0) for d in entry["days"]] == [
            (day.quote, day.day, day.jdn) for day in edition.days[passage.id]
        ]
        assert [d["julian"] for d in entry["days"]] == [
            sexagenary.iso(d["jdn"]) if d["jdn"] else None for d in entry["days"]
        ]
        assert entry["url"] == f"{BASE}/{entry['id'].replace('.', '/')}/"
        assert [day["sentence"] for day in entry["days"]] == [
            passage.sentence_at(day.start).n for day in edition.days[passage.id]
        ]


def test_a_known_passage(real: Built) -> None:
    """天輔四年五月甲辰: the example of the design."""
    passage = next(p for p in load(real.files, "passages") if p["id"] == "jinshi.2.tianfu4.5.1")
    assert passage["printed"] == {
        "era": "天輔",
        "year": 4,
        "month": 5,
        "intercalary": False,
        "season": None,
        "inferred": ["era", "year"],
    }
    assert passage["days"][0] == {"quote": "甲辰", "day": 5, "jdn": 2130291, "julian": "1120-06-02", "sentence": "1"}
    assert passage["sentences"][0]["n"] == 1
    assert passage["sentences"][0]["hant"].startswith("五月甲辰，次渾河西")
    assert passage["sentences"][0]["hans"].startswith("五月甲辰，次浑河西")


def test_years_are_those_of_the_synopsis(each: Built) -> None:
    edition, found = each.edition, load(each.files, "years")
    passages = {p["id"]: p for p in load(each.files, "passages")}
    assert [y["year"] for y in found] == [year.year for year in edition.years]
    told: list[str] = []
    for entry, year in zip(found, edition.years, strict=True):
        assert entry["ganzhi"] == sexagenary.of_year(entry["year"])
        assert year.span
        assert (entry["first_jdn"], entry["last_jdn"]) == year.span
        assert (entry["first_julian"], entry["last_julian"]) == tuple(map(sexagenary.iso, year.span))
        assert entry["url"] == f"{BASE}/year/{entry['year']}/"
        assert f"year/{entry['year']}/index.html" in each.files
        assert [state["state"] for state in entry["names"]] == [
            state.name.hant for state, _ in edition.corpus.calendar.year_names(year.year)
        ]
        for state, (_, eras) in zip(entry["names"], edition.corpus.calendar.year_names(year.year), strict=True):
            assert [(n["era"], n["number"]) for n in state["names"]] == [(era.code, number) for era, number in eras]
            for name in state["names"]:
                assert name["name"] == edition.label(name["era"], name["number"]).hant
        assert list(entry["works"]) == list(edition.works)
        for column in year.columns:
            work = entry["works"][column.work]
            assert work["passages"] == [
                p for p in passages if p.startswith(f"{column.work}.") and p in work["passages"]
            ]
            assert all(passages[id_]["year"] == entry["year"] for id_ in work["passages"])
            told += work["passages"]
            labels = "、".join(edition.label(era, number).hant for era, number in column.labels)
            assert work["label"] == (labels or None)
            assert (work["absence"], work["outside"]) == (column.absence or None, column.outside or None)
            assert work["characters"] == sum(len(han(passages[id_]["hant"])) for id_ in work["passages"])
            assert bool(work["characters"]) == any(passages[id_]["received"].strip() for id_ in work["passages"])
            assert work["elsewhere"] == list(dict.fromkeys(item.anchor.passage for item in column.elsewhere))
    assert sorted(told) == sorted(passages)


def test_known_years(real: Built) -> None:
    years = {y["year"]: y for y in load(real.files, "years")}
    assert (years[1122]["ganzhi"], years[1122]["first_julian"]) == ("壬寅", "1122-02-09")
    labels = {slug: work["label"] for slug, work in years[1122]["works"].items()}
    assert labels == {"qidanguozhi": None, "jinshi": "天輔六年", "dajinguozhi": "天輔五年"}
    names = {state["state"]: [n["name"] for n in state["names"]] for state in years[1122]["names"]}
    assert names["宋"] == ["宣和四年"]
    assert names["金"] == ["天輔六年"]
    absent = {slug: (w["absence"], w["outside"]) for slug, w in years[1122]["works"].items() if not w["passages"]}
    assert absent == {"qidanguozhi": ("outside", "after")}


def jdn(julian: str) -> int | None:
    """Return the JDN of a date that is known to the day."""
    return next((n for n in range(2_122_000, 2_133_000) if sexagenary.iso(n) == julian), None)


def test_events_and_names_are_those_of_the_layers(each: Built) -> None:
    assert load(each.files, "events") == [
        {
            "id": event.id,
            "kind": event.kind or None,
            "title": {"hant": event.title.hant, "hans": event.title.hans},
            "year": event.year,
            "julian": event.julian or None,
            "jdn": jdn(event.julian),
            "certainty": event.certainty,
            "dated_by": event.dated_by or None,
            "about": event.about or None,
            "others": [
                {"book": o.book, "juan": o.juan or None, "text": o.text, "julian": o.julian or None}
                | {"jdn": jdn(o.julian)}
                for o in event.others
            ],
            "eclipse": asdict(event.eclipse) | {"places": [asdict(at) for at in event.eclipse.places]}
            if event.eclipse
            else None,
            "accounts": [
                {"work": a.work, "from": f"{a.passage}.{a.first}", "to": f"{a.passage}.{a.last}"}
                for a in event.accounts
            ],
            "differs": [{"what": what} | dict(cells) for what, cells in event.differs],
            "sources": list(event.sources),
            "url": f"{BASE}/event/{event.id}/",
        }
        for event in each.edition.layers.events
    ]
    for entry, name in zip(load(each.files, "names"), each.edition.layers.names, strict=True):
        occurrences = entry.pop("occurrences")
        assert entry == {
            "id": name.id,
            "kind": name.kind,
            "name": {"hant": name.name.hant, "hans": name.name.hans},
            "about": name.about or None,
            "identified": name.identified or None,
            "forms": {slug: list(forms) for slug, forms in each.edition.forms(name).items()},
            "titles": {slug: list(titles) for slug, titles in each.edition.titles(name).items()},
            "ids": {id_.authority: id_.value for id_ in name.ids},
            "ids_evidence": name.ids_evidence or None,
            "where": asdict(name.where) if name.where else None,
            "born": asdict(name.born) if name.born else None,
            "died": asdict(name.died) if name.died else None,
            "father": {field: value or None for field, value in asdict(name.father).items()} if name.father else None,
            "certainty": name.certainty,
            "sources": list(name.sources),
            "url": f"{BASE}/name/{name.id}/",
        }
        entry["occurrences"] = occurrences
        for page in (f"name/{name.id}/index.html", f"hans/name/{name.id}/index.html"):
            assert page in each.files


def test_a_name_occurs_in_the_sentence_that_has_it(each: Built) -> None:
    sentences = {
        (p["id"], s["n"]): s[each.edition.works[p["work"]].script]
        for p in load(each.files, "passages")
        for s in p["sentences"]
    }
    for name in load(each.files, "names"):
        for occurrence in name["occurrences"]:
            assert occurrence["form"] in sentences[occurrence["passage"], occurrence["sentence"]]
        tagged = [
            (id_, tag.form, tag.by_title)
            for id_, tags in each.edition.tags.items()
            for tag in tags
            if tag.name.id == name["id"]
        ]
        assert [(o["passage"], o["form"], o["by_title"]) for o in name["occurrences"]] == tagged


def test_an_occurrence_is_where_the_received_text_has_it(each: Built) -> None:
    passages = {p["id"]: p["received"] for p in load(each.files, "passages")}
    for name in load(each.files, "names"):
        for o in name["occurrences"]:
            text = each.edition.texts[o["passage"]]
            start, end = text.offset(o["start"]), text.offset(o["end"], end=True)
            # An emendation may have changed its characters; it is never outside of what they were.
            assert o["form"] in text.text[start:end]
            assert (passages[o["passage"]][o["start"] : o["end"]] == o["form"]) or any(
                entry.applied and entry.anchor.start < o["end"] and o["start"] < entry.anchor.end
                for entry in text.entries
            )


def test_known_facts_of_names_and_events(signs: Built) -> None:
    names = {name["id"]: name for name in load(signs.files, "names")}
    assert names["sagai"]["ids"] == {"cbdb": "12"}
    assert names["sagai"]["ids_evidence"] == "合 & <d>。"
    assert names["sagai"]["born"] == {"year": 1050, "source": "甲 & <乙>"}
    assert names["sagai"]["died"] == {"year": 1121, "source": "丙引丁"}
    assert names["sagai"]["father"] == {"id": None, "name": "父 & <e>", "source": "丙"}
    assert names["naihe"]["father"] == {"id": "sagai", "name": None, "source": "丙"}
    assert names["naihe"]["titles"] == {"jinshi": ["辽使", "孛堇"]}
    assert names["xianzhou"]["where"] == {"lat": 42.5, "lon": 124.25, "precision": "site", "source": "戊 & <己>"}
    event = next(event for event in load(signs.files, "events") if event["id"] == "rishi")
    assert (event["kind"], event["julian"], event["jdn"]) == ("eclipse", "1119-05-11", 2129903)
    assert event["eclipse"] == {
        "type": "partial",
        "places": [{"place": "甲 & <乙>", "magnitude": 0.5, "local_time": "10:28", "altitude": 12}],
    }
    assert event["others"] == [
        {"book": "jia", "juan": 2, "text": "日 & <食>", "julian": "1119-05-11", "jdn": 2129903},
        {"book": "yi", "juan": None, "text": "日食", "julian": "1119-05", "jdn": None},
    ]


def test_sources_are_those_of_the_bibliography_with_who_cites_them(signs: Built) -> None:
    first, second = load(signs.files, "sources")
    assert first == {
        "key": "jia",
        "title": "甲 & <乙>",
        "names": ["丙"],
        "author": "某 & <人>",
        "date": "某年 & <月>",
        "juan": 3,
        "kind": "primary",
        "copies": [
            {"name": "甲本", "about": "抄 & <本>", "seen": True},
            {"name": "乙本", "about": None, "seen": False},
        ],
        "seen": True,
        "via": None,
        "quoted_in": None,
        "about": "說 & <明>。",
        "link": "https://example.org/?c=1&d=2",
        "cited_by": {
            "passages": ["jinshi.2.tianfu2.2.1", "jinshi.2.tianfu2.r9.1", "jinshi.2.tianfu3.1.1"],
            "events": ["rishi"],
            "names": ["sagai", "naihe"],
        },
        "url": f"{BASE}/sources/#jia",
    }
    assert [second[field] for field in ("seen", "via", "quoted_in", "author", "juan")] == [
        False,
        "據 & <甲>",
        "jia",
        None,
        None,
    ]
    assert second["cited_by"] == {"passages": [], "events": ["rishi"], "names": ["sagai"]}


ADDRESSED = ("years", "passages", "events", "names", "notes", "apparatus", "datings", "sources")


@pytest.mark.parametrize("site_url", ["https://example.org/a/", "https://example.org", ""])
def test_an_address_holds_below_the_path_of_the_site(least: Built, real: Built, site_url: str) -> None:
    """What ``url`` says, joined to the host, is a page of the site, and its fragment an element there."""
    for built in (least, real):
        files = dict(json_files.files(built.edition, site_url, json_files.lists(built.edition, site_url)))
        path = {"https://example.org/a/": "/a/"}.get(site_url, "/")
        entries = [entry for name in ADDRESSED for entry in json.loads(files[f"data/{name}.json"])[name]]
        entries += json.loads(files["data/edition.json"])["works"]
        entries += [place["properties"] for place in json.loads(files["data/places.geojson"])["features"]]
        assert entries
        for url in {entry["url"] for entry in entries}:
            assert url.startswith(path)
            page, _, fragment = url.removeprefix(path).partition("#")
            html = built.files[f"{page}index.html"]
            assert not fragment or f'id="{fragment}"'.encode() in html, url


# --- what editors say


@pytest.mark.parametrize("name", ["notes", "apparatus", "datings"])
def test_a_layer_quotes_the_words_that_it_is_about(each: Built, name: str) -> None:
    passages = {p["id"]: p for p in load(each.files, "passages")}
    entries = load(each.files, name)
    layers = each.edition.layers
    assert len(entries) == len({"notes": layers.notes, "apparatus": layers.apparatus}.get(name, layers.displaced))
    assert len({entry["id"] for entry in entries}) == len(entries)
    for entry in entries:
        received = passages[entry["passage"]]["received"]
        assert received[entry["start"] : entry["end"]] == entry["quote"]
        assert entry["id"].startswith(f"{entry['passage']}.")
        sentences = passages[entry["passage"]]["sentences"]
        n = next(n for n, s in enumerate(sentences) if s["n"] == entry["sentence"])
        first = len("".join(s["received"] for s in sentences[:n]))
        at = entry["end"] - 1 if name == "notes" else entry["start"]
        assert first <= at < first + len(sentences[n]["received"]) or not entry["quote"]
    places = [list(passages).index(entry["passage"]) for entry in entries]
    assert places == sorted(places)


def test_the_apparatus_names_the_copies_that_it_cites(real: Built) -> None:
    entries = load(real.files, "apparatus")
    (found,) = [e for e in entries if e["passage"] == "jinshi.2.tianfu2.6.1" and e["lemma"] == "严"]
    assert {**found, "evidence": ""} == {
        "id": found["id"],
        "passage": "jinshi.2.tianfu2.6.1",
        "sentence": found["sentence"],
        "start": found["start"],
        "end": found["start"] + 2,
        "quote": "有司",
        "kind": "variant",
        "lemma": "严",
        "reading": "有司",
        "witnesses": ["四庫本"],
        "evidence": "",
        "certainty": "low",
        "by": "editors",
        "sources": ["四庫本金史卷二"],
        "url": f"{BASE}/jinshi/2/tianfu2/6/1/#s{found['sentence']}",
    }
    # 三朝北盟會編 has a copy of that name, too; but it is no copy of 大金國志.
    assert all(e["witnesses"] == [] for e in entries if not any("本" in source for source in e["sources"]))


def test_a_dating_says_between_which_days(real: Built) -> None:
    """金史 says of 楊割 (穆宗) that he died on the 29th of the tenth month of 1103, a 乙亥; see the note there."""
    datings = {(d["passage"], d["quote"]): d for d in load(real.files, "datings")}
    found = datings["qidanguozhi.10.qiantong1.0.1", "女真楊割死"]
    assert (found["first_year"], found["last_year"]) == (1103, 1103)
    assert found["first_jdn"] == found["last_jdn"]
    assert sexagenary.of_day(found["first_jdn"]) == "乙亥"
    assert found["first_julian"] == found["last_julian"] == "1103-11-30"
    for dating in datings.values():
        span = dating["first_jdn"], dating["last_jdn"]
        assert span[0] <= span[1]
        assert (dating["first_julian"], dating["last_julian"]) == tuple(map(sexagenary.iso, span))
        assert dating["first_year"] <= int(dating["first_julian"][:4]) <= dating["last_year"] + 1


def test_days_are_those_of_passages_and_events(each: Built) -> None:
    days = load(each.files, "days")
    assert [day["jdn"] for day in days] == sorted({day["jdn"] for day in days})
    named = {(d["jdn"], p["id"]) for p in load(each.files, "passages") for d in p["days"] if d["jdn"]}
    events = load(each.files, "events")
    assert {(day["jdn"], id_) for day in days for id_ in day["passages"]} == named
    assert {(day["jdn"], id_) for day in days for id_ in day["events"]} == {
        (event["jdn"], event["id"]) for event in events if event["jdn"]
    }
    eclipses = {event["jdn"]: event["eclipse"] for event in events if event["eclipse"] and event["jdn"]}
    assert {day["jdn"]: day["eclipse"] for day in days if day["eclipse"]} == eclipses
    for day in days:
        assert (day["julian"], day["ganzhi"]) == (sexagenary.iso(day["jdn"]), sexagenary.of_day(day["jdn"]))


def test_places_are_geojson(each: Built) -> None:
    found = json.loads(each.files["data/places.geojson"])
    names = {name["id"]: name for name in load(each.files, "names") if name["where"]}
    assert found["type"] == "FeatureCollection"
    assert found["release"] == each.edition.corpus.about.release
    assert [feature["id"] for feature in found["features"]] == list(names)
    for feature in found["features"]:
        name = names[feature["id"]]
        lon, lat = feature["geometry"]["coordinates"]  # RFC 7946: longitude first
        assert (feature["geometry"]["type"], lat, lon) == ("Point", name["where"]["lat"], name["where"]["lon"])
        assert feature["properties"] == {
            "name": name["name"],
            "kind": name["kind"],
            "about": name["about"],
            "precision": name["where"]["precision"],
            "source": name["where"]["source"],
            "occurrences": len(name["occurrences"]),
            "url": name["url"],
        }


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


def test_pages_have_the_same_words(each: Built) -> None:
    for passage in load(each.files, "passages"):
        for script, tree in (("hant", ""), ("hans", "hans/")):
            page = _Sentences()
            page.feed(each.files[f"{tree}{passage['url'].removeprefix(f'{BASE}/')}index.html"].decode())
            assert page.found == {f"s{s['n']}": s[script] for s in passage["sentences"]}
