"""The grammar of dates, on case files that a historian can extend: title, text, expected result."""

from __future__ import annotations

import csv

import pytest

from build import make
from edition.date.days import date
from edition.divide.passages import divide
from edition.edition import Edition
from edition.model.findings import Place
from edition.model.scripts import Pair
from edition.model.texts import Heading, Juan, Work
from edition.model.time import SEASONS
from edition.read.corpus import read
from edition.rules.grammar import Grammar, openings, sentence_ends, unknown_era
from tests.corpora import HERE

CASES = HERE / "rules" / "dates"
CORPUS = read(HERE.parent / "corpus")
GRAMMAR = Grammar.of(CORPUS.calendar)


def cases(name: str) -> list[object]:
    """Return the cases of a file: title, text and expected result, each ended by a line with a full stop."""
    parts = (CASES / f"{name}.txt").read_text(encoding="utf-8").split("\n.\n")
    blocks = zip(parts[0::3], parts[1::3], parts[2::3], strict=False)
    return [pytest.param(text, expected, id=title.strip()) for title, text, expected in blocks]


def written(heading: Heading | None) -> str:
    """Format a heading as in the case files."""
    if heading is None:
        return "none"
    month = f"{heading.month}月" if heading.month > 0 else "月" if heading.month else ""
    parts = [
        f"是{heading.this}" if heading.this else "",
        heading.era,
        f"{heading.year}年" if heading.year else "",
        SEASONS[heading.season - 1] if heading.season else "",
        ("閏" if heading.intercalary else "") + month,
        *(f"({era} {year})" for era, year in heading.synchronisms),
        f"| {heading.length}",
    ]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("text", "expected"), cases("headings"))
def test_headings(text: str, expected: str) -> None:
    assert written(GRAMMAR.heading(text)) == expected


@pytest.mark.parametrize(("text", "expected"), cases("days"))
def test_days(text: str, expected: str) -> None:
    found = [f"{day.quote} {day.year_shift:+}" if day.year_shift else day.quote for day in GRAMMAR.days(text)]
    assert (" ".join(found) or "none") == expected


@pytest.mark.parametrize(("text", "expected"), cases("passages"))
def test_passages(text: str, expected: str) -> None:
    place = Place("text.txt", 1)
    juan = Juan(2, Pair("", ""), text, place, "", place, 0, "")
    work = Work("w", Pair("書", "书"), "hant", "jin", (("tianfu", 1118),), (juan,), place)
    passages, _ = divide(work, CORPUS.calendar, GRAMMAR, {})
    assert "\n".join(f"{p.id.removeprefix('w.2.')} {p.year} {p.text}" for p in passages) == expected


def test_a_case_file_is_read_whole() -> None:
    for name in ("headings", "days", "passages"):
        text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
        assert len(cases(name)) == text.count("\n.\n") // 3


def test_openings_and_ends_of_sentences() -> None:
    text = "曰：「火出兵刃，破賊之兆。」遂滅梁。！遂行"
    assert openings(text) == [0, 14, 19]
    assert sentence_ends(text) == [14, 19, 21]
    assert unknown_era("太平三年春正月") == ("太平", True)


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The edition of the real corpus."""
    return make(HERE.parent / "corpus")


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of tests/data."""
    with (HERE / "data" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_texts_divide_as_settled(edition: Edition) -> None:
    found = {p.id: (p.line, p.offset, len(p.sentences)) for p in edition.passages.values()}
    settled = {row["id"]: (int(row["line"]), int(row["offset"]), int(row["sentences"])) for row in table("passages")}
    assert found == settled
    assert (len(found), sum(sentences for _, _, sentences in found.values())) == (136, 646)


def test_every_day_is_dated_as_computed_elsewhere(edition: Edition) -> None:
    found = sorted(
        (p.work, p.line, p.year, ("r" if day.intercalary else "") + str(day.month), day.day, day.jdn)
        for p in edition.passages.values()
        for day in edition.days[p.id]
    )
    settled = sorted(
        (row["work"], int(row["line"]), int(row["year"]), row["month"], int(row["day"]), int(row["jdn"]))
        for row in table("days")
    )
    assert found == settled
    assert len(found) == 89


def test_nine_eclipses_stand_on_their_new_moons(edition: Edition) -> None:
    eclipses = table("eclipses")
    assert len(eclipses) == 9
    for row in eclipses:
        passages = [p for p in edition.passages.values() if (p.work, p.line) == (row["work"], int(row["line"]))]
        days = [day for p in passages for day in edition.days[p.id] if day.jdn == int(row["jdn"])]
        assert [(day.day, "朔" in day.quote) for day in days] == [(1, True)]


def test_a_wrong_year_makes_days_impossible(edition: Edition) -> None:
    # 大金國志's count laid on 金史: one year later, every month of it begins some other day.
    work = edition.works["jinshi"]
    calendar = edition.corpus.calendar
    shifted = Work(
        work.slug, work.title, work.script, work.state, (("tianfu", 1118),), work.juans, work.place, work.about
    )
    passages, _ = divide(shifted, calendar, GRAMMAR, {})
    days = [day for p in passages for day in date(p, shifted, calendar, GRAMMAR)]
    assert sum(not day.jdn for day in days) > len(days) / 4
