"""Works, juan, passages and sentences, as received."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.model.findings import Place
from edition.model.kinds import Basis, DatePart
from edition.model.scripts import NO_PHRASE, Pair, Script
from edition.model.time import Era, RegnalYear, Slot

#: The contract on ids: work.juan.year.slot.n[.sentence].
ID = re.compile(
    r"^(?P<work>[a-z][a-z0-9]*)\.(?P<juan>[1-9]\d*)\.(?P<year>0|[a-z]+[1-9]\d*)"
    r"\.(?P<slot>0|r?(?:1[0-2]|[1-9])|q[1-4])\.(?P<n>[1-9]\d*[a-z]?)(?:\.(?P<s>[1-9]\d*[a-z]?))?$"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A parsed date heading: only what its words state."""

    length: int
    """In characters, including full stops inside it."""
    era: str = ""
    """The era name as written, or empty: 三年正月 names none."""
    year: int = 0
    """The number of the year (元 is 1), or 0 where it names none."""
    season: int = 0
    """1 … 4 for 春夏秋冬, or 0."""
    month: int = 0
    """1 … 12; −1 for a 閏月 that leaves out its number; 0 where it names none."""
    intercalary: bool = False
    this: str = ""
    """What 是 points at: 月, 春 … 冬, 年 (also for 歲); empty where the heading stands on its own feet."""
    synchronisms: tuple[RegnalYear, ...] = ()
    """The same year by other counts: 崇寧五年."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The date label of a passage as the work prints or implies it; never the real year."""

    era: str | None
    """Era name in Traditional characters: 天輔."""
    year: int | None
    month: int | None
    intercalary: bool
    season: str | None
    """春夏秋冬, where the heading prints it or the slot is a season."""
    inferred: tuple[DatePart, ...]
    """The parts that the heading leaves out."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage."""

    n: str
    """Number within the passage, from 1; with a letter if it was inserted later: 2a."""
    start: int
    """Offset in the received text of the passage."""
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text under one date heading within one paragraph, as received."""

    id: str
    """``jinshi.2.tianfu4.5.1``: permanent, from the label that the work itself prints or implies."""
    work: str
    juan: int
    line: int
    """Line number in ``text.txt``, from 1."""
    offset: int
    """Offset in that line, after its indentation."""
    text: str
    """As received. The passages of a line, joined, are that line without its indentation."""
    heading: Heading | None
    era: str
    """Code of the era, printed or carried over from above; empty before the first dated year."""
    slot: Slot
    printed: Printed
    year: int
    """The real Chinese year by the work's own reckoning, named by its CE year."""
    basis: Basis
    sentences: tuple[Sentence, ...]
    anchors: tuple[tuple[str, int], ...] = ()
    """Published sentence numbers at which no sentence starts any more, with their offsets."""

    @property
    def year_code(self) -> str:
        """The third part of the id: ``tianfu4``."""
        return self.id.split(".")[2]

    @property
    def url(self) -> str:
        """The permalink, without script prefix: ``jinshi/2/tianfu4/5/1/``."""
        return self.id.replace(".", "/") + "/"

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence in which an offset of the received text lies."""
        return next((s for s in self.sentences if s.start <= offset < s.end), self.sentences[-1])


@dataclass(frozen=True, slots=True)
class Juan:
    """One juan of a work, or an excerpt from it, as transcribed."""

    number: int
    chapter: Pair
    """太祖本紀."""
    text: str
    """The whole transcription."""
    place: Place
    """Line 1 of the transcription."""
    opens: str
    """The year in which the text opens without naming it: 天輔二年; else empty."""
    said: Place
    """Where ``opens`` is, or would be, written."""
    preface_year: int
    """Year of the text before the first year heading; 0: the year of that heading."""
    checksum: str
    """SHA-256 of ``text.txt`` as recorded in the corpus; empty if none is recorded."""
    latin_chapter: str = ""
    """Taizu benji, for citations in English."""


@dataclass(frozen=True, slots=True)
class WorkAbout:
    """Bibliographic facts about a work and its copy, all optional."""

    author: Pair = NO_PHRASE
    """Statement of responsibility: 題 before the name if the work only bears it, 等 after it if others wrote too."""
    dynasty: Pair = NO_PHRASE
    latin_title: str = ""
    """In Latin letters, for citations in English: Jinshi."""
    latin_author: str = ""
    """Toqto'a 脫脫 et al."""
    compiled: str = ""
    """When, in words."""
    description: str = ""
    source: str = ""
    """Where the transcription comes from."""
    covers: str = ""
    before: str = ""
    """Why the work has nothing before its first year here; a sentence without its title, which pages put first."""
    after: str = ""
    """Why it has nothing after its last."""
    excerpt: bool = False
    """Whether the text begins or ends in mid-chapter."""
    reckoning: str = ""
    """How it counts years, with the evidence."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work: 金史."""

    slug: str
    title: Pair
    script: Script
    """Of the transcription."""
    state: str
    """Code of the state whose eras a bare 元年 or 改元 belongs to; empty if not said."""
    reckoning: tuple[tuple[str, int], ...]
    """Era codes with the real year that this work calls 元年, where it differs from the common count."""
    juans: tuple[Juan, ...]
    place: Place
    about: WorkAbout = WorkAbout()
    mentions: tuple[str, ...] = ()
    """Words that look like a heading but date nothing: 太祖三年春正月."""

    def first_year(self, era: Era) -> int:
        """The real year that this work calls 元年 of an era."""
        return dict(self.reckoning).get(era.code, era.first)
