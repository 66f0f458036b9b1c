"""Create the folder of a new work, with a commented work.yaml."""

from __future__ import annotations

from pathlib import Path

from edition.check.text import PLACEHOLDER_TITLE
from edition.model.findings import CorpusError, Place
from edition.read.corpus import RESERVED, SLUG, require_edition

WORK = """\
# {slug}: what the work is, and how it counts years. Fill in title, juan, script; put the transcription in text.txt;
# add {slug} under `works:` in edition.yaml; then `python build.py check` says what is still missing.
title: {{hant: {title.hant}, hans: {title.hans}}}   # in both scripts; one string where they are the same
juan: 1                        # the number of the juan in text.txt
script: hant                   # hant | hans: the script of text.txt
# chapter: {{hant: 某某本紀, hans: 某某本纪}}
# state: 遼                    # whose eras a bare 元年 or 改元 belongs to, where that matters
# opens: 天慶五年              # only where the text begins without naming its year or its era
# reckoning: {{天輔: 1118}}      # only where this work calls another year 元年 than is common
# mentions: [太祖三年春正月]     # words where a heading would stand that date nothing
# preface: 1101                # the real year of text before the first year heading, if not that heading's

# What a reader should be told; `check` asks for these.
# author: {{hant: 題某某, hans: 题某某}}   # 題 where the work only bears the name, 等 after it where others wrote too
# dynasty: 元
# latin: {{title: Liaoshi, author: Toqto'a 脫脫 et al.}}   # for citations in English, with
# latin_chapter: Tianzuo huangdi benji
# compiled: 至正四年（1344）成書
# description: 一兩句：何書，何卷，節錄起訖。
# source: 錄文何自，標點何人。
# checksum: …                 # SHA-256 of text.txt; `check` prints it
# excerpt: true                # the text begins or ends in mid-chapter
# covers: 乾統元年至天慶八年（1101–1118）
# before: 卷十始於乾統元年，不及此年。
# after: 卷十止於天慶八年，不及此年。
# evidence: 如何紀年，何以知之。
# synchronisms:                # words that equate their year with another count; the build checks them
#   - {{at: {slug}.1.tianfu5.3.1, quote: 猶稱保大二年, says: 保大二年}}
"""


def new_work(corpus: Path, slug: str) -> Path:
    """Create the folder ``slug`` in a corpus, and return its path.

    Raises CorpusError if the corpus has no edition.yaml, or for a slug that is invalid or taken.
    """
    require_edition(corpus)
    folder = corpus / slug
    place = Place(folder.as_posix(), 1)
    if not SLUG.fullmatch(slug):
        raise CorpusError(place, "SLUG", f"「{slug}」: a slug is at most 40 small letters and digits, e.g. liaoshi")
    if slug in RESERVED:
        raise CorpusError(place, "SLUG", f"「{slug}」 is an address of the site itself: choose another")
    if folder.exists():
        raise CorpusError(place, "SLUG", "is there already")
    try:
        folder.mkdir()
        (folder / "work.yaml").write_text(WORK.format(slug=slug, title=PLACEHOLDER_TITLE), encoding="utf-8")
        (folder / "text.txt").write_text("", encoding="utf-8")
    except OSError as error:
        raise CorpusError(place, "OUTPUT", f"cannot be written: {error.strerror}") from None
    return folder
