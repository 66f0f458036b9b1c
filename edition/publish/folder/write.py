"""Write the site atomically: into a staging folder, which is then exchanged with the old site in one step.

Readers, and a build that is killed at any moment, leave or see either the old site or the new one.
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

#: A folder with this file in it is a site, which a build may replace.
MARK = "data/edition.json"
_AT_FDCWD, _EXCHANGE_LINUX, _SWAP_MACOS = -100, 2, 2


class _RefusedError(Exception):
    """The folder is locked by another build, or is not a site; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """Size and digest of a file of the site."""

    size: int
    """Bytes."""
    digest: str
    """SHA-256, hexadecimal."""

    @classmethod
    def of(cls, content: bytes) -> Written:
        """Return size and digest of a file with this content."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


Files = Iterable[tuple[str, bytes]]
#: Path below the site → what was written there.
Manifest = Mapping[str, Written]


def nothing_more(_: Manifest) -> Files:
    """Return no files: for a site whose files do not depend on one another."""
    return ()


def write(
    out: Path,
    files: Files,
    last: Callable[[Manifest], Files] = nothing_more,
    memo: Memo | None = None,
) -> Manifest:
    """Replace the content of ``out`` by ``files`` (path below it, content) and return what was written.

    ``last`` makes the files that depend on what the others contain. A file whose content is unchanged keeps its
    modification time. With a ``memo`` only changed files are written. Raises CorpusError if the folder cannot be
    written, is locked, or is not a site.
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
    """Whether a path is in the site, in a staging folder, or a parent of both.

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


def remove_leftovers(out: Path) -> None:
    """Remove staging folders that a killed build has left, unless another build holds the lock."""
    out = Path(os.path.abspath(out))  # noqa: PTH100 (as above)
    with contextlib.suppress(_RefusedError, OSError), _lock(out):
        _clear(out)


def _clear(out: Path, spare: _Tree | None = None) -> None:
    for left in out.parent.glob(f".{out.name}.new-*"):
        if spare is None or left != spare.folder:
            shutil.rmtree(left, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Tree:
    """A folder that this process has written: the site, or its predecessor, which becomes the next staging folder."""

    folder: Path
    inode: int
    files: Manifest


def _spare(out: Path, memo: Memo | None) -> _Tree | None:
    """The predecessor of the site, if it is still there: only files that changed since must be written into it."""
    spare: _Tree | None = memo.last(("spare", out)) if memo else None
    return spare if spare and spare.folder.is_dir() and spare.folder.stat().st_ino == spare.inode else None


def _keep_spare(staging: Path, out: Path, live: int, written: Manifest, memo: Memo) -> bool:
    """Keep the replaced site as the next staging folder if this process wrote it; return whether it is kept."""
    replaced: _Tree | None = memo.last(("site", out))
    memo.keep(("site", out), _Tree(out, out.stat().st_ino, written))
    kept = replaced is not None and replaced.inode == live and staging.is_dir()
    memo.keep(("spare", out), _Tree(staging, live, replaced.files) if replaced and kept else None)
    return kept


def remove_spare(out: Path, memo: Memo) -> None:
    """Remove the predecessor of the site, which `serve` keeps for its next build."""
    out = Path(os.path.abspath(out))  # noqa: PTH100 (as above)
    if spare := _spare(out, memo):
        shutil.rmtree(spare.folder, ignore_errors=True)


def _place(files: Files, staging: Path, old: Path, before: Manifest, memo: Memo | None = None) -> dict[str, Written]:
    """Write files into a staging folder that has ``before``; unchanged ones become hard links to the old site."""
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
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 (thousands of files: Path objects double the time)
            made.add(parent)
        if name in before:
            os.unlink(path)  # noqa: PTH108 (never overwritten: it may be a hard link to the live site's file)
        if not _hard_link(f"{old}/{name}", path, content):
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(content)
    return written


def _hard_link(old: str, new: str, content: bytes) -> bool:
    """Link ``new`` to the old file if that has this content; return whether it was linked."""
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
    """Whether a folder is empty or an earlier site, and neither a file nor a symbolic link."""
    if out.is_symlink() or not out.is_dir():
        return False
    return (out / MARK).is_file() or not any(out.iterdir())


@contextlib.contextmanager
def _lock(out: Path) -> Iterator[None]:
    """Lock a folder for one build; the operating system releases the lock of a killed one."""
    out.parent.mkdir(parents=True, exist_ok=True)
    kept = cache.folder()  # a lock file for each site; without a cache folder the parent is locked
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
    """Exchange two folders by one system call (Linux, macOS), elsewhere by renames."""
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
