"""Invalid input: an error of one line with file, line, code and remedy; exit status 1; the old site unchanged."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

import build
from edition.paths import TEMPLATES
from edition.publish import site
from tests.corpora import HERE, assemble

FOLDERS = sorted(path for path in (HERE / "read" / "errors").iterdir() if path.is_dir())
LINE = re.compile(r"^corpus/[^:]+:\d+: [A-Z]+(-[A-Z]+)* \S.*$")


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def fails(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Build into a folder with an earlier site; assert that it is unchanged, and return the line of the error."""
    monkeypatch.chdir(folder)
    site = folder / "site"
    (site / "data").mkdir(parents=True)
    (site / "data" / "edition.json").write_text("{}", encoding="utf-8")
    (site / "index.html").write_text("the old site", encoding="utf-8")
    before = snapshot(site)
    assert build.main(["build", "--corpus", "corpus", "--out", "site"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert snapshot(site) == before
    assert sorted(path.name for path in folder.iterdir()) == ["corpus", "site"]
    return captured.err.rstrip("\n")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_bad_input_is_one_clear_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path, folder)
    line = fails(tmp_path, monkeypatch, capsys)
    assert LINE.match(line)
    assert line == (folder / "expected.txt").read_text(encoding="utf-8").rstrip("\n")


def test_another_encoding_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = assemble(tmp_path)
    (corpus / "jinshi" / "notes.yaml").write_bytes("# \n- 遼\n".encode("big5"))
    assert fails(tmp_path, monkeypatch, capsys).startswith("corpus/jinshi/notes.yaml:2: ENCODING byte 5 (0xbf)")


@pytest.mark.parametrize("missing", ["edition.yaml", "jinshi/work.yaml", "jinshi/text.txt", "calendar/eras.yaml"])
def test_a_missing_file_is_named(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (assemble(tmp_path) / missing).unlink()
    assert fails(tmp_path, monkeypatch, capsys).startswith(f"corpus/{missing}:1: FILE-MISSING ")


@pytest.mark.parametrize("linked", ["pages", "pages/secret.md", "jinshi", "jinshi/notes.yaml", "calendar/eras.yaml"])
def test_no_link_leads_out_of_the_corpus(
    linked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = assemble(tmp_path)
    (corpus / "pages").mkdir(exist_ok=True)
    (corpus / "pages" / "about.md").write_text("---\ntitle: 試\n---\n試\n", encoding="utf-8")
    path, outside = corpus / linked, tmp_path / "corpus-of-another"
    if path.exists():
        path.rename(outside)
    else:
        outside.write_text("---\ntitle: 試\n---\n密\n", encoding="utf-8")
    path.symlink_to(outside)
    monkeypatch.chdir(tmp_path)
    assert build.main(["--corpus", "corpus", "--out", "site"]) == 1
    assert re.match(rf"corpus/{linked}:1: FILE-LINK ", capsys.readouterr().err)


@pytest.mark.thorough
def test_the_corpus_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(assemble(tmp_path))
    assert build.main(["--corpus", str(tmp_path / "link"), "--out", str(tmp_path / "site")]) == 0


def test_what_an_editor_leaves_beside_a_file_is_no_page(tmp_path: Path) -> None:
    corpus = assemble(tmp_path)
    (corpus / "pages").mkdir(exist_ok=True)
    (corpus / "pages" / ".#about.md").symlink_to("someone@host.1234")
    assert not [page for page in build.make(corpus).pages if page.slug.startswith(".")]


def test_a_folder_that_is_no_site_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("keep me", encoding="utf-8")
    (tmp_path / "file").write_text("keep me", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "letters")
    for out in ("letters", "file", "link", "file/below"):
        assert build.main(["build", "--corpus", "corpus", "--out", out]) == 1
        assert re.match(rf"{out}:1: OUTPUT .*--out\n$", capsys.readouterr().err)
    assert (tmp_path / "letters" / "dear.txt").read_text(encoding="utf-8") == "keep me"


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("pages/year.html", "{% block main %}", "{% block main %}\n{% if %}", "TEMPLATE Expected an expression"),
        ("pages/year.html", "{% block main %}", "{% block main %}\n{{ nichts }}", "TEMPLATE 'nichts' is undefined"),
        ("pages/work.html", "{% block main %}", "{% block main %}\n{{ t.nichts }}", "TEMPLATE 'dict object' has no"),
        ("base.html", "</footer>", "{{ nichts }}</footer>", "TEMPLATE 'nichts' is undefined"),
        ("pages/404.html", "", None, "FILE-MISSING there is no such file"),
        ("macros/text.html", "", None, "FILE-MISSING there is no such file"),
        ("pages/passage.html", "", "\ufeff", "ENCODING begins with a byte order mark"),
    ],
)
def test_a_fault_in_a_template_is_one_line(
    name: str,
    old: str,
    new: str | None,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In the first process or in one beside it, while it is compiled or printed."""
    assemble(tmp_path)
    templates = tmp_path / "corpus" / "templates"
    shutil.copytree(TEMPLATES, templates)
    monkeypatch.setattr(site, "TEMPLATES", templates)
    path, line = templates / name, 1
    if new is None:
        path.unlink()
    else:
        words = path.read_text(encoding="utf-8").replace(old, new, 1)
        path.write_text(words, encoding="utf-8")
        line = 1 + words.count("\n", 0, words.index(new)) + new.count("\n")
    assert fails(tmp_path, monkeypatch, capsys).startswith(f"{path}:{line}: {said}")


@pytest.mark.thorough
def test_a_style_sheet_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path)
    monkeypatch.setattr(site, "STATIC", tmp_path / "corpus")
    assert fails(tmp_path, monkeypatch, capsys).startswith(f"{tmp_path}/corpus/base/tokens.css:1: FILE-MISSING ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "locked").mkdir(mode=0o500)
    assert build.main(["build", "--corpus", "corpus", "--out", "locked/site"]) == 1
    assert capsys.readouterr().err.startswith("locked/site:1: OUTPUT cannot write the site here")
