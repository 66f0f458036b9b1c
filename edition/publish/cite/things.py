"""Things that can be cited: a passage, a sentence, a range of sentences, a year in parallel, an event.

A title names the work, the juan, the date as printed with the real year, and the id. English styles get all of this in
Latin letters, with the characters beside it, as far as the ``work.yaml`` of the work has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from edition.model.layers import Event
from edition.model.texts import Passage, Work
from edition.publish.views.values import YearView
from edition.publish.views.viewer import Viewer
from edition.rules.numerals import write

#: Of the months of a year, in English.
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
SEASONS = ("spring", "summer", "autumn", "winter")
#: The parts of a statement of responsibility, in Chinese and in English.
RESPONSIBILITY = re.compile(r"(?P<ascribed>[舊旧]?[題题])?(?P<name>.*?)(?P<others>(?<=.)等| et al\.)?", re.DOTALL)


class Author(NamedTuple):
    """The author of a work: one person, with what a statement of responsibility says about the attribution."""

    name: str = ""
    """Without title, dynasty or the words below; empty for a work without author."""
    others: bool = False
    """Whether others wrote it with them: 脫脫等, Toqto'a et al."""
    ascribed: bool = False
    """Whether the work only bears the name: 題宇文懋昭."""


#: What has no author.
NOBODY = Author()


def author(statement: str) -> Author:
    """Parse a statement of responsibility as in ``author`` of work.yaml.

    >>> author("脫脫等"), author("題宇文懋昭").name
    (Author(name='脫脫', others=True, ascribed=False), '宇文懋昭')
    """
    match = RESPONSIBILITY.fullmatch(statement)
    assert match  # noqa: S101 (it matches any text)
    return Author(match["name"], bool(match["others"]), bool(match["ascribed"]))


@dataclass(frozen=True, slots=True)
class Citable:
    """Something that can be cited: its address and the fields of its citations, in one script."""

    path: str
    """Below the root of the site, with the fragment: ``jinshi/2/tianfu4/5/1/#s3``."""
    id: str
    """``jinshi.2.tianfu4.5.1.3-5``; for a page e.g. ``year.1122``."""
    title: str
    """With the placeholder ``{id}`` for the id."""
    english: str
    """The title for English styles."""
    author: Author = NOBODY
    english_author: Author = NOBODY
    footnote: str = ""
    """Author, work and place in it, as in a Chinese footnote; if empty, footnotes have the title."""
    note: str = ""
    """What is to be known of the author: 舊題宇文懋昭撰."""


def of_passage(viewer: Viewer, id_: str, first: str = "", last: str = "") -> Citable:
    """Return a passage, its sentence ``first``, or its sentences ``first`` to ``last``, as something to cite."""
    passage = viewer.edition.passages[id_]
    work = viewer.edition.works[passage.work]
    t, about = viewer.t, work.about
    book, juan = work.title[viewer.script], next(j for j in work.juans if j.number == passage.juan)
    chapter = juan.chapter[viewer.script]
    values = {
        "book": book,
        "juan": write(juan.number),
        "chapter": t["cite_chapter"].format(chapter=chapter) if chapter else "",
        "when": viewer.label(passage) + viewer.when(passage),
        "year": passage.year,
        "id": "{id}",
    }
    named = author(about.author[viewer.script])
    return Citable(
        path=passage.url + fragment(first, last),
        id=extent(id_, first, last),
        title=t["cite_title"].format(**values),
        english=_english(viewer, passage, work),
        author=named,
        english_author=author(viewer.convert(about.latin_author)) if about.latin_author else named,
        footnote=t["cite_footnote"].format(author=responsibility(viewer, work), **values),
        note=t["cite_ascribed"].format(author=named.name) if named.ascribed else "",
    )


def responsibility(viewer: Viewer, work: Work) -> str:
    """Return dynasty and author of a work as Chinese footnotes have them; empty if it has no author.

    〔元〕脫脫等, 舊題〔宋〕宇文懋昭.
    """
    t, about = viewer.t, work.about
    named = author(about.author[viewer.script])
    dynasty = t["cite_dynasty"].format(dynasty=about.dynasty[viewer.script]) if about.dynasty.hant else ""
    return (
        f"{t['ascribed'] * named.ascribed}{dynasty}{named.name}{t['and_others'] * named.others}" if named.name else ""
    )


def _english(viewer: Viewer, passage: Passage, work: Work) -> str:
    """Jinshi 金史, juan 2, “Taizu benji” 太祖本紀, Tianfu 天輔 4, fifth month (1120, {id})."""
    juan = next(j for j in work.juans if j.number == passage.juan)
    chapter = " ".join(filter(None, (juan.latin_chapter, juan.chapter[viewer.script])))
    slot = passage.slot
    month = f"{'intercalary ' * slot.intercalary}{ORDINALS[slot.month - 1]} month" if slot.month else ""
    year = _latin_year(viewer, passage.era, passage.printed.year or 0) if passage.era else "preface"
    season = SEASONS[slot.season - 1] if slot.season else ""
    place = ", ".join(filter(None, (_latin_title(viewer, work), f"juan {juan.number}", chapter, year, month or season)))
    return f"{place} ({passage.year}, {{id}})"


