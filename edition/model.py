"""The nouns of the edition: frozen values without behaviour beyond reading themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Script = Literal["hant", "hans"]
Basis = Literal["stated", "carried", "editorial"]
SCRIPTS: tuple[Script, Script] = ("hant", "hans")

#: Chinese characters: what a registered passage is known by, since punctuation does not count.
HAN = re.compile(r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
HAN_RUN = re.compile(f"{HAN.pattern}+")

#: The contract on ids: work.juan.year.slot.n[.sentence].
ID = re.compile(
    r"^(?P<work>[a-z][a-z0-9]*)\.(?P<juan>[1-9]\d*)\.(?P<year>0|[a-z]+[1-9]\d*)"
    r"\.(?P<slot>0|r?(?:1[0-2]|[1-9])|q[1-4])\.(?P<n>[1-9]\d*[a-z]?)(?:\.(?P<s>[1-9]\d*[a-z]?))?$"
)

SEASONS = "春夏秋冬"


def han(text: str) -> str:
    """The Chinese characters of ``text``, without punctuation, spaces and Latin letters.

    >>> han("灤、營三州f，後唐")
    '灤營三州後唐'
    """
    return "".join(HAN_RUN.findall(text))


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase in both scripts, each given by hand."""

    hant: str
    """Traditional: 乾統."""
    hans: str
    """Simplified: 乾统 (blind conversion would give 干统)."""

    def __getitem__(self, script: Script) -> str:
        """The phrase in one script."""
        return self.hant if script == "hant" else self.hans


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the corpus, for messages: ``path:line``."""

    path: str
    """Relative to the folder from which the reader was started, with forward slashes."""
    line: int
    """From 1."""

    def __str__(self) -> str:
        """As editors and compilers write it.

        >>> str(Place("corpus/jinshi/notes.yaml", 3))
        'corpus/jinshi/notes.yaml:3'
        """
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class State:
    """A state that named years: 遼."""

    code: str
    """ASCII: ``liao``."""
    name: Pair
    calendar: str
    """Name of the calendar whose months it counts: ``liaojin``."""
    of: str
    """Code of the state under which tables show it: 北遼 under ``liao``; its own code as a rule."""
    minor: bool
    """True for a rival or short-lived state that gets no band in the table of years."""
    rulers: bool
    """True where years are counted by rulers and not by era names, as in Goryeo."""


@dataclass(frozen=True, slots=True)
class Era:
    """An era name of a state, with the years that bear it in the common count."""

    code: str
    """Unique ASCII code, allocated once: ``tianfu`` for 天輔."""
    state: str
    """Code of the state."""
    name: Pair
    also: tuple[str, ...]
    """Other spellings, in either script: 壽隆 for 壽昌."""
    first: int
    """The Chinese year, named by the CE year of its 正月, that is 元年."""
    last: int
    """The last Chinese year in which it ran."""
    since: tuple[int, str, int] | None
    """Month, 干支 (may be empty) and JDN (0 if unknown) when it came into force, if after New Year's Day."""
    until: tuple[int, str, int] | None
    """The same for its end, where no era of the state follows on it."""
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Month:
    """A lunar month of a calendar."""

    year: int
    """The Chinese year, named by the CE year in which its 正月 falls."""
    number: int
    """1 … 12."""
    intercalary: bool
    first: int
    """JDN of the new moon, the first day."""
    days: int
    """29 or 30."""

    @property
    def last(self) -> int:
        """JDN of the last day."""
        return self.first + self.days - 1

    @property
    def slot(self) -> Slot:
        """The slot that this month is in its year."""
        return Slot(month=self.number, intercalary=self.intercalary)


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a passage within its year: a month, a season, or neither."""

    month: int = 0
    """1 … 12, or 0."""
    intercalary: bool = False
    season: int = 0
    """1 … 4 for 春夏秋冬 where no month is named, or 0."""

    @property
    def code(self) -> str:
        """As it stands in ids and URLs.

        >>> Slot(9, intercalary=True).code, Slot(season=1).code, Slot().code
        ('r9', 'q1', '0')
        """
        if self.season:
            return f"q{self.season}"
        return f"r{self.month}" if self.intercalary else str(self.month)

    @classmethod
    def of(cls, code: str) -> Slot:
        """The slot with this code.

        >>> Slot.of("r5")
        Slot(month=5, intercalary=True, season=0)
        """
        if code.startswith("q"):
            return cls(season=int(code[1:]))
        return cls(int(code.lstrip("r")), code.startswith("r"))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a date heading says, as far as it says it."""

    length: int
    """Characters that it takes up, with the full stops inside it."""
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
    synchronisms: tuple[tuple[str, int], ...] = ()
    """Other counts of the same year, as written: (崇寧, 5)."""


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
    inferred: tuple[str, ...]
    """Which of ``era year month season`` the heading leaves out."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage."""

    n: str
    """Its number in the passage, from 1; lettered where it was inserted later."""
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
    """Line of ``text.txt``, from 1."""
    offset: int
    """Offset in that line, after its indentation."""
    text: str
    """As received. The passages of a line, joined, are that line less its indentation."""
    heading: Heading | None
    era: str
    """Code of the era, printed or carried; empty before the first dated year."""
    slot: Slot
    printed: Printed
    year: int
    """The real Chinese year by the work's own reckoning, named by its CE year."""
    basis: Basis
    sentences: tuple[Sentence, ...]
    anchors: tuple[tuple[str, int], ...] = ()
    """Sentence numbers that were published and start no sentence any more, with their offsets."""

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
class Day:
    """A date to the day in a passage, in a heading, a mention or a quotation."""

    quote: str
    """The words: 甲辰, 癸丑朔, 四月二十五日."""
    start: int
    """Offset in the received text of the passage."""
    month: int
    """1 … 12, or 0 where the text gives none that fits."""
    intercalary: bool
    day: int
    """Day of the month, from 1; 0 where it cannot be told."""
    jdn: int
    """0 where it cannot be told."""
    problem: str = ""
    """Why it cannot be told, or what disagrees; empty if all is well."""


