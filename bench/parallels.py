"""Print time and memory of the finder of parallels: ``python -m bench.parallels [FOLDER …]``.

Each folder is compared with the edition by itself, in a process of its own. Without a folder, books of 1, 2 and 4
million characters are made, of pieces of two or three characters of the edition in random order, so that every seed is
common, with a sentence now and then. Time per character must not grow with the length.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from edition.model.scripts import han

ROOT = Path(__file__).parents[1]
#: Characters of a juan of a made book.
JUAN = 8_000
#: How many of its pieces are sentences.
QUOTED = 0.001


def cost(folder: Path) -> tuple[float, float, float]:
    """Search a folder; return wall time and CPU time in seconds, and peak memory in MB."""
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "build.py"), "parallels", "--against", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the search failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6


def write(folder: Path, characters: int) -> None:
    """Write a book of so many characters, a folder of files with a juan each."""
    order = random.Random(1123)  # noqa: S311 (it must be the same every time)
    text = "".join(han(path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("corpus/*/text.txt")))
    for number in range(characters // JUAN):
        pieces: list[str] = []
        while sum(map(len, pieces)) < JUAN:
            start = order.randrange(len(text))
            pieces.append(
                text[start : start + (order.randint(20, 60) if order.random() < QUOTED else order.randint(2, 3))]
            )
        (folder / f"{number:04}.txt").write_text("".join(pieces), encoding="utf-8")


def show(name: str, folder: Path) -> None:
    """Print a line for a folder."""
    characters = sum(len(han(path.read_text(encoding="utf-8-sig"))) for path in folder.rglob("*.txt"))
    seconds, cpu, memory = cost(folder)
    each = cpu / max(characters, 1) * 1e6
    print(f"{name:28} {characters:11,} {seconds:8.1f} {cpu:8.1f} {memory:6.0f} {each:6.2f}", flush=True)


def main() -> None:
    """Measure the folders on the command line, or made books."""
    print(f"{'folder':28} {'characters':>11} {'seconds':>8} {'CPU':>8} {'MB':>6} {'µs':>6} of CPU per character")
    for name in sys.argv[1:]:
        show(Path(name).name, Path(name))
    for millions in (1, 2, 4) if not sys.argv[1:] else ():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), millions * 1_000_000)
            show(f"made, {millions} million", Path(folder))


if __name__ == "__main__":
    main()
