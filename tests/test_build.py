"""The commands, and the laws of output: the same bytes every time, the old site or the new one, never between."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

import build
from edition.publish import output
from tests.corpora import HERE, assemble

ROOT = HERE.parent
MINI_FILES = 60  # fewer than any build of the mini-corpus writes


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=os.environ | environment, timeout=120
    )


def digest(folder: Path) -> str:
    """A hash over the names and contents of all files below a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    first = run("--out", str(tmp_path / "a"), PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C")
    second = run(
        "build",
        "--out",
        str(tmp_path / "deep" / "b"),
        cwd=tmp_path,
        PYTHONHASHSEED="1",
        TZ="Asia/Taipei",
        LC_ALL="C.UTF-8",
    )
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert digest(tmp_path / "a") == digest(tmp_path / "deep" / "b")


def test_a_killed_build_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    site = tmp_path / "site"
    arguments = ("--corpus", str(corpus), "--out", str(site))
    edition_file = corpus / "edition.yaml"
    old = edition_file.read_text(encoding="utf-8")
    assert run(*arguments).returncode == 0
    seen = {digest(site)}
    edition_file.write_text(old.replace('release: "1"', 'release: "2"'), encoding="utf-8")
    start = time.perf_counter()
    assert run(*arguments, "--out", str(tmp_path / "new")).returncode == 0
    length = time.perf_counter() - start
    seen.add(digest(tmp_path / "new"))
    chance = random.Random(1122)  # noqa: S311 (moments, not secrets)
    for _ in range(15):
        command = [sys.executable, str(ROOT / "build.py"), *arguments]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(length * chance.uniform(0.2, 1.1))
            process.send_signal(signal.SIGKILL)
        assert digest(site) in seen
    assert run(*arguments).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "new", "site"]


def test_a_reader_never_misses_a_page_while_sites_are_exchanged(tmp_path: Path) -> None:
    site = tmp_path / "site"
    bodies = {release: b'{"release": %d}' % release for release in (0, 1)}

    def write(release: int) -> None:
        output.write(site, [("data/edition.json", bodies[release]), ("index.html", bodies[release] * 1000)])

    write(0)
    missed: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                content = (site / "index.html").read_bytes()
            except OSError as error:
                missed.append(str(error))
            else:
                if content not in {body * 1000 for body in bodies.values()}:
                    missed.append("torn")

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(200):
        write(turn % 2)
    done.set()
    reader.join()
    assert missed == []


def test_two_builds_at_once_give_one_line(tmp_path: Path) -> None:
    with output._lock(tmp_path / "site"):
        done = run("--corpus", str(assemble(tmp_path)), "--out", str(tmp_path / "site"))
    assert done.returncode == 1
    assert "OUTPUT another build is writing here" in done.stderr
    assert not (tmp_path / "site").exists()


