"""Make a release: write one version and one date in every file that names them, date the changelog, commit, and tag."""

from __future__ import annotations

import difflib
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from edition.model.findings import CorpusError, Place
from edition.read.files import read_text

CODE = "RELEASE"
CHANGELOG = "CHANGELOG.md"
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")
UNRELEASED = re.compile(r"^## Unreleased\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)

Fact = Literal["version", "date"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file that names the version of the release, or its date."""

    path: str
    """Of the file, below the root of the repository."""
    fact: Fact
    """What the line says."""
    start: str
    """What stands before it on the line."""
    end: str = ""
    """What stands after it."""

    def find(self, text: str, path: Path) -> re.Match[str]:
        """The line in the text of its file, with what it says as group 1. Raises CorpusError unless there is one."""
        found = list(self.pattern.finditer(text))
        if len(found) != 1:
            written = f"{self.start}…{self.end}"
            raise CorpusError(Place(path.as_posix(), 1), CODE, f"has {len(found)} lines `{written}`: there must be one")
        return found[0]

    @property
    def pattern(self) -> re.Pattern[str]:
        r"""What finds the line.

        >>> Line("CITATION.cff", "version", "version: ").pattern.findall("cff-version: 1\nversion: 0.2.0")
        ['0.2.0']
        """
        return re.compile(f"^{re.escape(self.start)}(.+){re.escape(self.end)}$", re.MULTILINE)


#: Every line that names the release. The edition is cited by `corpus/edition.yaml`; the others say the same.
LINES = (
    Line("corpus/edition.yaml", "version", "release: "),
    Line("corpus/edition.yaml", "date", "released: "),
    Line("CITATION.cff", "version", "version: "),
    Line("CITATION.cff", "date", "date-released: "),
    Line("pyproject.toml", "version", 'version = "', '"'),
    Line(".zenodo.json", "version", '  "version": "', '",'),
    Line(".zenodo.json", "date", '  "publication_date": "', '",'),
    Line("codemeta.json", "version", '  "version": "', '",'),
    Line("codemeta.json", "date", '  "dateModified": "', '",'),
)


def named(root: Path) -> Iterator[tuple[Line, str]]:
    """Each line that names the release, with what it says."""
    for line in LINES:
        path = root / line.path
        yield line, line.find(read_text(path), path)[1]


def plan(root: Path, version: str, date: str) -> dict[Path, str]:
    """The new text of every file that a release changes.

    ``date`` is YYYY-MM-DD. Raises CorpusError if the version is not above the last, or the changelog has nothing new.
    """
    texts: dict[Path, str] = {}
    for line in LINES:
        path = root / line.path
        text = texts.get(path) or read_text(path)
        match = line.find(text, path)
        if line.fact == "version" and not above(version, match[1]):
            place = Place(path.as_posix(), 1 + text.count("\n", 0, match.start()))
            raise CorpusError(place, CODE, f"「{version}」 must be three numbers and higher than 「{match[1]}」")
        texts[path] = text[: match.start(1)] + {"version": version, "date": date}[line.fact] + text[match.end(1) :]
    path = root / CHANGELOG
    changelog = read_text(path)
    section = UNRELEASED.search(changelog)
    if not section or not re.search(r"^- ", section[1], re.MULTILINE):
        number = changelog.count("\n", 0, section.start()) + 1 if section else 1
        raise CorpusError(Place(path.as_posix(), number), CODE, "has nothing under `## Unreleased`: say what is new")
    start = section.start(1)
    texts[path] = f"{changelog[:start]}\n## {version} · {date}\n{changelog[start:]}"
    return texts


def above(version: str, last: str) -> bool:
    """Whether a version is three numbers, and higher than the last one.

    >>> above("0.10.0", "0.9.1"), above("0.9.1", "0.9.1"), above("1.0", "0.9.1")
    (True, False, False)
    """
    new, old = VERSION.fullmatch(version), VERSION.fullmatch(last)
    return new is not None and (old is None or [*map(int, new.groups())] > [*map(int, old.groups())])


def difference(root: Path, texts: Mapping[Path, str]) -> str:
    """What would change, as a patch that `git apply` takes."""
    lines: list[str] = []
    for path, new in texts.items():
        name = path.relative_to(root).as_posix()
        old = read_text(path).splitlines(keepends=True)
        lines += difflib.unified_diff(old, new.splitlines(keepends=True), f"a/{name}", f"b/{name}")
    return "".join(lines)


def commands(version: str) -> list[list[str]]:
    """What is done in git once the files are written."""
    return [
        ["git", "commit", "--quiet", "--all", "--message", f"release: {version}"],
        ["git", "tag", "--annotate", f"v{version}", "--message", version],
    ]


def git(root: Path, command: list[str]) -> str:
    """Run a git command in the repository and return what it prints. Raises CorpusError if it fails."""
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 (our own)
    except FileNotFoundError:
        raise CorpusError(Place(root.as_posix(), 1), CODE, "git is not installed") from None
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip()
        raise CorpusError(Place(root.as_posix(), 1), CODE, f"`{' '.join(command)}` failed: {said}")
    return done.stdout


def require_ready(root: Path, version: str) -> None:
    """Raise CorpusError if the tag exists, or if a change that is not committed would go into the release."""
    place = Place(root.as_posix(), 1)
    if git(root, ["git", "tag", "--list", f"v{version}"]):
        raise CorpusError(place, CODE, f"the tag v{version} exists: choose a higher version")
    if changed := git(root, ["git", "status", "--porcelain"]).splitlines():
        raise CorpusError(place, CODE, f"{len(changed)} files are not committed: commit or remove them first")


def write(root: Path, texts: Mapping[Path, str], version: str) -> None:
    """Write the files, commit them, and tag the commit."""
    require_ready(root, version)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    for command in commands(version):
        git(root, command)
