"""Make the search index: established text and transcription of every passage, its notes, and the names.

There is one index for each script. For a small corpus it is one file, ``data/search/hant.json``, with the text as
shown. The browser folds the text (`edition.rules.fold`) and searches it with ``indexOf``. The text is not tokenized
into words: every substring must be found, and no segmentation of these texts is reliable.

This engine was chosen by measurement, with 934 queries on these texts (every name, and random strings of two to four
characters)::

    engine                              recall   index, gzip   one query
    indexOf over the folded text         1.00        21 kB       0.1 ms   (100 times the text: 1.7 MB, 2 ms)
    MiniSearch, FlexSearch, lunr, Orama
        with bigrams as tokens           1.00     76–320 kB
        with their own tokenizers         < 1
    Pagefind extended                    0.67                             (女真: 0 of 29)

With names and the readings of the transcriptions the file has 38 kB. Notes and apparatus, 13 kB more, are fetched after
the first results are shown. `python -m bench.search` measures this, also for a corpus 100 times as large. Above `WHOLE`
characters the text is divided into blocks, and an inverted index of bigrams (`edition.publish.search.grams`) locates a
query before any text is fetched: 1.7 MB would be too much to download for one query.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from edition.cache.memo import Memo
from edition.edition import Edition
from edition.emend.established import Established
from edition.model.scripts import SCRIPTS, Script
from edition.publish.search import grams
from edition.publish.search.rows import Patch, Remark, Row, units
from edition.publish.views.viewer import Viewer
from edition.rules.fold import Folding, folding
from edition.rules.numerals import write
from edition.rules.script import forms

#: Maximum number of characters in an index of one file, which compresses to some 300 kB.
WHOLE = 200_000
TAG = re.compile(r"<[^>]*>")


def fold_of(edition: Edition, memo: Memo | None = None) -> Folding:
    """Return the folding of an edition, from all characters that a search can find in it."""
    memo = memo or Memo(forgets=True)
    characters, pairs = memo(
        "characters", lambda *_: _characters(edition), edition.texts, edition.converted, edition.converter
    )
    used = characters.union(*_editors(edition))
    variants = pairs.union(edition.variants)
    return memo("folding", folding, sorted(used), [*sorted(variants), *forms()])


def _characters(edition: Edition) -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters of the texts in both scripts and as received, and the pairs of variants among them."""
    used, variants = set[str](), set[str]()
    for text in edition.texts.values():
        both = [edition.converted[script][text.passage.id] for script in SCRIPTS]
        variants.update(a + b for a, b in zip(*both, strict=True) if a != b)
        used.update(*both, text.passage.text)
        for entry in text.entries:
            for script in SCRIPTS:
                reading = edition.shown(entry.reading, edition.works[text.passage.work].script, script)
                variants.update(a + b for a, b in zip(entry.reading, reading, strict=True) if a != b)
    for script in SCRIPTS:
        rules = edition.converter.dictionary(script)
        variants.update(a + b for a, b in rules.items() if len(a) == 1 and a != b)
    return frozenset(used), frozenset(variants)


def _editors(edition: Edition) -> Iterator[str]:
    """Yield all searchable text that is written by editors."""
    layers = edition.layers
    for note in layers.notes:
        yield from (note.text, *note.sources)
    for entry in layers.apparatus:
        yield from (entry.lemma, entry.evidence, *entry.sources)
    for item in layers.displaced:
        yield from (item.note, *item.sources)
    for name in layers.names:
        yield from (name.name.hant, name.name.hans, *(form for _, written in name.forms for form in written))


def rows(viewer: Viewer, folded: Folding) -> list[Row]:
    """Return a row for every passage in one script, in order of the text, work by work."""
    return [_row(viewer, id_, folded) for id_ in viewer.edition.passages]


def _row(viewer: Viewer, id_: str, folded: Folding) -> Row:
    edition = viewer.edition
    passage, established = edition.passages[id_], edition.texts[id_]
    text = edition.converted[viewer.script][id_]
    bounds = established.sentences()
    return Row(
        id=id_,
        work=passage.work,
        year=passage.year,
        label=viewer.label(passage) + viewer.when(passage),
        numbers=tuple(n for n, _, _ in bounds),
        sentences=tuple(text[start:end] for _, start, end in bounds),
        received=tuple(_patches(edition, established, text, viewer.script, folded)),
        notes=tuple(_remarks(viewer, id_)),
    )