def test_options_stand_before_or_after_the_command(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    for arguments in (["--out", "a", "build"], ["build", "--out", "b"], ["--out", "c"]):
        assert run(*arguments, "--corpus", str(corpus), cwd=tmp_path).returncode == 0
    assert digest(tmp_path / "a") == digest(tmp_path / "b") == digest(tmp_path / "c")


def test_the_least_corpus_builds(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    for path in ("edition.yaml", "script.yaml", "permalinks.json"):
        (corpus / path).unlink()
    (corpus / "edition.yaml").write_text("title: 遼史\nworks: [liaoshi]\n", encoding="utf-8")
    (corpus / "liaoshi").mkdir()
    least = "title: 遼史\njuan: 27\nscript: hant\nstate: 遼\nopens: 天慶五年\n"
    (corpus / "liaoshi" / "work.yaml").write_text(least, encoding="utf-8")
    (corpus / "liaoshi" / "text.txt").write_text("八月，天祚下詔親征。\n十一月，敗績。\n", encoding="utf-8")
    assert run("--corpus", str(corpus), "--out", str(tmp_path / "site")).returncode == 0
    passages = json.loads((tmp_path / "site" / "data" / "passages.json").read_text(encoding="utf-8"))["passages"]
    assert [(p["id"], p["year"], p["basis"]) for p in passages] == [
        ("liaoshi.27.tianqing5.8.1", 1115, "editorial"),
        ("liaoshi.27.tianqing5.11.1", 1115, "editorial"),
    ]
    assert (tmp_path / "site" / "liaoshi" / "27" / "tianqing5" / "8" / "1" / "index.html").is_file()


def test_a_work_of_several_juan_carries_its_year(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    (corpus / "edition.yaml").write_text("title: 試\nworks: [liaoshi]\n", encoding="utf-8")
    for juan, text in ((27, "天慶四年秋七月，下詔。\n"), (28, "八月，親征。\n五年春正月，雪。\n")):
        (corpus / "liaoshi" / str(juan)).mkdir(parents=True)
        (corpus / "liaoshi" / str(juan) / "text.txt").write_text(text, encoding="utf-8")
    (corpus / "liaoshi" / "28" / "juan.yaml").write_text("chapter: 天祚皇帝二\n", encoding="utf-8")
    (corpus / "liaoshi" / "work.yaml").write_text("title: 遼史\nscript: hant\nstate: 遼\n", encoding="utf-8")
    for layer in ("permalinks.json", "script.yaml"):
        (corpus / layer).unlink()
    edition = build.make(corpus)
    assert list(edition.passages) == [
        "liaoshi.27.tianqing4.7.1",
        "liaoshi.28.tianqing4.8.1",
        "liaoshi.28.tianqing5.1.1",
    ]
    assert [juan.chapter.hant for juan in edition.works["liaoshi"].juans] == ["", "天祚皇帝二"]


def test_absolute_links_come_from_the_site_url(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    arguments = ("--corpus", str(corpus), "--out", str(tmp_path / "site"), "--site-url", "https://example.org/annals")
    assert run(*arguments).returncode == 0
    html = (tmp_path / "site" / "hans" / "year" / "1119" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/annals/hans/year/1119/">' in html
    assert '<link rel="cite-as" href="https://example.org/annals/year/1119/">' in html
    lost = (tmp_path / "site" / "404.html").read_text(encoding="utf-8")
    assert 'href="/annals/static/tokens.css"' in lost


def test_register_writes_only_when_it_is_meant(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    registry = corpus / "permalinks.json"
    registry.unlink()
    dry = run("register", "--dry-run", "--corpus", str(corpus))
    assert dry.stdout.endswith("11 changes, not written\n")
    assert not registry.exists()
    assert run("register", "--corpus", str(corpus)).stdout.endswith("11 changes\n")
    assert registry.read_bytes() == (HERE / "mini" / "permalinks.json").read_bytes()
    assert run("register", "--corpus", str(corpus)).stdout == "0 changes: the registry is up to date\n"


def test_a_new_work_is_a_folder_that_says_what_to_fill_in(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    assert run("--corpus", str(corpus), "new", "liaoshi").returncode == 0
    work = (corpus / "liaoshi" / "work.yaml").read_text(encoding="utf-8")
    assert all(f"{field}: " in work for field in ("title", "juan", "script", "state", "opens", "reckoning"))
    for taken in ("liaoshi", "year", "Liao"):
        again = run("--corpus", str(corpus), "new", taken)
        assert (again.returncode, " SLUG " in again.stderr) == (1, True)
    (corpus / "edition.yaml").write_text("title: 試\nworks: [liaoshi]\n", encoding="utf-8")
    assert "TEXT-EMPTY" in run("--corpus", str(corpus), "--out", str(tmp_path / "site")).stderr


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(url: str, words: str, seconds: float = 20) -> str:
    """The page at ``url`` once it has some words; the last one seen if it never has."""
    page, until = "", time.monotonic() + seconds
    while words not in page and time.monotonic() < until:
        time.sleep(0.1)
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (our own)
            page = answer.read().decode()
    return page


def test_serve_survives_a_broken_edit_and_shows_the_next_good_one(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    site, port = tmp_path / "site", free_port()
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--corpus", str(corpus), "--out", str(site)]
    notes = corpus / "jinshi" / "notes.yaml"
    good = notes.read_text(encoding="utf-8")
    url = f"http://127.0.0.1:{port}/year/1119/"
    with subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            page = wait_for(url, "日有食之")
            assert "livereload" in page
            assert "unsafe-inline" in page
            assert "unsafe-inline" not in (site / "year" / "1119" / "index.html").read_text(encoding="utf-8")
            time.sleep(1.5)  # a change of the same second as the start is not seen as one
            notes.write_text(good + "- [", encoding="utf-8")
            time.sleep(2)
            assert "日有食之" in wait_for(url, "日有食之")
            notes.write_text(good.replace("1119年5月11日", "改後之註"), encoding="utf-8")
            assert "改後之註" in wait_for(url, "改後之註")
        finally:
            server.send_signal(signal.SIGINT)
            printed = server.communicate(timeout=20)[0].decode()
    assert "The site stays as it was." in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "&amp;"])
def test_text_never_becomes_markup(text: str, tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    (corpus / "permalinks.json").unlink()
    quoted = json.dumps(text)
    (corpus / "edition.yaml").write_text(f"title: {quoted}\nworks: [jinshi]\n", encoding="utf-8")
    (corpus / "jinshi" / "notes.yaml").unlink()
    work = (corpus / "jinshi" / "work.yaml").read_text(encoding="utf-8")
    (corpus / "jinshi" / "work.yaml").write_text(work.replace("試用。", quoted), encoding="utf-8")
    body = (corpus / "jinshi" / "text.txt").read_text(encoding="utf-8")
    (corpus / "jinshi" / "text.txt").write_text(body.replace("来见。", f"来见{text}。"), encoding="utf-8")
    assert run("--corpus", str(corpus), "--out", str(tmp_path / "site")).returncode == 0
    for path in (tmp_path / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "<script>" not in html
        assert "<img" not in html
        assert "49" not in html or "{{ 7 * 7 }}" not in text or "{{ 7 * 7 }}" in html
