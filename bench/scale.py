"""Print how time and memory of a build grow with the corpus: ``python -m bench.scale [TIMES …]``.

    python -m bench.scale               default: 10 100
    python -m bench.scale 10 100 1000   the last writes some 950,000 files, 15 GB, in twenty minutes

Corpora that are a multiple of this one are generated (`bench.corpora`) and built completely (both scripts, all
downloads), each in a process of its own. Costs are printed per passage, with their ratio to those of the first corpus:
1.00 means linear growth.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.corpora import generate

ROOT = Path(__file__).parents[1]


def cost(corpus: Path, out: Path) -> tuple[float, float, float]:
    """Run a build; return wall time and CPU time in seconds, and peak memory in MB."""
    start = time.perf_counter()
    command = [sys.executable, str(ROOT / "build.py"), "--corpus", str(corpus), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("the build failed")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6


def passages(corpus: Path) -> int:
    """Return the number of passages in the registry of a corpus."""
    return (corpus / "permalinks.json").read_text(encoding="utf-8").count('"state"')


def main() -> None:
    """Measure and print every size given on the command line."""
    sizes = [float(times) for times in sys.argv[1:]] or [10.0, 100.0]
    first: tuple[float, ...] = ()
    head = f"{'times':>6} {'passages':>9} {'seconds':>9} {'CPU':>9} {'MB':>7}"
    print(f"{head}    per passage: ms, ms of CPU time, kB; in brackets the ratio to the first")
    for times in sizes:
        with tempfile.TemporaryDirectory() as folder:
            corpus = Path(folder) / "corpus"
            generate(times, corpus)
            seconds, cpu, memory = cost(corpus, Path(folder) / "site")
            number = passages(corpus)
            shutil.rmtree(folder, ignore_errors=True)
            Path(folder).mkdir()
        each = tuple(value * 1000 / number for value in (seconds, cpu, memory))
        first = first or each
        ratios = "  ".join(f"{value:6.2f} ({value / least:4.2f})" for value, least in zip(each, first, strict=True))
        print(f"{times:6.0f} {number:9,} {seconds:9.1f} {cpu:9.1f} {memory:7.0f}    {ratios}", flush=True)


if __name__ == "__main__":
    main()
