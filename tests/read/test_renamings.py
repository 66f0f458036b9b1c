"""The names of 1781: what a line of the table must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.model.findings import CorpusError
from edition.model.renamings import Renaming
from edition.paths import CORPUS
from edition.read.renamings import read_renamings


def test_the_table_has_the_names_of_both_glossaries() -> None:
    found = read_renamings(CORPUS)
    assert Renaming("粘罕", "尼雅滿") in found
    assert Renaming("阿骨打", "阿古逹") in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("line", ["粘罕\t尼雅滿", "粘罕\tNiyaman\t國語解", "粘罕\t尼雅滿\t"])
def test_a_broken_line_is_an_error(tmp_path: Path, line: str) -> None:
    (tmp_path / "names-1781.tsv").write_text(f"old\tnew\tsource\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"names-1781\.tsv:2: TABLE "):
        read_renamings(tmp_path)
    assert read_renamings(tmp_path / "elsewhere") == ()
