"""Count the conversion errors of stock OpenCC and of the edition: ``python -m bench.script``.

There are two measures: the places of the three texts at which stock OpenCC or a choice of usage differs from what the
edition prints (``tests/rules/script/differences.tsv``), and annals from which no rule was derived
(``tests/rules/script/unseen.txt``). Run it after an upgrade of OpenCC and compare with ``docs/script.md``.
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
#: Variant glyphs of one word, which do not count as errors: standards differ in which they choose.
SAME_WORD = str.maketrans("爲僞嘆迹奸峯衆羣鬭衞說吊", "為偽歎跡姦峰眾群鬥衛説弔")
#: Quotation marks do not count either: stock OpenCC does not convert them.
QUOTES = str.maketrans("“”‘’", "「」『』")

Convert = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A place in one of the three texts at which converters differ."""

    work: str
    line: int
    """Of text.txt, from 1."""
    column: int
    """From 0, in characters of the line."""
    quote: str
    word: str
    """The character as received."""
    opencc: str
    """The result of stock OpenCC 1.4."""
    printed: str
    """What the edition prints."""
    kind: str
    """``word``: the result of OpenCC is another word. ``usage``: both are in use, and the edition chose one."""
    elsewhere: str
    """What other Traditional editions print, if it differs."""


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
    """Return title, first and second text of every case of a file, which begins with a comment and a blank line."""
    _, _, body = (CASES / name).read_text(encoding="utf-8").partition("\n\n")
    fields = [field.strip("\n") for field in f"\n{body}\n".split("\n.\n")]
    if len(fields) % 3 != 1 or fields[-1]:
        message = f"{name}: a case is a title, two texts, and a full stop alone on the line after each of the three"
        raise ValueError(message)
    return list(zip(fields[:-1:3], fields[1::3], fields[2::3], strict=True))


def received(work: str) -> str:
    """Return the transcription of a work."""
    return (HOME / "corpus" / work / "text.txt").read_text(encoding="utf-8")


def stock(source: Script) -> Convert:
    """Return stock OpenCC's conversion from a script to the other."""
    convert: Convert = opencc.OpenCC("s2t" if source == "hans" else "t2s").convert
    return convert


def ours(converter: Converter, source: Script) -> Convert:
    """Return the edition's conversion from a script to the other."""
    if source == "hans":
        return lambda text: converter.hant(text, "hans")
    return lambda text: converter.hans(text, "hant")


def with_phrases(converter: Converter) -> Convert:
    """Return a conversion by the edition's words and rules, then OpenCC's phrases for modern Simplified text."""
    words = converter.dictionary("hans")
    tables = [{"type": "ocd2", "file": str(SHARE / f"{name}.ocd2")} for name in ("STPhrases", "STCharacters")]
    group = {"type": "group", "match_policy": "short_circuit", "dicts": [{"type": "inline", "entries": words}, *tables]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.json"
        path.write_text(json.dumps({"name": "bench", "conversion_chain": [{"dict": group}]}), encoding="utf-8")
        convert: Convert = opencc.OpenCC(str(path)).convert
    return convert


def wrong(work: str, convert: Convert, kind: str) -> list[Difference]:
    """Return the rows of one kind at which a conversion differs from what the edition prints."""
    lines = convert(received(work)).split("\n")
    rows = [row for row in differences() if row.work == work and row.kind == kind]
    return [row for row in rows if lines[row.line - 1][row.column] != row.printed]


def unseen_errors(convert: Convert) -> list[tuple[str, int]]:
    """Return title and offset of every error in the conversion of the unseen annals from Simplified to Traditional.

    Variant glyphs of one word do not count. The other direction is not measured: it merges words and rarely errs.
    """
    errors = []
    for title, hant, hans in cases("unseen.txt"):
        converted = convert(hans).translate(QUOTES)
        pairs = zip(converted.translate(SAME_WORD), hant.translate(SAME_WORD), strict=True)
        errors += [(title, offset) for offset, (a, b) in enumerate(pairs) if a != b]
    return errors


def unlisted(converter: Converter) -> list[tuple[str, int]]:
    """Return the errors in the unseen annals that `build.py review` would not list."""
    listed = {
        (title, doubt.offset) for title, _, hans in cases("unseen.txt") for doubt in converter.undecided(hans, "hans")
    }
    return [error for error in unseen_errors(ours(converter, "hans")) if error not in listed]


def report() -> str:
    """Return all counts as lines of text."""
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
