"""`build.py new`: a folder that reads, builds once it has a text, and is reported until it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

import build
from tests.corpora import assemble


def test_the_placeholder_title_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = assemble(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert build.main(["new", "liaoshi", "--corpus", "corpus"]) == 0
    (corpus / "liaoshi" / "text.txt").write_text("天慶五年春正月，下詔親征。\n", encoding="utf-8")
    edition = corpus / "edition.yaml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("dajinguozhi]", "dajinguozhi, liaoshi]"), "utf-8")
    capsys.readouterr()
    assert build.main(["check", "--corpus", "corpus"]) == 1
    lines = capsys.readouterr().out.splitlines()
    (line,) = [line for line in lines if "title" in line]
    assert line.startswith("corpus/liaoshi/work.yaml:3: WORK-INCOMPLETE title: is still 「書名」")
    work = corpus / "liaoshi" / "work.yaml"
    title = "{hant: 書名, hans: 书名}"
    work.write_text(work.read_text(encoding="utf-8").replace(title, "{hant: 遼史, hans: 辽史}"), encoding="utf-8")
    assert build.main(["check", "--corpus", "corpus"]) == 1  # author, source, checksum … are still asked for
    assert "title" not in capsys.readouterr().out


def test_a_folder_without_an_edition_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letters").mkdir()
    for folder in ("letters", "nowhere"):
        assert build.main(["new", "liaoshi", "--corpus", folder]) == 1
        message = "FILE-MISSING there is no edition here: name the folder of its corpus with --corpus"
        assert capsys.readouterr().err.startswith(f"{folder}/edition.yaml:1: {message}")
    assert list((tmp_path / "letters").iterdir()) == []


@pytest.mark.parametrize("slug", ["Liaoshi", "search", "jinshi"])
def test_a_slug_that_cannot_be_or_is_taken_is_named(
    slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert build.main(["new", slug, "--corpus", "corpus"]) == 1
    assert capsys.readouterr().err.startswith(f"corpus/{slug}:1: SLUG ")