def _patches(edition: Edition, established: Established, text: str, script: Script, folded: Folding) -> Iterator[Patch]:
    """Yield the places where the transcription differs; corrections of layout only if they change a character."""
    source = edition.works[established.passage.work].script
    place = 0
    for piece in established.pieces:
        received, printed = folded.fold(piece.received), folded.fold(piece.established)
        if piece.entry and (received != printed or piece.entry.kind == "emendation"):
            reading = edition.shown(piece.received, source, script)
            if reading == edition.shown(piece.established, source, script):
                reading = piece.received  # both 蕭後 and 蕭后 would be converted to 萧后
            start = units(text[: piece.offset])
            patch = Patch(start, start + units(text[piece.offset :][: len(piece.established)]), reading)
            if received != printed:
                before = _common(received, printed)
                after = _common(received[before:][::-1], printed[before:][::-1])
                first, last = place + units(received[:before]), place + units(received[: len(received) - after])
                patch = patch._replace(first=first, last=last)
            yield patch
        place += units(received)


def _common(one: str, other: str) -> int:
    """Return the length of the common prefix of two strings."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _remarks(viewer: Viewer, id_: str) -> Iterator[Remark]:
    edition, view = viewer.edition, viewer.passage(id_)
    passage = edition.passages[id_]

    def remark(kind: str, offset: int, *parts: str) -> Remark:
        return Remark(kind, passage.sentence_at(offset).n, " ".join(_plain(part) for part in parts if part))

    for note, shown in zip(edition.notes.get(id_, ()), view.notes, strict=True):
        yield remark(viewer.t[f"note_{note.kind}"], note.anchor.end - 1, shown.html, "；".join(shown.sources))
    kept = [entry for entry in edition.texts[id_].entries if entry.kind != "layout"]
    for entry, shown_entry in zip(kept, view.entries, strict=True):
        words = (shown_entry.lemma, shown_entry.reading, shown_entry.evidence, "；".join(shown_entry.sources))
        yield remark(viewer.t[f"kind_{entry.kind}"], entry.anchor.start, *words)
    for item, shown_item in zip(edition.displaced.get(id_, ()), view.displaced, strict=True):
        if shown_item.note:
            yield remark(
                viewer.t[f"kind_{item.kind}"], item.anchor.start, shown_item.note, "；".join(shown_item.sources)
            )


def _plain(html: str) -> str:
    """Return the text content of HTML: tags removed, entities decoded."""
    return unescape(TAG.sub("", html)).strip()


def manifest(viewer: Viewer, folded: Folding) -> dict[str, Any]:
    """Return what the search page needs besides the text: works, years, eras, names and the folding."""
    edition = viewer.edition
    titles = {slug: work.title[viewer.script] for slug, work in edition.works.items()}
    return {
        "release": edition.corpus.about.release,
        "years": [(year.year, year.ganzhi) for year in edition.years],
        "eras": [
            {"code": era.code, "names": [era.name[viewer.script], *era.also], "first": era.first, "last": era.last}
            for era in edition.corpus.calendar.eras
        ],
        "fold": " ".join(folded.groups),
        "works": [
            {
                "slug": work.slug,
                "title": titles[work.slug],
                "juans": {str(juan.number): write(juan.number) for juan in work.juans},
                "reckoning": dict(work.reckoning),
            }
            for work in edition.works.values()
        ],
        "names": [
            {
                "id": name.id,
                "kind": viewer.t[f"kind_{name.kind}"],
                "name": name.name[viewer.script],
                "forms": [
                    [titles[slug], viewer.written(slug, written)] for slug, written in name.forms if slug in titles
                ],
            }
            for name in edition.layers.names
        ],
    }


def files(viewer: Viewer, folded: Folding, whole: int = WHOLE) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index of one tree: path below it, and content."""
    yield from index(manifest(viewer, folded), rows(viewer, folded), folded, viewer.script, whole)


def index(
    about: Mapping[str, Any], rows: Sequence[Row], folded: Folding, script: Script, whole: int = WHOLE
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an index: texts and notes as one file each, or as blocks above ``whole`` characters."""
    content: Iterable[tuple[str, object]] = grams.files(about, rows, folded, script)
    if sum(len(row.text) for row in rows) <= whole:
        content = (
            (f"{script}.json", {**about, "passages": [row.data() for row in rows]}),
            (f"{script}.notes.json", [(i, *row.notes) for i, row in enumerate(rows) if row.notes]),
        )
    for name, data in content:
        yield f"data/search/{name}", json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
