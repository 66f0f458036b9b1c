"""A release: every file that names it, and nothing else; shown first, made when it is meant."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import build
from edition.commands import release
from edition.model.findings import CorpusError
from edition.paths import ROOT
from tests.corpora import assemble

DATE = "2027-02-03"
FILES = (".zenodo.json", "CITATION.cff", "CHANGELOG.md", "codemeta.json", "pyproject.toml")


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the files that name the release of this one, and the small corpus."""
    for kind in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{kind}_NAME", "An Editor")
        monkeypatch.setenv(f"GIT_{kind}_EMAIL", "editor@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    corpus = assemble(tmp_path)
    about = (corpus / "edition.yaml").read_text(encoding="utf-8")
    assert 'release: "1"\n' in about
    about = about.replace('release: "1"\n', "release: 0.1.0\nreleased: 2026-11-20\n")
    (corpus / "edition.yaml").write_text(about, encoding="utf-8")
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    for line in release.LINES:
        path = tmp_path / line.path
        match = line.find(text := path.read_text(encoding="utf-8"), path)
        said = {"version": "0.1.0", "date": "2026-11-20"}[line.fact]
        path.write_text(text[: match.start(1)] + said + text[match.end(1) :], encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 · 2026-11-20\n\n- Old.\n", encoding="utf-8"
    )
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "before")
    return tmp_path


def test_every_file_names_the_same_release() -> None:
    said = list(release.named(ROOT))
    versions = {value for line, value in said if line.fact == "version"}
    dates = {value for line, value in said if line.fact == "date"}
    assert (len(versions), len(dates)) == (1, 1), said
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = [line for line in changelog.splitlines() if line.startswith("## ")]
    assert sections[:2] == ["## Unreleased", f"## {versions.pop()} · {dates.pop()}"]


def test_a_dry_run_changes_nothing_and_shows_exactly_what_would_change(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.release(root, "0.2.0", DATE, write=False) == 0
    printed = capsys.readouterr().out
    assert git(root, "status", "--porcelain") == git(root, "tag") == ""
    patch, _, rest = printed.partition("\n\ngit commit")
    assert "\ngit tag --annotate v0.2.0 --message 0.2.0\n" in rest
    subprocess.run(["git", "apply", "-"], cwd=root, input=f"{patch}\n", text=True, check=True)
    shown = git(root, "diff")
    git(root, "checkout", "--quiet", ".")
    assert build.release(root, "0.2.0", DATE, write=True) == 0
    assert git(root, "diff", "HEAD~1", "HEAD") == shown
    added = sorted(line for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++"))
    assert added == sorted(
        [
            "+",
            "+## 0.2.0 · 2027-02-03",
            "+release: 0.2.0",
            "+released: 2027-02-03",
            "+version: 0.2.0",
            "+date-released: 2027-02-03",
            '+version = "0.2.0"',
            *('+  "version": "0.2.0",' for _ in ("codemeta", "zenodo")),
            '+  "dateModified": "2027-02-03",',
            '+  "publication_date": "2027-02-03",',
        ]
    )


def test_a_release_is_one_commit_with_a_tag_and_the_next_section_is_empty(root: Path) -> None:
    build.release(root, "0.10.0", DATE, write=True)
    assert git(root, "log", "-1", "--format=%s") == "release: 0.10.0\n"
    assert git(root, "describe") == "v0.10.0\n"
    assert git(root, "status", "--porcelain") == ""
    assert {value for _, value in release.named(root)} == {"0.10.0", DATE}
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.startswith(f"# Changelog\n\n## Unreleased\n\n## 0.10.0 · {DATE}\n\n- New.\n\n## 0.1.0 · ")
    assert build.make(root / "corpus").corpus.about.release == "0.10.0"
    with pytest.raises(CorpusError, match=r"CHANGELOG.md:3: RELEASE has nothing under"):
        build.release(root, "0.11.0", DATE, write=True)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "v0.2.0", "0.2", "0.2.0-rc1", ""])
def test_a_version_is_three_numbers_and_higher_than_the_last(root: Path, version: str) -> None:
    with pytest.raises(CorpusError, match=r"corpus/edition.yaml:2: RELEASE 「.*」 must be three numbers"):
        release.plan(root, version, DATE)


def test_what_is_not_committed_is_not_released(root: Path) -> None:
    (root / "stray.txt").write_text("a draft\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="RELEASE 1 files are not committed"):
        build.release(root, "0.2.0", DATE, write=True)
    (root / "stray.txt").unlink()
    git(root, "tag", "v0.2.0")
    with pytest.raises(CorpusError, match=r"RELEASE the tag v0\.2\.0 exists"):
        build.release(root, "0.2.0", DATE, write=True)
    assert git(root, "status", "--porcelain") == ""


def test_an_edition_with_findings_is_not_released(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "corpus" / "permalinks.json").unlink()
    assert build.release(root, "0.2.0", DATE, write=True) == 1
    assert "findings, listed by `build.py check`" in capsys.readouterr().err
    assert git(root, "tag") == ""


def test_a_file_that_does_not_name_its_release_is_an_error(root: Path) -> None:
    (root / "CITATION.cff").write_text("title: 試\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"CITATION.cff:1: RELEASE has 0 lines `version: …`"):
        release.plan(root, "0.2.0", DATE)
