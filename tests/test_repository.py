"""The files of the repository that no other program here reads."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from edition.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: (\./\.github/workflows/[\w-]+\.yml|[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_its_actions_and_says_what_it_may_do(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    writing = [name for name, job in workflow["jobs"].items() if "write" in (job.get("permissions") or {}).values()]
    assert writing == (["deploy"] if path.name == "pages.yml" else [])


def test_nothing_is_published_before_the_tests_have_passed() -> None:
    pages = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    assert "test" in pages["jobs"]["deploy"]["needs"]
    assert pages["jobs"]["test"]["uses"] == "./.github/workflows/test.yml"


@pytest.mark.skipif(not (shutil.which("git") and (ROOT / ".git").exists()), reason="no clone")
def test_git_leaves_the_bytes_of_a_transcription_and_of_what_is_broken_on_purpose() -> None:
    paths = [
        *(ROOT / "corpus").rglob("text.txt"),
        *(path for path in (ROOT / "tests" / "read" / "errors").rglob("*") if path.is_file()),
    ]
    names = [path.relative_to(ROOT).as_posix() for path in paths]
    command = ["git", "check-attr", "text", "--", *names]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == [f"{name}: text: unset" for name in names]
