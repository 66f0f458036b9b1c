"""Fuzzing: a broken corpus is either read or refused with an error of one line, never with a traceback.

``python -m tests.read.test_broken_corpora 2000`` tries as many, a quarter of them on the corpus of the edition; a
second number is the first seed.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import build
from edition.model.findings import CorpusError
from edition.paths import ROOT
from edition.publish import site
from tests.corpora import assemble

NASTY = (
    *("!!python/object/apply:os.system [echo]", "&a [*a, *a]", "<<: *a", "[" * 40, "{" * 30, "? ", "- - - -", "|\n"),
    *(
        "\x00",
        "\ufeff",
        "\r\n",
        "\ud7ff",
        "\u2028",
        "\ue000",
        "𬤇",
        "０",
        "%YAML 9.9",
        "---\n---\n",
        "null",
        "~",
        "-1",
        "1e999",
    ),
    *(
        "2026-99-99",
        "[]",
        "{}",
        "''",
        "9" * 5000,
        "99999999",
        "<script>",
        "../../etc",
        "a" * 100_000,
        "閏十三月",
        "元年",
        "乙丑朔",
        "「",
        "」」",
    ),
)


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.choice([1, 3, 20, 500, len(data)]) :]


def line(change: Callable[[list[bytes], int, random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def changed(data: bytes, chance: random.Random) -> bytes:
        lines = data.split(b"\n")
        change(lines, chance.randrange(len(lines)), chance)
        return b"\n".join(lines)

    return changed


def doubled(lines: list[bytes], at: int, _: random.Random) -> None:
    lines.insert(at, lines[at])


def dropped(lines: list[bytes], at: int, _: random.Random) -> None:
    del lines[at]


def swapped(lines: list[bytes], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def indented(lines: list[bytes], at: int, chance: random.Random) -> None:
    lines[at] = chance.choice([b" ", b"  ", b"\t", b"- "]) + lines[at]


def valued(lines: list[bytes], at: int, chance: random.Random) -> None:
    key, colon, _ = lines[at].partition(b":")
    lines[at] = key + colon + b" " + chance.choice(NASTY).encode(errors="replace")


def inserted(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(NASTY).encode(errors="replace") + data[at:]


def transcoded(data: bytes, chance: random.Random) -> bytes:
    return data.decode(errors="replace").encode(
        chance.choice(["utf-16", "gb18030", "big5", "utf-8-sig"]), errors="replace"
    )


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(flipped, cut, inserted, transcoded),
    *(line(change) for change in (doubled, dropped, swapped, indented, valued, valued, valued)),
)


def mutated(corpus: Path, chance: random.Random) -> str:
    """Break a file of a corpus; return which one, and how."""
    path = chance.choice([path for path in sorted(corpus.rglob("*")) if path.is_file() and path.stat().st_size])
    change = chance.choice(CHANGES)
    path.write_bytes(change(path.read_bytes(), chance))
    if chance.random() < 0.05:
        path.unlink()
    return f"{path.relative_to(corpus)}: {change.__qualname__}"


def attempt(source: Path, chance: random.Random, *, publish: bool) -> str:
    """Break a corpus and read it; return how it was broken and the result. Raises any error but CorpusError."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        shutil.copytree(source, corpus)
        done = [mutated(corpus, chance) for _ in range(chance.choice([1, 1, 2]))]
        try:
            edition = build.make(corpus)
            if publish:
                for _ in site.files(edition):
                    pass
        except CorpusError as error:
            text = str(error)
            assert len(text.splitlines()) == 1, text
            return f"{done}: {text}"
        except Exception as error:
            error.add_note(f"{source}: {done}")
            raise
    return f"{done}: read"


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assemble(tmp_path_factory.mktemp("mini"))


@settings(max_examples=2000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(use_true_random=False), publish=st.integers(0, 9).map(lambda n: n == 0))
def test_a_broken_corpus_is_one_line(mini: Path, chance: random.Random, publish: bool) -> None:
    attempt(mini, chance, publish=publish)


@pytest.mark.parametrize("number", range(1000, 1025))
def test_the_edition_broken_is_one_line(number: int) -> None:
    attempt(ROOT / "corpus", random.Random(number), publish=False)  # noqa: S311 (which place to break)


if __name__ == "__main__":
    failures = 0
    with tempfile.TemporaryDirectory() as place:
        start = int(sys.argv[2]) if len(sys.argv) > 2 else 0
        for n in range(start, start + int(sys.argv[1])):
            source = ROOT / "corpus" if n % 4 == 0 else assemble(Path(place) / str(n))
            try:
                attempt(source, random.Random(n), publish=n % 4 == 1)  # noqa: S311
            except Exception as error:  # noqa: BLE001 (that there is none is what is tried)
                failures += 1
                sys.stdout.write(f"{n}: {type(error).__name__} {str(error)[:200]} {getattr(error, '__notes__', '')}\n")
    sys.stdout.write(f"{failures} tracebacks\n")
    sys.exit(bool(failures))
