"""Words quoted as the edition's own text: they must be in it.

Beyond doubt is a quotation after the title of a work with a juan that is here whole (契丹國志卷十「…」). Three are
left to the eye. A title with the name of a copy (四庫本金史卷二) is another book; a title without juan may be another
juan; and where only a part of a juan is here, its rest may be quoted. Tables of events: `edition.check.events`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from edition.check.prose import Prose
from edition.edition import Edition
from edition.emend.citations import citations, juan_number
from edition.model.findings import Finding, Place
from edition.model.scripts import han
from edition.rules import numerals

#: What may stand between a title with its juan and the quotation (卷十云「…」, 卷二：「…」): no other statement.
BETWEEN = r"[^「」。；，\u0028\uff08《》]{0,6}"


def quotations(edition: Edition, pieces: Iterable[Prose]) -> Iterator[Finding]:
    """Quotations from the works of the edition that are not in them, as received or as established."""
    texts = _texts(edition)
    named = {slug: _named(work.title.hant) for slug, work in edition.works.items() if not work.about.excerpt}
    written = [(piece.text, piece.place, piece.at) for piece in pieces]
    written += [(c.written, c.place, (str(c.place), c.at.rpartition("/")[2])) for c in citations(edition.layers)]
    for text, place, at in written:
        for slug, pattern in named.items():
            for match in pattern.finditer(text):
                own = texts[slug].get(juan_number(match["juan"]), "")
                if own:
                    yield from _missing(match["quoted"], own, slug, place, at)


def _named(title: str) -> re.Pattern[str]:
    """The title of a work with a juan and the quotation that follows.

    Before it stands no Chinese character but a particle: 四庫本金史 is a copy, 遼金史 another book.
    """
    juan = rf"卷(?P<juan>[{numerals.CHARACTERS}]+)"
    before = r"(?<![\u3400-\u9fff》])|(?<=[見據與及和惟而按即如從於以又])"
    return re.compile(rf"(?:{before}){re.escape(title)}{juan}{BETWEEN}「(?P<quoted>[^「」]+)」")


def _texts(edition: Edition) -> Mapping[str, Mapping[int, str]]:
    """Work → juan → its Chinese characters in Traditional script, as established and then as received."""
    found: dict[str, dict[int, str]] = {slug: {} for slug in edition.works}
    for id_, passage in edition.passages.items():
        own = found[passage.work]
        established = han(edition.converted["hant"][id_])
        own[passage.juan] = own.get(passage.juan, "") + established
    for passage in edition.passages.values():
        received = edition.converter.hant(passage.text, edition.works[passage.work].script)
        found[passage.work][passage.juan] += han(received)
    return found


def _missing(quoted: str, own: str, slug: str, place: Place, at: tuple[str, ...]) -> Iterator[Finding]:
    for part in re.split("…+", quoted):
        if (words := han(part)) and words not in own:
            message = f"「{part}」 is quoted as {slug}'s, which has no such words: quote it as it stands there"
            yield Finding("QUOTE-OWN", place, message, at, part)
