"""Killed builds, full disks and concurrent builds: the site is always the old one or the new one.

``python -m tests.publish.folder.test_faults 200 1000`` kills 200 builds, and exchanges the site 1,000 times while it is
read.
"""

from __future__ import annotations

import contextlib
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

import build
from edition.publish.folder import write as output
from tests.corpora import assemble
from tests.test_build import ROOT, digest, run


def kill(place: Path, times: int) -> int:
    """Kill builds at random moments; the site must be the old or the new one. Return how often it was the new one."""
    corpus, site = assemble(place), place / "site"
    arguments = ("--corpus", str(corpus), "--out", str(site))
    edition_file = corpus / "edition.yaml"
    texts = [edition_file.read_text(encoding="utf-8").replace('release: "1"', f'release: "{n}"') for n in (1, 2)]
    seen = []
    for n, text in enumerate(texts):
        edition_file.write_text(text, encoding="utf-8")
        start = time.perf_counter()
        assert run("--corpus", str(corpus), "--out", str(place / f"made{n}")).returncode == 0
        length = time.perf_counter() - start
        seen.append(digest(place / f"made{n}"))
    assert run(*arguments).returncode == 0
    chance = random.Random(1122)  # noqa: S311 (moments, not secrets)
    new = 0
    for turn in range(times):
        before = digest(site)
        edition_file.write_text(texts[turn % 2], encoding="utf-8")
        command = [sys.executable, str(ROOT / "build.py"), *arguments]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(length * chance.uniform(0.2, 1.1))
            process.send_signal(signal.SIGKILL)
        after = digest(site)
        assert after in {before, seen[turn % 2]}
        new += after == seen[turn % 2] != before
    assert run(*arguments).returncode == 0  # nothing need be cleaned up
    assert digest(site) == seen[(times - 1) % 2]
    assert sorted(path.name for path in place.iterdir()) == ["corpus", "made0", "made1", "site"]
    return new


def exchange(place: Path, times: int) -> int:
    """Exchange a site repeatedly while a page is read; every read must be complete. Return the number of reads."""
    site = place / "site"
    bodies = {release: b'{"release": %d}' % release for release in (0, 1)}

    def write(release: int) -> None:
        files = [("data/edition.json", bodies[release]), ("index.html", bodies[release] * 1000)]
        output.write(site, files)

    write(0)
    wrong: list[str] = []
    read = 0
    done = threading.Event()

    def look() -> None:
        nonlocal read
        while not done.is_set():
            read += 1
            try:
                content = (site / "index.html").read_bytes()
            except OSError as error:
                wrong.append(str(error))
            else:
                if content not in {body * 1000 for body in bodies.values()}:
                    wrong.append("torn")

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(times):
        seen = read
        write(turn % 2)
        while read == seen and reader.is_alive():  # however little the reader is let run
            time.sleep(0)
    done.set()
    reader.join()
    assert wrong == []
    return read


def test_a_killed_build_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    kill(tmp_path, 16)


def test_a_reader_never_misses_a_page_while_sites_are_exchanged(tmp_path: Path) -> None:
    assert exchange(tmp_path, 200) >= 200


def test_two_builds_at_once_give_one_line(tmp_path: Path) -> None:
    with output._lock(tmp_path / "site"):
        done = run("--corpus", str(assemble(tmp_path)), "--out", str(tmp_path / "site"))
        beside = run("--corpus", str(tmp_path / "corpus"), "--out", str(tmp_path / "beside"))
    assert done.returncode == 1
    assert "OUTPUT another build is writing here" in done.stderr
    assert not (tmp_path / "site").exists()
    assert beside.returncode == 0  # another site in the same folder is another matter


def test_without_room_the_old_site_stays(tmp_path: Path) -> None:
    corpus, site = assemble(tmp_path), tmp_path / "site"
    arguments = ("--corpus", str(corpus), "--out", str(site))
    assert run(*arguments).returncode == 0
    old = digest(site)
    text = (corpus / "edition.yaml").read_text(encoding="utf-8")
    (corpus / "edition.yaml").write_text(text.replace('release: "1"', 'release: "2"'), encoding="utf-8")
    for room in (0, 1_000, 20_000):  # the largest file that may be written, which is what a full disk comes to
        done = subprocess.run(
            [sys.executable, str(ROOT / "build.py"), *arguments],
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda room=room: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),  # type: ignore[misc]
        )
        assert done.returncode == 1
        [line] = done.stderr.splitlines()
        assert re.search(r":1: (OUTPUT cannot write the site here: File too large|SYSTEM )", line), line
        assert digest(site) == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "site"]


@pytest.mark.parametrize("name", ["text.txt", "notes.yaml", "work.yaml"])
def test_a_file_that_vanishes_while_it_is_read_is_one_line(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = assemble(tmp_path)
    known, there = Path.read_bytes, Path.exists

    def read_bytes(path: Path) -> bytes:
        if path.name == name and path.parent.name == "jinshi":
            path.unlink(missing_ok=True)  # it was there when the folder was listed
        return known(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(Path, "exists", lambda path: path.name == name or there(path))
    assert build.main(["--corpus", str(corpus), "--out", str(tmp_path / "site")]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert f"jinshi/{name}:1: FILE-MISSING " in line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus"]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        kills, exchanges = int(sys.argv[1]), int(sys.argv[2])
        sys.stdout.write(f"{kills} builds killed, {kill(Path(one), kills)} of them after the exchange: none torn\n")
        sys.stdout.write(
            f"{exchanges} exchanges, {exchange(Path(other), exchanges)} readings: none missed, none torn\n"
        )
