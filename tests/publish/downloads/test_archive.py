"""The archive of a release: every data file, with its checksum and what is needed to use it in a hundred years."""

from __future__ import annotations

import hashlib
import io
import zipfile

from edition.publish.downloads import dictionary, listing
from tests.conftest import ROOT
from tests.publish.downloads.conftest import Built


def unpacked(built: Built) -> dict[str, bytes]:
    """Return the files of the archive without the folder that they are in."""
    release = built.edition.corpus.about.release
    content = built.files[f"data/annals-{release}-release.zip"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {name.partition("/")[0] for name in names} == {f"annals-{release}"}
        return {name.partition("/")[2]: archive.read(name) for name in names}


def test_it_has_every_listed_data_file(each: Built) -> None:
    files = unpacked(each)
    listed = {path for path in each.files if path.startswith("data/") and listing.row(path) not in {"", "release"}}
    assert {f"data/{name}" for name in files} & set(each.files) == listed
    for path in listed:
        assert files[path.removeprefix("data/")] == each.files[path]
    kept = {"LICENSE", "LICENSE-TEXT.md", "CITATION.cff", ".zenodo.json", "codemeta.json"}
    added = kept | {"README.txt", "SHA256SUMS"}
    assert set(files) == {path.removeprefix("data/") for path in listed} | added
    for name in kept:
        assert files[name] == (ROOT / name).read_bytes()


def test_its_checksums_are_those_of_its_files(each: Built) -> None:
    files = unpacked(each)
    lines = [line.split("  ") for line in files.pop("SHA256SUMS").decode().splitlines()]
    assert {name: digest for digest, name in lines} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }


def test_its_times_are_those_of_the_release(each: Built) -> None:
    release = each.edition.corpus.about.release
    released = each.edition.corpus.about.released or "1980-01-01"
    with zipfile.ZipFile(io.BytesIO(each.files[f"data/annals-{release}-release.zip"])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(*map(int, released.split("-")), 0, 0, 0)}
        assert {entry.external_attr for entry in archive.infolist()} == {0o644 << 16}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_its_readme_says_what_it_is(signs: Built, real: Built) -> None:
    lines = unpacked(signs)["README.txt"].decode()
    assert lines.startswith(
        '小對讀 <b> & "x" ]]> · A & B <i>\nRelease 1.2, 2026-01-02\n\n\n說明 <p> & "\n\n'
        "Works\n  jinshi: 金史\n  dajinguozhi: 大金國志\n\n"
        "Licence: CC <BY> & 4.0 https://example.org/licence?a=1&b=2 (LICENSE-TEXT.md); to cite: CITATION.cff.\n"
    )
    assert lines.endswith("\nFields\n\n" + dictionary.text() + "\n")
    assert "  qidanguozhi: 契丹國志\n" in unpacked(real)["README.txt"].decode()
