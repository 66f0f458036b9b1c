"""Print size and response times of the search index, also for a larger corpus: ``python -m bench.search``.

    python -m bench.search [TIMES]      default: 100

The larger corpus has so many copies of the texts, with every tenth character replaced by one from elsewhere in them.
Queries are all names of the concordance and random strings of one to four characters; quotations have 8 to 60
characters, up to a tenth of them wrong. The search runs in Node.js and reads its files from disk; every query starts
without cached files. Sizes are those after gzip.
"""

from __future__ import annotations

import gzip
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from build import make
from edition.model.scripts import SCRIPTS, Script
from edition.paths import TEMPLATES
from edition.publish.search import index as search
from edition.publish.search.rows import Remark, Row
from edition.publish.views.viewer import Viewer
from edition.publish.words import read_words
from tests.publish.search import Search, searching
from tests.publish.search.test_index import quotations

HOME = Path(__file__).parent.parent
STRINGS = 60
"""Number of random queries of each length."""


def packed(content: bytes) -> float:
    """Return the size after gzip, in kB."""
    return len(gzip.compress(content, 9)) / 1000


def copies(rows: list[Row], times: int) -> list[Row]:
    """Return the rows ``times`` times, work by work, with a tenth of the characters of each copy replaced."""
    chance = random.Random(907)  # noqa: S311 (not cryptographic)
    characters = [character for row in rows for character in row.text if character.isalnum()]

    def other(text: str) -> str:
        return "".join(chance.choice(characters) if c.isalnum() and chance.random() < 0.1 else c for c in text)

    copied = []
    for work in dict.fromkeys(row.work for row in rows):
        own = [row for row in rows if row.work == work]
        copied += own
        for n in range(1, times):
            for row in own:
                parts = row.id.split(".")
                copied.append(
                    replace(
                        row,
                        id=".".join([parts[0], str(100 + n), *parts[2:]]),
                        sentences=tuple(map(other, row.sentences)),
                        notes=tuple(Remark(note.kind, note.sentence, other(note.text)) for note in row.notes),
                    )
                )
    return copied


def spread(label: str, values: Iterable[float], unit: str) -> str:
    """Format a line with median, 95th percentile and maximum."""
    ordered = sorted(values)
    most = ordered[int(0.95 * len(ordered))], ordered[-1]
    return f"  {label:<34}{statistics.median(ordered):8.1f}{most[0]:8.1f}{most[1]:8.1f} {unit}"


def measure(
    title: str, asked: Search, files: dict[str, bytes], questions: list[str], quoted: list[tuple[str, set[str]]]
) -> str:
    """Measure an index; return its sizes and times as text."""
    sizes = {name: packed(content) for name, content in files.items()}
    opened = asked.ask("opened", "").answer
    answers = [asked.ask("page", text) for text in questions]
    placed = [asked.ask("where", text) for text, _ in quoted]
    right = sum(bool(a.answer) and a.answer[0][0] in home for a, (_, home) in zip(placed, quoted, strict=True))
    names = [f"data/search/{name}" for name in opened["files"]]
    return "\n".join(
        [
            f"{title}: {len(files)} files, {sum(sizes.values()):.0f} kB",
            f"  first file {sizes[names[0]]:.0f} kB, ready after {opened['ms']:.0f} ms",
            f"  {len(answers)} queries, {len(placed)} quotations{'median':>17}{'95 %':>8}{'most':>8}",
            spread("a page of hits", [answer.ms for answer in answers], "ms"),
            spread("downloaded for it", [total(answer.files, sizes) for answer in answers], "kB"),
            f"  quotations that lead to their passage first{100 * right / len(quoted):10.1f} %",
            spread("the source of a quotation", [answer.ms for answer in placed], "ms"),
            spread("downloaded for it", [total(answer.files, sizes) for answer in placed], "kB"),
        ]
    )


def total(names: Iterable[str], sizes: dict[str, float]) -> float:
    """Return the size of some files in kB."""
    return sum(sizes[f"data/search/{name}"] for name in names)


def report(times: int) -> str:
    """Return all measurements as lines of text."""
    edition = make(HOME / "corpus")
    folded = search.fold_of(edition)
    strings = read_words(TEMPLATES / "words" / "strings.yaml")
    rows: dict[Script, list[Row]] = {s: search.rows(Viewer(edition, s, strings), folded) for s in SCRIPTS}
    about = search.manifest(Viewer(edition, "hant", strings), folded)
    chance = random.Random(1125)  # noqa: S311 (not cryptographic)
    stream = [folded.fold(row.text) for row in rows["hant"]]
    questions = [name.name.hant for name in edition.layers.names]
    for length in range(1, 5):
        for _ in range(STRINGS):
            line = chance.choice([line for line in stream if len(line) >= length])
            start = chance.randint(0, len(line) - length)
            questions.append(line[start : start + length])
    quoted = list(quotations(rows, folded, 500))
    size = sum(len(row.text) for row in rows["hant"])
    both = sum(packed("".join(row.text for row in rows[script]).encode()) for script in SCRIPTS)
    lines = [f"The texts: {size} characters, {both:.0f} kB in both scripts"]
    for title, own in (("These texts", rows["hant"]), (f"{times} times", copies(rows["hant"], times))):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            files = dict(search.index(about, own, folded, "hant"))
            seconds = time.perf_counter() - started
            with searching(files.items(), "hant", Path(folder)) as asked:
                lines += ["", measure(title, asked, files, questions, quoted), f"  made in {seconds:.2f} s"]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report(int(sys.argv[1]) if len(sys.argv) > 1 else 100) + "\n")
