"""Make the view models of one script from the edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from html import unescape

from edition.align.synopsis import Column, Row, Year
from edition.cache.memo import Memo
from edition.edition import Edition
from edition.model.layers import Displaced, Entry, Event, Note
from edition.model.scripts import Pair, Script
from edition.model.texts import Passage
from edition.model.time import Day, Era, Slot
from edition.publish.views.placeholders import ROOT
from edition.publish.views.remarks import remarks
from edition.publish.views.text import Part, SentenceView, sentences
from edition.publish.views.values import (
    CellView,
    ColumnView,
    DayView,
    EntryView,
    EventLink,
    NoteView,
    PassageView,
    Reference,
    RowView,
    WhoView,
    YearView,
)
from edition.rules import markdown as prose
from edition.rules import sexagenary
from edition.rules.numerals import month as month_name
from edition.rules.numerals import write

#: From one date to another: a dash that begins no line.
TO = "\u2060—"
#: Text between backquotes; the same, and quotations as far as the next backquote.
CODE = re.compile(r"(`[^`]*`)")
NAMED = re.compile(r"(`[^`]*`|「[^」`]*)")
TAG = re.compile(r"<[^>]*>")
SENTENCE_END = re.compile(r"[。！？!?][」』”’）》]*")
#: Opening quotation mark → the one that closes it.
QUOTES = {"「": "」", "『": "』", "“": "”", "‘": "’"}


class Viewer:
    """Makes the view models of one script; each passage and name is made once."""

    def __init__(self, edition: Edition, script: Script, strings: Mapping[str, Pair], memo: Memo | None = None) -> None:
        self.edition, self.script, self.memo = edition, script, memo or Memo(forgets=True)
        self.t = {key: pair[script] for key, pair in strings.items()}
        self._passages: dict[str, PassageView] = {}
        self._names = {name.id: name for name in edition.layers.names}
        self._who: dict[str, WhoView] = {}
        self._bounds: dict[str, dict[str, tuple[int, int]]] = {}
        self._prose: dict[tuple[str, bool, str], str] = {}

    def prose(self, text: str, *, inline: bool = False, keep: str = "") -> str:
        """Render editors' Markdown as HTML; addresses inside the edition begin with the placeholder ROOT.

        What names a character or an id is not converted to the script of the page: text between backquotes, and in
        quotation marks the characters of ``keep``.
        """
        if (text, inline, keep) not in self._prose:  # pages, EPUB and TEI render the same descriptions
            converted = "".join(
                part if part[:1] == "`" else self.edition.shown(part, "hant", self.script, keep * (part[:1] == "「"))
                for part in (NAMED if keep else CODE).split(text)
            )
            self._prose[text, inline, keep] = prose.render(converted, self.resolve, inline=inline)
        return self._prose[text, inline, keep]

    def convert(self, text: str) -> str:
        """Convert editors' words, which are in Traditional characters, to the script of the page."""
        return self.edition.shown(text, "hant", self.script)

    def written(self, slug: str, forms: Iterable[str]) -> list[str]:
        """The forms of a name in a work, in the script of the page; 蕭后 and 蕭後 are one in Simplified."""
        source = self.edition.works[slug].script
        return list(dict.fromkeys(self.edition.shown(form, source, self.script) for form in forms))

    def resolve(self, target: str) -> str | None:
        """The address of a passage id, a sentence id, or a page of the edition; None if there is none."""
        found = self.edition.address(target)
        return None if found is None else ROOT + found

    def passage(self, id_: str) -> PassageView:
        """A passage."""
        if id_ not in self._passages:
            self._passages[id_] = self._passage(self.edition.passages[id_])
        return self._passages[id_]

    def _passage(self, passage: Passage) -> PassageView:
        edition = self.edition
        work = edition.works[passage.work]
        cut = self._sentences(passage)
        covered = self._covered(part for sentence in cut for part in sentence.parts)
        entries = (entry for entry in edition.texts[passage.id].entries if entry.kind != "layout")
        return PassageView(
            id=passage.id,
            url=passage.url,
            slug=work.slug,
            work=work.title[self.script],
            script=work.script,
            label=self.label(passage),
            when=self.when(passage),
            basis=passage.basis,
            year=passage.year,
            sentences=cut,
            notes=tuple(self._note(note) for note in edition.notes.get(passage.id, ())),
            entries=tuple(replace(self.entry(e), names=covered.get(i, ())) for i, e in enumerate(entries)),
            displaced=tuple(self._displaced(d) for d in edition.displaced.get(passage.id, ())),
            remarks=remarks(edition, passage),
            days=tuple(self.day(day, passage.year) for day in edition.days[passage.id] if day.jdn),
            events=tuple(self.event_link(event, passage.work) for event in edition.events.get(passage.id, ())),
            received=passage.text,
        )

    def _sentences(self, passage: Passage) -> tuple[SentenceView, ...]:
        """The sentences of a passage; memoized on everything they are made from."""
        edition, id_ = self.edition, passage.id
        given = (
            passage,
            edition.texts[id_],
            edition.converted[self.script][id_],
            edition.tags.get(id_, ()),
            edition.notes.get(id_, ()),
            edition.displaced.get(id_, ()),
            edition.converter,
        )
        key = ("sentences", self.script, id_)
        return self.memo(key, lambda *_: sentences(edition, passage, self.script), *given)

    def _covered(self, parts: Iterable[Part]) -> dict[int, tuple[tuple[str, str], ...]]:
        """Index of an entry → the names that stand wholly within what it changed, so that nothing links to them."""
        found: dict[int, tuple[tuple[str, str], ...]] = {}
        for part in parts:
            if part.tag and not part.piece and (sign := part.bits[0].entry):
                name = part.tag.name
                found[sign.remark] = (*found.get(sign.remark, ()), (name.id, name.name[self.script]))
        return found

    def bounds(self, id_: str) -> dict[str, tuple[int, int]]:
        """Number of a sentence of a passage → its start and end in the established text."""
        if id_ not in self._bounds:
            self._bounds[id_] = {n: (start, end) for n, start, end in self.edition.texts[id_].sentences()}
        return self._bounds[id_]

    def label(self, passage: Passage) -> str:
        """天輔六年."""
        if not passage.era:
            return ""
        return self.edition.label(passage.era, passage.printed.year or 0)[self.script]

    def when(self, passage: Passage) -> str:
        """四月, 春, 是歲."""
        this = passage.heading is not None and passage.heading.this not in ("", "月")
        if not passage.era:
            return self.t["preface"]
        return self.slot(passage.slot, this=this)

    def slot(self, slot: Slot, *, this: bool = False) -> str:
        """The name of a slot: 閏九月, 春, 是春, 是歲."""
        if slot.month:
            return self.edition.shown(month_name(slot.month, intercalary=slot.intercalary), "hant", self.script)
        if slot.season:
            return ("是" if this else "") + "春夏秋冬"[slot.season - 1]
        return self.t["this_year"] if this else ""

    def _note(self, note: Note) -> NoteView:
        return NoteView(note.kind, self.prose(note.text, inline=True), tuple(map(self.convert, note.sources)))

    def entry(self, entry: Entry) -> EntryView:
        """An entry of the apparatus, with the words around it as received."""
        source = self.edition.works[entry.anchor.passage.partition(".")[0]].script
        passage = self.edition.passages[entry.anchor.passage]
        # 後 and 后 are one character in Simplified: where an entry is about their difference, they are not converted.
        keep = self.edition.told_apart(entry, self.script)
        before, _, after = entry.context.partition(entry.reading) if entry.reading else (entry.context, "", "")
        around = [self.edition.shown(words, source, self.script) for words in (before, after)]
        lemma, reading = (
            self.edition.shown(words, source, self.script, keep) for words in (entry.lemma, entry.reading)
        )
        return EntryView(
            kind=entry.kind,
            lemma=lemma,
            reading=reading,
            context=reading.join(around) if keep else self.edition.shown(entry.context, source, self.script),
            evidence=self.prose(entry.evidence, inline=True, keep=keep),
            sources=tuple(map(self.convert, entry.sources)),
            certainty=entry.certainty,
            applied=entry.applied,
            passage=passage.id,
            url=f"{passage.url}#s{passage.sentence_at(entry.anchor.start).n}",
        )

    def _displaced(self, item: Displaced) -> Reference:
        """An editorial dating under its own passage; without its note where a footnote there explains it."""
        found = self.reference(item)
        notes = self.edition.notes.get(item.anchor.passage, ())
        told = any(n.kind in "曆異" and item.anchor.start < n.anchor.end <= item.anchor.end for n in notes)
        return replace(found, note="", sources=()) if told else found

    def reference(self, item: Displaced) -> Reference:
        """An editorial dating."""
        passage = self.edition.passages[item.anchor.passage]
        work = self.edition.works[passage.work]
        first, last = item.years
        text = self.edition.texts[passage.id]
        start, end = text.offset(item.anchor.start), text.offset(item.anchor.end, end=True)
        return Reference(
            work=work.title[self.script],
            label=self.label(passage) + self.when(passage),
            quote=self.edition.converted[self.script][passage.id][start:end],
            kind=item.kind,
            url=f"{passage.url}#s{passage.sentence_at(item.anchor.start).n}",
            years=(first,) if first == last else (first, last),
            rest=TO.join(self.slot(slot) for slot in item.slots) + item.day,
            note=self.prose(item.note, inline=True) if item.note else "",
            sources=tuple(map(self.convert, item.sources)),
        )

    def day(self, day: Day, year: int) -> DayView:
        """A dated day."""
        return DayView(
            quote=self.edition.shown(day.quote, "hant", self.script),
            ganzhi=sexagenary.of_day(day.jdn),
            month=self.slot(Slot(day.month, day.intercalary)),
            day=day.day,
            jdn=day.jdn,
            iso=sexagenary.iso(day.jdn),
            julian=julian(day.jdn, year),
        )

    def event_link(self, event: Event, but: str = "") -> EventLink:
        """An event with its accounts in works other than ``but``."""
        others = []
        for account in event.accounts:
            if account.work != but:
                passage = self.edition.passages[account.passage]
                label = self.label(passage) + self.when(passage)
                url = f"{passage.url}#s{account.first}"
                others.append((self.edition.works[account.work].title[self.script], label, account.first, url))
        return EventLink(event.id, event.title[self.script], tuple(others))

    def book(self, key: str, juan: int = 0) -> str:
        """The title of a book of the bibliography, with the number of a juan: 宋史卷二十二."""
        source = self.edition.bibliography.by_key.get(key)
        number = self.t["juan_n"].format(n=write(juan)) if juan else ""
        return (self.convert(source.title) if source else key) + number

    def who(self, id_: str) -> WhoView:
        """A name of the concordance with the first sentence of its description; the page of the name has the rest."""
        if id_ not in self._who:
            name = self._names[id_]
            self._who[id_] = WhoView(id_, name.name[self.script], self.prose(first_sentence(name.about), inline=True))
        return self._who[id_]

    @cached_property
    def years(self) -> tuple[YearView, ...]:
        """All years."""
        by_year: dict[int, list[Event]] = {}
        for event in self.edition.layers.events:
            by_year.setdefault(event.year, []).append(event)
        return tuple(self._year(year, by_year.get(year.year, [])) for year in self.edition.years)

    def _year(self, year: Year, events: Iterable[Event]) -> YearView:
        columns = tuple(self._column(column) for column in year.columns)
        telling = tuple(view for view, column in zip(columns, year.columns, strict=True) if column.passages)
        events = tuple(events)
        links = tuple(self.event_link(event) for event in events if event.kind != "eclipse")
        weight = {event.id: len({a.work for a in event.accounts}) for event in events}
        chief = sorted(links, key=lambda link: -weight[link.id])[:3]
        differing = self._differing(year)
        return YearView(
            year=year.year,
            ganzhi=year.ganzhi,
            span=julian_span(year.span, None),
            reigns=self._reigns(year.year),
            columns=columns,
            telling=telling,
            rows=tuple(self._row(row, year, telling) for row in year.rows),
            conflict=self._conflict(year) if differing else (),
            common=self._common(year, differing),
            conflict_eras=tuple((event.code, event.name[self.script]) for event in differing.values()),
            reckonings=tuple(
                (self.edition.works[slug].title[self.script], self.prose(text, inline=True))
                for slug in differing
                if (text := self.edition.works[slug].about.reckoning)
            ),
            eclipses=tuple(self.event_link(event) for event in events if event.kind == "eclipse"),
            events=links,
            chief=tuple(link for link in links if link in chief),
        )

    def _reigns(self, year: int) -> tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]:
        """The year names of each state, with the dates of those that came into force within the year."""
        reigns = []
        for state, eras in self.edition.corpus.calendar.year_names(year):
            names = []
            for era, number in eras:
                since = era.since if era.first == year else None
                when = f"{self.slot(Slot(since[0]))}{since[1]}" if since else ""
                label = self.edition.label(era.code, number)[self.script]
                names.append((label, when, f"era/{era.code}/{number}/"))
            reigns.append((state.name[self.script], tuple(names)))
        return tuple(reigns)

    def _column(self, column: Column) -> ColumnView:
        work = self.edition.works[column.work]
        juan = self.edition.passages[column.passages[0].id].juan if column.passages else work.juans[0].number
        chapter = next(j.chapter for j in work.juans if j.number == juan)
        why = {"before": work.about.before, "after": work.about.after}.get(column.outside, "")
        return ColumnView(
            slug=work.slug,
            work=work.title[self.script],
            script=work.script,
            chapter=chapter[self.script],
            juan_name=write(juan),
            label="、".join(self.edition.label(era, n)[self.script] for era, n in column.labels),
            absence=column.absence,
            outside=column.outside,
            why=self.prose(why, inline=True) if why else "",
            elsewhere=tuple(self.reference(item) for item in column.elsewhere),
            size=self.edition.characters(column.passages),
            url=f"{work.slug}/{juan}/{column.passages[-1].year_code}/" if column.passages else f"{work.slug}/",
        )

    def _row(self, row: Row, year: Year, telling: tuple[ColumnView, ...]) -> RowView:
        this = row.kind == "this"
        name = {"preface": self.t["preface"], "year": self.t["whole_year"]}.get(row.kind) or self.slot(
            row.slot, this=this
        )
        cells = []
        days: dict[int, tuple[DayView, str]] = {}
        events: dict[str, tuple[str, str]] = {}
        for column in telling:
            passages = row.cells.get(column.slug, ())
            for passage in passages:
                for event in self.edition.events.get(passage.id, ()):
                    account = next(a for a in event.accounts if a.passage == passage.id)
                    events.setdefault(event.id, (event.title[self.script], f"{passage.id}.{account.first}"))
                for day in self.edition.days[passage.id]:
                    # The margin lists the days of this month only, not those mentioned of other months.
                    if day.jdn and row.span and row.span[0] <= day.jdn <= row.span[1]:
                        id_ = f"{passage.id}.{passage.sentence_at(day.start).n}"
                        days.setdefault(day.jdn, (self.day(day, year.year), id_))
            cells.append(
                CellView(
                    column,
                    tuple(self.passage(p.id) for p in passages),
                    outside=not passages and self.beyond(column.slug, year.year, row.slot),
                )
            )
        speaking = [column.work for column in telling if row.cells.get(column.slug)]
        return RowView(
            code=row.code,
            name=name,
            is_month=bool(row.slot.month),
            span=julian_span(row.span, year.year),
            days=tuple(days[jdn] for jdn in sorted(days)),
            cells=tuple(cells),
            events=tuple(events.values()),
            alone=speaking[0] if len(speaking) == 1 < len(telling) else "",
        )

    def beyond(self, slug: str, year: int, slot: Slot) -> bool:
        """Whether a month lies before the first or after the last that a work has."""
        if not slot.month:
            return False
        first, last = self._extent[slug]
        return not first <= (year, slot.month, slot.intercalary) <= last

    @cached_property
    def first_of(self) -> dict[tuple[str, str, int], Passage]:
        """Work, era and number of a year as printed → the first passage under it."""
        found: dict[tuple[str, str, int], Passage] = {}
        for passage in self.edition.passages.values():
            found.setdefault((passage.work, passage.era, passage.printed.year or 0), passage)
        return found

    @cached_property
    def _extent(self) -> dict[str, tuple[tuple[int, int, bool], tuple[int, int, bool]]]:
        """The first and the last month of each work, in the order of its text."""
        found: dict[str, tuple[tuple[int, int, bool], tuple[int, int, bool]]] = {}
        for passage in self.edition.passages.values():
            if passage.slot.month:
                here = (passage.year, passage.slot.month, passage.slot.intercalary)
                found[passage.work] = (found.get(passage.work, (here, here))[0], here)
        return dict.fromkeys(self.edition.works, ((0, 0, False), (9999, 0, False))) | found

    def _differing(self, year: Year) -> dict[str, Era]:
        """The works whose own reckoning gives this year another number than the common count, with the era."""
        eras = self.edition.corpus.calendar.era_by_code
        return {
            column.work: eras[code]
            for column in year.columns
            for code, number in column.labels
            if number != year.year - eras[code].first + 1
        }

    def _conflict(self, year: Year) -> tuple[tuple[str, str], ...]:
        """What each work calls the year."""
        return tuple(
            (self.edition.works[c.work].title[self.script], self.edition.label(*c.labels[-1])[self.script])
            for c in year.columns
            if c.labels
        )

    def _common(self, year: Year, differing: Mapping[str, Era]) -> str:
        """The common name of the year, where every work that uses the era differs from it."""
        told = {(code, number) for column in year.columns for code, number in column.labels}
        for era in differing.values():
            number = year.year - era.first + 1
            if 0 < number <= era.last - era.first + 1 and (era.code, number) not in told:
                return self.edition.label(era.code, number)[self.script]
        return ""


