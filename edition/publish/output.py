"""The folder of the site: written aside, then put in the place of the old one in a single step.

A reader, and a build that is killed, see the old site or the new one, never something between.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from edition.model import CorpusError, Place

#: By this file a folder is known as a site that a build may replace.
MARK = "data/edition.json"
_AT_FDCWD, _EXCHANGE_LINUX, _SWAP_MACOS = -100, 2, 2


class _RefusedError(Exception):
    """The folder is in use, or is none that a build may replace; the message says what to do."""


def write(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files (path below ``out``, content) as the whole of ``out``, and return how many.

    Raises CorpusError if the folder cannot be written, or holds something that is no site.
    """
    place = Place(out.as_posix(), 1)
    out = Path(os.path.abspath(out))  # noqa: PTH100 (resolve() would follow a link, which is refused)
    try:
        with _lock(out):
            return _write(out, files)
    except _RefusedError as error:
        raise CorpusError(place, "OUTPUT", str(error)) from None
    except OSError as error:
        what = os.strerror(error.errno) if error.errno else str(error)
        raise CorpusError(place, "OUTPUT", f"cannot write the site here: {what}; choose another with --out") from None


def _write(out: Path, files: Iterable[tuple[str, bytes]]) -> int:
    if (out.exists() or out.is_symlink()) and not _replaceable(out):
        raise _RefusedError(f"{out} is not a site that a build made: choose an empty or new folder with --out")
    for left in out.parent.glob(f".{out.name}.new-*"):  # of a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.new-", dir=out.parent))
    try:
        staging.chmod(0o755)
        count = 0
        made: set[Path] = set()
        for name, content in files:
            path = staging / name
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(content)
            count += 1
        if out.exists():
            _exchange(staging, out)
        else:
            staging.rename(out)
        return count
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _replaceable(out: Path) -> bool:
    """Whether a folder is empty or an earlier site; a file, a link or a folder of other things is not."""
    if out.is_symlink() or not out.is_dir():
        return False
    return (out / MARK).is_file() or not any(out.iterdir())


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    """Let one build at a time write a folder; the system frees the lock of a build that is killed."""
    out.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(out.parent, os.O_RDONLY)
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
