"""Print the size of the search index and how fast it answers, here and on a larger corpus: ``python -m bench.search``.

    python -m bench.search [TIMES]      default: 100

The larger corpus is made from the same texts: so many copies, in each of which every tenth character is replaced by
one from elsewhere in them. The questions are every name of the concordance and strings of one to four characters,
the quotations 8 to 60 characters with up to a tenth wrong. The search runs in Node.js, reads its files from disk,
and starts every question without any; sizes are those of gzip.
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
"""Strings of each length from one to four that are asked for, beside the names."""


def packed(content: bytes) -> float:
    """Kilobytes after gzip."""
    return len(gzip.compress(content, 9)) / 1000


def copies(rows: list[Row], times: int) -> list[Row]:
    """The rows so many times over, work by work, each copy with a tenth of its characters replaced."""
    chance = random.Random(907)  # noqa: S311 (which characters)
    characters = [character for row in rows for character in row.text if character.isalnum()]

    def other(text: str) -> str:
        return "".join(chance.choice(characters) if c.isalnum() and chance.random() < 0.1 else c for c in text)

    made = []
    for work in dict.fromkeys(row.work for row in rows):
        own = [row for row in rows if row.work == work]
        made += own
        for n in range(1, times):
            for row in own:
                parts = row.id.split(".")
                made.append(
                    replace(
                        row,
                        id=".".join([parts[0], str(100 + n), *parts[2:]]),
                        sentences=tuple(map(other, row.sentences)),
                        notes=tuple(Remark(note.kind, note.sentence, other(note.text)) for note in row.notes),
                    )
                )
    return made


def spread(label: str, values: Iterable[float], unit: str) -> str:
    """Median, 95th and 100th percentile."""
    ordered = sorted(values)
    most = ordered[int(0.95 * len(ordered))], ordered[-1]
    return f"  {label:<34}{statistics.median(ordered):8.1f}{most[0]:8.1f}{most[1]:8.1f} {unit}"


def measure(
    title: str, asked: Search, files: dict[str, bytes], questions: list[str], quoted: list[tuple[str, set[str]]]
) -> str:
    """How one index does."""
    sizes = {name: packed(content) for name, content in files.items()}
    opened = asked.ask("opened", "").answer
    found = [asked.ask("page", text) for text in questions]
    placed = [asked.ask("where", text) for text, _ in quoted]
    right = sum(bool(a.answer) and a.answer[0][0] in home for a, (_, home) in zip(placed, quoted, strict=True))
    names = [f"data/search/{name}" for name in opened["files"]]
    return "\n".join(
        [
            f"{title}: {len(files)} files, {sum(sizes.values()):.0f} kB",
            f"  first file {sizes[names[0]]:.0f} kB, ready after {opened['ms']:.0f} ms",
            f"  {len(found)} questions, {len(placed)} quotations{'median':>17}{'95 %':>8}{'most':>8}",
            spread("a page of hits", [answer.ms for answer in found], "ms"),
            spread("downloaded for it", [total(answer.files, sizes) for answer in found], "kB"),
            f"  quotations that lead to their passage first{100 * right / len(quoted):10.1f} %",
            spread("the source of a quotation", [answer.ms for answer in placed], "ms"),
            spread("downloaded for it", [total(answer.files, sizes) for answer in placed], "kB"),
        ]
    )


def total(names: Iterable[str], sizes: dict[str, float]) -> float:
    """Kilobytes of some files."""
    return sum(sizes[f"data/search/{name}"] for name in names)


def report(times: int) -> str:
    """All measurements, as lines to print."""
    edition = make(HOME / "corpus")
    folded = search.fold_of(edition)
    strings = read_words(TEMPLATES / "words" / "strings.yaml")
    rows: dict[Script, list[Row]] = {s: search.rows(Viewer(edition, s, strings), folded) for s in SCRIPTS}
    about = search.manifest(Viewer(edition, "hant", strings), folded)
    chance = random.Random(1125)  # noqa: S311 (a sample)
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
