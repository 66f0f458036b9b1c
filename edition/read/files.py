"""Read files as bytes and as text; each error names its file and line."""

from __future__ import annotations

import re
from pathlib import Path

from edition.model.findings import CorpusError, Place

#: Code points that neither XML nor HTML may contain: control characters, lone surrogates, noncharacters (in the higher
#: planes the last two code points of each).
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises CorpusError if it is missing, a symbolic link, or cannot be read."""
    place = Place(path.as_posix(), 1)
    if path.is_symlink():
        raise CorpusError(place, "FILE-LINK", "is a link: put the file itself here")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CorpusError(
            place, "FILE-MISSING", "there is no such file: add it, or take out what asks for it"
        ) from None
    except OSError as error:
        raise CorpusError(place, "FILE-UNREADABLE", f"cannot be read: {error.strerror or error}") from None


def read_text(path: Path) -> str:
    """The text of a UTF-8 file with Unix line endings. Raises CorpusError for anything else."""
    data = read_bytes(path)
    place = Place(path.as_posix(), 1)
    if data.startswith(b"\xef\xbb\xbf"):
        raise CorpusError(place, "ENCODING", "begins with a byte order mark: save as UTF-8 without BOM")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        place = Place(place.path, 1 + data.count(b"\n", 0, error.start))
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8: save the file as UTF-8"
        raise CorpusError(place, "ENCODING", message) from None
    if control := CONTROL.search(text):
        place = Place(place.path, 1 + text.count("\n", 0, control.start()))
        raise CorpusError(place, "ENCODING", control_message(control[0]))
    if "\r" in text:
        place = Place(place.path, 1 + text.count("\n", 0, text.index("\r")))
        raise CorpusError(place, "LINE-ENDING", "has carriage returns: save with Unix line endings (LF)")
    return text


def control_message(control: str) -> str:
    """The message for a control character."""
    return f"has the control character U+{ord(control):04X}: take it out"