@dataclass(frozen=True, slots=True)
class Juan:
    """One juan of a work, or an excerpt from it, as transcribed."""

    number: int
    chapter: Pair
    """太祖本紀."""
    text: str
    """The transcription, whole."""
    place: Place
    """Of the text, line 1."""
    opens: str
    """天輔二年, where the text begins without saying so; else empty."""
    said: Place
    """Where ``opens`` stands, or would."""
    preface_year: int
    """Real year of the text before the first year heading; 0: the year of that heading."""
    checksum: str
    """SHA-256 of the file, as recorded; empty if it is not."""


@dataclass(frozen=True, slots=True)
class WorkAbout:
    """What is known of a work and its copy: all optional for a work that someone is only trying out."""

    author: Pair = Pair("", "")
    """With the kind of attribution: 題宇文懋昭撰."""
    dynasty: Pair = Pair("", "")
    latin_title: str = ""
    """In Latin letters, for citations in English: Jin shi."""
    latin_author: str = ""
    """Tuotuo 脫脫 et al."""
    compiled: str = ""
    """When, in words."""
    description: str = ""
    source: str = ""
    """Where the transcription comes from."""
    covers: str = ""
    before: str = ""
    """Why the work has nothing before its first year here; begins with the words, without its title."""
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
    """Words that stand where a heading would and date nothing: 太祖三年春正月."""

    def first_year(self, era: Era) -> int:
        """The real year that this work calls 元年 of an era."""
        return dict(self.reckoning).get(era.code, era.first)


@dataclass(frozen=True, slots=True)
class About:
    """The edition itself: ``edition.yaml``."""

    title: Pair
    subtitle: str
    """In English."""
    description: Pair
    release: str
    """The edition's version, which citations name."""
    released: str
    """Date of the release, YYYY-MM-DD."""
    site_url: str
    """Where it is published; empty if nowhere yet."""
    editors: tuple[str, ...]
    licence: str
    licence_url: str
    source_url: str
    """Where the corpus and the code are kept; empty if nowhere public."""
    works: tuple[str, ...]
    """Slugs, in the order of the columns."""
    place: Place


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the text or its layers, as ``history.yaml`` tells it."""

    date: str
    """YYYY-MM-DD."""
    release: str
    title: Pair
    text: str
    """Markdown, in Traditional characters."""
    place: Place


@dataclass(frozen=True, slots=True)
class YearLine:
    """A line of the concordance of years, an editor's second book-keeping."""

    year: int
    ganzhi: str
    first: str
    """Julian date of New Year's Day."""
    last: str
    names: tuple[tuple[str, str], ...]
    """Code of a state → its year names, as the table writes them."""
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that the checks noticed: a doubt, not a broken file."""

    code: str
    place: Place
    message: str
    at: tuple[str, ...] = field(default=())
    """What an excuse may name: ``work:line`` and the passage id."""
    quote: str = ""

    def __str__(self) -> str:
        """The one line that is shown."""
        return f"{self.place}: {self.code} {self.message}"


class CorpusError(Exception):
    """A broken file: one line that names file, line, code and remedy."""

    def __init__(self, place: Place, code: str, message: str) -> None:
        """Keep the parts for the tests; the text is what is shown: a line, without the middle of what is endless."""
        message = " ".join(message.splitlines())
        if len(message) > 500:
            message = f"{message[:300]} … {message[-150:]}"
        super().__init__(f"{place}: {code} {message}")
        self.place, self.code, self.message = place, code, message

    def __reduce__(self) -> tuple[type[CorpusError], tuple[Place, str, str]]:
        """How it comes from one process to another: by its parts."""
        return CorpusError, (self.place, self.code, self.message)
