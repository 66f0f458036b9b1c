"""Print wall time and peak memory of a full build, and the time of rebuilds.

    python bench/speed.py [RUNS]

A full build runs `build.py build` in a process of its own, including start-up, with no site there yet; then once more
with the site up to date. Rebuilds after an edited note and an edited emendation are those of `serve`: in the same
process and without downloads. Everything is written to a temporary folder, from a copy of the corpus.
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
from edition.cache.memo import Memo  # noqa: E402


def full(corpus: Path, out: Path) -> tuple[float, float]:
    """Run a build in a process of its own; return seconds and peak memory in MB."""
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "build.py"), "build", "--corpus", str(corpus), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the build failed")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on macOS, in KiB elsewhere
    return time.perf_counter() - start, usage.ru_maxrss * unit / 1e6


def rebuild(corpus: Path, out: Path, memo: Memo, file: Path, edit: tuple[str, str]) -> float:
    """Edit a file, rebuild in this process, undo the edit; return the seconds of the build."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(*edit, 1), encoding="utf-8")
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        build(corpus, out, "", only_html=True, memo=memo)
    seconds = time.perf_counter() - start
    file.write_text(text, encoding="utf-8")
    return seconds


def main() -> None:
    """Measure, and print median, minimum and maximum of each figure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # use the bytecode cache, as on most machines
    with tempfile.TemporaryDirectory() as folder:
        corpus, out = Path(folder) / "corpus", Path(folder) / "site"
        shutil.copytree(ROOT / "corpus", corpus)
        full(corpus, out)  # warms up the caches of the operating system
        builds = []
        for _ in range(runs):
            shutil.rmtree(out)
            os.sync()  # otherwise pending writes of the removal slow down the build
            builds.append(full(corpus, out))
        unchanged = [full(corpus, out)[0] for _ in range(runs)]
        pages = sum(1 for _ in out.rglob("*.html"))
        memo, notes, apparatus = Memo(), *(next(corpus.glob(f"*/{name}.yaml")) for name in ("notes", "apparatus"))
        for turn in range(-2, 0):
            rebuild(corpus, out, memo, notes, ("text: ", f"text: （{turn}）"))
        noted = [rebuild(corpus, out, memo, notes, ("text: ", f"text: （{n}）")) for n in range(runs)]
        emended = [rebuild(corpus, out, memo, apparatus, ("evidence: ", f"evidence: （{n}）")) for n in range(runs)]
        rows = [
            ("full build", "s", [seconds for seconds, _ in builds]),
            ("peak memory", "MB", [memory for _, memory in builds]),
            ("nothing has changed", "s", unchanged),
            ("after an edited note", "s", noted),
            ("after an emendation", "s", emended),
        ]
    print(f"{pages} pages, {runs} runs, Python {sys.version.split()[0]}")
    for name, unit, values in rows:
        print(f"{name:24}{statistics.median(values):8.2f} {unit}   ({min(values):.2f} – {max(values):.2f})")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'this process at its peak':24}{own * (1 if sys.platform == 'darwin' else 1024) / 1e6:8.2f} MB")


if __name__ == "__main__":
    main()
