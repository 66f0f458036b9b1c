"""A rebuild after any edit gives the same site, byte for byte, as a full build."""

import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import build
from edition.cache.memo import Memo
from edition.model.findings import CorpusError
from edition.model.scripts import HAN
from edition.paths import ROOT
from edition.publish import site
from tests.corpora import assemble
from tests.read.test_broken_corpora import mutated

#: Files that an editor works on, rather than breaks.
WORDS = ("notes.yaml", "apparatus.yaml", "datings.yaml", "events.yaml", "persons.yaml", "places.yaml", "*.md")


def reworded(corpus: Path, chance: random.Random) -> str:
    """Change, duplicate or delete some characters of a file."""
    path = chance.choice([path for pattern in WORDS for path in sorted(corpus.rglob(pattern))])
    text = path.read_text(encoding="utf-8")
    found = [match.start() for match in HAN.finditer(text)]
    if not found:
        return f"{path.name}: nothing to change"
    place = chance.choice(found)
    path.write_text(
        text[:place] + chance.choice(["", "遼", "金金", text[place] * 2]) + text[place + 1 :], encoding="utf-8"
    )
    return f"{path.relative_to(corpus)}: a character"


def entry(corpus: Path, chance: random.Random) -> str:
    """Delete an entry of a YAML list, or move it."""
    path = chance.choice([path for pattern in WORDS[:-1] for path in sorted(corpus.rglob(pattern))])
    head, *entries = re.split(r"(?m)^(?=- )", path.read_text(encoding="utf-8"))
    if len(entries) > 1:
        moved = entries.pop(chance.randrange(len(entries)))
        if chance.random() < 0.5:
            entries.insert(chance.randrange(len(entries)), moved)
        path.write_text(head + "".join(entries), encoding="utf-8")
    return f"{path.relative_to(corpus)}: an entry"


def restored(corpus: Path, good: Path) -> str:
    """Restore every file, as when switching back to a branch."""
    shutil.rmtree(corpus)
    shutil.copytree(good, corpus)
    return "all as it was"


def made(corpus: Path) -> dict[str, bytes] | str:
    """Build the site of a corpus without a memo; return its files, or the error."""
    try:
        return dict(site.files(build.make(corpus), only_html=True))
    except CorpusError as error:
        return str(error)


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edits(source: Path, folder: Path, seed: int, number: int) -> Iterator[str]:
    """Edit a copy of a corpus repeatedly; after each edit compare a rebuild with a full build. Return the edits."""
    chance = random.Random(seed)  # noqa: S311 (which edits)
    corpus, good, out, memo = folder / "corpus", folder / "good", folder / "site", Memo()
    shutil.copytree(source, good)
    shutil.copytree(source, corpus)
    done = "nothing"
    shown: dict[str, bytes] = {}
    for _ in range(number):
        expected = made(corpus)
        try:
            build.build(corpus, out, "", only_html=True, memo=memo)
            found: dict[str, bytes] | str = on_disk(out)
        except CorpusError as error:
            found = str(error)
        assert found == expected, done
        shown = found if isinstance(found, dict) else shown
        assert on_disk(out) == shown if shown else not out.exists(), done
        yield done
        if isinstance(found, str):
            done = restored(corpus, good)
        else:
            done = chance.choice([reworded, reworded, reworded, entry, entry, mutated])(corpus, chance)
            if chance.random() < 0.1:
                done = restored(corpus, good)


@pytest.mark.parametrize("seed", range(6))
def test_building_again_is_building_anew(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = assemble(tmp_path / "source")
    kinds = {done.split(": ")[-1] for done in edits(source, tmp_path, seed, 55)}
    assert {"nothing", "a character", "an entry", "all as it was"} <= kinds
    assert capsys.readouterr().out


def test_only_what_an_edit_touches_is_written(tmp_path: Path) -> None:
    corpus, out, memo = assemble(tmp_path), tmp_path / "site", Memo()
    notes = corpus / "jinshi" / "notes.yaml"
    text = notes.read_text(encoding="utf-8")
    before: dict[Path, int] = {}
    for turn in range(4):
        notes.write_text(text.replace("1119年5月11日", f"改後之註{turn}"), encoding="utf-8")
        build.build(corpus, out, "", only_html=True, memo=memo)
        times = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
        if turn:
            changed = {path.relative_to(out).as_posix() for path, time in times.items() if before.get(path) != time}
            assert "year/1119/index.html" in changed
            assert not [name for name in changed if name.startswith(("event/", "name/", "era/", "static/", "about/"))]
        before = times


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for n, what in enumerate(edits(ROOT / "corpus", Path(place), int(sys.argv[2]), int(sys.argv[1]))):
            sys.stdout.write(f"{n} {what}\n")
