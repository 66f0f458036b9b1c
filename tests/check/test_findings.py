"""Every check reports its finding: one folder for each code, copied over the mini-corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

import build
from edition.check.codes import CODES
from tests.corpora import HERE, assemble

FOLDERS = sorted(path for path in (HERE / "check" / "findings").iterdir() if path.is_dir())


def check(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    monkeypatch.chdir(folder)
    status = build.main(["check", "--corpus", "corpus"])
    return status, capsys.readouterr().out.splitlines()


def test_every_code_has_its_folder_and_its_line_in_the_documentation() -> None:
    assert {path.name for path in FOLDERS} == set(CODES)
    documented = (HERE.parent / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [
        f"| `{code}` | {meaning} |" for code, meaning in CODES.items() if f"`{code}` | {meaning}" not in documented
    ] == []


def test_the_mini_corpus_is_without_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path)
    assert check(tmp_path, monkeypatch, capsys) == (0, ["0 findings; 0 more are excused in excused.yaml"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_check_finds_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assemble(tmp_path, folder)
    status, lines = check(tmp_path, monkeypatch, capsys)
    found = [line for line in lines if line.partition(": ")[2].startswith(f"{folder.name} ")]
    assert status == 1
    assert found == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_a_finding_is_excused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = assemble(tmp_path, HERE / "check" / "findings" / "NEW-MOON")
    excuse = "- {code: NEW-MOON, at: jinshi.2.tianfu2.2.1, quote: 甲寅朔, reason: 試。}\n"
    (corpus / "excused.yaml").write_text(excuse, encoding="utf-8")
    _, lines = check(tmp_path, monkeypatch, capsys)
    assert not [line for line in lines if "NEW-MOON" in line]
    assert lines[-2].endswith("; 1 more are excused in excused.yaml")


def test_an_excuse_without_a_reason_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = assemble(tmp_path, HERE / "check" / "findings" / "NEW-MOON")
    (corpus / "excused.yaml").write_text("- {code: NEW-MOON, at: jinshi.2.tianfu2.2.1}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert build.main(["check", "--corpus", "corpus"]) == 1
    assert "FIELD-MISSING" in capsys.readouterr().err
