"""The commands, deterministic output, and atomic replacement of the site."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import build
from bench.corpora import generate
from edition.publish import site
from edition.publish.folder import progress
from tests.corpora import HERE, assemble

ROOT = HERE.parent
MINI_FILES = 60  # fewer than any build of the mini-corpus writes


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=os.environ | environment, timeout=120
    )


def digest(folder: Path) -> str:
    """Return a digest of the names and contents of all files below a folder."""
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


def test_the_order_of_a_folder_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File systems list files in arbitrary order."""
    corpus = assemble(tmp_path)
    made = dict(site.files(build.make(corpus)))
    scandir, listdir = os.scandir, os.listdir

    def backwards(path: str) -> contextlib.AbstractContextManager[Iterator[os.DirEntry[str]]]:
        with scandir(path) as entries:
            found = sorted(entries, key=lambda entry: entry.name, reverse=True)
        return contextlib.nullcontext(iter(found))

    monkeypatch.setattr(os, "scandir", backwards)
    monkeypatch.setattr(os, "listdir", lambda path: sorted(listdir(path), reverse=True))
    assert [path.name for path in corpus.iterdir()] == sorted((p.name for p in corpus.iterdir()), reverse=True)
    again = dict(site.files(build.make(corpus)))
    assert list(again) == list(made)
    assert again == made


@pytest.mark.parametrize("python", ["python3.12", "python3.13"])
def test_another_python_makes_the_same_bytes(python: str, tmp_path: Path) -> None:
    """If one is installed: with the packages of this Python that need no compiler."""
    code = "import sys; sys.path[:0] = sys.argv[1].split(':'); import yaml, jinja2, markdown_it, opencc"
    packages = [path for path in sys.path if path.endswith("site-packages")]
    known = (
        subprocess.run([python, "-c", code, ":".join(packages)], capture_output=True, check=False)
        if shutil.which(python)
        else None
    )
    if known is None or known.returncode:
        pytest.skip(f"no {python} with the packages of the site")
    assert run("--out", str(tmp_path / "here")).returncode == 0
    environment = os.environ | {"PYTHONPATH": ":".join(packages)}
    command = [python, str(ROOT / "build.py"), "--out", str(tmp_path / "there")]
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    assert digest(tmp_path / "here") == digest(tmp_path / "there")


def test_what_has_not_changed_is_not_built_again(tmp_path: Path) -> None:
    corpus, out, kept = assemble(tmp_path), tmp_path / "site", str(tmp_path / "cache")
    notes = corpus / "jinshi" / "notes.yaml"

    def built(*more: str) -> bool:
        done = run("--corpus", str(corpus), "--out", str(out), *more, XDG_CACHE_HOME=kept)
        assert done.returncode == 0, done.stderr
        assert re.search(r"files; nothing has changed$|files, \d+ of them pages, in \d+\.\d s", done.stdout.strip())
        return "nothing has changed" not in done.stdout

    assert built()
    page = out / "year" / "1119" / "index.html"
    first, good = digest(out), page.stat().st_mtime_ns
    assert not built()
    assert built("--site-url", "https://example.org/")
    assert built()
    assert digest(out) == first
    assert not built()
    page.write_text("spoilt", encoding="utf-8")
    assert built()
    assert digest(out) == first
    (out / "more.txt").write_text("of no build", encoding="utf-8")
    assert built()
    assert digest(out) == first
    notes.write_text(notes.read_text(encoding="utf-8").replace("1119年5月11日", "改後之註"), encoding="utf-8")
    assert built()
    assert "改後之註" in page.read_text(encoding="utf-8")
    assert page.stat().st_mtime_ns != good
    notes.write_text(notes.read_text(encoding="utf-8") + "- [", encoding="utf-8")
    for _ in range(2):  # what is broken is not forgotten either
        assert run("--corpus", str(corpus), "--out", str(out), XDG_CACHE_HOME=kept).returncode == 1


def test_a_build_without_a_folder_for_its_cache_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    corpus = assemble(tmp_path)
    for out, kept in (("a", tmp_path / "file"), ("b", tmp_path / "cache")):
        done = run("--corpus", str(corpus), "--out", str(tmp_path / out), XDG_CACHE_HOME=str(kept))
        assert (done.returncode, done.stderr) == (0, "")
    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_a_page_that_is_as_it_was_keeps_its_time(tmp_path: Path) -> None:
    corpus, out = assemble(tmp_path), tmp_path / "site"
    for release in (1, 2):
        text = (corpus / "jinshi" / "notes.yaml").read_text(encoding="utf-8")
        (corpus / "jinshi" / "notes.yaml").write_text(text.replace("1119年5月11日", f"註{release}"), encoding="utf-8")
        assert run("--corpus", str(corpus), "--out", str(out)).returncode == 0
        times = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
        if release == 1:
            before = times
            (corpus / "jinshi" / "notes.yaml").write_text(text, encoding="utf-8")
    changed = {path.relative_to(out).as_posix() for path, time in times.items() if before[path] != time}
    assert "year/1119/index.html" in changed
    assert not [path for path in changed if path.startswith(("event", "name", "era", "about"))]


def test_a_terminal_is_told_how_far_a_long_build_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [(str(n), b"") for n in range(3)]
    monkeypatch.setattr(progress, "PATIENCE", 0)
    assert list(progress.counted(files, "pages")) == files
    assert capsys.readouterr().err == ""  # piped
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(progress.counted(files, "pages")) == files
    said = capsys.readouterr().err
    assert said.startswith("\r1 pages …")
    assert said.endswith("\r\x1b[K")


