"""Know a site that is as a build would make it: of the same files, by the same code, and untouched since.

What a build read and what it wrote is kept in the cache folder of this machine, never in the site.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from edition.cache import folder as cache
from edition.paths import CODE

#: What a build is made by: where any of it is installed anew, the site is made anew.
LIBRARIES = ("jinja2", "markupsafe", "markdown_it", "mdurl", "opencc", "yaml")


def of(folders: Iterable[Path], options: object) -> str:
    """A digest of all that a site depends on: every file in folders, the code, the libraries, and options."""
    found = hashlib.sha256(repr((sys.version, options, [cache.library(name) for name in LIBRARIES])).encode())
    for folder in (*folders, CODE):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            content = _content(path)
            found.update(f"\n{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()


def current(out: Path, stamp: str) -> int | None:
    """How many files a site has that was made of what has this stamp and is as it was then; None if it is not."""
    path = _path(out)
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return None
    if not isinstance(kept, dict) or kept.get("stamp") != stamp or kept.get("files") != dict(_found(out)):
        return None
    return len(kept["files"])


def keep(out: Path, stamp: str) -> None:
    """Remember that a site was made just now of what has this stamp."""
    path = _path(out)
    if path:
        aside = path.with_suffix(f".{os.getpid()}")
        try:
            aside.write_text(json.dumps({"stamp": stamp, "files": dict(_found(out))}), encoding="utf-8")
            aside.replace(path)
        except OSError:  # a full disk, say: the next build only takes longer
            aside.unlink(missing_ok=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:  # it was there a moment ago; the build will say what is wrong
        return repr(error).encode()


def _path(out: Path) -> Path | None:
    folder = cache.folder()
    name = hashlib.sha256(os.fsencode(os.path.abspath(out))).hexdigest()[:16]  # noqa: PTH100 (no link is followed)
    return folder / f"{name}.site" if folder else None


def _found(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Every file below a folder, with its size and time."""
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
            yield place, []  # such a site is not as it was
