"""The folder of the site: written aside, then put in the place of the old one in a single step.

A reader, and a build that is killed, see the old site or the new one, never something between.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from edition.cache import folder as cache
from edition.cache.memo import Memo
from edition.model.findings import CorpusError, Place

#: By this file a folder is known as a site that a build may replace.
MARK = "data/edition.json"
_AT_FDCWD, _EXCHANGE_LINUX, _SWAP_MACOS = -100, 2, 2


class _RefusedError(Exception):
    """The folder is in use, or is none that a build may replace; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of a file of the site after it is written."""

    size: int
    """Bytes."""
    digest: str
    """SHA-256, hexadecimal."""

    @classmethod
    def of(cls, content: bytes) -> Written:
        """What is known of a file with this content."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


Files = Iterable[tuple[str, bytes]]
#: Path below the site → what was written there.
Manifest = Mapping[str, Written]


def nothing_more(_: Manifest) -> Files:
    """For a site whose files do not tell of one another."""
    return ()


def write(
    out: Path,
    files: Files,
    last: Callable[[Manifest], Files] = nothing_more,
    memo: Memo | None = None,
) -> Manifest:
    """Write files (path below ``out``, content) as the whole of ``out``, and tell what they are.

    ``last`` makes the files that tell of the others. A file that is as it was keeps its time. Raises CorpusError if the
    folder cannot be written, or is no site.
    """
    place = Place(out.as_posix(), 1)
    out = Path(os.path.abspath(out))  # noqa: PTH100 (resolve() would follow a link, which is refused)
    try:
        with _lock(out):
            return _write(out, files, last, memo)
    except _RefusedError as error:
        raise CorpusError(place, "OUTPUT", str(error)) from None
    except OSError as error:
        what = os.strerror(error.errno) if error.errno else str(error)
        if error.filename and not _of_site(Path(str(error.filename)), out):
            raise CorpusError(Place(str(error.filename), 1), "FILE-UNREADABLE", f"cannot be read: {what}") from None
        raise CorpusError(place, "OUTPUT", f"cannot write the site here: {what}; choose another with --out") from None


def _of_site(path: Path, out: Path) -> bool:
    """Whether a path is in the site, in what is written aside, or a folder above both.

    >>> paths = "/srv/site/year", "/srv", "/srv/.site.new-1/year", "/srv/templates/year.html"
    >>> [_of_site(Path(path), Path("/srv/site")) for path in paths]
    [True, True, True, False]
    """
    aside = str(out.with_name(f".{out.name}."))
    return path.is_relative_to(out) or out.is_relative_to(path) or str(path).startswith(aside)


def _write(out: Path, files: Files, last: Callable[[Manifest], Files], memo: Memo | None) -> Manifest:
    if (out.exists() or out.is_symlink()) and not _replaceable(out):
        raise _RefusedError(f"{out} is not a site that a build made: choose an empty or new folder with --out")
    spare = _spare(out, memo)
    _clear(out, spare)
    staging = spare.folder if spare else Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
    before = spare.files if spare else {}
    kept = False
    try:
        staging.chmod(0o755)
        written = _place(files, staging, out, before, memo)
        written |= _place(last(written), staging, out, before, memo)
        for name in before.keys() - written.keys():
            (staging / name).unlink()
        live = out.stat().st_ino if out.exists() else 0
        if live:
            _exchange(staging, out)
        else:
            staging.rename(out)
        if memo is not None:
            kept = _keep_spare(staging, out, live, written, memo)
        return written
    finally:
        if not kept:
            shutil.rmtree(staging, ignore_errors=True)


def tidy(out: Path) -> None:
    """Remove what a build that was killed has left beside a site, unless one is at work."""
    out = Path(os.path.abspath(out))  # noqa: PTH100 (as above)
    with contextlib.suppress(_RefusedError, OSError), _lock(out):
        _clear(out)