def first_sentence(text: str) -> str:
    """Return the first sentence of Markdown; a full stop in quotation marks, brackets or a link does not end it.

    >>> first_sentence("遼將。後降金。"), first_sentence("詔曰「可。」而行。旋罷。"), first_sentence("遼將")
    ('遼將。', '詔曰「可。」而行。', '遼將')
    """
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "「『（《([") - (character in "」』）》)]")
        if character == "。" and depth <= 0:
            return text[: place + 1]
    return text


def plain(html: str) -> str:
    """Return the words of HTML that our own renderer made.

    >>> plain('<p>見<a href="../">句</a> &amp; &lt;b&gt;。</p>')
    '見句 & <b>。'
    """
    return unescape(TAG.sub("", html))


def opening(text: str, most: int = 120) -> str:
    """Return the first sentences of plain text that fit into ``most`` characters, at least one; for descriptions.

    A quotation that goes on behind them is closed after an ellipsis.

    >>> opening("詔曰：「可。爾其行。」宗翰行。", 6), opening("五月，克之。六月，還。", 20)
    ('詔曰：「可。……」', '五月，克之。六月，還。')
    """
    text = " ".join(text.split())
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    end = max((end for end in ends if end <= most), default=ends[0] if ends else len(text))
    if len(text) <= most or end == len(text):
        return text
    closing: list[str] = []
    for character in text[:end]:
        if character in QUOTES:
            closing.append(QUOTES[character])
        elif closing and character == closing[-1]:
            closing.pop()
    return text[:end] + ("……" + "".join(reversed(closing)) if closing else "")


def julian(jdn: int, year: int | None = None) -> str:
    """A Julian date in words; without the year where that is ``year``.

    >>> julian(2131238, 1122), julian(2130944, 1122)
    ('1123年1月5日', '3月17日')
    """
    y, m, d = sexagenary.julian(jdn)
    return ("" if y == year else f"{y}年") + f"{m}月{d}日"


def julian_span(span: tuple[int, int] | None, year: int | None) -> str:
    """A stretch of days in the Julian calendar.

    >>> julian_span((2130908, 2130936), 1122), julian_span((2131203, 2131231), 1122)
    ('2月9日\u2060—3月9日', '12月1日\u2060—12月29日')
    """
    if span is None:
        return ""
    first = sexagenary.julian(span[0])[0]
    return f"{julian(span[0], year)}{TO}{julian(span[1], year if year is not None else first)}"
