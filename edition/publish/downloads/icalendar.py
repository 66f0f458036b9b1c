"""The dated days as a calendar for calendar programs (iCalendar, RFC 5545).

iCalendar knows only the Gregorian calendar, so its dates are proleptic Gregorian and lie days after the Julian ones,
which the descriptions give. The writer is our own: the format of an all-day event is ten lines, and the packages for
it (icalendar, ics) would be needed by every build.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from edition.align.dated import DatedDay
from edition.edition import Edition
from edition.publish.views.changes import urn
from edition.publish.views.viewer import Viewer
from edition.rules import sexagenary

#: JDN of the day before day 1 of `datetime.date`, 1 January of the year 1 of the proleptic Gregorian calendar.
_EPOCH = 1721425


def calendar(viewer: Viewer, site_url: str) -> bytes:
    """Return all days that works date. ``site_url`` ends with a slash or is empty: then no address is given."""
    edition = viewer.edition
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_escape(edition.corpus.about.title.hant)}//{edition.corpus.about.release}//ZH",
        f"NAME:{_escape(edition.corpus.about.title.hant)}",
        f"X-WR-CALNAME:{_escape(edition.corpus.about.title.hant)}",
    ]
    for day in edition.dated:
        if day.told and day.jdn > _EPOCH:
            lines += _event(viewer, day, site_url)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(viewer: Viewer, day: DatedDay, site_url: str) -> Iterator[str]:
    iso = sexagenary.iso(day.jdn)
    stamp = viewer.edition.corpus.about.released.replace("-", "") or "19700101"
    yield "BEGIN:VEVENT"
    yield f"UID:{urn(viewer.edition, f'day/{iso}')}"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{gregorian(day.jdn)}"
    titles = [event.title.hant for event in viewer.edition.layers.events if event.julian == iso]
    yield f"SUMMARY:{_escape('　'.join([sexagenary.of_day(day.jdn), *titles]))}"
    julian = f"{viewer.t['julian']}{iso}，JDN {day.jdn}"
    yield f"DESCRIPTION:{_escape(chr(10).join([julian, *_words(viewer.edition, day)]))}"
    if site_url:
        yield f"URL:{site_url}day/{iso}/"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _words(edition: Edition, day: DatedDay) -> Iterator[str]:
    """What each work says of a day."""
    for told in day.told:
        text = edition.converted["hant"][told.passage.id]
        bounds = {n: (start, end) for n, start, end in edition.texts[told.passage.id].sentences()}
        words = text[bounds[told.first][0] : bounds[told.last][1]].strip()
        yield f"{edition.works[told.passage.work].title.hant}：{words}（{told.passage.id}.{told.first}）"


def gregorian(jdn: int) -> str:
    """Return the proleptic Gregorian date of a JDN, as iCalendar writes it.

    >>> gregorian(2130922)  # 23 February 1122 in the Julian calendar
    '11220302'
    """
    return date.fromordinal(jdn - _EPOCH).isoformat().replace("-", "")


def _escape(text: str) -> str:
    r"""Escape a text value.

    >>> _escape("a; b, c\nd")
    'a\\; b\\, c\\nd'
    """
    for character, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(character, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """Fold a line: at most 75 bytes, of which a continuation spends one on a space.

    >>> [len(part.encode()) for part in _folded("甲" * 60)]
    [75, 73, 34]
    """
    start, size = 0, 0
    for place, character in enumerate(line):
        width = len(character.encode())
        if size + width > 75:
            yield (" " if start else "") + line[start:place]
            start, size = place, 1
        size += width
    yield (" " if start else "") + line[start:]
