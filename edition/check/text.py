"""Check works and their texts: metadata, checksums, stray characters, quotation marks, undecided characters, ids."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from edition.check.findings import in_passage, place_of
from edition.edition import Edition
from edition.emend.established import Established
from edition.model.findings import Finding, Place
from edition.model.scripts import Pair
from edition.model.texts import Passage
from edition.read.corpus import Corpus

#: The title that `build.py new` writes, to be replaced.
PLACEHOLDER_TITLE = Pair("書名", "书名")
#: What may stand in a text: Chinese characters, full-width punctuation, 〔〕 and the like.
STRAY = re.compile(
    r"[^〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：？！「」『』“”‘’（）《》〈〉〔〕【】—…·□○]+"
)
PAIRS = {"」": "「", "』": "『", "”": "“", "’": "‘", "）": "（", "》": "《", "〉": "〈", "〕": "〔"}
MARKS = re.compile(f"[{''.join((*PAIRS, *PAIRS.values()))}]")


def works(corpus: Corpus) -> Iterable[Finding]:
    """Checksums that do not match, and fields of work.yaml that a reader should be told and that are missing."""
    for work in corpus.works:
        if work.title == PLACEHOLDER_TITLE:
            message = f"title: is still 「{work.title.hant}」, as `build.py new` wrote it: say what the work is called"
            yield Finding("WORK-INCOMPLETE", work.place, message, (work.slug,), "title")
        for juan in work.juans:
            found = hashlib.sha256(juan.text.encode()).hexdigest()
            if juan.checksum and found != juan.checksum:
                message = f"is {found[:16]}…, recorded is {juan.checksum[:16]}…: a transcription is never edited"
                yield Finding("CHECKSUM", juan.place, message, (work.slug,))
            if not juan.checksum:
                yield Finding("WORK-INCOMPLETE", work.place, f"checksum: {found}", (work.slug,), "checksum")
        for name, value in (
            ("author", work.about.author.hant),
            ("compiled", work.about.compiled),
            ("source", work.about.source),
            ("evidence", work.about.reckoning),
        ):
            if not value:
                yield Finding("WORK-INCOMPLETE", work.place, f"has no {name}: say it, or excuse it", (work.slug,), name)


def strays(passage: Passage, established: Established, place: Place) -> Iterable[Finding]:
    """Characters of the established text that do not belong in a Chinese text."""
    for match in STRAY.finditer(established.text):
        context = established.text[max(0, match.start() - 6) : match.end() + 6]
        yield in_passage(
            passage, place, "STRAY", f"「{match[0]}」 in 「{context}」: emend it in apparatus.yaml", match[0]
        )


def quotes(passage: Passage, established: Established, place: Place) -> Iterable[Finding]:
    """Quotation marks and brackets of the established text that do not balance; the first of a passage."""
    open_marks: list[str] = []
    for character in MARKS.findall(established.text):
        if character in PAIRS.values():
            open_marks.append(character)
        elif not open_marks or open_marks.pop() != PAIRS[character]:
            yield in_passage(passage, place, "QUOTES", f"{character} closes nothing in {passage.id}", character)
            return
    if open_marks:
        yield in_passage(passage, place, "QUOTES", f"{open_marks[-1]} is not closed in {passage.id}", open_marks[-1])


def undecided(edition: Edition, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Characters with more than one form in the other script, where no rule or word decides."""
    for id_, text in edition.texts.items():
        passage = edition.passages[id_]
        for doubt in edition.converter.undecided(text.text, edition.works[passage.work].script):
            message = (
                f"{doubt.character} in 「{doubt.context}」 may be {'、'.join(doubt.candidates)}: decide in script.yaml"
            )
            yield in_passage(passage, places[id_], "SCRIPT-UNDECIDED", message, doubt.context)


def unregistered(edition: Edition, changed: Iterable[str]) -> Iterator[Finding]:
    """Passages that are not registered, or whose words differ from the registered ones. ``changed`` are their ids."""
    for id_ in changed:
        passage = edition.passages[id_]
        known = id_ in edition.registered
        code = "ID-CHANGED" if known else "ID-UNREGISTERED"
        what = "has other words than were registered" if known else "is not registered"
        yield in_passage(passage, place_of(edition, passage), code, f"{id_} {what}: run build.py register", "")
