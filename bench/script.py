"""Count the errors of stock OpenCC and of the edition: ``python -m bench.script``.

Two measures. The three texts, against ``tests/rules/script/differences.tsv``: the places where stock OpenCC, or a
choice of usage, differs from what is printed. Annals that no rule was made from, against
``tests/rules/script/unseen.txt``. Run it after an upgrade of OpenCC and compare with ``docs/script.md``.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import opencc

from edition.model.scripts import Script
from edition.read.script_rules import read_script
from edition.rules.script import SHARE, Converter

HOME = Path(__file__).parent.parent
CASES = HOME / "tests" / "rules" / "script"
#: The three texts and their scripts.
TEXTS: dict[str, Script] = {"jinshi": "hans", "dajinguozhi": "hant", "qidanguozhi": "hant"}
#: Glyphs of one word, which are no error: one standard takes the first, another the second.
SAME_WORD = str.maketrans("爲僞嘆迹奸峯衆羣鬭衞說吊", "為偽歎跡姦峰眾群鬥衛説弔")
#: Quotation marks: stock OpenCC leaves them, which is no error either.
QUOTES = str.maketrans("“”‘’", "「」『』")

Convert = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in one of the three texts where converters differ."""

    work: str
    line: int
    """Of text.txt, from 1."""
    column: int
    """From 0, in characters of the line."""
    quote: str
    word: str
    """The character as received."""
    opencc: str
    """What stock OpenCC 1.4 makes of it."""
    printed: str
    """What the edition prints."""
    kind: str
    """``word``: OpenCC's is another word. ``usage``: both are used, and the edition has chosen."""
    elsewhere: str
    """What other Traditional editions print, where that is not what this one prints."""


def differences() -> list[Difference]:
    """The rows of ``differences.tsv``."""
    with (CASES / "differences.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Difference(
                work=row["work"],
                line=int(row["line"]),
                column=int(row["column"]),
                quote=row["quote"],
                word=row["word"],
                opencc=row["opencc"],
                printed=row["printed"],
                kind=row["kind"],
                elsewhere=row["elsewhere"],
            )
            for row in rows
        ]


def cases(name: str) -> list[tuple[str, str, str]]:
    """Title, first and second text of every case in a file; what stands before the first blank line is a remark."""
    _, _, body = (CASES / name).read_text(encoding="utf-8").partition("\n\n")
    fields = [field.strip("\n") for field in f"\n{body}\n".split("\n.\n")]
    if len(fields) % 3 != 1 or fields[-1]:
        message = f"{name}: a case is a title, two texts, and a full stop alone on the line after each of the three"
        raise ValueError(message)
    return list(zip(fields[:-1:3], fields[1::3], fields[2::3], strict=True))


def received(work: str) -> str:
    """A transcription as received."""
    return (HOME / "corpus" / work / "text.txt").read_text(encoding="utf-8")


def stock(source: Script) -> Convert:
    """OpenCC as it comes, out of a script."""
    convert: Convert = opencc.OpenCC("s2t" if source == "hans" else "t2s").convert
    return convert


def ours(converter: Converter, source: Script) -> Convert:
    """The edition's converter out of a script."""
    if source == "hans":
        return lambda text: converter.hant(text, "hans")
    return lambda text: converter.hans(text, "hant")


def with_phrases(converter: Converter) -> Convert:
    """The edition's words and rules with OpenCC's modern Simplified phrases after them."""
    words = converter.dictionary("hans")
    tables = [{"type": "ocd2", "file": str(SHARE / f"{name}.ocd2")} for name in ("STPhrases", "STCharacters")]
    group = {"type": "group", "match_policy": "short_circuit", "dicts": [{"type": "inline", "entries": words}, *tables]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.json"
        path.write_text(json.dumps({"name": "bench", "conversion_chain": [{"dict": group}]}), encoding="utf-8")
        convert: Convert = opencc.OpenCC(str(path)).convert
    return convert


def wrong(work: str, convert: Convert, kind: str) -> list[Difference]:
    """The rows of one kind where a conversion of a text does not come out as printed."""
    lines = convert(received(work)).split("\n")
    rows = [row for row in differences() if row.work == work and row.kind == kind]
    return [row for row in rows if lines[row.line - 1][row.column] != row.printed]


def unseen_errors(convert: Convert) -> list[tuple[str, int]]:
    """Title and offset of every character of the unseen annals that does not come back in Traditional.

    Glyphs of one word are no error. The other direction is not counted: it merges words and seldom errs.
    """
    found = []
    for title, hant, hans in cases("unseen.txt"):
        made = convert(hans).translate(QUOTES)
        pairs = zip(made.translate(SAME_WORD), hant.translate(SAME_WORD), strict=True)
        found += [(title, offset) for offset, (a, b) in enumerate(pairs) if a != b]
    return found


def unlisted(converter: Converter) -> list[tuple[str, int]]:
    """The errors in the unseen annals that the review list would not show to an editor."""
    listed = {
        (title, doubt.offset) for title, _, hans in cases("unseen.txt") for doubt in converter.undecided(hans, "hans")
    }
    return [error for error in unseen_errors(ours(converter, "hans")) if error not in listed]


def report() -> str:
    """All counts, as lines of text."""
    converter = read_script(HOME / "corpus")
    lines = [f"OpenCC {opencc.__version__}", "", "The three texts          stock   ours"]
    for kind, label in (("word", "wrong words"), ("usage", "other usage than printed")):
        lines.append(f"  {label}")
        for work, source in TEXTS.items():
            counts = [len(wrong(work, convert, kind)) for convert in (stock(source), ours(converter, source))]
            lines.append(f"    {work:<18}{counts[0]:>8}{counts[1]:>7}")
    left = sum(len(converter.undecided(received(work), source)) for work, source in TEXTS.items())
    lines += [f"  undecided places {left:>20}", ""]
    size = sum(len(hant) for _, hant, _ in cases("unseen.txt"))
    lines.append(f"Unseen annals into Traditional, {size} characters")
    converters = {
        "stock": stock("hans"),
        "ours": ours(converter, "hans"),
        "ours, then OpenCC's phrases": with_phrases(converter),
    }
    for label, convert in converters.items():
        errors = len(unseen_errors(convert))
        lines.append(f"  {label:<28}{errors:>4}  {100 * errors / size:.2f} %")
    lines.append(f"  of ours not on the review list {len(unlisted(converter))}")
    big = received("jinshi") * 200
    start = time.perf_counter()
    converter.hant(big, "hans")
    lines += ["", f"Speed: {len(big.encode()) / (time.perf_counter() - start) / 1e6:.0f} MB/s"]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
