"""Print what a build costs: wall time and peak memory of a full build, and the time of a rebuild after one edit.

    python bench/speed.py [RUNS]

A full build is `build.py build` as its own process, start-up and all. A rebuild is what `serve` does when a note
has been edited: the same process builds again. Both write into a temporary folder, from a copy of the corpus.
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from build import build  # noqa: E402 (the path must be set first)


def full(corpus: Path, out: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a build in its own process."""
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "build.py"), "build", "--corpus", str(corpus), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the build failed")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on macOS, in KiB elsewhere
    return time.perf_counter() - start, usage.ru_maxrss * unit / 1e6


def rebuild(corpus: Path, out: Path, run: int) -> float:
    """Seconds of a build in this process, after a note was edited."""
    notes = next(corpus.glob("*/notes.yaml"))
    text = notes.read_text(encoding="utf-8")
    notes.write_text(text.replace("text: ", f"text: （{run}）", 1), encoding="utf-8")
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        build(corpus, out, "")
    return time.perf_counter() - start


def main() -> None:
    """Measure, and print the median, the least and the most of each."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder) / "corpus", Path(folder) / "site"
        shutil.copytree(ROOT / "corpus", corpus)
        full(corpus, out)  # fills the caches of the system
        builds = [full(corpus, out) for _ in range(runs)]
        rebuild(corpus, out, -1)
        rebuilds = [rebuild(corpus, out, run) for run in range(runs)]
        pages = sum(1 for _ in out.rglob("*.html"))
        rows = [
            ("full build", "s", [seconds for seconds, _ in builds]),
            ("peak memory", "MB", [memory for _, memory in builds]),
            ("rebuild after one note", "s", rebuilds),
        ]
    print(f"{pages} pages, {runs} runs, Python {sys.version.split()[0]}")
    for name, unit, values in rows:
        print(f"{name:24}{statistics.median(values):8.2f} {unit}   ({min(values):.2f} – {max(values):.2f})")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'this process at its peak':24}{own * (1 if sys.platform == 'darwin' else 1024) / 1e6:8.2f} MB")


if __name__ == "__main__":
    main()
