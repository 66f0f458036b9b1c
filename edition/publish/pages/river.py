"""The river: the picture of all works over all years, and the tables of what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from edition.model.layers import Displaced, Event
from edition.model.texts import Passage, Work
from edition.model.time import Slot
from edition.publish.pictures.river import Arc, Bar, Label, Lane, Mark, River, Thread, YearMark, across, down
from edition.publish.views.page_spec import PageSpec
from edition.publish.views.placeholders import ROOT
from edition.publish.views.viewer import Viewer
from edition.rules import sexagenary
from edition.rules.numerals import write

#: An account that is printed so many days from the event is met at the time that it tells of.
_FAR = 200


def river_page(viewer: Viewer) -> Iterator[PageSpec]:
    """The river on a page of its own, with its tables; nothing beyond the month tables."""
    if not all(year.span for year in viewer.edition.years):
        return
    values = pictures(viewer) | {"arcs": _arcs_table(viewer), "bars": _bars_table(viewer)}
    yield PageSpec("river/", "pages/river.html", values)


def pictures(viewer: Viewer) -> dict[str, Any]:
    """The river for wide and for narrow screens; empty beyond the month tables."""
    if not all(year.span for year in viewer.edition.years):
        return {"across": "", "down": ""}
    river = _Source(viewer).river
    return {"across": across(river), "down": down(river)}


class _Source:
    """Collects what the river shows, in one script."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer, self.edition = viewer, viewer.edition
        self.slugs = list(viewer.edition.works)

    @property
    def river(self) -> River:
        """All marks of the picture."""
        events = [event for event in self.edition.layers.events if event.kind != "eclipse"]
        eclipses = [event for event in self.edition.layers.events if event.kind == "eclipse"]
        return River(
            years=tuple(self._years()),
            lanes=tuple(self._lane(work) for work in self.edition.works.values()),
            eras=tuple(self._eras()),
            threads=tuple(self._thread(event) for event in events if len(self._told_by(event)) > 1),
            eclipses=tuple(self._mark(event) for event in eclipses),
            events=tuple(self._mark(event) for event in events),
        )

    def _years(self) -> Iterator[YearMark]:
        for year in self.edition.years:
            first, last = year.span or (0, 0)
            size = sum(self.edition.characters(column.passages) for column in year.columns)
            yield YearMark(year.year, year.ganzhi, first, last, f"{ROOT}year/{year.year}/", size)

    @cached_property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """Passage id → first and last JDN of the month, season or year under which it stands."""
        return {
            passage.id: row.span or year.span or (0, 0)
            for year in self.edition.years
            for row in year.rows
            for passages in row.cells.values()
            for passage in passages
        }

    def _lane(self, work: Work) -> Lane:
        own = [passage for passage in self.edition.passages.values() if passage.work == work.slug]
        groups: dict[tuple[int, int], list[Passage]] = {}
        empty = {(c.work, y.year) for y in self.edition.years for c in y.columns if c.absence == "heading"}
        for passage in own:
            if (work.slug, passage.year) not in empty:
                groups.setdefault(self.spans[passage.id], []).append(passage)
        title = work.title[self.viewer.script]
        juans = list(dict.fromkeys(passage.juan for passage in own))
        return Lane(
            title=title,
            juan=self.viewer.t["juan_n"].format(n="、".join(map(write, juans))),
            url=f"{ROOT}{work.slug}/",
            bars=tuple(self._bar(title, span, passages) for span, passages in groups.items()),
            labels=tuple(self._labels(work)),
            arcs=tuple(
                self._arc(d) for d in self.edition.layers.displaced if d.anchor.passage.startswith(f"{work.slug}.")
            ),
        )

    def _bar(self, title: str, span: tuple[int, int], passages: list[Passage]) -> Bar:
        first = passages[0]
        size = self.edition.characters(passages)
        words = f"{title}{self.viewer.label(first)}{self.viewer.when(first)} {size}{self.viewer.t['han']}"
        return Bar(*span, size, ROOT + first.url, words)

    def _labels(self, work: Work) -> Iterator[Label]:
        eras = self.edition.corpus.calendar.era_by_code
        for year in self.edition.years:
            for column in year.columns:
                if column.work == work.slug and column.labels and year.span:
                    era, n = column.labels[-1]
                    text = self.edition.label(era, n)[self.viewer.script]
                    differs = n != year.year - eras[era].first + 1
                    short = text.removeprefix(eras[era].name[self.viewer.script])
                    yield Label(*year.span, text, short, differs, column.absence == "heading")

    def _eras(self) -> Iterator[tuple[str, tuple[tuple[str, int, int, str], ...]]]:
        calendar = self.edition.corpus.calendar
        start, end = (self.edition.years[0].span or (0, 0))[0], (self.edition.years[-1].span or (0, 0))[1]
        for state in calendar.states:
            if state.minor or state.of != state.code:
                continue
            runs: list[tuple[str, int, int, str]] = []
            for era in sorted((e for e in calendar.eras if e.state == state.code), key=lambda era: era.first):
                whole = (
                    calendar.span(state.calendar, era.first, Slot()),
                    calendar.span(state.calendar, era.last, Slot()),
                )
                first = era.since.jdn if era.since and era.since.jdn else (whole[0] or (start, 0))[0]
                last = era.until.jdn if era.until and era.until.jdn else (whole[1] or (0, end))[1]
                if last < start or first > end:
                    continue
                if runs and runs[-1][2] >= first:
                    runs[-1] = (*runs[-1][:2], first - 1, runs[-1][3])
                runs.append((era.name[self.viewer.script], max(first, start), min(last, end), f"{ROOT}era/{era.code}/"))
            if runs:
                yield state.name[self.viewer.script], tuple(runs)

    def _told_by(self, event: Event) -> list[int]:
        """The works with an account of an event, as indices of their lanes."""
        return sorted({self.slugs.index(account.work) for account in event.accounts})

    def _mark(self, event: Event) -> Mark:
        title = event.title[self.viewer.script]
        return Mark(self._centre(event), title, f"{ROOT}event/{event.id}/", tuple(self._told_by(event)))

    def _centre(self, event: Event) -> float:
        """The day of an event; without one, the middle of what its accounts have in common, or of all of them."""
        if event.julian:
            year, month, *day = map(int, event.julian.split("-"))
            return sexagenary.jdn(year, month, day[0] if day else 15)
        spans = [
            span
            for a in event.accounts
            if self.edition.passages[a.passage].year == event.year and (span := self._stands(a.passage, a.first))
        ]
        if not spans:
            whole = next((y.span for y in self.edition.years if y.year == event.year and y.span), (0, 0))
            return sum(whole) / 2
        first, last = max(a for a, _ in spans), min(b for _, b in spans)
        return (first + last) / 2 if first <= last else sum(a + b for a, b in spans) / (2 * len(spans))

    def _stands(self, passage: str, sentence: str) -> tuple[int, int]:
        """The stretch of time under which a sentence is printed: the day that holds for it, or that of its passage."""
        numbers = [s.n for s in self.edition.passages[passage].sentences]
        here = numbers.index(sentence)
        for day in self.edition.dated:
            for told in day.told:
                if told.passage.id == passage and numbers.index(told.first) <= here <= numbers.index(told.last):
                    return day.jdn, day.jdn
        return self.spans[passage]

    def _thread(self, event: Event) -> Thread:
        near = self._centre(event)
        ends = []
        for lane in self._told_by(event):
            spots = [self._meets(a.passage, a.first, near) for a in event.accounts if a.work == self.slugs[lane]]
            ends.append((lane, min(spots, key=lambda spot: abs(spot - near))))
        works = "、".join(self.edition.works[self.slugs[lane]].title[self.viewer.script] for lane, _ in ends)
        title = f"{event.title[self.viewer.script]}（{works}）"
        return Thread(title, f"{ROOT}event/{event.id}/", tuple(ends))

    def _meets(self, passage: str, sentence: str, near: float) -> float:
        """Where the thread of an event meets an account: at the moment of its time that is nearest to the event."""
        first, last = self._stands(passage, sentence)
        spot = min(max(near, first), last)
        if abs(spot - near) > _FAR:
            own = next(s for s in self.edition.passages[passage].sentences if s.n == sentence)
            for item in self.edition.displaced.get(passage, ()):
                if item.anchor.start < own.end and own.start < item.anchor.end:
                    a, b = self._tells(item)
                    return min(max(near, a), b)
        return spot

    def _tells(self, item: Displaced) -> tuple[int, int]:
        """First and last JDN of what displaced words tell of; beyond the month tables a year is 365 days."""
        calendar = self.edition.corpus.calendar
        passage = self.edition.passages[item.anchor.passage]
        name = calendar.calendar_of(self.edition.works[passage.work].state, passage.era)
        slots = item.slots or (Slot(),)
        first = calendar.span(name, item.years[0], slots[0]) or self._guess(item.years[0])
        last = calendar.span(name, item.years[1], slots[-1]) or self._guess(item.years[1])
        if item.day and (days := sexagenary.days_named(item.day, *first)):
            return days[0], days[0]
        return first[0], last[1]

    def _guess(self, year: int) -> tuple[int, int]:
        first = sexagenary.jdn(year, 2, 1)
        return first, first + 364

    def _arc(self, item: Displaced) -> Arc:
        reference = self.viewer.reference(item)
        passage = self.edition.passages[item.anchor.passage]
        first, last = self._tells(item)
        years = "—".join(map(str, reference.years))
        kind = self.viewer.t[f"kind_{item.kind}"]
        title = f"{reference.work}{reference.label}{kind} {years}{self.viewer.t['year']}{reference.rest}"
        stands = self._stands(passage.id, passage.sentence_at(item.anchor.start).n)
        return Arc((stands[0] + stands[1]) // 2, first, last, item.kind, ROOT + reference.url, title)


def _arcs_table(viewer: Viewer) -> list[dict[str, Any]]:
    """The displaced passages, in the order of the edition."""
    return [
        {"reference": viewer.reference(item), "certainty": item.certainty} for item in viewer.edition.layers.displaced
    ]


def _bars_table(viewer: Viewer) -> list[tuple[int, str, list[tuple[str, str, int]]]]:
    """For each year and row of it: the year, the name of the month, and title, address and characters of each work."""
    works = viewer.edition.works
    return [
        (
            year.year,
            view.name,
            [
                (works[slug].title[viewer.script], passages[0].url, viewer.edition.characters(passages))
                for slug, passages in row.cells.items()
            ],
        )
        for year, of_year in zip(viewer.edition.years, viewer.years, strict=True)
        for row, view in zip(year.rows, of_year.rows, strict=True)
    ]
