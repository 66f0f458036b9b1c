"""The grammar of written dates: a table of small named rules, compiled into regular expressions.

Own code, because no library parses the headings of Chinese annals: sanmiao resolves dates that are already found, cn2an
and the like parse numbers. The case files in ``tests/rules/dates/`` show by example what is a heading and what is a
mention; a historian can extend them.

The grammar sees words only. `edition.divide.passages` decides which year 三年 is, and whether 閏月 is 閏九月.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from edition.model.texts import Heading
from edition.model.time import SEASONS, RegnalYear
from edition.rules import numerals
from edition.rules.calendar import Calendar
from edition.rules.sexagenary import BRANCHES, STEMS

OPENING, CLOSING = "「『“‘", "」』”’"
#: A sentence ends at 。！？! and the closing quotes and spaces that follow, never at ；：，.
SENTENCE_END = re.compile(rf"[。！？!]+[{CLOSING}）】\s]*")

#: Rule name → regular expression. Names in braces are other rules; {eras} and {states} come from the calendar tables.
RULES = {
    # Below 100, so that 三四年 (three or four years) and 百年 are not parsed as years.
    "number": r"(?:(?:[二三四五六七八九]?十|廿|卅)(?:有?[一二三四五六七八九])?|[一二三四五六七八九])",
    "ganzhi": rf"[{STEMS}][{BRANCHES}]",
    "month_name": r"(?:正|十有?[一二]|[二三四五六七八九十])月",
    # 三月餘, 六月間, 二月之內 are durations or part of a clause; they date nothing that follows.
    "no_duration": r"(?!有?[餘余]|之?[間间內内後后]|以[來来後后前]|不[絕绝])",
    "season": rf"[{SEASONS}]",
    # 「秋，女真陷東京」: a season alone is a heading only before a pause, unlike in 秋成 and 春州.
    "season_alone": r"{season}(?=[，。])",
    # 「閏月庚戌朔」 leaves out the number, which then comes from the calendar.
    "leap_month": r"(?:閏|闰)(?:{month_name}|月)",
    "month": r"(?P<season>{season})?[，。]?(?P<month>{leap_month}|{month_name}){no_duration}",
    # 「冬十月」, 「天慶七年。夏，」: month or season, alone or after a year.
    "when": r"(?:{month}|(?P<season_alone>{season_alone}))",
    # 「歲在壬寅」「歲次壬寅」「太歲壬寅」: the 干支 of a year, named as such.
    "named_ganzhi": r"(?:(?:是[年歲岁][，。]?)?太?[歲岁][在次舍直值]?{ganzhi})",
    # 「丙戌乾統六年」「歲在丙戌，乾統六年」: the 干支 of the year may stand before it.
    "year_ganzhi": r"(?:(?:{named_ganzhi}|{ganzhi}[歲岁]?)[，。]?)?",
    "year_name": r"{year_ganzhi}(?:{states})?(?P<era>{eras})(?P<year>元|{number})年",
    # 「三年正月」: a bare number is a heading only before a time or a pause; 「三年不至」 is a duration.
    "bare_year": r"{year_ganzhi}(?P<bare_year>元|{number})年"
    r"(?=[，。]|$|{season}|閏|闰|{month_name}|{ganzhi}|{named_ganzhi}|[（(〔](?:{ganzhi}|{named_ganzhi}|\d))",
    # 「天慶五年乙未春正月」, 「天慶五年（1115）春」: the year repeated in another notation, before a time or a pause.
    # 「天輔六年，歲在壬寅，春正月」: after a pause only with 歲, since 「六年，壬寅，」 may be a day.
    "year_again": r"(?:(?:[（(〔](?:{named_ganzhi}|{ganzhi}[歲岁]?|\d{3,4}年?)[）)〕]"
    r"|[，。、]?{named_ganzhi}|{ganzhi}[歲岁]?)"
    r"(?=[，。、；也（(〔]|$|{season}|閏|闰|{month_name}|(?:{states})?(?:{eras})(?:元|{number})年)(?:也(?=[，。]))?)?",
    # 「宋崇寧五年。」 after a year heading names the same year by another count, as do 「（宋崇寧五年）」 and
    # 「，即宋政和五年也。」
    "synchronism": r"(?:(?:即|是[為为])?(?:{states})?(?:{eras})(?:元|{number})年{year_again}也?"
    r"(?:[）)〕]|(?![{season_letters}正二三四五六七八九十閏闰])))",
    "year": r"(?:{year_name}|{bare_year}){year_again}(?P<synchronisms>(?:[，。、；]?[（(〔]?{synchronism})*)",
    # 是春, 是歲冬十月, 是年五月. 是夏 needs a pause: in 是夏國 it is not the summer.
    "this": r"是(?P<this>[月年歲岁春秋冬]|夏(?=[，。]))",
    # How a heading begins if not with a month or season.
    "lead": r"(?:{year}|{this})",
    # A day: 癸丑朔; 四月二十五日 and 十一月二十四; 初六 and 初三日; 春正月朔.
    # 丙午保大元年, 歲在戊戌, 歲次戊戌 and 三年癸卯 name a year, not a day.
    "no_year": r"(?!{ganzhi}(?:[歲岁年科榜]|[，。]?(?:{states})?(?:{eras}|元年|{number}年)))"
    r"(?<![歲岁][在次舍直值])(?<![太年（(〔][歲岁])(?<!年[（(〔])"
    r"(?:(?<!年)|(?={ganzhi}[朔晦]))",
    "day_ganzhi": r"{no_year}(?P<ganzhi>{ganzhi})(?P<mark>[朔晦])?",
    # 「軍馬初一戰」 is not a day: 初 without 日 needs a pause or a time of day.
    "day_number": r"(?:(?P<day_month>(?:閏|闰)?{month_name})(?:初|(?=[一二三十廿]|[四五六七八九]日))|(?P<first_ten>初))"
    r"(?P<number>三十|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?![一二三四五六七八九十餘余百千萬万人騎骑里年月歲岁])(?:日|(?(first_ten)(?=[，。夜旦晨暮夕]|$)))",
    "day_mark": r"(?<=月)(?P<bare_mark>[朔晦])(?=[，。日夜旦]|$)",
    "day": r"(?:{day_ganzhi}|{day_number}|{day_mark})",
}

PAUSE = re.compile(r"[，。]?\s*")
#: An optional ornament before an entry: 「○天慶五年春正月」. It is part of the heading.
ORNAMENT = re.compile(r"(?:[○◯◎●]\s*)?")
YEAR_WORDS = str.maketrans({"歲": "年", "岁": "年"})
#: 次年三月, 明年正月: the year after; 去年, 往歲: the year before. They make a mention, never a heading.
RELATIVE_YEAR = re.compile(r"(?:(?P<next>[次明翌來来])|(?P<last>[去昨往]))[年歲岁]$")
#: A paragraph that begins like a year heading, with an era name that no table has.
UNKNOWN_ERA = re.compile(
    rf"(?P<era>[^\W\d_]{{2,4}}?)(?:元|{RULES['number']})年(?:(?P<dated>[，。]?"
    rf"(?:[{SEASONS}](?:[，。]|[正二三四五六七八九十])|(?:正|十有?[一二]|[二三四五六七八九十])月))|(?=[，。]))"
)
#: Matches of UNKNOWN_ERA that are not era names.
NO_ERA = re.compile(
    rf"^(?:[是次明翌來来去昨往其此同凡在前後后至自既即經经歷历逾又]|[{STEMS}][{BRANCHES}])|[年歲岁位二三四五六七八九十百餘余]$"
)


@dataclass(frozen=True, slots=True)
class DayWords:
    """A parsed date to the day: only what its words state."""

    start: int
    """Offset in the text."""
    quote: str
    ganzhi: str
    """甲辰, or empty."""
    mark: str
    """朔 or 晦, or empty."""
    day: int
    """The number of the day, or 0 if the day is given by 干支 or mark."""
    month: int
    """The month named with the day (四月二十五日), or 0."""
    intercalary: bool
    year_shift: int
    """1 after 次年, −1 after 去年, else 0."""


class Grammar:
    """The rules, compiled for the eras and states of the calendar tables."""

    def __init__(self, eras: Iterable[str], states: Iterable[str] = ()) -> None:
        """Compile the rules. Give every spelling of every era name and state; the longest match wins."""
        terms = {
            "eras": _alternatives(eras),
            "states": _alternatives(states),
            "season_letters": SEASONS,
        }
        for name, rule in RULES.items():
            terms[name] = re.sub(r"\{(\w+)\}", lambda match: terms[match[1]], rule)
        self._lead = re.compile(terms["lead"])
        self._when = re.compile(terms["when"])
        self._day = re.compile(terms["day"])
        self._synchronism = re.compile(
            rf"(?:{terms['states']})?(?P<era>{terms['eras']})(?P<year>元|{terms['number']})年"
        )
        self._change = re.compile(rf"改(?:[^，。]{{0,6}}?(?:為|为))?元?(?P<era>{terms['eras']})(?:元年)?")

    @classmethod
    def of(cls, calendar: Calendar) -> Grammar:
        """The grammar for the eras and states of a calendar, in both scripts."""
        return cls(calendar.eras_written, {n for s in calendar.states for n in (s.name.hant, s.name.hans)})

    def heading(self, text: str, start: int = 0) -> Heading | None:
        """Parse the heading at offset ``start`` of ``text``; None if there is none.

        >>> grammar = Grammar(["乾統", "崇寧"], ["宋"])
        >>> h = grammar.heading("乾統六年。宋崇寧五年。春正月，彗出西方")
        >>> h.era, h.year, h.season, h.month, h.synchronisms, h.length
        ('乾統', 6, 1, 1, (RegnalYear(era='崇寧', year=5),), 14)
        >>> grammar.heading("次年三月，止遣蕭習泥烈") is None
        True
        """
        opening = ORNAMENT.match(text, start).end()  # type: ignore[union-attr]
        lead = self._lead.match(text, opening)
        groups = lead.groupdict() if lead else {}
        end = lead.end() if lead else opening
        when = self._when.match(text, PAUSE.match(text, end).end() if lead else end)  # type: ignore[union-attr]
        if not lead and not when:
            return None
        groups |= when.groupdict() if when else {}
        end = when.end() if when else end
        month, this = groups.get("month") or "", (groups.get("this") or "").translate(YEAR_WORDS)
        season = groups.get("season") or groups.get("season_alone") or (this if this in SEASONS else "")
        year = groups.get("year") or groups.get("bare_year")
        return Heading(
            length=end + text.startswith("。", end) - start,
            era=groups.get("era") or "",
            year=numerals.parse(year) if year else 0,
            season=SEASONS.index(season) + 1 if season else 0,
            month=_month_number(month),
            intercalary=month.startswith(("閏", "闰")),
            this=this,
            synchronisms=self.regnal_years(groups.get("synchronisms") or ""),
        )

    def days(self, text: str) -> Iterator[DayWords]:
        """Yield every date to the day in ``text``: in headings, mentions and quotations.

        >>> grammar = Grammar(["天輔"])
        >>> [d.quote for d in grammar.days("四年三月甲辰，朕將以四月二十五日進師，限二十日，六月朔")]
        ['甲辰', '四月二十五日', '朔']
        """
        for match in self._day.finditer(text):
            part = match.groupdict()
            month = part["day_month"] or ""
            before = RELATIVE_YEAR.search(text[max(0, match.start() - 2) : match.start()])
            yield DayWords(
                start=match.start(),
                quote=match[0],
                ganzhi=part["ganzhi"] or "",
                mark=part["mark"] or part["bare_mark"] or "",
                day=numerals.parse(part["number"]) if part["number"] else 0,
                month=_month_number(month),
                intercalary=month.startswith(("閏", "闰")),
                year_shift=0 if not before else 1 if before["next"] else -1,
            )

    def changes(self, text: str) -> tuple[str, ...]:
        """The era names that ``text`` reports as newly proclaimed, as written: 改元乾統, 改明年為天輔元年.

        >>> Grammar(["乾統", "天輔"]).changes("號天祚皇帝，改元乾統。改明年為天輔元年")
        ('乾統', '天輔')
        """
        return tuple(match["era"] for match in self._change.finditer(text))

    def regnal_years(self, text: str) -> tuple[RegnalYear, ...]:
        """The regnal years named in ``text``, as written.

        >>> Grammar(["保大"]).regnal_years("猶稱保大二年")
        (RegnalYear(era='保大', year=2),)
        """
        return tuple(RegnalYear(m["era"], numerals.parse(m["year"])) for m in self._synchronism.finditer(text))


class UnknownEra(NamedTuple):
    """A name where a year heading has its era."""

    name: str
    """Empty if there is none."""
    sure: bool
    """Whether a month or season follows, so that it must be a heading."""


def unknown_era(paragraph: str) -> UnknownEra:
    """The era name with which a paragraph seems to open, to be reported if no table has it.

    >>> unknown_era("天佑三年春正月，帝如混同江"), unknown_era("次年三月，止遣蕭習泥烈")
    (UnknownEra(name='天佑', sure=True), UnknownEra(name='', sure=False))
    >>> unknown_era("大定二年。")
    UnknownEra(name='大定', sure=False)
    """
    match = UNKNOWN_ERA.match(paragraph, ORNAMENT.match(paragraph).end())  # type: ignore[union-attr]
    if not match or NO_ERA.search(match["era"]) or (not match["dated"] and len(match["era"]) != 2):
        return UnknownEra("", sure=False)
    return UnknownEra(match["era"], sure=bool(match["dated"]))


def sentence_ends(text: str, heading: int = 0) -> list[int]:
    """Return the end offsets of the sentences of a passage; the last is the length of the text.

    A full stop within the first ``heading`` characters ends no sentence, unless nothing follows it.

    >>> sentence_ends("乾統六年。宋崇寧五年。春正月，彗出西方，其長竟天。", 14)
    [25]
    >>> sentence_ends("衆曰：「諾。」遂行。", 0)
    [7, 10]
    """
    ends = [match.end() for match in SENTENCE_END.finditer(text, heading)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def openings(paragraph: str) -> list[int]:
    """Return the offsets at which a heading may begin: 0, and after each sentence end outside quotation marks.

    Nesting of quotation marks is counted per paragraph: two paragraphs of 大金國志 never close a quotation.

    >>> openings("戰失利。六月，退保雄州。")
    [0, 4]
    >>> openings("曰：「八月。九月。」十月。")
    [0, 10]
    """
    starts, depth, position = [0], 0, 0
    for match in SENTENCE_END.finditer(paragraph):
        for character in paragraph[position : match.end()]:
            if character in OPENING:
                depth += 1
            elif character in CLOSING and depth:
                depth -= 1
        position = match.end()
        if not depth and position < len(paragraph):
            starts.append(position)
    return starts


def _alternatives(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first; without words one that never matches."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else "(?!)"


def _month_number(written: str) -> int:
    """Parse a month name: 閏九月 → 9, 閏月 → −1, an empty string → 0."""
    number = written.lstrip("閏闰").removesuffix("月")
    if not written:
        return 0
    return numerals.parse(number) if number else -1
