"""Detects whether a site is up to date: built from the same files, by the same code, and untouched since."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from edition.cache import folder as cache
from edition.paths import CODE

#: Libraries that take part in a build.
LIBRARIES = ("jinja2", "markupsafe", "markdown_it", "mdurl", "opencc", "yaml")


def digest(folders: Iterable[Path], options: object) -> str:
    """Return a digest of everything a site depends on: every file in ``folders``, the code, libraries and options."""
    found = hashlib.sha256(repr((sys.version, options, [cache.library(name) for name in LIBRARIES])).encode())
    for folder in (*folders, CODE):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            content = _content(path)
            found.update(f"\n{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()


def files_if_current(out: Path, built_from: str) -> int | None:
    """Return the number of files of a site that was built from this digest and not touched since; else None."""
    path = _record(out)
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("built_from") != built_from or kept.get("files") != dict(_files(out)):
        return None
    return len(kept["files"])


def remember(out: Path, built_from: str) -> None:
    """Record that a site was built just now from this digest."""
    path = _record(out)
    if path:
        aside = path.with_suffix(f".{os.getpid()}")
        try:
            aside.write_text(json.dumps({"built_from": built_from, "files": dict(_files(out))}), encoding="utf-8")
            aside.replace(path)
        except OSError:  # a full disk, say: the next build only takes longer
            aside.unlink(missing_ok=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:  # deleted since the folder was listed; the build will say what is wrong
        return repr(error).encode()


def _record(out: Path) -> Path | None:
    """The file in the cache folder that remembers the last build of ``out``."""
    folder = cache.folder()
    name = hashlib.sha256(os.fsencode(os.path.abspath(out))).hexdigest()[:16]  # noqa: PTH100 (no link is followed)
    return folder / f"{name}.site" if folder else None


def _files(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Every file below a folder, with its size and modification time in nanoseconds."""
    waiting = [(os.fspath(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{prefix}{entry.name}/"))
                    else:
                        known = entry.stat(follow_symlinks=False)
                        yield prefix + entry.name, [known.st_size, known.st_mtime_ns]
        except OSError:
            yield place, []  # a folder that cannot be read equals none that was recorded
