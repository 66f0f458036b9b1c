"""Divide transcriptions into passages, each under its own date label.

The text is divided as received, so that no emendation can move an id. The label is the one that the work
itself prints or implies: 大金國志 is under ``tianfu5`` where 金史 is under ``tianfu6`` for the same year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from edition.divide.numbering import number
from edition.divide.registered import Registered
from edition.model.findings import CorpusError, Finding, Place
from edition.model.kinds import Basis, DatePart
from edition.model.texts import Heading, Juan, Passage, Printed, Sentence, Work
from edition.model.time import SEASONS, Slot
from edition.rules.calendar import Calendar
from edition.rules.grammar import Grammar, openings, sentence_ends, unknown_era
from edition.rules.numerals import month as month_name
from edition.rules.numerals import year as year_name

#: Whole-line comments of the copy (金史, line 1) are no text.
COMMENT = re.compile(r"^\s*<!--(?:(?!-->).)*-->\s*$")
INDENTATION = re.compile(r"^\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a transcription that holds text."""

    line: int
    """From 1."""
    text: str
    """Less its indentation."""


#: The slot of what belongs to a year and to no part of it.
YEAR = Slot()


@dataclass(slots=True)
class Position:
    """Where the reader of a chronicle stands: what is carried from heading to heading."""

    era: str = ""
    """Code; empty before the first dated year."""
    year: int = 0
    """Number of the regnal year as printed."""
    real: int = 0
    """Real Chinese year."""
    slot: Slot = YEAR
    """The last ordinary slot: what 是月 means, and what returns after a paragraph under 是春 or 是歲."""
    this: Slot | None = None
    """The slot of 是春, 是年秋, 是歲 … while its paragraph lasts."""
    supplied: bool = False
    """Whether the year comes from ``opens``."""
    proclaimed: str = ""
    """The era of the work's state that 改元 has proclaimed since the last year heading."""

    @property
    def current(self) -> Slot:
        """The slot in force."""
        return self.this or self.slot


def paragraphs(text: str) -> Iterator[Paragraph]:
    r"""The lines of a transcription that hold text, less their indentation.

    >>> [p.line for p in paragraphs("<!-- x -->\n　　二月癸丑朔。\n\n三月。")]
    [2, 4]
    """
    for number_, line in enumerate(text.split("\n"), 1):
        if line.strip() and not COMMENT.match(line):
            yield Paragraph(number_, line[INDENTATION.match(line).end() :])  # type: ignore[union-attr]


def divide(
    work: Work, calendar: Calendar, grammar: Grammar, registered: dict[str, Registered]
) -> tuple[tuple[Passage, ...], tuple[Finding, ...]]:
    """The passages of a work in order of the text, numbered as registered, and what was noticed.

    Raises CorpusError for a text that is empty, that names no year, or an era that no table knows.
    """
    reader = _Reader(work, calendar, grammar)
    passages: list[Passage] = []
    for juan in work.juans:
        passages.extend(reader.read(juan))
    return number(tuple(passages), registered), tuple(reader.findings)