def test_a_corpus_many_times_as_large_is_as_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = build.make(ROOT / "corpus")
    for times in (3, 0.2):
        generate(times, tmp_path / str(times))
        made = build.make(tmp_path / str(times))
        # The copies mark era names, also in quotations, with Latin letters; what notes speak of may have been cut off.
        # Counts of ordinary words and excuses are not copied.
        cut = {"LATIN", "QUOTE-OWN", "NAME-UNTAGGED", "DATING-CONFLICT"} | ({"LINK-DEAD"} if times < 1 else set())
        assert not [found for found in made.findings if found.code not in cut]
        assert times * 0.9 < len(made.passages) / len(edition.passages) <= max(times, 0.4)
        assert len(made.layers.events) >= len(edition.layers.events) * (2 if times > 1 else 0)
    assert capsys.readouterr().out == ""


def test_links_that_lead_out_are_listed(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    notes = corpus / "jinshi" / "notes.yaml"
    notes.write_text(
        notes.read_text(encoding="utf-8").replace("text: ", "text: '[a](https://example.org/) '#", 1), encoding="utf-8"
    )
    listed = run("check", "--links", "--corpus", str(corpus)).stdout.splitlines()
    assert any(line.startswith("https://example.org/\t") and "notes.yaml:" in line for line in listed), listed


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
    assert 'href="/annals/static/site.css"' in lost


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


def wait_for(url: str, words: str, without: str = "\0", seconds: float = 60) -> str:
    """Poll ``url`` until the page has some text and other text no longer; return the last page after a timeout."""
    page, until = "", time.monotonic() + seconds
    while (words not in page or without in page) and time.monotonic() < until:
        time.sleep(0.1)
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 (our own)
            page = answer.read().decode()
    return page


@contextlib.contextmanager
def serving(corpus: Path, site: Path) -> Iterator[Callable[..., str]]:
    """Serve a corpus; yield a function that waits until a page has some text and other text no longer."""
    port = free_port()
    where = ["--corpus", str(corpus), "--out", str(site), "--port", str(port)]
    command = [sys.executable, str(ROOT / "build.py"), "serve", *where]

    def shows(words: str, without: str = "\0") -> str:
        page = wait_for(f"http://127.0.0.1:{port}/year/1119/", words, without)
        assert words in page
        assert without not in page
        return page

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            yield shows
        finally:
            server.send_signal(signal.SIGINT)
            printed = server.communicate(timeout=60)[0].decode()
    assert "The site stays as it was." in printed
    assert "Traceback" not in printed


def test_serve_survives_broken_edits_and_shows_the_next_good_one(tmp_path: Path) -> None:
    corpus, site, alert = assemble(tmp_path), tmp_path / "site", '<p role="alert">'
    notes, text = corpus / "jinshi" / "notes.yaml", corpus / "jinshi" / "text.txt"
    good, words = notes.read_text(encoding="utf-8"), text.read_text(encoding="utf-8")
    with serving(corpus, site) as shows:
        page = shows("日有食之")
        assert "livereload" in page
        assert "unsafe-inline" in page
        assert "unsafe-inline" not in (site / "year" / "1119" / "index.html").read_text(encoding="utf-8")
        # broken YAML: the error on the page, the old site under it
        notes.write_text(good + "- [", encoding="utf-8")
        page = shows(alert)
        assert "notes.yaml" in page
        assert "日有食之" in page
        assert 'role="alert"' not in (site / "year" / "1119" / "index.html").read_text(encoding="utf-8")
        # mended by an editor that writes a file beside it and renames that
        aside = notes.with_name(".notes.yaml.swp")
        aside.write_text(good.replace("1119年5月11日", "改後之註"), encoding="utf-8")
        aside.replace(notes)
        shows("改後之註", without=alert)
        # a file that is deleted, and comes back
        text.unlink()
        assert "FILE-MISSING" in shows(alert)
        text.write_text(words, encoding="utf-8")
        shows("日有食之", without=alert)
        # a link to a folder, which is no file that could change
        (corpus / "again").symlink_to(corpus)
        assert "FILE-LINK" in shows(alert)
        (corpus / "again").unlink()
        shows("日有食之", without=alert)
        # two edits within a second
        for mark in ("其一", "其二"):
            notes.write_text(good.replace("1119年5月11日", mark), encoding="utf-8")
            shows(mark)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "site"]


def test_serve_shows_what_comes_in_the_place_of_a_corpus(tmp_path: Path) -> None:
    """As after switching branches or restoring a copy: all files are older than the server."""
    corpus, alert = assemble(tmp_path), '<p role="alert">'
    for name in ("其一", "其二"):
        notes = shutil.copytree(corpus, tmp_path / name) / "jinshi" / "notes.yaml"
        notes.write_text(notes.read_text(encoding="utf-8").replace("1119年5月11日", name), encoding="utf-8")
    with serving(corpus, tmp_path / "site") as shows:
        shows("1119年5月11日")
        shutil.rmtree(corpus)
        (tmp_path / "其一").rename(corpus)
        shows("其一", without=alert)
        shutil.rmtree(corpus)
        shows(alert)
        (tmp_path / "其二").rename(corpus)
        shows("其二", without=alert)


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
