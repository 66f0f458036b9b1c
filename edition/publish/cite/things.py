"""Things that can be cited: a passage, a sentence, a range of sentences, a year in parallel, an event.

A title names the work, the juan, the date as printed with the real year, and the id. English styles also get the title
and the author of the work in Latin letters if its ``work.yaml`` has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from edition.model.layers import Event
from edition.publish.views.values import YearView
from edition.publish.views.viewer import Viewer
from edition.rules.numerals import write


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
    author: str = ""
    english_author: str = ""
    footnote: str = ""
    """Author, work and place in it, as in a Chinese footnote; if empty, footnotes have the title."""


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
    latin = " ".join(filter(None, (about.latin_title, book)))
    english = [latin, f"juan {juan.number}", chapter, f"{values['when']} ({passage.year}, {{id}})"]
    author = about.author[viewer.script]
    dynasty = t["cite_dynasty"].format(dynasty=about.dynasty[viewer.script]) if about.dynasty.hant else ""
    return Citable(
        path=passage.url + fragment(first, last),
        id=extent(id_, first, last),
        title=t["cite_title"].format(**values),
        english=", ".join(filter(None, english)),
        author=author,
        english_author=viewer.convert(about.latin_author) or author,
        footnote=t["cite_footnote"].format(author=dynasty + author, **values),
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
    english = "; ".join(f"{works[c.slug].about.latin_title} {c.work} {c.label}".strip() for c in year.telling)
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
    english = "; ".join(
        f"{w.about.latin_title} {w.title[viewer.script]} {own.replace('、', ', ')}".strip() for w, own in ids
    )
    return Citable(
        path=f"event/{event.id}/",
        id=f"event.{event.id}",
        title=viewer.t["cite_event"].format(title=title, year=event.year, told=told),
        english=f"{title} ({event.year}): {english}",
    )