class _Reader:
    """Reads one work from its first paragraph to its last, carrying what the text leaves unsaid."""

    def __init__(self, work: Work, calendar: Calendar, grammar: Grammar) -> None:
        self.work, self.calendar, self.grammar = work, calendar, grammar
        self.reckoning = dict(work.reckoning)
        self.findings: list[Finding] = []
        self.at = Position()

    def read(self, juan: Juan) -> list[Passage]:
        """The passages of one juan."""
        if juan.opens:
            self._open(juan)
        passages: list[Passage] = []
        for paragraph in paragraphs(juan.text):
            self.at.this = None
            for start, end, heading in self._cuts(juan, paragraph):
                if heading:
                    self._move(heading, Place(juan.place.path, paragraph.line), paragraph.text[start:end])
                text = paragraph.text[start:end]
                passages.append(self._passage(juan, paragraph.line, start, text, heading))
                self._proclaim(text)
        if not passages:
            raise CorpusError(juan.place, "TEXT-EMPTY", "the text holds no passage: put the transcription here")
        return self._date_preface(juan, passages)

    def _open(self, juan: Juan) -> None:
        """Take the year, and the month if it is given, that the text does not name itself."""
        heading = self.grammar.heading(juan.opens)
        if heading and heading.year:
            self._move(heading, juan.said, juan.opens)
        else:
            era = self.calendar.era(juan.opens, self.work.state)
            if not era:
                raise CorpusError(
                    juan.said,
                    "ERA-UNKNOWN",
                    f"opens: 「{juan.opens}」 is no era or regnal year of calendar/eras.yaml",
                )
            self.at.proclaimed = era.code
        self.at.supplied = True

    def _cuts(self, juan: Juan, paragraph: Paragraph) -> Iterator[tuple[int, int, Heading | None]]:
        """Where the passages of a paragraph start and end, with the heading of each."""
        text = paragraph.text
        found: list[tuple[int, Heading | None]] = []
        era, real, end = self.at.era, self.at.real, 0
        for start in openings(text):
            if 0 < start < end:
                continue  # a full stop inside a heading: 乾統六年。宋崇寧五年。春正月
            heading = None if self._is_mention(text[start:]) else self.grammar.heading(text, start)
            if start and heading and not self._cuts_inside(heading, era, real):
                heading = None
            if heading or not start:
                found.append((start, heading))
                if heading and heading.year:
                    era, real = self._year_of(heading, era)
                end = start + heading.length if heading else end
            if not start and not heading and not self._is_mention(text):
                self._ask_for_era(text, Place(juan.place.path, paragraph.line))
        ends = [start for start, _ in found[1:]] + [len(text)]
        for (start, heading), end in zip(found, ends, strict=True):
            yield start, end, heading

    def _is_mention(self, text: str) -> bool:
        """Whether an editor says that the words at a heading's place date nothing."""
        return any(text.startswith(words) for words in self.work.mentions)

    def _ask_for_era(self, text: str, place: Place) -> None:
        """Stop at a year heading whose era no table knows; where it is not sure to be one, note a finding."""
        era, sure = unknown_era(text)
        if not era:
            return
        message = (
            f"「{era}」 opens a year heading but is no era of calendar/eras.yaml: add it there, or, if it dates "
            "nothing, list its words under mentions: in work.yaml"
        )
        if sure:
            raise CorpusError(place, "ERA-UNKNOWN", message)
        self._find(place, "ERA-UNKNOWN", message, era)

    def _cuts_inside(self, heading: Heading, current: str, real: int) -> bool:
        """Whether a heading divides the paragraph in which it stands.

        是月 does not. A year does only if it is the next one: 「崇寧五年，」 in a chronicle of another state, or an
        honour conferred years later, tells of other times and is a mention.
        """
        if heading.this == "月":
            return False
        if not heading.year:
            return True
        if heading.era:
            era = self.calendar.era(heading.era, self.work.state, real)
            if era is None or (self.work.state and era.state != self.work.state):
                return False
        return self._year_of(heading, current)[1] == real + 1

    def _year_of(self, heading: Heading, current: str) -> tuple[str, int]:
        """Era and real year of a heading that names one, with ``current`` in force; 0 if it cannot be told."""
        if heading.era:
            era = self.calendar.era(heading.era, self.work.state, self.at.real)
        else:
            era = self.calendar.era_by_code.get(self.at.proclaimed or current)
        return (era.code, self.work.first_year(era) + heading.year - 1) if era else ("", 0)

    def _move(self, heading: Heading, place: Place, text: str) -> None:
        """Go to the year and slot that a heading names."""
        if heading.year:
            self._enter_year(heading, place)
        slot = self._slot(heading, place, text)
        if heading.month > 0 and heading.season and heading.season != (heading.month + 2) // 3:
            message = f"「{text[: heading.length]}」 names a month that is not of its season: emend it, or excuse it"
            self._find(place, "SEASON-MONTH", message, text)
        if heading.this == "月":
            return
        if heading.this:
            self.at.this = slot
            return
        self.at.this = None
        if not heading.year and _before(slot, self.at.slot):
            self._find(place, "MONTH-BACK", f"「{text[: heading.length]}」 stands after {self.at.slot.code}", text)
        self.at.slot = slot

    def _enter_year(self, heading: Heading, place: Place) -> None:
        """Go to a regnal year, by the work's own reckoning."""
        if heading.era:
            era = self.calendar.era(heading.era, self.work.state, self.at.real)
            code = era.code if era else ""
        else:
            code = self._era_of_bare(heading.year)
        if not code:
            raise CorpusError(place, "YEAR-UNNAMED", self._which_era(heading))
        era = self.calendar.era_by_code[code]
        first = self.reckoning.get(code, era.first)
        real = first + heading.year - 1
        written = (heading.era or era.name[self.work.script]) + year_name(heading.year)
        if real < self.at.real:
            self._find(place, "YEAR-BACK", f"{written} is {real}, and stands after {self.at.real}", written)
        if real > era.last - era.first + first:
            self._find(
                place,
                "YEAR-BEYOND",
                f"{written} would be {real}, but the era ended in {era.last - era.first + first}",
                written,
            )
        self.at = Position(code, heading.year, real)

    def _which_era(self, heading: Heading) -> str:
        """What an editor can do about a year whose era nothing tells."""
        if not self.at.real:
            return f"year {heading.year} of which era? Say in {self.work.place.path} how it opens: opens: 天慶五年"
        state = self.calendar.state_by_code.get(self.work.state)
        whose = f" of {state.name.hant}" if state else ""
        return (
            f"元年 of which era? Not just one{whose} begins in {self.at.real} or {self.at.real + 1}: mend state: or "
            f"reckoning: in {self.work.place.path}, add the era to calendar/eras.yaml, or, if the words date nothing, "
            "list them under mentions:"
        )

    def _era_of_bare(self, year: int) -> str:
        """The era of 三年 or 元年: the one proclaimed since the last heading, else the one in force."""
        if self.at.proclaimed:
            return self.at.proclaimed
        if year > 1 or not self.at.real:
            return self.at.era
        following = [
            era.code
            for era in self.calendar.eras
            if era.state == self.work.state
            and self.reckoning.get(era.code, era.first) in (self.at.real, self.at.real + 1)
            and era.code != self.at.era
        ]
        return following[0] if len(following) == 1 else ""

    def _proclaim(self, text: str) -> None:
        """Remember 改元: bare years after it belong to the new era, if it is one of the work's own state."""
        for written in self.grammar.changes(text):
            era = self.calendar.era(written, self.work.state, self.at.real)
            if era and era.state == self.work.state and era.code != self.at.era and self.at.real:
                first = self.reckoning.get(era.code, era.first)
                if first in (self.at.real, self.at.real + 1):
                    self.at.proclaimed = era.code

    def _slot(self, heading: Heading, place: Place, text: str) -> Slot:
        """The slot that a heading names; month beats season, and a year heading alone is the slot 0."""
        if heading.month > 0:
            if heading.intercalary:
                self._check_intercalary(heading.month, place, text)
            return Slot(heading.month, heading.intercalary)
        if heading.month < 0:
            return Slot(self._intercalary_month(place, text), intercalary=True)
        return Slot(season=heading.season)

    def _intercalary_month(self, place: Place, text: str) -> int:
        """The number of a bare 閏月: the calendar's, else that of the last month named, with a finding."""
        name = self.calendar.calendar_of(self.work.state, self.at.era)
        found = self.calendar.intercalary_month(name, self.at.real)
        if not found:
            found = self.at.slot.month or 12
            why = (
                f"the calendar has no 閏月 in {self.at.real}"
                if self.calendar.months_of(name, self.at.real)
                else f"the month tables do not reach {self.at.real}"
            )
            self._find(place, "LEAP-UNKNOWN", f"{why}; taken to follow month {found}", text)
        return found

    def _check_intercalary(self, month: int, place: Place, text: str) -> None:
        """Note a 閏月 with a number that the calendar does not give it: a wrong year, or a wrong copy."""
        name = self.calendar.calendar_of(self.work.state, self.at.era)
        found = self.calendar.intercalary_month(name, self.at.real)
        if found != month and self.calendar.months_of(name, self.at.real):
            said = month_name(month, intercalary=True)
            has = f"has {month_name(found, intercalary=True)}" if found else "has no 閏月"
            self._find(place, "LEAP-UNKNOWN", f"「{said}」, but the calendar {has} in {self.at.real}", text)

    def _passage(self, juan: Juan, line: int, offset: int, text: str, heading: Heading | None) -> Passage:
        """A passage with all but its number. Before the first year every slot is 0."""
        slot = self.at.current if self.at.era else YEAR
        era = self.calendar.era_by_code.get(self.at.era)
        year = f"{self.at.era}{self.at.year}" if era else "0"
        ends = sentence_ends(text, heading.length if heading else 0)
        return Passage(
            id=f"{self.work.slug}.{juan.number}.{year}.{slot.code}",
            work=self.work.slug,
            juan=juan.number,
            line=line,
            offset=offset,
            text=text,
            heading=heading,
            era=self.at.era,
            slot=slot,
            printed=_printed(era.name.hant if era else None, self.at.year or None, slot, heading),
            year=self.at.real,
            basis=self._basis(heading),
            sentences=tuple(
                Sentence(str(n), start, end)
                for n, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True), 1)
            ),
        )

    def _basis(self, heading: Heading | None) -> Basis:
        """How the dating of a passage is known."""
        if self.at.supplied or not self.at.era:
            return "editorial"
        return "stated" if heading and heading.this != "月" else "carried"

    def _date_preface(self, juan: Juan, passages: list[Passage]) -> list[Passage]:
        """Give the text before the first year heading the year of that heading, or the one an editor gave."""
        first = juan.preface_year or next((p.year for p in passages if p.year), 0)
        if not first:
            raise CorpusError(
                juan.said,
                "YEAR-MISSING",
                f"{juan.place.path} names no year: say how it opens, e.g. opens: 天慶五年",
            )
        dated = next((p.year for p in passages if p.year), first)
        if juan.preface_year and not dated - 100 <= juan.preface_year <= dated:
            message = f"preface: {juan.preface_year} is not within the hundred years before {dated}"
            raise CorpusError(self.work.place, "FIELD", message)
        return [p if p.year else replace(p, year=first) for p in passages]

    def _find(self, place: Place, code: str, message: str, quote: str) -> None:
        at = f"{self.work.slug}:{place.line}"
        self.findings.append(Finding(code, place, message, (at,), quote))


def _before(slot: Slot, last: Slot) -> bool:
    """Whether a slot ends before the last one began: 正月 after 春 does not, 八月 after 九月 does.

    >>> _before(Slot(1), Slot(season=1)), _before(Slot(8), Slot(9)), _before(Slot(5, True), Slot(5))
    (False, True, False)
    """
    end = 3 * slot.season if slot.season else slot.month
    start = 3 * last.season - 2 if last.season else last.month
    return bool(end) and (end, slot.intercalary) < (start, last.intercalary and not last.season)


def _printed(era: str | None, year: int | None, slot: Slot, heading: Heading | None) -> Printed:
    """The label, and which parts of it the heading leaves out."""
    inferred: list[DatePart] = []
    if era and not (heading and heading.era):
        inferred.append("era")
    if year and not (heading and heading.year):
        inferred.append("year")
    if slot.month and not (heading and heading.month):
        inferred.append("month")
    if slot.season and not (heading and heading.season):
        inferred.append("season")
    season = slot.season or (heading.season if heading else 0)
    return Printed(
        era=era,
        year=year,
        month=slot.month or None,
        intercalary=slot.intercalary,
        season=SEASONS[season - 1] if season else None,
        inferred=tuple(inferred),
    )