def _latin_title(viewer: Viewer, work: Work) -> str:
    return " ".join(filter(None, (work.about.latin_title, work.title[viewer.script])))


def _latin_year(viewer: Viewer, code: str, number: int) -> str:
    """Return a regnal year: Tianfu 天輔 4. The name is the code, less the state that tells apart what sounds alike."""
    eras = viewer.edition.corpus.calendar.era_by_code
    alike = code.removesuffix(eras[code].state)
    return f"{(alike if alike in eras else code).capitalize()} {eras[code].name[viewer.script]} {number}"


def of_section(viewer: Viewer, passages: Sequence[Passage], parts: int) -> Citable:
    """Return a work (``parts`` is 1), or a juan, year or month of one (2, 3, 4), as something to cite.

    ``passages`` are those of the section, in the order of the text; there is one at least.
    """
    first, t = passages[0], viewer.t
    work = viewer.edition.works[first.work]
    book, juan = work.title[viewer.script], next(j for j in work.juans if j.number == first.juan)
    chapter = t["cite_chapter"].format(chapter=juan.chapter[viewer.script]) if juan.chapter[viewer.script] else ""
    label = viewer.label(first) if parts > 2 else ""
    when = (label + (viewer.when(first) if parts > 3 else "")) or (t["preface"] if parts > 2 else "")
    section = t["juan_n"].format(n=write(juan.number)) + chapter if parts > 1 else ""
    years = sorted({passage.year for passage in passages})
    span = "–".join(map(str, dict.fromkeys((years[0], years[-1]))))
    place = "，".join(filter(None, (t["cite_work"].format(book=book, what=section), when)))
    english = [_latin_title(viewer, work), f"juan {juan.number}" if parts > 1 else "", when]
    named, latin = author(work.about.author[viewer.script]), viewer.convert(work.about.latin_author)
    return Citable(
        path="/".join(first.id.split(".")[:parts]) + "/",
        id=".".join(first.id.split(".")[:parts]),
        title=t["cite_section"].format(place=place, year=span, id="{id}"),
        english=", ".join(filter(None, [*english, f"({span}, {{id}})"])),
        author=named,
        english_author=author(latin) if latin else named,
    )


def extent(id_: str, first: str = "", last: str = "") -> str:
    """Return the id of a passage, a sentence, or a range of sentences.

    >>> extent("jinshi.2.tianfu4.5.1", "3", "5"), extent("jinshi.2.tianfu4.5.1", "3", "3")
    ('jinshi.2.tianfu4.5.1.3-5', 'jinshi.2.tianfu4.5.1.3')
    """
    return id_ + (f".{first}" if first else "") + (f"-{last}" if last and last != first else "")


def fragment(first: str = "", last: str = "") -> str:
    """Return query and fragment of the address of a sentence or range; empty for a whole passage.

    >>> fragment("3", "5")
    '?to=s5#s3'
    """
    return (f"?to=s{last}" if last and last != first else "") + (f"#s{first}" if first else "")


def of_year(viewer: Viewer, year: YearView) -> Citable:
    """Return a year in parallel as something to cite."""
    works = viewer.edition.works
    told = "、".join(viewer.t["cite_work"].format(book=c.work, what=c.label) for c in year.telling)
    columns = next(y.columns for y in viewer.edition.years if y.year == year.year)
    labels = {column.work: column.labels for column in columns}
    english = "; ".join(
        ", ".join([_latin_title(viewer, works[c.slug]), *(_latin_year(viewer, *label) for label in labels[c.slug])])
        for c in year.telling
    )
    return Citable(
        path=f"year/{year.year}/",
        id=f"year.{year.year}",
        title=viewer.t["cite_year"].format(year=year.year, told=told),
        english=f"The year {year.year}: {english}",
    )


def of_event(viewer: Viewer, event: Event) -> Citable:
    """Return the comparison of an event, with the ids of its accounts, as something to cite."""
    works, title = viewer.edition.works, event.title[viewer.script]
    ids = [
        (works[slug], "、".join(extent(a.passage, a.first, a.last) for _, a in group))
        for slug, group in groupby(((a.work, a) for a in event.accounts), itemgetter(0))
    ]
    told = "、".join(viewer.t["cite_work"].format(book=w.title[viewer.script], what=own) for w, own in ids)
    english = "; ".join(f"{_latin_title(viewer, w)} {own.replace('、', ', ')}" for w, own in ids)
    return Citable(
        path=f"event/{event.id}/",
        id=f"event.{event.id}",
        title=viewer.t["cite_event"].format(title=title, year=event.year, told=told),
        english=f"{title} ({event.year}): {english}",
    )
