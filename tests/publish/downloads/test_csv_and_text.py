"""Tables and plain texts: what the JSON files say, column by column."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from edition.publish.downloads.csv_and_text import inert
from edition.publish.downloads.tables import described
from edition.rules import sexagenary
from tests.publish.downloads.conftest import Built
from tests.publish.downloads.reading import load, rows


def header(built: Built, name: str) -> list[str]:
    return next(csv.reader(io.StringIO(built.files[f"data/{name}.csv"].decode())))


def test_tables_are_utf8_without_mark_and_with_line_feeds(each: Built) -> None:
    tables = [content for path, content in each.files.items() if path.endswith(".csv")]
    assert len(tables) == len(described())
    for content in tables:
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content


def test_the_alignment_says_of_each_passage_what_the_data_file_says(each: Built) -> None:
    table, passages = rows(each.files, "alignment"), load(each.files, "passages")
    aligned = {row["passage"]: row for row in table}
    assert len(aligned) == len(table)
    assert set(aligned) == {passage["id"] for passage in passages}
    for passage in passages:
        row, printed = aligned[passage["id"]], passage["printed"]
        assert (row["year"], row["work"], row["basis"]) == (str(passage["year"]), passage["work"], passage["basis"])
        assert row["month"] == str(printed["month"] or "")
        assert row["intercalary"] == ("true" if printed["intercalary"] else "false")
        assert row["season"] == (printed["season"] or "")
        assert row["label"].startswith(printed["era"] or "")
        assert bool(row["label"]) == bool(printed["era"])
        days = [day for day in passage["days"] if day["jdn"]]
        assert row["days_julian"].split(";") == ([day["julian"] for day in days] or [""])
        assert row["days_jdn"].split(";") == ([str(day["jdn"]) for day in days] or [""])
        assert row["url"] == passage["url"]


def test_the_alignment_is_in_the_order_of_the_synopsis(each: Built) -> None:
    expected = [
        (str(year.year), row.code, passage.id)
        for year in each.edition.years
        for row in year.rows
        for cell in row.cells.values()
        for passage in cell
    ]
    assert [(row["year"], row["row"], row["passage"]) for row in rows(each.files, "alignment")] == expected


def test_the_days_of_a_row_are_those_of_its_year(each: Built) -> None:
    years = {year["year"]: year for year in load(each.files, "years")}
    for row in rows(each.files, "alignment"):
        year = years[int(row["year"])]
        first, last = row["first_julian"], row["last_julian"]
        assert year["first_julian"] <= first <= last <= year["last_julian"]
        assert int(row["last_jdn"]) - int(row["first_jdn"]) in ({28, 29} if row["month"] else range(80, 400))
        if not row["month"] and not row["season"]:
            assert (first, last) == (year["first_julian"], year["last_julian"])


def test_known_rows_of_the_alignment(real: Built) -> None:
    """Proved by other histories: see the notes on these passages."""
    aligned = {row["passage"]: row for row in rows(real.files, "alignment")}
    passage = aligned["jinshi.2.tianfu4.5.1"]
    del passage["counterparts"]  # grows with the events
    assert passage == {
        "year": "1120",
        "row": "5",
        "passage": "jinshi.2.tianfu4.5.1",
        "work": "jinshi",
        "label": "天輔四年",
        "month": "5",
        "intercalary": "false",
        "season": "",
        "basis": "stated",
        "certainty": "high",
        "first_jdn": "2130287",
        "last_jdn": "2130316",
        "first_julian": "1120-05-29",
        "last_julian": "1120-06-27",
        "days_jdn": "2130291;2130299;2130301;2130309",
        "days_julian": "1120-06-02;1120-06-10;1120-06-12;1120-06-20",
        "url": "/a/jinshi/2/tianfu4/5/1/",
    }
    # The same year under two names.
    assert (aligned["dajinguozhi.2.tianfu5.1.1"]["year"], aligned["dajinguozhi.2.tianfu5.1.1"]["label"]) == (
        "1122",
        "天輔五年",
    )
    assert aligned["jinshi.2.tianfu2.r9.1"]["intercalary"] == "true"


def test_counterparts_tell_of_the_same_event_in_another_work(each: Built) -> None:
    beside: dict[str, set[str]] = {}
    for event in load(each.files, "events"):
        for one in event["accounts"]:
            for other in event["accounts"]:
                if one["work"] != other["work"]:
                    beside.setdefault(one["from"].rpartition(".")[0], set()).add(other["from"].rpartition(".")[0])
    order = list(each.edition.passages)
    for row in rows(each.files, "alignment"):
        found = [id_ for id_ in row["counterparts"].split(";") if id_]
        assert set(found) == beside.get(row["passage"], set())
        assert found == sorted(found, key=order.index)


def test_a_passage_is_as_certain_as_the_least_of_its_datings(each: Built) -> None:
    found = {row["passage"]: row["certainty"] for row in rows(each.files, "alignment")}
    assert set(found.values()) <= {"low", "medium", "high"}
    for id_, certainty in found.items():
        dated = {item.certainty for item in each.edition.displaced.get(id_, ())}
        if dated:
            assert certainty == next(level for level in ("low", "medium", "high") if level in dated)
        else:
            assert certainty == ("medium" if each.edition.passages[id_].basis == "editorial" else "high")


def test_names_forms_and_occurrences_are_those_of_the_data_file(each: Built) -> None:
    names = load(each.files, "names")
    told = [
        {
            "name": name["id"],
            "year": str(each.edition.passages[o["passage"]].year),
            "work": each.edition.passages[o["passage"]].work,
            "passage": o["passage"],
            "sentence": f"{o['passage']}.{o['sentence']}",
            "form": o["form"],
            "by_title": "true" if o["by_title"] else "false",
            "start": str(o["start"]),
            "end": str(o["end"]),
        }
        for name in names
        for o in name["occurrences"]
    ]
    assert rows(each.files, "occurrences") == told
    expected: list[dict[str, str]] = []
    for name in names:
        for work in each.edition.works:
            own = [o for o in name["occurrences"] if o["passage"].startswith(f"{work}.")]
            tagged, titles = [o["form"] for o in own], {o["form"] for o in own if o["by_title"]}
            expected += [
                {
                    "name": name["id"],
                    "work": work,
                    "form": form,
                    "occurrences": str(tagged.count(form)),
                    "by_title": "true" if form in titles else "false",
                }
                for form in dict.fromkeys([*name["forms"].get(work, []), *tagged])
            ]
    assert rows(each.files, "forms") == expected
    for row, name in zip(rows(each.files, "names"), names, strict=True):
        assert (row["id"], row["kind"], row["hant"]) == (name["id"], name["kind"], name["name"]["hant"])
        assert {authority: row[authority] for authority in name["ids"]} == name["ids"]
        assert row["lat"] == (str(name["where"]["lat"]) if name["where"] else "")
        assert (row["born"], row["died"]) == tuple(str(name[e]["year"]) if name[e] else "" for e in ("born", "died"))
        assert row["occurrences"] == str(len(name["occurrences"]))
        assert row["url"] == name["url"]


def test_references_by_title_are_told_from_names(signs: Built, real: Built) -> None:
    found = [(row["name"], row["form"]) for row in rows(signs.files, "occurrences") if row["by_title"] == "true"]
    assert found == [("naihe", "辽使"), ("naihe", "孛堇")]
    forms = {row["form"]: row["by_title"] for row in rows(signs.files, "forms") if row["name"] == "naihe"}
    assert forms == {"耶律奴哥": "false", "辽使": "true", "孛堇": "true", "皮兀室": "false"}
    told = {(row["name"], row["form"], row["by_title"]) for row in rows(real.files, "occurrences")}
    assert {("wanyan-aguda", "國主", "true"), ("wanyan-aguda", "阿骨打", "false")} <= told
    assert ("wanyan-aguda", "國主", "false") not in told


def test_events_are_those_of_the_data_file(each: Built) -> None:
    events = load(each.files, "events")
    for row, event in zip(rows(each.files, "events"), events, strict=True):
        assert (row["id"], row["hant"], row["url"]) == (event["id"], event["title"]["hant"], event["url"])
        assert (row["julian"], row["jdn"]) == (event["julian"] or "", str(event["jdn"] or ""))
        assert row["eclipse"] == (event["eclipse"]["type"] if event["eclipse"] else "")
    assert rows(each.files, "accounts") == [
        {
            "event": event["id"],
            "work": account["work"],
            "passage": account["from"].rpartition(".")[0],
            "first_sentence": account["from"],
            "last_sentence": account["to"],
        }
        for event in events
        for account in event["accounts"]
    ]
    assert rows(each.files, "reports") == [
        {"event": event["id"], "book": o["book"], "juan": str(o["juan"] or ""), "text": inert(o["text"])}
        | {"jdn": str(o["jdn"] or ""), "julian": o["julian"] or ""}
        for event in events
        for o in event["others"]
    ]


def test_columns_stand_in_the_published_order(real: Built) -> None:
    """Programs that read columns by number rely on it."""
    assert header(real, "alignment")[:4] == ["year", "row", "passage", "work"]
    assert header(real, "occurrences")[:7] == ["name", "year", "work", "passage", "sentence", "form", "by_title"]
    assert header(real, "names")[:2] == ["id", "kind"]
    assert header(real, "events")[:2] == ["id", "kind"]


def test_a_julian_date_says_so_and_stands_beside_its_day_number(real: Built) -> None:
    """Pandas and DuckDB take what looks like an ISO date for a Gregorian one, seven days off."""
    for table in described():
        for row in rows(real.files, table.name):
            for column, cell in row.items():
                if column == "released" or not re.fullmatch(r"1[01]\d\d-\d\d(-\d\d)?(;1[01]\d\d-\d\d-\d\d)*", cell):
                    continue
                assert "julian" in column, (table.name, column, cell)
                jdn = row[column.replace("julian", "jdn")]
                if len(cell) > len("1122-02"):
                    assert ";".join(sexagenary.iso(int(n)) for n in jdn.split(";")) == cell


@pytest.mark.parametrize("form", ["received", "hant", "hans"])
def test_plain_texts_have_every_sentence(each: Built, form: str) -> None:
    passages: list[dict[str, Any]] = load(each.files, "passages")
    for work in each.edition.works:
        told = [f"{p['id']}.{s['n']}\t{s[form]}" for p in passages if p["work"] == work for s in p["sentences"]]
        assert each.files[f"data/text/{work}.{form}.txt"].decode() == "".join(f"{line}\n" for line in told)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign: str) -> None:
    assert inert(f"{sign}1") == f"'{sign}1"
    assert inert(f"1{sign}") == f"1{sign}"
    assert (inert(""), inert(0)) == ("", 0)