def _clear(out: Path, spare: _Tree | None = None) -> None:
    for left in out.parent.glob(f".{out.name}.new-*"):
        if spare is None or left != spare.folder:
            shutil.rmtree(left, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Tree:
    """A folder that this process has written: the site, or the one before it, which becomes the next."""

    folder: Path
    inode: int
    files: Manifest


def _spare(out: Path, memo: Memo | None) -> _Tree | None:
    """The site before the last one, if it is still there: only what has changed since need be written."""
    spare: _Tree | None = memo.last(("spare", out)) if memo else None
    return spare if spare and spare.folder.is_dir() and spare.folder.stat().st_ino == spare.inode else None


def _keep_spare(staging: Path, out: Path, live: int, written: Manifest, memo: Memo) -> bool:
    """Keep the site that was replaced for the next build, if this process wrote it; tell whether it is kept."""
    replaced: _Tree | None = memo.last(("site", out))
    memo.keep(("site", out), _Tree(out, out.stat().st_ino, written))
    kept = replaced is not None and replaced.inode == live and staging.is_dir()
    memo.keep(("spare", out), _Tree(staging, live, replaced.files) if replaced and kept else None)
    return kept


def forget(out: Path, memo: Memo) -> None:
    """Remove what is kept beside the site."""
    out = Path(os.path.abspath(out))  # noqa: PTH100 (as above)
    if spare := _spare(out, memo):
        shutil.rmtree(spare.folder, ignore_errors=True)


def _place(files: Files, staging: Path, old: Path, before: Manifest, memo: Memo | None = None) -> dict[str, Written]:
    """Write files into a folder that has ``before``, by a second name of the one in the old site where equal."""
    folder = str(staging)
    written: dict[str, Written] = {}
    made = {folder}
    for name, content in files:
        written[name] = known = memo(("written", name), Written.of, content) if memo else Written.of(content)
        if before.get(name) == known:
            continue
        if name.startswith("/") or ".." in name.split("/"):
            raise _RefusedError(f"the file {name} would be outside of it")
        path = f"{folder}/{name}"
        if (parent := path.rpartition("/")[0]) not in made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 (thousands of files: paths as text cost half)
            made.add(parent)
        if name in before:
            os.unlink(path)  # noqa: PTH108 (never written over: it may be the live site's file too)
        if not _kept(f"{old}/{name}", path, content):
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(content)
    return written


def _kept(old: str, new: str, content: bytes) -> bool:
    """Give the old file the new name too if it has this content, and tell whether it did."""
    try:
        known = os.lstat(old)
        if known.st_size != len(content) or not stat.S_ISREG(known.st_mode):
            return False
        with open(old, "rb") as file:  # noqa: PTH123
            if file.read() != content:
                return False
        os.link(old, new)
    except OSError:
        return False
    return True


def _replaceable(out: Path) -> bool:
    """Whether a folder is empty or an earlier site; a file, a link or a folder of other things is not."""
    if out.is_symlink() or not out.is_dir():
        return False
    return (out / MARK).is_file() or not any(out.iterdir())


@contextlib.contextmanager
def _lock(out: Path) -> Iterator[None]:
    """Let one build at a time write a folder; the system frees the lock of a build that is killed."""
    out.parent.mkdir(parents=True, exist_ok=True)
    kept = cache.folder()  # a file for each site; without it, sites side by side wait for each other
    name = hashlib.sha256(os.fsencode(out)).hexdigest()[:16]
    descriptor = (
        os.open(kept / f"{name}.lock", os.O_CREAT | os.O_RDWR, 0o600) if kept else os.open(out.parent, os.O_RDONLY)
    )
    try:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415 (absent on Windows)

            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                    raise
                raise _RefusedError("another build is writing here: wait for it to end") from None
        yield
    finally:
        os.close(descriptor)


def _exchange(new: Path, old: Path) -> None:
    """Exchange two folders in one step where the system can, else by two renames."""
    libc = ctypes.CDLL(None, use_errno=True)
    result = -1
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        result = libc.renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _EXCHANGE_LINUX)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        result = libc.renamex_np(os.fsencode(new), os.fsencode(old), _SWAP_MACOS)
    if result == 0:
        return
    aside = new.with_name(new.name + "-old")
    old.rename(aside)
    new.rename(old)
    aside.rename(new)
